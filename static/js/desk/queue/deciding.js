/* A decision, and taking it back. The keys press the buttons (frame/keys.js), so both are one. */
import { onClick } from "../../ask.js";
import { post } from "../../deciding.js";
import { showCounts } from "./said.js";

export function startDeciding(queue) {
  const { root, stage, lines } = queue;
  root.addEventListener("submit", (event) => {
    const { target: form, submitter: button } = event;
    if (!form.matches("form[data-decide], form[data-undo-form]")) return;
    event.preventDefault();
    if (form.matches("[data-undo-form]")) stage.alone(() => undo(queue));
    else stage.alone(() => decide(queue, form, button));
  });
  onClick("a[data-line]", (line) => stage.alone(() => stage.show(line.dataset.line)));
  onClick("a[data-move]", (link) => stage.alone(() => move(queue, Number(link.dataset.move))));
  onClick("a[data-further]", () => lines.refill({ isWanted: true }));
}

async function move({ root, stage, lines }, step) {
  // One that somebody else has decided on does not wait in the list any more.
  if (step > 0 && stage.card && !stage.belongs) return stage.goOn({ isGone: true });
  const line = await lines.beside(step);
  if (line) return step > 0 ? stage.showNext(line.dataset.line) : stage.show(line.dataset.line);
  const nearer = step < 0 && root.querySelector("[data-nearer]");
  if (nearer) location = nearer.href;
  return false;
}

async function decide({ stage, said }, form, button) {
  const result = await stage.waitFor(post(form.getAttribute("action"), form, button));
  const { answer, refused, fault } = result;
  if (fault) return said.against(result);
  // As it stands now, by whom, and with the sentence that says so.
  if (refused) {
    await stage.lookAgain(refused);
    return said.against(result);
  }
  stage.hasDecided();
  said.done(answer);
  showCounts(answer.counts);
  if (["pick", "unpick"].includes(button.value)) {
    await stage.show(stage.pk, { isFresh: true });
    if (stage.belongs) return null;
  }
  const stays = ["all", "approved"].includes(stage.root.dataset.tab) && button.value === "keep";
  return stage.goOn({ isGone: !stays });
}

async function undo({ stage, lines, said }) {
  if (!said.last) return;
  const { undo, comment } = said.last;
  const result = await stage.waitFor(post(undo));
  const { answer, refused, fault } = result;
  if (fault) return said.against(result);
  said.undone(answer?.sentence ?? refused);
  if (refused) return said.note(refused, true);
  showCounts(answer.counts);
  const pk = answer.comment ?? comment ?? stage.pk;
  lines.putBack(pk);
  return pk && stage.show(pk, { isFresh: true });
}
