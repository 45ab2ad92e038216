/* The dialog's form for a new photo: asks, sends with progress, and keeps everything when it fails. */
import { declaredMark } from "../photos/declared.js";
import { say } from "./words.js";

const NEEDED = { alt: "needsDescription", credit: "needsCredit", mark: "needsMark" };

export function send(dialog, token, done) {
  const form = dialog.querySelector("form");
  const button = form.querySelector("[data-send]");
  const bar = form.querySelector("progress");
  const says = form.querySelector("[data-progress]");
  const image = form.querySelector("[data-shown]");
  let file = null;
  let address = "";

  const error = (name, sentence) => {
    const line = form.querySelector(`[data-error="${name}"]`) ?? form.querySelector('[data-error="upload"]');
    line.textContent = sentence;
    form.querySelectorAll(`[name="${name}"]`).forEach((field) => field.toggleAttribute("aria-invalid", Boolean(sentence)));
  };
  /* The file's own word about its origin is known when the server has read it. */
  const reason = (isWanted) => {
    form.querySelector("[data-reason]").hidden = !isWanted;
    if (!isWanted) form.mark_reason.value = "";
  };
  const declare = declaring(form, dialog.dataset.aiWords);
  const clear = () => form.querySelectorAll("[data-error]").forEach((line) => error(line.dataset.error, ""));

  const take = (chosen) => {
    clear();
    reason(false);
    URL.revokeObjectURL(address);
    file = chosen;
    form.upload.value = "";
    address = file ? URL.createObjectURL(file) : "";
    image.hidden = !file;
    if (file) image.src = address;
    form.querySelector("[data-empty]").hidden = Boolean(file);
    form.querySelector("[data-file-name]").textContent = file?.name ?? "";
    button.textContent = say("place");
    form.alt.focus();
    declare(file);
  };

  const busy = (isBusy) => {
    bar.hidden = !isBusy;
    button.disabled = isBusy;
    if (!isBusy) says.textContent = "";
  };

  const failed = (sentence) => {
    busy(false);
    button.textContent = say("tryAgain");
    error("upload", sentence);
    button.focus();
  };

  const place = (photo) => {
    // The next one is likely by the same hand: credit and origin stay.
    form.alt.value = form.caption.value = "";
    take(null);
    done(photo);
  };

  /* The library has the very file: that one can be taken. */
  const known = (photo) => {
    const use = Object.assign(document.createElement("button"), { type: "button", className: "btn btn--s" });
    use.textContent = say("useKnown");
    use.addEventListener("click", () => place(photo));
    form.querySelector('[data-error="upload"]').append(" ", use);
    use.focus();
  };

  const answered = ({ status, response }) => {
    if (status === 201) {
      busy(false);
      place(response);
    } else if (status === 422 && response?.errors) {
      busy(false);
      const named = Object.entries(response.errors).map(([name, sentences]) => [name.replace(/_[a-z]{2}$/, ""), sentences.join(" ")]);
      if (response.errors.mark_reason) reason(true);
      named.forEach(([name, sentence]) => error(name, sentence));
      if (response.existing) known(response.existing);
      else form.querySelector("[aria-invalid]")?.focus();
    } else {
      failed(status === 413 ? say("tooLarge") : say("refused", { status: String(status) }));
    }
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clear();
    if (!file) return form.upload.focus();
    Object.entries(NEEDED).forEach(([name, sentence]) => form[name].value.trim() || error(name, say(sentence)));
    const missing = form.querySelector("[aria-invalid]");
    if (missing) return missing.focus();
    const request = new XMLHttpRequest(); // fetch() tells no progress
    request.open("POST", dialog.dataset.upload);
    request.responseType = "json";
    request.setRequestHeader("X-CSRFToken", token);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.value = total ? (100 * loaded) / total : 0;
      says.textContent = loaded < total ? say("uploading", { n: Math.round(bar.value) }) : say("making");
    });
    request.addEventListener("load", () => answered(request));
    request.addEventListener("error", () => failed(say("lost")));
    busy(true);
    request.send(content(form, file, dialog.dataset.language));
  });

  // One line each: Enter sends, as in any field of one line.
  form.querySelectorAll("textarea").forEach((area) =>
    area.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || event.shiftKey) return;
      event.preventDefault();
      form.requestSubmit(button);
    }),
  );
  return { take, error };
}

/* The origin that a file names is chosen for it, and the form says so for as long as it stays chosen. */
function declaring(form, words) {
  let declared = "";
  let asked = null;
  const show = () => (form.querySelector("[data-says-so]").hidden = !declared || form.mark.value !== declared);
  form.addEventListener("change", show);
  return async (file) => {
    asked = file;
    const mark = file ? await declaredMark(file, words) : "";
    if (asked !== file) return;
    declared = mark;
    if (mark) form.mark.value = mark;
    show();
  };
}

function content(form, file, language) {
  const data = new FormData();
  data.append("upload", file);
  data.append("language", language);
  data.append("mark", form.mark.value);
  data.append("mark_reason", form.mark_reason.value.trim());
  data.append("credit", form.credit.value.trim());
  data.append(`alt_${language}`, form.alt.value.trim());
  data.append(`caption_${language}`, form.caption.value.trim());
  return data;
}
