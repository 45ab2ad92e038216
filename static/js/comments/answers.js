/* What the server says to a form: errors stand beside each field in [data-error=name], the rest in
   [data-error=__all__]; a preview stands in [data-preview]. */
import { lead } from "./parts.js";

let number = 0;

/* Shows the answer. Whether the text was taken: neither refused nor just looked at. */
export function isTaken(form, { errors, html }, button) {
  showErrors(form, errors ?? {});
  const isPreview = button.value === "preview" && !errors;
  const preview = form.querySelector("[data-preview]");
  preview.hidden = !isPreview;
  if (!isPreview) return !errors;
  preview.innerHTML = html;
  lead(preview);
  return false;
}

export function showErrors(form, { __all__: general = [], ...errors }) {
  let first;
  for (const line of form.querySelectorAll("[data-error]:not([data-error=__all__])")) {
    const name = line.dataset.error;
    const field = form.elements[name];
    say(line, errors[name]);
    line.id = `error-${++number}`;
    field.toggleAttribute("aria-invalid", false);
    field.toggleAttribute("aria-describedby", false);
    if (!errors[name]) continue;
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", line.id);
    first ??= field;
    delete errors[name];
  }
  const others = [...general, ...Object.values(errors).flat()];
  say(form.querySelector("[data-error=__all__]"), others.length ? others : null);
  first?.focus();
}

/* What a moderator has written to the writer; without a text it goes. Read once is not read for ever. */
export function showWarning(form, text = "", seal = "") {
  const box = form.querySelector("[data-warning]");
  box.hidden = !text;
  box.firstElementChild.textContent = text;
  Object.assign(form.elements.acknowledge, { value: seal, checked: false });
}

function say(line, sentences) {
  line.hidden = !sentences;
  line.textContent = sentences?.join(" ") ?? "";
}
