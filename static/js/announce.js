/* Tells screen readers what has just happened, in the page's own live region: <p data-live role="status">. */

export function announce(text) {
  const region = document.querySelector("[data-live]");
  if (region) region.textContent = text;
}
