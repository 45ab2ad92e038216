/* Files on their way into the library: one line a file, at most AT_ONCE of them travelling, and nothing typed is lost. */
import { Line } from "./line.js";

const AT_ONCE = 2;

export function startUploads(form) {
  const page = document.getElementById("content-main");
  const chooser = document.querySelector("[data-files]");
  const sum = form.querySelector("[data-sum]");
  const batch = Object.fromEntries([...form.querySelectorAll("[data-batch]")].map((field) => [field.dataset.batch, field]));
  const lines = [];
  let travelling = 0;

  const left = () => lines.filter((line) => line.state !== "done");

  const report = () => {
    const waiting = left().length;
    form.querySelector("[data-send]").hidden = waiting === 0;
    form.querySelector("[data-show]").hidden = !lines.some((line) => line.state === "done");
    sum.textContent = lines.length === 0 ? "" : waiting ? `${sum.dataset.left} ${waiting}` : sum.dataset.all;
    form.hidden = lines.length === 0;
  };

  const next = () => {
    report();
    const line = lines.find((each) => each.state === "queued");
    if (!line || travelling >= AT_ONCE) return;
    travelling += 1;
    line.send(batch).finally(() => {
      travelling -= 1;
      next();
    });
    next();
  };

  const checkBatch = (chosen) => {
    for (const [name, field] of Object.entries(batch)) {
      const missing = !field.value.trim() && chosen.some((line) => !line.own(name));
      field.setAttribute("aria-invalid", String(missing));
      form.querySelector(`[data-batch-error="${name}"]`).textContent = missing ? form.dataset.needed : "";
    }
    return form.querySelector("[data-batch][aria-invalid=true]");
  };

  // Sends the lines that have all they need; the first one that has not is shown.
  const queue = (chosen) => {
    const fault = checkBatch(chosen);
    const faults = chosen.map((line) => line.check()).filter(Boolean);
    if (!fault) chosen.filter((line) => line.isWhole).forEach((line) => line.say("queued"));
    (fault || faults[0])?.focus();
    next();
  };

  const drop = (line) => {
    lines.splice(lines.indexOf(line), 1);
    line.row.remove();
    report();
    (lines[0]?.row.querySelector("input") || document.querySelector("[data-choose]")).focus();
  };

  const take = (files) => {
    const added = [...files].map((file) => new Line(file, form, { retry: (line) => queue([line]), drop }));
    lines.push(...added);
    report();
    added[0]?.row.querySelector("input").focus();
  };

  const carriesFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

  document.querySelectorAll("[data-with-script]").forEach((element) => (element.hidden = false));
  document.querySelector("[data-choose]").addEventListener("click", (event) => {
    event.preventDefault();
    chooser.click();
  });
  chooser.addEventListener("change", () => {
    take(chooser.files);
    chooser.value = "";
  });
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    page.classList.add("is-over");
  });
  document.addEventListener("dragleave", (event) => event.relatedTarget || page.classList.remove("is-over"));
  document.addEventListener("drop", (event) => {
    page.classList.remove("is-over");
    if (!carriesFiles(event)) return;
    event.preventDefault();
    take(event.dataTransfer.files);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    queue(left().filter((line) => !["queued", "sending"].includes(line.state)));
  });
  window.addEventListener("beforeunload", (event) => left().length && event.preventDefault());
}
