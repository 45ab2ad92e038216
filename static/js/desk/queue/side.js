/* What stands beside a card and is no decision on it: the writer's standing, the story's discussion, "Ban…". */
import { onClick } from "../../ask.js";
import { get, post } from "../../deciding.js";
import { parse } from "./lines.js";
import { countsOf, showCounts } from "./said.js";

export function startSide(queue) {
  const { root, stage } = queue;
  const dialog = root.querySelector("dialog[data-writer-dialog]");
  if (!dialog) return;
  root.addEventListener("submit", (event) => {
    const { target: form, submitter: button } = event;
    if (!form.closest(".side, [data-writer-dialog]") || form.getAttribute("method") !== "post") return;
    event.preventDefault();
    stage.alone(() => send(queue, dialog, form, button));
  });
  onClick("[data-writer-dialog] [data-close]", () => dialog.close());
  onClick("a[data-writer], .side a[href*='/writer/']", (link) => stage.alone(() => open(queue, dialog, link)));
}

async function open({ stage, said }, dialog, link) {
  const [address, part] = link.getAttribute("href").split("#");
  const result = await stage.waitFor(get(`${address}?on=card`));
  if (!result.answer) return said.against(result);
  const acts = dialog.querySelector("[data-writer-acts]");
  acts.replaceChildren(...parse(result.answer).body.childNodes);
  say(dialog, "");
  dialog.showModal();
  const place = (part && acts.querySelector(`#${part}`)) || acts;
  const first = place.querySelector(":is(input, select, textarea, button):not([type=hidden])");
  return ((!part && acts.querySelector("[value=banned]")) || first)?.focus();
}

async function send({ stage, lines, said }, dialog, form, button) {
  const result = await stage.waitFor(post(form.getAttribute("action"), form, button));
  const { answer } = result;
  if (!answer) {
    said.against(result);
    if (dialog.open) say(dialog, said.text.textContent);
    return null;
  }
  dialog.close();
  said.done(answer);
  await stage.show(stage.pk, { isFresh: true });
  if (!answer.rejected) return null;
  if (!stage.belongs) await stage.goOn({ isGone: true });
  const page = await lines.renew();
  return page && showCounts(countsOf(page));
}

function say(dialog, sentence) {
  const line = dialog.querySelector("[data-error]");
  line.hidden = !sentence;
  line.textContent = sentence;
}
