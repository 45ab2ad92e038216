/* The front page's desk. What stands where is decided by the server; here is the draft, and how hands change it. */
import { Chooser } from "./front/chooser.js";
import { Draft } from "./front/draft.js";
import { startDragging } from "./front/dragging.js";
import { startKeys } from "./front/keys.js";
import { startLooking } from "./front/looking.js";
import { Outline } from "./front/outline.js";
import { startPool } from "./front/pool.js";

const form = document.getElementById("put-up");
const again = document.getElementById("again");

if (form) {
  const draft = new Draft(form.dataset.user, form.elements.language.value, form.elements.based_on.value);
  if (form.dataset.put) {
    if (form.dataset.put === draft.key) draft.forget();
    history.replaceState(null, "", form.dataset.page);
  }
  const outline = new Outline(form, draft);
  const chooser = new Chooser(outline);
  startKeys(outline, chooser);
  startDragging(outline);
  startPool(outline, chooser);
  startLooking(form, outline);
  outline.start();
} else if (again) {
  // The page that says somebody was faster: going back to the desk means to go on with what stands there now.
  again.querySelector("[data-look-first]")?.addEventListener("click", () => {
    const draft = new Draft(again.dataset.user, again.dataset.language, "");
    if (draft.key === again.dataset.key) draft.rebase(again.elements.based_on.value);
  });
}
