/* A pass in the words of the page: dates, times of a zone, directions. The twin of tracker/pass_page.py's rows. */

const HALF_A_MINUTE = 30_000;

/** `section` is #passes, whose attributes bring what depends on the language. */
export function makeWords(section) {
  const { directions, weekdays, months, layout, layoutYear, layoutDate } = section.dataset;
  const names = { weekdays: weekdays.split("|"), months: months.split("|") };
  const compass = directions.split(" ");
  return {
    direction: (azimuth) => compass[Math.round(azimuth / 22.5) % 16],
    night: (at, zone, hasYear) => printDate(at + HALF_A_MINUTE, zone, hasYear ? layoutYear : layout, names),
    date: (at, zone) => printDate(at, zone, layoutDate, names),
    time: (at, zone) => {
      const { hour, minute } = clock(at + HALF_A_MINUTE, zone);
      return `${hour}:${minute}`;
    },
    offsets: (moments, zone) => [...new Set(moments.map((at) => offset(at, zone)))].join(", "),
  };
}

/* Fills a layout of Django's date_format: of its letters those that the layouts of a pass have. */
function printDate(at, zone, layout, names) {
  const { year, month, day, weekday } = clock(at, zone);
  const values = {
    D: names.weekdays[WEEKDAYS.indexOf(weekday)],
    j: String(Number(day)),
    M: names.months[Number(month) - 1],
    n: String(Number(month)),
    Y: year,
  };
  return layout.replace(/[DjMnY]/g, (letter) => values[letter]);
}

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const clocks = new Map();

function clock(at, zone) {
  if (!clocks.has(zone)) {
    const parts = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" };
    const names = { weekday: "short", timeZoneName: "longOffset" };
    const options = { ...parts, ...names, hourCycle: "h23", timeZone: zone };
    clocks.set(zone, new Intl.DateTimeFormat("en-US", options));
  }
  return Object.fromEntries(
    clocks
      .get(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
}

/* "GMT+01:00" as UTC+1, "GMT+05:30" as UTC+5:30, "GMT" and "GMT+00:00" as UTC. */
function offset(at, zone) {
  const [, sign, hours, minutes] = /GMT([+-])(\d+):(\d+)/.exec(clock(at, zone).timeZoneName) ?? [];
  if (!(Number(hours) || Number(minutes))) return "UTC";
  return `UTC${sign === "-" ? "−" : "+"}${Number(hours)}${minutes === "00" ? "" : `:${minutes}`}`;
}
