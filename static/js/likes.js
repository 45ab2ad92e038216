/* Likes without leaving the page. <form data-like="3629"> works as a plain form too, and is sent as one when this fails.

   data-like is the record number of a story, or "c12" for a comment. The words stand on the form or around it:
   data-like-text and data-unlike-text, for the button that will like and the one that will take it back. In the
   button, [data-label] shows the word and [data-n] the number. */
import { announce } from "./announce.js";
import { sendInPlace } from "./ask.js";
import { list, readList } from "./storage.js";

export function startLikes() {
  showLikes(document);
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-like]")) sendInPlace(event, { done: liked });
  });
}

export function showLikes(root) {
  const numbers = readList("liked");
  for (const form of root.querySelectorAll("form[data-like]")) {
    if (numbers.includes(form.dataset.like)) show(form, true);
  }
}

function liked(form, { liked, count }) {
  list("liked", form.dataset.like, liked);
  show(form, liked);
  const number = count.toLocaleString(document.documentElement.lang);
  form.querySelector("[data-n]").textContent = number;
  announce(`${form.querySelector("[data-label]").textContent} ${number}`);
}

function show(form, liked) {
  const button = form.querySelector("button");
  // A comment that is on its way into the page finds its words there already.
  const words = (form.closest("[data-like-text]") ?? document.querySelector(".comments[data-like-text]")).dataset;
  button.setAttribute("aria-pressed", liked);
  button.value = liked ? "unlike" : "like";
  button.querySelector("[data-label]").textContent = liked ? words.unlikeText : words.likeText;
}
