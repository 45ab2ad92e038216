/* The form in which a comment is written: sent, previewed and refused without leaving the page. */
import { announce } from "../announce.js";
import { ask, sendInPlace } from "../ask.js";
import { list } from "../storage.js";
import { isTaken, showErrors, showWarning } from "./answers.js";
import { forgetDraft, keepDraft, pathOf, restoreDraft } from "./drafts.js";
import { fetchOwn, place } from "./own.js";
import { lead } from "./parts.js";
import { closeReply } from "./replies.js";

const COMPOSER = "form[data-composer]";
const stamps = new WeakMap();

export function startComposers() {
  document.querySelectorAll(COMPOSER).forEach(restoreDraft);
  listen("focusin", (form) => stamp(form));
  listen("input", keepDraft);
  listen("submit", (form, event) => sendInPlace(event, { before: stamp, failed, done: answered }));
}

function listen(type, act) {
  document.addEventListener(type, (event) => {
    const form = event.target.closest(COMPOSER);
    if (form) act(form, event);
  });
}

/* A form may be posted some seconds after it got its stamp, which says also who is signed in. */
function stamp(form) {
  if (form.elements.stamp.value) return;
  if (!stamps.has(form)) stamps.set(form, fetchStamp(form).finally(() => stamps.delete(form)));
  return stamps.get(form);
}

async function fetchStamp(form) {
  try {
    const answer = await ask(`${pathOf(form)}stamp/`);
    form.elements.stamp.value = answer.stamp;
    document.querySelectorAll(COMPOSER).forEach((form) => showWho(form, answer));
    if (answer.mine) fetchOwn(pathOf(form));
  } catch {
    // Without a stamp the form is answered by a page that has one.
  }
}

function showWho(form, { signed_in, name }) {
  const guest = form.querySelector("[data-guest]");
  if (!guest) return;
  guest.hidden = signed_in;
  form.querySelector("[data-account]").hidden = !signed_in;
  form.querySelector("[data-name]").textContent = name;
}

function failed(form) {
  showErrors(form, { __all__: [form.dataset.failedText] });
}

function answered(form, answer, button) {
  if (answer.stamp) form.elements.stamp.value = answer.stamp;
  if (answer.warning) showWarning(form, answer.warning, answer.acknowledge);
  if (!isTaken(form, answer, button)) return;
  showWarning(form);
  forgetDraft(form);
  list("commented", pathOf(form), true);
  const comment = place(answer);
  if (!comment) {
    location = `${pathOf(form)}mine/#c${answer.id}`;
    return;
  }
  form.elements.body.value = form.elements.stamp.value = "";
  closeReply(form);
  lead(comment);
  announce(comment.querySelector(".comment-state")?.textContent);
}
