/* Likes without leaving the page. <form data-like="3629"> works as a plain form too, and is sent as one when this fails.

   data-like is the record number of a story, or "c12" for a comment. The words stand on the form or around it:
   data-like-text and data-unlike-text, for the button that will like and the one that will take it back. In the
   button, [data-label] shows the word and [data-n] the number. */
import { announce } from "./announce.js";
import { list, readList } from "./storage.js";

export function startLikes() {
  showLikes(document);
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-like]")) send(event, event.target);
  });
}

export function showLikes(root) {
  const liked = readList("liked");
  for (const form of root.querySelectorAll("form[data-like]")) {
    if (liked.includes(form.dataset.like)) show(form, true);
  }
}

async function send(event, form) {
  if (form.dataset.plain) return;
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  const button = form.querySelector("button");
  try {
    const { liked, count } = await post(form, button);
    list("liked", form.dataset.like, liked);
    show(form, liked);
    const number = count.toLocaleString(document.documentElement.lang);
    button.querySelector("[data-n]").textContent = number;
    announce(`${button.querySelector("[data-label]").textContent} ${number}`);
  } catch {
    form.dataset.plain = "1";
    form.requestSubmit(button);
  } finally {
    delete form.dataset.busy;
  }
}

async function post(form, button) {
  // Not form.action: that is the button of this name.
  const response = await fetch(form.getAttribute("action"), {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new URLSearchParams(new FormData(form, button)),
  });
  if (!response.ok) throw new Error(response.status);
  return response.json();
}

function show(form, liked) {
  const button = form.querySelector("button");
  const words = form.closest("[data-like-text]").dataset;
  button.setAttribute("aria-pressed", liked);
  button.value = liked ? "unlike" : "like";
  button.querySelector("[data-label]").textContent = liked ? words.unlikeText : words.likeText;
}
