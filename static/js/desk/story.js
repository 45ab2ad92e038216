/* The story's page. The form is plain fields and works without this; each part adds to its own fields. */
import { start as startHere } from "./story/here.js";
import { start as startKeeping } from "./story/keep.js";
import { start as startLook } from "./story/look.js";
import { start as startNext } from "./story/next.js";
import { start as startParts } from "./story/parts.js";
import { start as startPhotos } from "./story/photos.js";
import { start as startPictures } from "./story/pictures.js";
import { start as startPoints } from "./story/points.js";
import { start as startSources } from "./story/sources.js";
import { start as startTabs } from "./story/tabs.js";
import { start as startTags } from "./story/tags.js";
import { start as startToolbar } from "./story/toolbar.js";
import { start as startWriting } from "./story/writing.js";

const form = document.querySelector("#article_form[data-preview]");
if (form) {
  const pictures = startPictures(form);
  startToolbar(form, { openPhoto: () => pictures.open() });
  startPoints(form);
  startTags(form);
  startSources(form);
  pictures.whenAdded(startPhotos(form, { openPhoto: pictures.open }));
  startWriting(form);
  startNext(form);
  startParts();
  startTabs(form);
  startLook(form);
  startKeeping(form);
  startHere(form);
}
