/* A menu that is a <details> (a filter, the person's) closes when the person turns elsewhere, and by Escape. */
const OPEN = ":is(#changelist-filter details, details.menu)[open]";
const open = () => document.querySelectorAll(OPEN);

export function startMenus() {
  document.addEventListener("click", (event) => {
    open().forEach((menu) => menu.contains(event.target) || menu.removeAttribute("open"));
  });
  document.addEventListener("focusin", (event) => {
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.removeAttribute("open");
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    open().forEach((menu) => {
      menu.removeAttribute("open");
      menu.querySelector("summary").focus();
    });
  });
}
