/* The live preview: the server renders the form as readers would see it, a moment after typing stops. The same answer
   brings the checks of "Before it goes out", so they are asked for too while no preview is to be seen. */
import { morph } from "./morph.js";
import { say, words } from "./words.js";

const PAUSE = 250;
const SLOW = 300;
const WIDE = 1280;

export function start(form) {
  const look = form.querySelector("[data-look]");
  const frame = look.querySelector("iframe");
  const says = look.querySelector("[data-says]");
  const state = { light: "", version: "", sent: "", timer: 0, request: null, shown: null };
  look.classList.add("is-live");
  const isSeen = () => look.offsetParent !== null;

  const show = (page, version) => {
    frame.hidden = false;
    if (state.shown === version && frame.contentDocument?.body?.childElementCount) renew(frame, page);
    else frame.srcdoc = page;
    state.shown = version;
    faults(look, []);
  };

  const refresh = async () => {
    const fields = new FormData(form);
    const isEmpty = !["title", "body", "interpreter"].some((name) => fields.get(name)?.trim());
    const wantsPage = isSeen() && !state.version && !isEmpty;
    const sent = `${wantsPage}${new URLSearchParams(fields)}`;
    if (isEmpty && !state.version) says.textContent = say("previewNone");
    if (sent === state.sent) return;
    state.sent = sent;
    state.request?.abort();
    const request = (state.request = new AbortController());
    const slow = setTimeout(() => wantsPage && (says.textContent = say("previewSlow")), SLOW);
    try {
      const answer = await ask(form, fields, wantsPage, request.signal);
      showChecks(form, answer.checks);
      if (!wantsPage) return;
      if (answer.page) show(answer.page, "");
      else faults(look, answer.faults);
      says.textContent = answer.page ? say("previewOf", { time: clock(look.dataset.zone) }) : "";
    } catch (error) {
      if (error.name === "AbortError") return;
      state.sent = "";
      if (wantsPage) says.textContent = say("previewLost");
    } finally {
      clearTimeout(slow);
    }
  };

  const later = () => {
    clearTimeout(state.timer);
    state.timer = setTimeout(refresh, PAUSE);
  };

  /* The other language: its newest saved version, for the two are compared, not written at once. */
  const showVersion = async (address, language) => {
    state.version = address;
    state.sent = "";
    if (!address) return refresh();
    try {
      const answer = await fetch(address);
      if (!answer.ok) throw new Error(answer.status);
      show(await answer.text(), address);
      says.textContent = say("newestOf", { language });
    } catch {
      says.textContent = say("previewLost");
    }
  };

  choose(look, "[data-width]", (button) => fit(look, button.dataset.width));
  choose(look, "[data-light]", (button) => light(frame, (state.light = button.dataset.light)));
  choose(look, "[data-version]", (button) => showVersion(button.dataset.version, button.textContent));
  frame.addEventListener("load", () => {
    if (!frame.srcdoc) return;
    stay(frame.contentDocument);
    light(frame, state.light);
  });
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("part", later);
  new ResizeObserver(() => {
    fit(look);
    if (isSeen() !== state.seen) later();
    state.seen = isSeen();
  }).observe(look);
  refresh();
}

async function ask(form, fields, wantsPage, signal) {
  const address = new URL(form.dataset.preview, location.href);
  if (!wantsPage) address.searchParams.set("only", "checks");
  const answer = await fetch(address, { method: "POST", body: fields, headers: { Accept: "application/json" }, signal });
  if (!answer.ok || !answer.headers.get("Content-Type")?.includes("json")) throw new Error(answer.status);
  return answer.json();
}

/* The same document goes on: its scripts, its place, its pictures. */
function renew(frame, page) {
  const fresh = new DOMParser().parseFromString(page, "text/html");
  const old = frame.contentDocument;
  const { scrollTop } = old.scrollingElement;
  old.documentElement.lang = fresh.documentElement.lang;
  morph(old.body, fresh.body);
  old.scrollingElement.scrollTop = scrollTop;
}

function light(frame, theme) {
  const root = frame.contentDocument?.documentElement;
  if (!root) return;
  if (theme) root.dataset.theme = theme;
  else delete root.dataset.theme;
}

/* A look is no visit: links lead nowhere, except within the page, and nothing is sent or remembered. */
function stay(page) {
  page.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (event.target.closest("[data-toggle]")) event.stopPropagation();
    if (!link) return;
    event.preventDefault();
    const id = decodeURIComponent(link.getAttribute("href").split("#")[1] ?? "");
    if (link.getAttribute("href").startsWith("#")) page.getElementById(id)?.scrollIntoView();
  }, true);
  page.addEventListener("submit", (event) => event.preventDefault(), true);
}

function fit(look, width) {
  const box = look.querySelector("[data-frame]");
  const frame = box.querySelector("iframe");
  if (width) box.dataset.frame = width;
  const scale = box.dataset.frame === "wide" ? box.clientWidth / WIDE : 0;
  Object.assign(frame.style, {
    inlineSize: scale ? `${WIDE}px` : "",
    blockSize: scale ? `${box.clientHeight / scale}px` : "",
    transform: scale ? `scale(${scale})` : "",
  });
}

function choose(look, selector, act) {
  const buttons = [...look.querySelectorAll(selector)];
  buttons.forEach((button) =>
    button.addEventListener("click", () => {
      buttons.forEach((other) => other.setAttribute("aria-pressed", other === button));
      act(button);
    }),
  );
}

function faults(look, sentences) {
  const box = look.querySelector("[data-faults]");
  if (!sentences.length) return box.replaceChildren();
  const list = document.createElement("ul");
  list.append(...sentences.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  box.replaceChildren(Object.assign(document.createElement("p"), { textContent: words.previewStays }), list);
}

function showChecks(form, rows) {
  const list = form.querySelector("[data-checks]");
  if (list.innerHTML.trim() !== rows.trim()) list.innerHTML = rows;
  const open = document.querySelector("[data-open-checks]");
  open.textContent = list.querySelectorAll(".is-open").length || "";
}

function clock(timeZone) {
  return new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", second: "2-digit" }).format();
}
