/* Tells screen readers what has just happened, in the page's live region: <p data-live role="status">. */

const region = document.querySelector("[data-live]") ?? addRegion();

export function announce(text) {
  region.textContent = text;
}

function addRegion() {
  const region = document.createElement("p");
  region.className = "vh";
  region.dataset.live = "";
  region.setAttribute("role", "status");
  document.querySelector("main").append(region);
  return region;
}
