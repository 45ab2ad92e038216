/* On every page of the desk. */
"use strict";
{
  // A filter's menu closes when the person turns elsewhere.
  const menus = () => document.querySelectorAll("#changelist-filter details[open]");
  document.addEventListener("click", (event) => {
    menus().forEach((menu) => menu.contains(event.target) || menu.removeAttribute("open"));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menus().forEach((menu) => {
      menu.removeAttribute("open");
      menu.querySelector("summary").focus();
    });
  });

  // Select2 names its boxes after their content alone; an empty one has no name then. Runs after Django's own start of
  // them, which waits for the same event and was registered earlier.
  const nameBoxes = () => {
    document.querySelectorAll(".select2-selection[aria-labelledby]").forEach((box) => {
      const field = box.closest(".select2-container").previousElementSibling;
      const label = field && document.querySelector(`label[for="${field.id}"]`);
      if (!label) return;
      label.id ||= `${field.id}_label`;
      const shown = box.querySelector(".select2-selection__rendered");
      box.setAttribute("aria-labelledby", `${label.id} ${shown.id}`);
      shown.setAttribute("aria-labelledby", label.id);
    });
  };
  window.django?.jQuery?.(nameBoxes);
}
