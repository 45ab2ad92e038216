/* A story is dragged to a place: from the list, or from another place. */

export function startDragging(outline) {
  let dragged = null;

  const placeOf = (event) => event.target.closest?.("#board .place");
  const accepts = (place) => dragged && place.dataset.place !== dragged.from && takes(place);
  const takes = (place) => outline.takes(place.dataset.place, dragged.section);
  const mark = (name, wanted) =>
    outline.board.querySelectorAll(".place").forEach((place) => place.classList.toggle(name, wanted(place)));

  document.addEventListener("dragstart", (event) => {
    const source = event.target.closest?.("[data-pick], #board .place[data-story]");
    if (!source) return;
    const { pick, story, title, storySection, place } = source.dataset;
    dragged = { id: pick ?? story, title, section: storySection, from: place ?? null };
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", title);
    source.classList.add("is-dragged");
    mark("is-closed", (place) => !takes(place));
  });
  document.addEventListener("dragover", (event) => {
    const place = placeOf(event);
    mark("is-over", (one) => one === place && Boolean(accepts(place)));
    if (place && accepts(place)) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const place = placeOf(event);
    if (!place || !accepts(place)) return;
    event.preventDefault();
    if (dragged.from) outline.carry(dragged.from, place.dataset.place);
    else outline.put(place.dataset.place, dragged);
  });
  document.addEventListener("dragend", () => {
    dragged = null;
    mark("is-closed", () => false);
    mark("is-over", () => false);
    document.querySelectorAll(".is-dragged").forEach((source) => source.classList.remove("is-dragged"));
  });
}
