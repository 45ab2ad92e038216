/* What an open form asks and tells the server (articles/working.py), and what that says about the connection. */

export const bench = document.getElementById("bench");

/* state: "ok", "offline", "out" (signed out) or "away" (no longer allowed). `leaving`: the page goes because of a save. */
export const page = Object.assign(new EventTarget(), { state: "ok", leaving: false, user: bench?.dataset.user });

const PATIENCE = 15_000;
// Browsers send no more than this after the page is gone.
const MOST_AFTERWARDS = 60_000;
const TO_IGNORE = new Set(["submit", "button", "reset", "image", "file", "password"]);

export function setState(state) {
  if (page.state === state) return;
  page.state = state;
  page.dispatchEvent(new Event("state"));
}

/* [[name, value], …] of the controls that belong to the story. */
export function pairsOf(form) {
  const pairs = [];
  for (const field of form.elements) {
    if (!field.name || field.disabled || TO_IGNORE.has(field.type) || field.closest("[data-send]")) continue;
    if (["csrfmiddlewaretoken", "desk_key"].includes(field.name)) continue;
    if (["checkbox", "radio"].includes(field.type) && !field.checked) continue;
    if (field.tagName !== "FIELDSET" && field.tagName !== "OUTPUT") pairs.push([field.name, field.value]);
  }
  return pairs;
}

/* The part of the story that the person is, or was last, in: the name of a control, or of the field that it stands in. */
export function partOf(form) {
  const field = document.activeElement;
  if (!form.contains(field)) return page.part ?? "";
  const around = field.closest('[class*="field-"]')?.className.match(/field-(\w+)/)?.[1];
  page.part = field.name || around || field.closest("[data-rows]")?.dataset.rows || page.part || "";
  return page.part;
}

const token = (form) => form.elements.csrfmiddlewaretoken.value;

function setToken(value) {
  document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((field) => (field.value = value));
}

/* Whether the person is signed in and may write here. Brings a token that holds. Returns the state. */
export async function check() {
  try {
    const answer = await fetch(bench.dataset.working, { redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
    if (answer.type === "opaqueredirect") setState("out");
    else if (answer.status === 403 || answer.status === 404) setState("away");
    else if (!answer.ok) setState("offline");
    else {
      const told = await answer.json();
      setToken(told.csrf);
      if (String(told.user) !== page.user) {
        // Somebody else has signed in at this machine: what is kept from now on is theirs.
        page.user = String(told.user);
        page.dispatchEvent(new CustomEvent("user", { detail: told.key }));
      }
      setState("ok");
    }
  } catch {
    setState("offline");
  }
  return page.state;
}

/* Tells where the person is, and `more`. Returns the answer, or null when there was none; `again` is internal. */
export async function send(form, more = {}, { afterwards = false, again = true } = {}) {
  if (page.signingIn) return null; // the token of this page has just gone out of date
  const told = { part: partOf(form), key: form.elements.desk_key.value, based_on: form.elements.based_on.value, ...more };
  const body = new URLSearchParams(told);
  const options = { method: "POST", body, redirect: "manual", headers: { "X-CSRFToken": token(form) } };
  if (afterwards) options.keepalive = body.toString().length < MOST_AFTERWARDS;
  else options.signal = AbortSignal.timeout(PATIENCE);
  try {
    const answer = await fetch(bench.dataset.working, options);
    if (answer.type === "opaqueredirect") setState("out");
    else if (answer.status === 403 && again) return (await check()) === "ok" ? send(form, more, { again: false }) : null;
    else if (answer.status === 403 || answer.status === 404) setState("away");
    else if (answer.status >= 500) setState("offline");
    else {
      setState("ok");
      const data = await answer.json();
      if (answer.ok) page.dispatchEvent(new CustomEvent("answer", { detail: data }));
      return answer.ok ? data : null;
    }
  } catch (error) {
    if (!afterwards) setState("offline");
  }
  return null;
}

/* Throws an unsaved text away on the server. It would go by itself in thirty days. */
export async function drop(form, key) {
  const address = bench.dataset.drop.replace("00000000-0000-0000-0000-000000000000", key);
  const headers = { "X-CSRFToken": token(form), Accept: "application/json" };
  await fetch(address, { method: "POST", redirect: "manual", headers }).catch(() => null);
}
