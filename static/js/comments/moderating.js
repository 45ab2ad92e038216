/* For those who may moderate: acting on a comment where readers see it. A bundle of its own, loaded only in browsers in
   which the desk has left its words (desk/frame/moderates.js), so that readers' pages stay the same for everyone. */
import { announce } from "../announce.js";
import { askPage, onClick } from "../ask.js";
import { get, post } from "../deciding.js";
import { read } from "../storage.js";
import { lead, prepare } from "./parts.js";

const PANEL = ":scope > [data-moderating]";
const SHOWN = ":scope > :is(article, .comment-gone)";
const words = JSON.parse(read("moderates"));
const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

export function startModerating() {
  const sheet = make("link", { rel: "stylesheet" });
  sheet.href = new URL("../../css/moderating.css", import.meta.url);
  document.head.append(sheet);
  const all = document.querySelector(".comments");
  offer(all);
  new MutationObserver(() => offer(all)).observe(all, { childList: true, subtree: true });
  onClick("a[data-moderate]", toggle);
  onClick("[data-moderating] [data-close]", (button) => close(button.closest(".comment")));
  onClick("[data-undo]", undo);
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-moderating] form")) return;
    event.preventDefault();
    decide(event.target, event.submitter);
  });
  all.addEventListener("keydown", (event) => {
    const panel = event.key === "Escape" && event.target.closest("[data-moderating]");
    if (panel) close(panel.parentElement);
  });
}

/* Every comment, and what stands where one was, gets its link: to the queue, if it is opened elsewhere. */
function offer(all) {
  for (const comment of all.querySelectorAll(".comment[id^=c]")) {
    const place = comment.querySelector(":scope > article > .comment-acts, :scope > .comment-gone");
    if (!place || place.querySelector("[data-moderate]")) continue;
    const link = make("a", { className: "mini", lang: words.lang, textContent: words.moderate });
    link.href = `${words.address}?tab=all&c=${numberOf(comment)}`;
    link.dataset.moderate = "";
    place.append(" ", link);
  }
}

const numberOf = (comment) => comment.id.slice(1);

function toggle(link) {
  const comment = link.closest(".comment");
  if (comment.querySelector(PANEL)) close(comment);
  else open(comment);
}

function close(comment) {
  comment.querySelector(PANEL)?.remove();
  comment.querySelector(SHOWN)?.querySelector("[data-moderate]")?.focus();
}

/* The comment's card, with a sentence where something stood against the decision before. */
async function open(comment, sentence = "") {
  const link = comment.querySelector(SHOWN).querySelector("[data-moderate]");
  if (link.ariaBusy) return;
  link.ariaBusy = "true";
  const { answer, refused, fault } = await get(`${words.address}${numberOf(comment)}/card/?on=page`);
  link.ariaBusy = null;
  comment.querySelector(PANEL)?.remove();
  const panel = answer ? parsePanel(answer) : makePanel();
  comment.querySelector(SHOWN).after(panel);
  if (answer) say(panel, sentence);
  else say(panel, refused ?? words[fault], fault);
  lead(panel);
}

function parsePanel(html) {
  const box = document.createElement("template");
  box.innerHTML = html;
  return box.content.querySelector("[data-moderating]");
}

/* Without an answer of the desk: no more than the sentence that says so. */
function makePanel() {
  const panel = make("section", { className: "moderating", lang: words.lang });
  panel.dataset.moderating = "";
  const line = make("p");
  line.setAttribute("role", "alert");
  line.dataset.error = "";
  panel.append(line);
  return panel;
}

function say(panel, sentence, fault) {
  const line = panel.querySelector("[data-error]");
  line.hidden = !sentence;
  line.textContent = sentence;
  if (fault === "out") line.append(" ", signIn());
}

/* To the sign-in and back to this page. What is typed on it is kept (drafts.js). */
function signIn() {
  const link = make("a", { textContent: words.signIn });
  link.href = `${words.login}?next=${encodeURIComponent(location.pathname + location.search)}`;
  return link;
}

async function decide(form, button) {
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  const comment = form.closest(".comment");
  const { thread } = form.closest("[data-moderating]").dataset;
  const { answer, refused, fault } = await post(form.getAttribute("action"), form, button);
  delete form.dataset.busy;
  if (refused) return open(comment, refused);
  if (!answer) return say(form.closest("[data-moderating]"), words[fault], fault);
  comment.querySelector(PANEL)?.remove();
  comment.querySelector(":scope > .moderated")?.remove();
  const line = makeLine(answer, thread);
  comment.prepend(line);
  announce(answer.sentence);
  await renew(comment, answer, thread);
  lead(line);
}

/* What was done, and the way back, for as long as the page is open. */
function makeLine({ sentence, undo }, thread) {
  const line = make("p", { className: "moderated", lang: words.lang });
  const said = make("span", { textContent: sentence });
  said.dataset.said = "";
  line.append(said);
  if (!undo) return line;
  const button = make("button", { type: "button", className: "mini", textContent: words.takeBack });
  Object.assign(button.dataset, { undo, thread });
  line.append(" ", button);
  return line;
}

async function undo(button) {
  if (button.ariaBusy) return;
  button.ariaBusy = "true";
  const comment = button.closest(".comment");
  const said = button.parentElement.querySelector("[data-said]");
  const { answer, refused, fault } = await post(button.dataset.undo);
  button.ariaBusy = null;
  said.textContent = answer?.sentence ?? refused ?? words[fault];
  if (fault === "out") said.append(" ", signIn());
  announce(said.textContent);
  if (fault) return;
  button.remove();
  await renew(comment, answer ?? {}, button.dataset.thread);
  lead(said.parentElement);
}

/* Puts in place what readers see of the comment from now on: itself, a note, or nothing. */
async function renew(comment, { shown = true }, thread) {
  let fresh = null;
  if (shown) {
    try {
      fresh = (await askPage(thread)).getElementById(comment.id);
    } catch {
      return; // What was done stands above it; the page has it the next time.
    }
  }
  comment.querySelector(SHOWN)?.remove();
  comment.classList.toggle("is-removed", !fresh?.querySelector(":scope > article"));
  if (!fresh) return;
  prepare(fresh.parentElement);
  comment.querySelector(":scope > .moderated").after(fresh.querySelector(SHOWN));
}
