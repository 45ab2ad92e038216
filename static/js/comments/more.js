/* "Load more": the comments of the next page join those of this one. */
import { announce } from "../announce.js";
import { askPage, onClick } from "../ask.js";
import { placeOwn } from "./own.js";
import { lead, prepare } from "./parts.js";

export function startMore() {
  const link = document.querySelector("a[data-more]");
  if (!link) return;
  link.textContent = link.dataset.more;
  onClick("a[data-more]", load);
}

async function load(link) {
  if (link.ariaBusy) return;
  link.ariaBusy = "true";
  try {
    const page = await askPage(link.href);
    add(page.querySelectorAll("[data-threads] > li"));
    announce(link.dataset.loaded);
    // Whoever reloads, or comes back, goes on from here.
    history.replaceState(null, "", link.href);
    const next = page.querySelector("a[data-more]");
    if (next) link.href = next.href;
    else link.remove();
    link.ariaBusy = null;
  } catch {
    location = link.href;
  }
}

function add(comments) {
  const threads = document.querySelector("[data-threads]");
  const fresh = document.createDocumentFragment();
  fresh.append(...[...comments].filter((comment) => !document.getElementById(comment.id)));
  prepare(fresh);
  const first = fresh.firstElementChild;
  threads.append(fresh);
  placeOwn();
  if (first) lead(first);
}
