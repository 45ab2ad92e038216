/* The home page with the draft, in a frame as wide as a desk or a phone; posted, so that nothing is stored anywhere. */

const WIDE = 1280;
const PHONE = 390;
const moment = (value) =>
  new Date(value).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });

export function startLooking(form, outline) {
  const dialog = document.getElementById("look-at");
  const frame = dialog.querySelector("iframe");
  const box = dialog.querySelector(".frame-box");
  const button = form.querySelector("[data-look]");
  const choice = document.getElementById("look");
  const other = document.getElementById("look-other");
  const widths = [...dialog.querySelectorAll("[data-width]")];
  let width = matchMedia("(max-width: 44rem)").matches ? "phone" : "wide";

  // A frame wider than its box is drawn smaller, and is as high as to fill it then.
  const fit = () => {
    const wanted = width === "phone" ? Math.min(PHONE, box.clientWidth) : Math.max(WIDE, box.clientWidth);
    const scale = Math.min(1, box.clientWidth / wanted);
    Object.assign(frame.style, {
      inlineSize: `${wanted}px`,
      blockSize: `${box.clientHeight / scale}px`,
      transform: scale < 1 ? `scale(${scale})` : "",
    });
    widths.forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.width === width)));
  };
  const chosen = () => choice.selectedOptions[0];
  const showOther = () => {
    other.hidden = !("other" in chosen().dataset);
    if (other.hidden) other.value = "";
    else other.focus();
  };

  choice.addEventListener("change", showOther);
  showOther();
  form.addEventListener("submit", ({ submitter }) => {
    if (submitter !== button || button.formTarget !== frame.name) return;
    dialog.querySelector("[data-moment]").textContent = other.value ? moment(other.value) : chosen().text;
    dialog.showModal();
    fit();
  });
  button.formTarget = frame.name;
  dialog.addEventListener("click", ({ target }) => {
    if (target.closest("[data-close]")) dialog.close();
    if (target.closest("[data-width]")) {
      width = target.closest("[data-width]").dataset.width;
      fit();
    }
    if (target.closest("[data-tab]")) {
      button.formTarget = "_blank";
      form.requestSubmit(button);
      button.formTarget = frame.name;
    }
  });
  dialog.addEventListener("close", () => outline.spot(outline.held) && button.focus());
  addEventListener("resize", () => dialog.open && fit());
}
