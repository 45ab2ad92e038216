/* Whether a file says of itself that AI made or changed it. The server looks again, and deeper (photos/declared.py). */

// Metadata stand at the head of most files, and at the end of some.
const PART = 2 ** 21;
const SAID = /digitalsourcetype[^0-9a-z]{1,8}([a-z]{4,40})/g;

// `words` is {word: mark} as the page has it, those that admit most first. Resolves to a mark or "".
export async function declaredMark(file, words) {
  const parts = file.size > 2 * PART ? [file.slice(0, PART), file.slice(-PART)] : [file];
  const said = new Set();
  for (const part of parts) {
    const text = new TextDecoder("latin1").decode(await part.arrayBuffer()).toLowerCase();
    for (const [, word] of text.matchAll(SAID)) said.add(word);
  }
  return Object.entries(JSON.parse(words)).find(([word]) => said.has(word))?.[1] ?? "";
}
