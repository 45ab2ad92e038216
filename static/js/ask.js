/* What a script asks of our own server, and forms that are sent without leaving the page. */

export async function ask(address, body) {
  const response = await fetch(address, { method: body ? "POST" : "GET", headers: { Accept: "application/json" }, body });
  const answer = await response.json();
  if (!response.ok && !answer.errors) throw new Error(response.status);
  return answer;
}

export async function askPage(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(response.status);
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

/* Sends a form and gives its JSON to `done`. Where that fails, the browser sends it as it would have without us; a form
   with `failed` first says that nothing has been sent, and goes plainly at the next try. */
export async function sendInPlace(event, { before, failed, done }) {
  const { target: form, submitter: button } = event;
  if (form.dataset.plain) return;
  event.preventDefault();
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  // What would be typed into a text that is on its way would be lost.
  const { body = {} } = form.elements;
  body.readOnly = true;
  let answer;
  try {
    await before?.(form);
    // Not form.action: that is the button of this name.
    answer = await ask(form.getAttribute("action"), new URLSearchParams(new FormData(form, button)));
  } catch (error) {
    form.dataset.plain = "1";
    if (failed && error instanceof TypeError) failed(form);
    else form.requestSubmit(button);
  }
  body.readOnly = false;
  delete form.dataset.busy;
  if (answer) done(form, answer, button);
}

/* Clicks on what a selector finds, now or later. A link that is opened in a new tab stays a link. */
export function onClick(selector, act) {
  document.addEventListener("click", (event) => {
    const found = event.target.closest(selector);
    if (!found || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    act(found);
  });
}
