/* Hides a writer from this reader: the choice is kept in this browser and nobody is told of it. */
import { onClick } from "../ask.js";
import { list, readList } from "../storage.js";
import { part } from "./parts.js";

export function startHiding() {
  showHidden(document);
  onClick("[data-hide]", (button) => choose(button, true));
  onClick("[data-unhide]", (button) => choose(button, false));
  onClick("[data-show]", (button) => {
    const comment = button.closest(".comment");
    cover(comment, false);
    comment.querySelector("[data-hide]").focus();
  });
}

/* Every comment of others gets its button, and one line in its place where its writer is hidden. */
export function showHidden(root) {
  const hidden = readList("hidden");
  for (const comment of root.querySelectorAll(".comment[data-by]:not([data-by='']):has(> article)")) {
    const acts = comment.querySelector(":scope > article > .comment-acts");
    if (!acts.querySelector("[data-hide]")) {
      const button = part("[data-hide]");
      if (!button) return;
      button.querySelector("[data-who]").textContent = nameOf(comment);
      acts.lastElementChild.before(button);
    }
    cover(comment, hidden.includes(comment.dataset.by));
  }
}

export function nameOf(comment) {
  return comment.querySelector(".comment-who").textContent;
}

function choose(button, isHidden) {
  const comment = button.closest(".comment");
  list("hidden", comment.dataset.by, isHidden);
  showHidden(document);
  comment.querySelector(isHidden ? "[data-show]" : "[data-hide]").focus();
}

function cover(comment, isHidden) {
  const article = comment.querySelector(":scope > article");
  article.hidden = isHidden;
  comment.querySelector(":scope > .comment-hidden")?.remove();
  if (isHidden) article.before(part(".comment-hidden"));
}
