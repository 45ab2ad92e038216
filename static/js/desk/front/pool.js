/* The list of stories to place: found as one types, without what the draft has placed. */

const PAUSE = 200;

/** Fills `box` with the stories that a place takes and the words find; an older answer never replaces a newer one. */
export function storiesIn(box, outline) {
  let asked = 0;
  return async (q, place = "") => {
    const mine = ++asked;
    const query = new URLSearchParams({ language: outline.form.elements.language.value, place, q });
    const answer = await fetch(`${outline.form.dataset.stories}?${query}`).catch(() => null);
    if (mine !== asked || !answer?.ok || answer.redirected) return;
    box.innerHTML = await answer.text();
  };
}

export function afterTyping(input, act) {
  let timer = 0;
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(act, PAUSE);
  });
}

export function startPool(outline, chooser) {
  const box = document.querySelector("#pool [data-pool]");
  const input = document.getElementById("pool-q");
  const fill = storiesIn(box, outline);

  const arm = () => {
    const placed = [...outline.board.querySelectorAll("[data-placed], [data-come]")].map((one) => one.dataset.story);
    box.querySelectorAll("[data-pick]").forEach((row) => {
      row.draggable = true;
      row.hidden = !input.value && placed.includes(row.dataset.pick);
      row.querySelectorAll("[data-do=place]").forEach((button) => (button.hidden = false));
    });
  };
  const find = () => fill(input.value).then(arm);
  outline.onDrawn = arm;
  afterTyping(input, find);
  input.form.addEventListener("submit", (event) => {
    event.preventDefault();
    find();
  });
  box.addEventListener("click", (event) => {
    const row = event.target.closest("[data-do=place]")?.closest("[data-pick]");
    if (row) chooser.open({ story: row.dataset.pick, title: row.dataset.title, storySection: row.dataset.storySection });
  });
}
