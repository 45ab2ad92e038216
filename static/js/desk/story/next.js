/* The button of the next step says when: "Publish now", or "Publish at Wed 25 Nov, 07:00" once a time to come is set. */

const moment = (day, time, language) => {
  const at = new Date(`${day}T${time}`);
  if (Number.isNaN(at.getTime())) return null;
  // The day before the month, as everywhere on the desk: plain "en" would write it as in America.
  const place = language === "en" ? "en-GB" : language;
  const shown = new Intl.DateTimeFormat(place, { weekday: "short", day: "numeric", month: "short" }).format(at);
  return `${shown}, ${time.slice(0, 5)}`;
};

/* `form` is the story's form. The fields are those of the edition's time; `data-now` on the fieldset is its present
   time, so that the browser's own zone does not decide. */
export const start = (form) => {
  const [day, time] = [form.elements.publish_at_0, form.elements.publish_at_1];
  const button = form.querySelector("button[data-timed]");
  if (!day || !time || !button) return;
  const language = document.documentElement.lang || "en";
  const loadedAt = Date.now();
  const editionNow = new Date(day.closest("[data-now]").dataset.now).getTime();
  const isToCome = () => new Date(`${day.value}T${time.value}`).getTime() > editionNow + (Date.now() - loadedAt);
  const say = () => {
    const shown = day.value && time.value && isToCome() && moment(day.value, time.value, language);
    button.textContent = shown ? button.dataset.timed.replace("{time}", shown) : button.dataset.now;
  };
  form.addEventListener("input", say);
  form.addEventListener("change", say);
  say();
};
