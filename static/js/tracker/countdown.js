/* Counts down to the launches: <time data-countdown datetime>, in the words that the table around it has for that.
   Not announced: nothing here is a live region. A page that nobody looks at does not count. */

export function startCountdown(root = document) {
  const clocks = [...root.querySelectorAll("[data-countdown-clock] time[data-countdown]")].map((time) => ({
    time,
    at: Date.parse(time.dateTime),
    words: time.closest("[data-countdown-clock]").dataset,
  }));
  if (clocks.length) keepTicking(clocks.filter((clock) => !Number.isNaN(clock.at)));
}

function keepTicking(clocks) {
  let timer = 0;
  const tick = () => {
    clearTimeout(timer);
    if (document.hidden) return;
    const now = Date.now();
    for (const clock of clocks) show(clock, now);
    clocks = clocks.filter((clock) => clock.at > now);
    // At the turn of the second, so that all clocks of a page agree with the wall's.
    if (clocks.length) timer = setTimeout(tick, 1000 - (Date.now() % 1000));
    else document.removeEventListener("visibilitychange", tick);
  };
  document.addEventListener("visibilitychange", tick);
  tick();
}

function show({ time, at, words }, now) {
  const text = at <= now ? words.countdownReached : phrase(Math.floor((at - now) / 1000), words);
  if (time.textContent !== text) time.textContent = text;
}

function phrase(seconds, words) {
  const [days, hours] = [Math.floor(seconds / 86400), pad(Math.floor(seconds / 3600) % 24)];
  if (days) return words.countdownDays.replace("{days}", days).replace("{hours}", hours);
  const clock = [hours, pad(Math.floor(seconds / 60) % 60), pad(seconds % 60)].join(":");
  return words.countdownClock.replace("{clock}", clock);
}

function pad(number) {
  return String(number).padStart(2, "0");
}
