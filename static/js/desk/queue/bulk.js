/* Several comments at once: those that are ticked in the list. */
import { post } from "../../deciding.js";
import { boxOf } from "./lines.js";
import { showCounts } from "./said.js";

export function startBulk(queue) {
  const { root, stage, lines } = queue;
  const form = root.querySelector("form[data-bulk]");
  if (!form) return;
  const show = () => showNumber(form, ticked(lines).length);
  root.addEventListener("change", (event) => event.target.name === "selected" && show());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (ticked(lines).length) stage.alone(() => send(queue, form, event.submitter).finally(show));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || document.querySelector("dialog[open], details.menu[open]")) return;
    ticked(lines).forEach((line) => (boxOf(line).checked = false));
    show();
  });
  show();
}

const ticked = (lines) => lines.all.filter((line) => boxOf(line)?.checked);

function showNumber(form, number) {
  const place = form.querySelector("[data-selected]");
  place.textContent = place.dataset.text.replace("{number}", number);
  form.classList.toggle("is-on", number > 0);
  form.querySelectorAll("button").forEach((button) => (button.disabled = !number));
}

async function send({ stage, lines, said }, form, button) {
  const result = await stage.waitFor(post(form.getAttribute("action"), form, button));
  const { answer } = result;
  if (!answer) return said.against(result);
  stage.hasDecided();
  for (const one of answer.done) said.done(one);
  said.note([answer.sentence, ...answer.refused.map((one) => one.sentence)].join(" "));
  showCounts(answer.counts);
  lines.all.forEach((line) => (boxOf(line).checked = false));
  const pks = answer.done.map((one) => String(one.comment));
  pks.filter((pk) => pk !== stage.pk).forEach((pk) => lines.drop(pk));
  if (pks.includes(stage.pk)) return stage.goOn({ isGone: true });
  return lines.refill();
}
