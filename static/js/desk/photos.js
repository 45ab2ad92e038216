/* The photo library: files dropped anywhere on its page are uploaded; a photo's page has the focal point. */
import { startFocal } from "./photos/focal.js";
import { startProgress } from "./photos/progress.js";
import { startUploads } from "./photos/upload.js";

const uploads = document.getElementById("uploads");
const focal = document.querySelector("[data-focal]");
if (uploads) startUploads(uploads);
if (focal) startFocal(focal);

const making = [...document.querySelectorAll("[data-making]")];
if (making.length) startProgress(making);
