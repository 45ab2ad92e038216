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
}
