/* A reader's own comments. Public pages know nothing of them: they are fetched where this browser has written before. */
import { announce } from "../announce.js";
import { ask, askPage, onClick, sendInPlace } from "../ask.js";
import { list, readList } from "../storage.js";
import { isTaken } from "./answers.js";
import { forgetDrafts, pathOf } from "./drafts.js";
import { lead, parse, part } from "./parts.js";

let own = [];

export function startOwn() {
  const form = document.querySelector("form[data-composer]");
  if (form && readList("commented").includes(pathOf(form))) fetchOwn(pathOf(form)).catch(() => {});
  // Here a form leads that was sent without script: what was kept of it is posted.
  if (document.getElementById(location.hash.slice(1))?.matches("[data-own]")) {
    const path = location.pathname.replace(/mine\/$/, "");
    forgetDrafts(path);
    list("commented", path, true);
  }
  onClick("[data-delete]", remove);
  onClick("[data-edit]", edit);
  onClick("[data-stop]", (button) => stopEditing(button.closest(".comment")));
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-editing]")) sendInPlace(event, { done: edited });
  });
}

export async function fetchOwn(path) {
  const { comments } = await ask(`${path}mine/`);
  list("commented", path, comments.length > 0);
  // Oldest first: each goes before or behind the one before it.
  own = comments.reverse();
  placeOwn();
}

export function placeOwn() {
  own.forEach(place);
}

/* Puts a comment of {id, parent, html} where it belongs, or marks the one that readers see. Gives it, if it has a place. */
export function place({ id, parent, html, acts }) {
  const there = document.getElementById(`c${id}`);
  if (there) {
    if (there.dataset.own === undefined) {
      if (html) renew(there, html);
      else there.querySelector(":scope > article > .comment-acts").insertAdjacentHTML("beforeend", acts);
      there.dataset.own = "";
    }
    return there;
  }
  const threads = html && (parent ? repliesTo(document.getElementById(`c${parent}`)) : topThreads());
  if (!threads) return null;
  const comment = parse(html);
  if (parent) threads.append(comment);
  else threads.prepend(comment);
  return comment;
}

function repliesTo(comment) {
  if (!comment) return null;
  const thread = comment.querySelector(":scope > .thread");
  if (thread) return thread;
  const made = makeThread();
  const more = comment.querySelector(":scope > .comment-more");
  comment.insertBefore(made, more);
  return made;
}

/* The comments of a story, the first of which takes the place of "No comments yet". */
function topThreads() {
  const threads = document.querySelector("[data-threads]");
  const empty = document.querySelector(".comments > .empty:has(~ form[data-composer])");
  if (threads || !empty) return threads;
  const made = makeThread();
  made.classList.add("thread--top");
  made.dataset.threads = "";
  empty.replaceWith(made);
  return made;
}

function makeThread() {
  const thread = document.createElement("ol");
  thread.className = "thread";
  return thread;
}

/* Another text in the same place, the replies to it stay. */
function renew(comment, html) {
  const fresh = parse(html);
  comment.className = fresh.className;
  comment.querySelector(":scope > article, :scope > .comment-gone").replaceWith(fresh.firstElementChild);
}

/* The first click asks, the second deletes. */
async function remove(link) {
  const { sureText, deletedText } = link.dataset;
  if (link.textContent !== sureText) {
    link.textContent = sureText;
    announce(sureText);
    return;
  }
  try {
    const { deleted } = await ask(link.href, new URLSearchParams());
    if (!deleted) throw new Error();
  } catch {
    location = link.href;
    return;
  }
  const comment = link.closest(".comment");
  own = own.filter(({ id }) => `c${id}` !== comment.id);
  announce(deletedText);
  if (!comment.querySelector(".comment")) {
    lead(comment.previousElementSibling ?? comment.parentElement.closest(".comment, .comments"));
    comment.remove();
    return;
  }
  const note = document.createElement("p");
  note.className = "comment-gone";
  note.textContent = deletedText;
  comment.className = "comment is-removed";
  link.closest("article").replaceWith(note);
  lead(comment);
}

async function edit(link) {
  try {
    const form = (await askPage(link.href)).querySelector(".compose form");
    form.action = link.href;
    form.dataset.editing = "";
    form.querySelector(".composer-end .btn").before(part("[data-stop]"));
    const article = link.closest("article");
    article.hidden = true;
    article.after(form);
    form.elements.body.focus();
  } catch {
    location = link.href;
  }
}

function stopEditing(comment) {
  comment.querySelector(":scope > form").remove();
  comment.querySelector(":scope > article").hidden = false;
  comment.querySelector("[data-edit]").focus();
}

function edited(form, answer, button) {
  if (!isTaken(form, answer, button)) return;
  const comment = form.closest(".comment");
  form.remove();
  renew(comment, answer.html);
  lead(comment);
  announce(comment.querySelector(".comment-state")?.textContent);
}
