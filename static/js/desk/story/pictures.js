/* Bringing a picture in: dropped, pasted, chosen from a file or from the library. The dialog asks what a photo needs;
   what was typed in it stays until the photo is there. */
import { arrows } from "./tabs.js";
import { block } from "./edit.js";
import { startLibrary } from "./library.js";
import { send } from "./upload.js";
import { announce, say } from "./words.js";

export function start(form) {
  const dialog = document.getElementById("picture");
  const body = form.querySelector("#id_body");
  const upload = dialog.querySelector("form");
  const state = { into: "text", at: 0, files: [], total: 0 };
  let addPhoto = () => {};

  /* A browser that gives the focus back forgets where in the text it was. */
  const close = () => {
    dialog.close();
    body.setSelectionRange(state.at, state.at);
  };

  const put = (photo) => {
    addPhoto(photo);
    // A field behind an open dialog takes no text.
    close();
    if (state.into === "text") block(body, `![${caption(photo)}](photo:${photo.id})`);
    announce(say(state.into === "text" ? "placed" : "added", { n: String(photo.id) }));
    if (!state.files.length) return;
    show();
    next();
  };

  const tabs = [...dialog.querySelectorAll("[data-tab]")];
  const showTab = (name) => {
    tabs.forEach((tab) => {
      const isShown = tab.dataset.tab === name;
      tab.setAttribute("aria-selected", isShown);
      tab.tabIndex = isShown ? 0 : -1;
      document.getElementById(tab.dataset.tab).hidden = !isShown;
    });
    if (name === "from-library") library.open();
  };
  tabs.forEach((tab) => tab.addEventListener("click", () => showTab(tab.dataset.tab)));
  dialog.querySelector("[role=tablist]").addEventListener("keydown", (event) => arrows(event, tabs));
  dialog.querySelector("[data-close]").addEventListener("click", close);
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  dialog.addEventListener("close", () => dialog.open || (state.files = []));

  const show = () => {
    if (dialog.open) return;
    state.at = body.selectionEnd;
    dialog.showModal();
  };

  const next = () => {
    const file = state.files.shift();
    const many = state.total > 1 && { n: state.total - state.files.length, most: state.total };
    dialog.querySelector("[data-queue]").textContent = many ? say("queue", many) : "";
    uploader.take(file);
  };

  const open = ({ into = "text", tab = "from-file", files = [] } = {}) => {
    state.into = into;
    const pictures = files.filter((file) => file.type.startsWith("image/"));
    state.total = pictures.length;
    dialog.querySelector("[data-queue]").textContent = "";
    show();
    showTab(upload ? tab : "from-library");
    state.files = pictures;
    if (upload && pictures.length) next();
    else if (upload) uploader.error("upload", files.length ? say("noPicture", { name: files[0].name }) : "");
    if (!files.length && upload && tab === "from-file") dialog.querySelector("[name=upload]").focus();
  };

  const library = startLibrary(dialog, put);
  const uploader = upload && send(dialog, form.querySelector("[name=csrfmiddlewaretoken]").value, put);
  if (upload) {
    dialog.querySelector("[name=upload]").addEventListener("change", (event) => {
      const [file] = event.target.files;
      if (file) uploader.take(file);
    });
    catchFiles(dialog, (files) => open({ into: state.into, files }));
    catchFiles(form, (files, target) => open({ into: target.closest("[data-drop-photos]") ? "photos" : "text", files }));
  }
  return { open, whenAdded: (add) => (addPhoto = add) };
}

/* A caption may not hold what would end it. */
function caption(photo) {
  return (photo.caption ?? "").replace(/\s+/g, " ").replaceAll("[", "(").replaceAll("]", ")").trim();
}

/* Files dropped on a thing or pasted into it. */
function catchFiles(element, take) {
  const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  const light = (event, isOver) => event.target.closest?.("[data-drop], [data-drop-photos], .picture-file")?.classList.toggle("is-over", isOver);
  element.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    light(event, true);
  });
  element.addEventListener("dragleave", (event) => light(event, false));
  element.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    light(event, false);
    take([...event.dataTransfer.files], event.target);
  });
  element.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length || event.clipboardData.getData("text/plain")) return;
    event.preventDefault();
    take(files, event.target);
  });
}
