/* Leaves word in this browser that who sits here may moderate, with what readers' pages then need: these know nobody
   (comments/moderating.js). Signing out takes it back, and so does a page of somebody who may not. */
import { write } from "../../storage.js";

export function tellReadersPages() {
  const words = document.getElementById("moderates");
  if (words) write("moderates", JSON.stringify({ ...words.dataset, lang: document.documentElement.lang }));
  // The sign-in itself knows nobody yet: a moderator may come back through it to the page where the session ended.
  else if (document.getElementById("user-tools")) write("moderates", null);
  document.getElementById("logout-form")?.addEventListener("submit", () => write("moderates", null));
}
