/* Changes of a plain text field that its own undo takes back. */

/* Puts `text` in place of start…end and selects from…to of the result (counted in the whole text). */
export function replace(field, start, end, text, from = start + text.length, to = from) {
  field.focus();
  field.setSelectionRange(start, end);
  // The only way that keeps the browser's undo; a browser that has dropped it still gets the text.
  const done = text ? document.execCommand("insertText", false, text) : start === end || document.execCommand("delete");
  if (!done) {
    field.setRangeText(text, start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  field.setSelectionRange(from, to);
}

/* {start, end, text} of the whole lines that the selection touches. */
export function lines(field) {
  const { value, selectionStart, selectionEnd } = field;
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const next = value.indexOf("\n", selectionEnd);
  const end = next < 0 ? value.length : next;
  return { start, end, text: value.slice(start, end) };
}

/* Bold and its like: marks round the selection, or off again. */
export function wrap(field, mark) {
  const { value, selectionStart: start, selectionEnd: end } = field;
  const n = mark.length;
  const around = value.slice(start - n, start) === mark && value.slice(end, end + n) === mark;
  // One star inside two is bold, not italic.
  const other = mark === "*" && (value.slice(start - 2, start) === "**") !== (value.slice(start - 3, start) === "***");
  if (around && !other) return replace(field, start - n, end + n, value.slice(start, end), start - n, end - n);
  replace(field, start, end, mark + value.slice(start, end) + mark, start + n, end + n);
}

const MARK = /^(\s*)(#{1,6} |[-*+] |\d+[.)] |> (?:\[!pull\] ?)?)?/;

/* A mark before each line of the selection (a string, or a function of the line's number), or off again. */
export function prefix(field, mark) {
  const { start, end, text } = lines(field);
  const marked = typeof mark === "function" ? mark : () => mark;
  const rows = text.split("\n");
  const isOn = rows.every((row, index) => row.startsWith(marked(index)));
  const changed = rows.map((row, index) => (isOn ? row.slice(marked(index).length) : row.replace(MARK, `$1${marked(index)}`)));
  const result = changed.join("\n");
  const from = rows.length > 1 ? start : start + result.length;
  replace(field, start, end, result, from, start + result.length);
}

/* A block of its own, with an empty line before and after it; what `inner` matches in it is selected. */
export function block(field, text, inner) {
  const { value, selectionEnd: at } = field;
  const before = value.slice(0, at);
  const gap = !before.trim() || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const after = value.slice(at);
  const tail = after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n";
  const start = at + gap.length + (inner ? text.indexOf(inner) : text.length + tail.length);
  replace(field, at, at, gap + text + tail, start, inner ? start + inner.length : start);
}

export function link(field, fallback) {
  const { value, selectionStart: start, selectionEnd: end } = field;
  const label = value.slice(start, end) || fallback;
  const from = start + label.length + 3;
  replace(field, start, end, `[${label}](https://)`, start === end ? start + 1 : from, start === end ? from - 2 : from + 8);
}

export function footnote(field, placeholder) {
  const { value, selectionEnd: at } = field;
  const numbers = [...value.matchAll(/\[\^(\d+)\]/g)].map((match) => Number(match[1]));
  const mark = `[^${Math.max(0, ...numbers) + 1}]`;
  replace(field, at, at, mark);
  const end = field.value.trimEnd().length;
  const text = `\n\n${mark}: ${placeholder}`;
  replace(field, end, field.value.length, text, end + text.length - placeholder.length, end + text.length);
}

/* Enter in a list or quote goes on with it; on an empty point it ends it. True when it did something. */
export function continueList(field) {
  const { value, selectionStart: at, selectionEnd } = field;
  if (at !== selectionEnd) return false;
  const start = value.lastIndexOf("\n", at - 1) + 1;
  const match = /^(\s*)([-*+]|(\d+)([.)])|>) /.exec(value.slice(start, at));
  if (!match) return false;
  if (!value.slice(start, at).slice(match[0].length).trim()) {
    replace(field, start, at, "");
    return true;
  }
  const mark = match[3] ? `${Number(match[3]) + 1}${match[4]}` : match[2];
  replace(field, at, at, `\n${match[1]}${mark} `);
  return true;
}
