/* localStorage that never throws: readers may switch it off, and the page must work on. */

export function read(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function write(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // The choice lasts for this page only.
  }
}

export function readList(key) {
  try {
    return JSON.parse(read(key)) ?? [];
  } catch {
    return [];
  }
}

/* Puts an item into a list, or takes it out. Of a list that grows too long the oldest go. */
export function list(key, item, isIn, most = 1000) {
  const others = readList(key).filter((other) => other !== item);
  write(key, JSON.stringify(isIn ? [...others, item].slice(-most) : others));
}
