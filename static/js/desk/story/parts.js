/* Parts of the rail that are sent on their own (notes, preview links), beside the story's form and without touching it.
   A part is a [data-part]; inside, [data-send] holds fields and a button, and names the address that takes them. The
   answer is the part's new inside. */

const cookie = (name) => document.cookie.match(`(?:^|; )${name}=([^;]*)`)?.[1] ?? "";
const key = (field) => `part ${location.pathname} ${field.name}`;

const post = (box) => {
  const data = new FormData();
  box.querySelectorAll("[name]").forEach((field) => data.append(field.name, field.value));
  const headers = { Accept: "application/json", "X-CSRFToken": cookie("csrftoken") };
  return fetch(box.dataset.send, { method: "POST", body: data, headers, redirect: "manual" });
};

const count = (field) => {
  const place = field.parentElement.querySelector(".count");
  const number = [...field.value].length;
  const most = Number(field.dataset.most);
  place.textContent = place.dataset.text.replace("{number}", number).replace("{most}", most);
  place.hidden = number < most * 0.5;
  place.classList.toggle("count--near", number > most * 0.9 && number <= most);
  place.classList.toggle("count--over", number > most);
};

// A long field outlives a page that is left, or saved, before it was sent.
const prepare = (part) => {
  part.querySelectorAll("textarea[data-most]").forEach((field) => {
    field.value ||= sessionStorage.getItem(key(field)) ?? "";
    count(field);
  });
};

const take = async (part, box, answer) => {
  const says = part.querySelector("[data-part-says]");
  const { html, says: sentence } = await answer.json();
  if (answer.ok) box.querySelectorAll("textarea").forEach((field) => sessionStorage.removeItem(key(field)));
  part.querySelector("[data-part-body]").innerHTML = html;
  prepare(part);
  says.textContent = sentence;
  const fields = part.querySelector(".part-form[data-send]");
  (fields?.querySelector("[aria-invalid]") ?? fields?.querySelector("[name]"))?.focus();
};

const send = async (part, box) => {
  const says = part.querySelector("[data-part-says]");
  if (part.ariaBusy === "true") return;
  part.ariaBusy = "true";
  try {
    const answer = await post(box);
    if (answer.type === "opaqueredirect") says.textContent = says.dataset.signedOut;
    else if ([201, 422].includes(answer.status)) await take(part, box, answer);
    else says.textContent = says.dataset.refused;
  } catch {
    says.textContent = says.dataset.lost;
  }
  part.ariaBusy = "false";
};

const copy = async (button) => {
  const field = button.parentElement.querySelector("input");
  field.select();
  await navigator.clipboard?.writeText(field.value).then(
    () => (button.textContent = button.dataset.copied),
    () => {},
  );
};

const begin = (part) => {
  part.dataset.live = "";
  prepare(part);
  part.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.matches("[data-copy]")) copy(button);
    else if (button) send(part, button.closest("[data-send]"));
  });
  part.addEventListener("keydown", (event) => {
    const box = event.target.closest("[data-send]");
    const sends = event.ctrlKey || event.metaKey || event.target.matches("input");
    if (event.key !== "Enter" || !box || !sends) return;
    event.preventDefault();
    send(part, box);
  });
  for (const name of ["input", "change"]) {
    part.addEventListener(name, (event) => {
      // It is no change of the story, whose form counts what comes by here.
      event.stopPropagation();
      part.querySelector("[data-part-says]").textContent = "";
      if (!event.target.matches("[data-most]")) return;
      count(event.target);
      sessionStorage.setItem(key(event.target), event.target.value);
    });
  }
};

export const start = () => document.querySelectorAll("[data-part]").forEach(begin);
