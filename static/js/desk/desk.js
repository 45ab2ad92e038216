/* On every page of the desk. */
import { startKeys } from "./frame/keys.js";
import { startMenus } from "./frame/menus.js";
import { tellReadersPages } from "./frame/moderates.js";
import { startTheme } from "./frame/theme.js";
import { removeThere } from "./story/device.js";

startTheme();
startMenus();
startKeys();
tellReadersPages();
document.getElementById("logout-form")?.addEventListener("submit", removeThere);

// Select2 names its boxes after their content alone; an empty one has no name then. Runs after Django's own start of
// them, which waits for the same event and was registered earlier.
function nameBoxes() {
  document.querySelectorAll(".select2-selection[aria-labelledby]").forEach((box) => {
    const field = box.closest(".select2-container").previousElementSibling;
    const label = field && document.querySelector(`label[for="${field.id}"]`);
    if (!label) return;
    label.id ||= `${field.id}_label`;
    const shown = box.querySelector(".select2-selection__rendered");
    box.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
    shown.setAttribute("aria-labelledby", label.id);
  });
}
window.django?.jQuery?.(nameBoxes);
