import { read } from "../storage.js";
import { startComposers } from "./composer.js";
import { startHiding } from "./hiding.js";
import { startMore } from "./more.js";
import { startOwn } from "./own.js";
import { startReplies } from "./replies.js";

export function startComments() {
  if (!document.querySelector(".comments")) return;
  startHiding();
  startMore();
  startComposers();
  startReplies();
  startOwn();
  // Left there by the desk, in a moderator's browser alone.
  if (read("moderates")) loadModerating();
}

async function loadModerating() {
  const { startModerating } = await import(new URL("comments/moderating.js", import.meta.url));
  startModerating();
}
