/* What moderators ask of the desk, from its queue and from readers' pages. Tells apart what can become of it:
   {answer}                 it went well
   {refused, status}        the server says in a sentence why not
   {fault: "lost"}          no connection; whether it arrived is not known
   {fault: "out"}           nobody is signed in any more
   {fault: "denied"}        who is signed in may not do this
   {fault: "gone"|"failed"} there is no such thing; an error */

const PATIENCE = 15_000;

export function get(address) {
  return reach(address, {}, (response) => response.text());
}

/* `fields`: a form with the button that sends it, or nothing but the token. */
export function post(address, form, button) {
  const body = new URLSearchParams(form && new FormData(form, button));
  // The cookie's, which is a new one after signing in again in another tab.
  const token = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1];
  if (token) body.set("csrfmiddlewaretoken", token);
  const options = { method: "POST", body, headers: { Accept: "application/json" } };
  return reach(address, options, (response) => response.json());
}

async function reach(address, options, read) {
  let response;
  try {
    response = await fetch(address, { ...options, redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
    if (response.type === "opaqueredirect") return { fault: "out" };
    if (response.ok) return { answer: await read(response) };
    if (response.status === 403) return { fault: (await isSignedIn(address)) ? "denied" : "out" };
    const { errors } = await response.json();
    return { refused: Object.values(errors).flat().join(" "), status: response.status };
  } catch (error) {
    const isLost = !response || ["TypeError", "AbortError", "TimeoutError"].includes(error.name) && response.ok;
    if (isLost) return { fault: "lost" };
    return { fault: response.status === 404 ? "gone" : "failed" };
  }
}

/* A form is refused without its cookies before anybody asks who it is from. The desk's start page knows. */
async function isSignedIn(address) {
  const { type } = await fetch(address.replace(/comments\/.*/, ""), { redirect: "manual" });
  return type !== "opaqueredirect";
}
