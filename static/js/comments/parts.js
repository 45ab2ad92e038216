/* What only a script can use waits, with its words, in <template data-comment-parts> of the page. */
import { showLikes } from "../likes.js";
import { startTimes } from "../times.js";
import { showHidden } from "./hiding.js";

export function part(selector) {
  return document.querySelector("template[data-comment-parts]")?.content.querySelector(selector)?.cloneNode(true);
}

/* Gives comments that have come into the page since what the others have. */
export function prepare(root) {
  startTimes(root);
  showLikes(root);
  showHidden(root);
}

/* The one comment of the server's <li>. */
export function parse(html) {
  const box = document.createElement("template");
  box.innerHTML = html;
  prepare(box.content);
  return box.content.querySelector(".comment");
}

/* Leads the reader to what has just appeared. */
export function lead(element) {
  element.tabIndex = -1;
  element.focus();
}
