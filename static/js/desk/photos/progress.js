/* Follows photos whose sizes are being made, and stops when nothing changes by itself any more. */

const PAUSE = 2000;
// While the server does not answer, longer each time.
const LONGEST = 60000;

export function startProgress(places) {
  const url = document.querySelector("[data-progress-url]").dataset.progressUrl;
  let pause = PAUSE;

  const open = () => places.filter((place) => !("over" in place.dataset));

  const show = (place, state) => {
    place.dataset.kind = state.kind;
    if (state.is_over) place.dataset.over = "";
    const says = place.querySelector("[data-says]");
    if (says.textContent !== state.sentence) says.textContent = state.sentence;
    const bar = place.querySelector("progress");
    bar.hidden = state.kind !== "making";
    bar.max = state.total || 1;
    bar.value = state.done;
    const again = place.querySelector("[data-again]");
    if (!again) return;
    again.hidden = state.kind !== "fault";
    // The first submit button of a form is what Enter presses, also one that is hidden; a disabled one makes Enter dead.
    if (again.matches("button")) again.type = again.hidden ? "button" : "submit";
  };

  const look = async () => {
    try {
      const ids = open().map((place) => place.dataset.making);
      const answer = await fetch(`${url}?ids=${ids.join(",")}`, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(answer.status);
      const states = await answer.json();
      for (const place of open()) {
        if (states[place.dataset.making]) show(place, states[place.dataset.making]);
        else place.dataset.over = "";
      }
      pause = PAUSE;
    } catch {
      pause = Math.min(pause * 2, LONGEST);
    }
    next();
  };

  // A page that nobody sees asks nothing.
  const next = () => {
    if (!open().length) return;
    if (document.hidden) document.addEventListener("visibilitychange", next, { once: true });
    else setTimeout(look, pause);
  };

  next();
}
