/* Likes without leaving the page. <form data-like="3629"> works as a plain form too, and is sent as one when this fails.

   The form carries its words: data-like-text and data-unlike-text, for the button that will like and the one
   that will take it back. In the button, [data-label] shows the word and [data-n] the number. */
import { announce } from "./announce.js";
import { read, write } from "./storage.js";

export function startLikes() {
  for (const form of document.querySelectorAll("form[data-like]")) {
    if (likedNumbers().includes(form.dataset.like)) show(form, true);
    form.addEventListener("submit", send);
  }
}

async function send(event) {
  const form = event.currentTarget;
  if (form.dataset.plain) return;
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  const button = form.querySelector("button");
  try {
    const { liked, count } = await post(form, button);
    remember(form.dataset.like, liked);
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
  const label = button.querySelector("[data-label]");
  button.setAttribute("aria-pressed", liked);
  button.value = liked ? "unlike" : "like";
  label.textContent = liked ? form.dataset.unlikeText : form.dataset.likeText;
}

function likedNumbers() {
  try {
    return JSON.parse(read("liked")) ?? [];
  } catch {
    return [];
  }
}

function remember(number, liked) {
  const others = likedNumbers().filter((other) => other !== number);
  write("liked", JSON.stringify(liked ? [...others, number] : others));
}
