/* What a reader types is kept for this tab until it is posted: a reload or a lost network takes nothing away.

   One entry a story, by the address of its comments: {"": the comment, "12": the reply to comment 12}. */
const FIELDS = ["body", "name", "email"];

export function draftsOf(path) {
  try {
    return JSON.parse(sessionStorage.getItem(`draft ${path}`)) ?? {};
  } catch {
    return {};
  }
}

export function keepDraft(form) {
  const drafts = draftsOf(pathOf(form));
  const draft = Object.fromEntries(FIELDS.map((name) => [name, form.elements[name]?.value ?? ""]));
  save(pathOf(form), { ...drafts, [form.elements.parent.value]: draft.body ? draft : undefined });
}

/* Puts a kept text into a form that has none. */
export function restoreDraft(form) {
  const draft = draftsOf(pathOf(form))[form.elements.parent.value];
  if (!draft || form.elements.body.value) return;
  for (const name of FIELDS) {
    if (form.elements[name]) form.elements[name].value ||= draft[name];
  }
}

export function forgetDraft(form) {
  save(pathOf(form), { ...draftsOf(pathOf(form)), [form.elements.parent.value]: undefined });
}

export function forgetDrafts(path) {
  save(path, {});
}

export function pathOf(form) {
  return form.getAttribute("action");
}

function save(path, drafts) {
  try {
    sessionStorage.setItem(`draft ${path}`, JSON.stringify(drafts));
  } catch {
    // The text lasts as long as the page.
  }
}
