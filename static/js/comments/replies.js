/* Answering below the comment that is answered: the page's composer, once more. */
import { ask, onClick } from "../ask.js";
import { showErrors } from "./answers.js";
import { draftsOf, keepDraft, pathOf, restoreDraft } from "./drafts.js";
import { nameOf } from "./hiding.js";
import { part } from "./parts.js";

const REPLY = ":scope > .composer--reply";

export function startReplies() {
  const composer = document.querySelector(".composer--top[data-composer]");
  if (!composer || !part(".composer-tools")) return;
  onClick("[data-reply]", (link) => openReply(link, composer).elements.body.focus());
  onClick("[data-quote]", quote);
  onClick("[data-close]", (button) => {
    const form = button.closest("form");
    form.hidden = true;
    linkOf(form).focus();
  });
  for (const parent in draftsOf(pathOf(composer))) {
    const link = document.querySelector(`#c${parent} > article [data-reply]`);
    if (parent && link) openReply(link, composer);
  }
}

function openReply(link, composer) {
  const comment = link.closest(".comment");
  // On the page of one thread the composer answers its first comment.
  if (composer.elements.parent.value === comment.id.slice(1)) return composer;
  const form = comment.querySelector(REPLY) ?? makeForm(comment, composer);
  form.hidden = false;
  link.setAttribute("aria-expanded", "true");
  return form;
}

function makeForm(comment, composer) {
  const form = composer.cloneNode(true);
  form.reset();
  form.classList.replace("composer--top", "composer--reply");
  form.elements.parent.value = comment.id.slice(1);
  form.elements.stamp.value = "";
  form.querySelector("[data-preview]").hidden = true;
  form.querySelector("[data-label]").textContent = form.dataset.replyText.replace("{name}", () => nameOf(comment));
  form.querySelector(".composer-end .btn").before(part(".composer-tools"));
  for (const name of ["name", "email"]) form.elements[name].value = composer.elements[name].value;
  showErrors(form, {});
  comment.querySelector(":scope > article").after(form);
  restoreDraft(form);
  return form;
}

function linkOf(form) {
  const link = form.closest(".comment").querySelector("[data-reply]");
  link.removeAttribute("aria-expanded");
  return link;
}

export function closeReply(form) {
  if (!form.matches(".composer--reply")) return;
  linkOf(form);
  form.remove();
}

/* As it was typed, the comment that is answered stands in no public page. */
async function quote(button) {
  const form = button.closest("form");
  const address = `${linkOf(form).href}?quote=1`;
  try {
    const { body } = form.elements;
    body.value = (await ask(address)).quote + body.value;
    body.focus();
    keepDraft(form);
  } catch {
    location = address;
  }
}
