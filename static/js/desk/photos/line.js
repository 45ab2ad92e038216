/* One file on its way into the library: its texts, its progress, and what the server said. */

import { declaredMark } from "./declared.js";

let number = 0;

// The cookie's, which is a new one after signing in again in another tab.
const token = (form) => /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? form.elements.csrfmiddlewaretoken.value;

const size = (bytes) => {
  const [unit, length] = bytes < 1e6 ? ["kB", 1e3] : ["MB", 1e6];
  const options = { maximumFractionDigits: unit === "MB" ? 1 : 0 };
  return `${(bytes / length).toLocaleString(document.documentElement.lang, options)} ${unit}`;
};

export class Line {
  state = "new";

  constructor(file, form, { retry, drop }) {
    this.file = file;
    this.form = form;
    this.texts = form.dataset;
    const template = document.getElementById("upload-line");
    this.row = template.content.cloneNode(true).firstElementChild;
    this.row.innerHTML = this.row.innerHTML.replaceAll("__n__", (number += 1));
    this.row.setAttribute("aria-labelledby", `name-${number}`);
    this.find("[data-name]").textContent = file.name;
    this.find("[data-size]").textContent = size(file.size);
    this.find("[name=title]").placeholder = file.name.replace(/\.[^.]*$/, "").replace(/[-_]+/g, " ");
    this.fields().forEach((field) => {
      const error = field.closest(".form-row")?.querySelector(".uploads-error");
      if (error) field.setAttribute("aria-describedby", error.id);
    });
    this.find("[data-retry]").addEventListener("click", () => retry(this));
    this.find("[data-drop-line]").addEventListener("click", () => drop(this));
    this.find("[data-again]").addEventListener("click", () => {
      this.find("[name=again]").value = "1";
      retry(this);
    });
    form.querySelector("[data-lines]").append(this.row);
    this.draw();
    declaredMark(file, this.texts.aiWords).then((mark) => mark && this.declare(mark));
    if (file.size > Number(this.texts.maxBytes)) this.refuse({ upload: [this.texts.tooLarge] });
  }

  find(selector) {
    return this.row.querySelector(selector);
  }

  fields() {
    return [...this.row.querySelectorAll("input, select, textarea")];
  }

  own(name) {
    return this.find(`[name=${name}]`).value.trim();
  }

  get isWhole() {
    return this.file.size <= Number(this.texts.maxBytes) && !this.find("[aria-invalid=true]");
  }

  // A small picture of the file; one that the browser cannot read stays a dark field, and the server judges it.
  async draw() {
    try {
      const canvas = this.find("canvas");
      const bitmap = await createImageBitmap(this.file, { resizeWidth: 360 });
      canvas.height = Math.round((canvas.width * bitmap.height) / bitmap.width);
      canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      bitmap.close();
    } catch {
      this.find("canvas").hidden = true;
    }
  }

  // The file's own word stands for the origin of all files, until a person chooses another one.
  declare(mark) {
    const own = this.find("[name=mark]");
    if (own.value) return;
    own.value = mark;
    this.find("[data-says-so]").hidden = false;
    own.closest("details").open = true;
    own.addEventListener("change", () => (this.find("[data-says-so]").hidden = own.value !== mark));
  }

  // The first field that lacks what every photo needs.
  check() {
    // Not the hidden one: it has no place for a sentence of its own, and would clear what is said of the file.
    for (const field of this.fields()) if (field.type !== "hidden") this.mark(field.name, []);
    for (const field of this.row.querySelectorAll(".required :is(input, textarea)")) {
      const missing = field.name !== "title" && !field.value.trim();
      this.mark(field.name, missing ? [this.texts.needed] : []);
    }
    const fault = this.find("[aria-invalid=true]");
    if (fault) this.say("new", this.texts.incomplete, true);
    return fault;
  }

  mark(name, sentences) {
    const error = this.find(`[data-error="${name}"]`) || this.find('[data-error="upload"]');
    error.textContent = sentences.join(" ");
    const field = this.find(`[name="${name}"]`);
    if (!field) return;
    field.setAttribute("aria-invalid", String(sentences.length > 0));
    if (!sentences.length) return;
    field.closest("details")?.setAttribute("open", "");
    field.closest(".form-row")?.removeAttribute("hidden");
  }

  say(state, sentence = "", isBad = false) {
    this.state = state;
    const shown = this.find("[data-state]");
    shown.textContent = sentence || (state === "queued" ? this.texts.waiting : "");
    shown.classList.toggle("is-bad", isBad);
    shown.classList.toggle("is-done", state === "done");
    this.find("progress").hidden = state !== "sending";
    this.find("[data-retry]").hidden = state !== "failed";
    this.find("[data-drop-line]").hidden = ["queued", "sending", "done"].includes(state);
    this.find("[data-fields]").hidden = state === "done";
  }

  // Resolves when the server has answered, or cannot.
  send(batch) {
    this.say("sending", this.texts.sending.replace("%s", 0));
    this.mark("upload", []);
    this.find("[data-again]").hidden = this.find("[data-existing]").hidden = true;
    return new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.upload.addEventListener("progress", (event) => this.progress(event));
      request.addEventListener("load", () => resolve(this.answered(request)));
      for (const end of ["error", "abort", "timeout"])
        request.addEventListener(end, () => resolve(this.say("failed", this.texts.lost, true)));
      request.open("POST", this.form.action);
      request.setRequestHeader("X-CSRFToken", token(this.form));
      request.send(this.data(batch));
    });
  }

  data(batch) {
    const data = new FormData();
    this.fields().forEach((field) => data.append(field.name, field.value));
    for (const [name, field] of Object.entries(batch)) data.set(name, this.own(name) || field.value);
    data.append("upload", this.file, this.file.name);
    return data;
  }

  progress({ loaded, total }) {
    const percent = Math.floor((loaded / total) * 100);
    this.find("progress").value = percent;
    this.say("sending", percent < 100 ? this.texts.sending.replace("%s", percent) : this.texts.sizing);
  }

  answered(request) {
    const isJson = request.getResponseHeader("Content-Type")?.startsWith("application/json");
    const answer = isJson ? JSON.parse(request.responseText) : null;
    if (request.status === 201 && answer) return this.done(answer);
    if (request.status === 422 && answer) return this.refuse(answer.errors, answer.existing);
    const isSignedOut = request.status === 200 || request.status === 403;
    return this.say("failed", isSignedOut ? this.texts.signedOut : this.texts.failed, true);
  }

  refuse(errors, existing) {
    this.say("failed", this.texts.refused, true);
    for (const [name, sentences] of Object.entries(errors)) this.mark(name, sentences);
    if (!existing) return;
    this.find("[data-again]").hidden = false;
    this.link(this.find("[data-existing]"), existing.id);
    this.find("[data-retry]").hidden = true;
  }

  done(photo) {
    this.say("done", `${this.texts.done} `);
    const link = document.createElement("a");
    this.link(link, photo.id);
    link.textContent = `photo:${photo.id}`;
    this.find("[data-state]").append(link);
  }

  // In the window that a form opened to choose from, a link chooses.
  link(link, id) {
    link.href = this.texts.photoUrl.replace("/0/", `/${id}/`);
    link.hidden = false;
    if (!document.body.classList.contains("popup")) return;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      window.opener?.dismissRelatedLookupPopup(window, id);
    });
  }
}
