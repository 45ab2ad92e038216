/* Passkeys on the pages of an account. Without this script, or in a browser without passkeys, their forms stay hidden. */

const canUse = Boolean(globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON);

function offered() {
  return JSON.parse(document.getElementById("passkey-options").textContent).publicKey;
}

/* At the sign-in each try has a challenge of its own, which begins a session: fetched only when asked for. */
async function fetched(form) {
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).request_options.publicKey;
}

async function create() {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(offered());
  return navigator.credentials.create({ publicKey });
}

async function get(form) {
  const isOffered = document.getElementById("passkey-options");
  const options = isOffered ? offered() : await fetched(form);
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

function start(form, ask) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const error = form.querySelector("[data-passkey-error]");
    const button = form.querySelector("[type=submit]");
    error.textContent = "";
    button.disabled = true;
    try {
      form.elements.credential.value = JSON.stringify((await ask(form)).toJSON());
      form.submit();
    } catch {
      error.textContent = form.dataset.failed;
      button.disabled = false;
    }
  });
}

if (canUse) {
  for (const part of document.querySelectorAll("[data-passkey]")) part.hidden = false;
  for (const word of document.querySelectorAll("[data-passkey-missing]")) word.hidden = true;
  for (const form of document.querySelectorAll("[data-passkey-create]")) start(form, create);
  for (const form of document.querySelectorAll("[data-passkey-get]")) start(form, get);
}
