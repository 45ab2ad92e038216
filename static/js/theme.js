/* A classic script in the head, before the first paint: applies the reader's theme and reading mode,
   which are kept in this browser alone. Everything else is in site.js. */
(() => {
  const root = document.documentElement;

  function apply() {
    let theme = null;
    let mode = null;
    try {
      theme = localStorage.getItem("theme");
      mode = localStorage.getItem("mode");
    } catch {
      // Storage is switched off: the system's theme holds.
    }
    if (theme === "dark" || theme === "light") root.dataset.theme = theme;
    else delete root.dataset.theme;
    if (mode === "pro" || location.hash === "#pro") root.dataset.mode = "pro";
    else delete root.dataset.mode;
  }

  apply();
  // A page that comes back out of the browser's cache may be older than the choice.
  addEventListener("pageshow", (event) => event.persisted && apply());
})();
