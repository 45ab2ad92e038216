/* The session has ended, or the connection, while somebody writes. Nothing is sent before it is sure to arrive, and
   signing in again happens beside the text. */

import { check, page } from "./working.js";

const dialog = document.getElementById("sign-in");
let afterwards = null;

const show = () => {
  // Not show(): it would take the focus out of the text, in the middle of a word.
  dialog.open = page.state === "out";
};

const say = (sentence) => (dialog.querySelector("[data-fault]").textContent = sentence);

/* The login page's own token, and a cookie to go with it. Null when somebody is signed in already. */
async function freshToken(address) {
  const answer = await fetch(address, { redirect: "manual" });
  if (answer.type === "opaqueredirect") return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return page.querySelector("input[name=csrfmiddlewaretoken]").value;
}

/* Returns what the login page says against it; "" when it went well. */
async function signIn(form) {
  const token = await freshToken(form.action);
  if (token === null) return "";
  const body = new URLSearchParams(new FormData(form));
  body.set("csrfmiddlewaretoken", token);
  const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
  if (answer.type === "opaqueredirect") return "";
  const refused = new DOMParser().parseFromString(await answer.text(), "text/html");
  const faults = [...refused.querySelectorAll(".errornote, .errorlist li")].map((fault) => fault.textContent.trim());
  return [...new Set(faults)].join(" ");
}

function takePart() {
  const form = dialog.querySelector("form");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    say("");
    page.signingIn = true;
    try {
      const fault = await signIn(form);
      say(fault);
      if (!fault) await check();
    } catch {
      say(dialog.querySelector("[data-fault]").dataset.offline);
    }
    page.signingIn = false;
    form.elements.password.value = "";
    if (page.state !== "ok") return form.elements.password.focus();
    const said = document.querySelector("[data-signed-in]");
    said.textContent = said.dataset.text;
    afterwards?.();
    afterwards = null;
    return null;
  });
  page.addEventListener("state", show);
}

/* A save goes out once it is known that it will arrive: else the login page, or an error, would stand in place of the
   form with its text. */
export function guardSubmit(form) {
  takePart();
  let asking = false;
  form.addEventListener("submit", async (event) => {
    if (page.leaving || event.submitter?.hasAttribute("formaction")) return;
    event.preventDefault();
    if (asking) return;
    asking = true;
    const running = [];
    // keep.js keeps the text on the device, and names what it is still sending.
    page.dispatchEvent(new CustomEvent("save", { detail: running }));
    await Promise.allSettled(running);
    const go = () => {
      page.leaving = true;
      form.requestSubmit(event.submitter);
      // The person may stop the browser before the answer comes: then the page lives on.
      setTimeout(() => (page.leaving = false), 20_000);
    };
    if ((await check()) === "ok") go();
    else if (page.state === "out") {
      afterwards = go;
      show();
      dialog.querySelector("[name=password]").focus();
    }
    asking = false;
  });
}
