/* The readers' pages. Reading needs none of this; each part finds its own elements or does nothing. */
import { startComments } from "./comments/start.js";
import { startLikes } from "./likes.js";
import { startCopyLinks, startGlobe, startSearchBox } from "./page.js";
import { startPreferences } from "./preferences.js";
import { startTimes } from "./times.js";

startPreferences();
startTimes();
startLikes();
startGlobe();
startCopyLinks();
startSearchBox();
startComments();
