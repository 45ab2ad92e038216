/* Unsaved texts in this browser's own store: {fields, based_on, title, kept_at}, one for each opened form. */

const PREFIX = "desk:unsaved:";
const KEPT_FOR = 30 * 86_400_000;

const nameOf = (user, story, key) => `${PREFIX}${user}:${story}:${key}`;

const entries = () => {
  try {
    return Object.keys(localStorage).filter((name) => name.startsWith(PREFIX));
  } catch {
    return [];
  }
};

const read = (name) => {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
};

/* Returns whether it is kept: a store may be full, or switched off. */
export function put(user, story, key, text) {
  try {
    localStorage.setItem(nameOf(user, story, key), JSON.stringify(text));
    return true;
  } catch {
    return false;
  }
}

export function remove(key) {
  entries()
    .filter((name) => name.endsWith(`:${key}`))
    .forEach((name) => localStorage.removeItem(name));
}

/* The server has this text too. */
export function noteThere(user, story, key) {
  const text = read(nameOf(user, story, key));
  if (text) put(user, story, key, { ...text, there: true });
}

/* For a machine that others use as well: what the server has too goes; what this device alone has stays. */
export function removeThere() {
  entries()
    .filter((name) => read(name)?.there)
    .forEach((name) => localStorage.removeItem(name));
}

/* The texts of a story, the newest first. What is too old, of whomever, goes. */
export function texts(user, story) {
  const found = [];
  for (const name of entries()) {
    const text = read(name);
    if (!(Date.now() - text?.kept_at < KEPT_FOR)) localStorage.removeItem(name);
    else if (name.startsWith(nameOf(user, story, ""))) found.push({ ...text, key: name.slice(name.lastIndexOf(":") + 1) });
  }
  return found.sort((one, other) => other.kept_at - one.kept_at);
}
