/* The moderators' queue. All of it works as plain forms and links; here the page stays, the next comment slides in. */
import { startBulk } from "./queue/bulk.js";
import { startDeciding } from "./queue/deciding.js";
import { Lines } from "./queue/lines.js";
import { Said } from "./queue/said.js";
import { startSide } from "./queue/side.js";
import { Stage } from "./queue/stage.js";

const root = document.querySelector("[data-queue]");

if (root) {
  // Here "/" is the search of this list, so the desk's finder gives it up.
  const finder = document.getElementById("finder");
  finder?.removeAttribute("data-hotkey");
  finder?.nextElementSibling?.remove();
  const lines = new Lines(root);
  const said = new Said(root);
  const queue = { root, lines, said, stage: new Stage(root, lines, said) };
  startDeciding(queue);
  startBulk(queue);
  startSide(queue);
  root.dataset.state = "ready";
}
