"""Sees when hostile text runs: a call, a dialog, a page that is left or opened, a foreign host, a broken policy."""

from urllib.parse import urlsplit

from tests.browser.guard import Guard

# What payloads call. Made before anything of a page runs, in each of its frames, and not to be replaced by an element.
SINKS = """
for (const name of ["hit", "alert", "confirm", "prompt", "print", "open"]) {
  Object.defineProperty(window, name, { value: (...words) => void reportHit(`${name} ${words}`), configurable: false });
}
"""
# Everything that a reader can do to an element, at once. A link that leads to a site is not followed: it may.
EVENTS = """
(selector) => {
  const names = ["mouseover", "mouseenter", "mousemove", "pointerover", "pointerenter", "pointerdown", "pointerup",
    "mousedown", "mouseup", "focus", "blur", "focusin", "focusout", "keydown", "keyup", "input", "change", "copy",
    "cut", "paste", "wheel", "scroll", "toggle", "beforetoggle", "animationstart", "transitionend", "load", "error",
    "begin", "click", "dblclick", "auxclick", "contextmenu", "submit"];
  const found = document.querySelectorAll(selector);
  for (const element of found) {
    for (const name of names) {
      if (name === "click" && /^https?:$/.test(element.closest("a")?.protocol)) continue;
      element.dispatchEvent(new MouseEvent(name, { cancelable: true }));
    }
  }
  return found.length;
}
"""
# What stands in a text beside the tags and attributes of the dialect.
FOREIGN = """
(selector) => [...document.querySelectorAll(selector)].flatMap((text) => [...text.querySelectorAll("*")])
  .filter((element) => !element.matches("p, br, em, strong, a, code, pre, ul, ol, li, blockquote")
    || element.namespaceURI !== "http://www.w3.org/1999/xhtml"
    || [...element.attributes].some(({ name }) => element.localName !== "a" || !["href", "rel"].includes(name))
    || element.localName === "a" && !/^https?:$/.test(element.protocol))
  .map((element) => element.outerHTML.slice(0, 200))
"""


class Detector(Guard):
    """Beside what every page is watched for. `faults` has all of it."""

    def watch(self, context):
        context.expose_binding("reportHit", lambda source, words: self._note("script ran:", words, source["page"].url))
        context.add_init_script(SINKS)
        context.route(lambda url: urlsplit(url).hostname != "127.0.0.1", lambda route: route.abort())
        super().watch(context)

    def follow(self, page):
        page.on("dialog", self._dialog)
        page.on("popup", lambda popup: self._note("window opened:", popup.url))
        page.on("framenavigated", lambda frame: self._navigated(page, frame))
        page.on("download", lambda download: self._note("download:", download.url))

    def expect_page(self, page, path):
        """The next navigation is the test's own."""
        self.expected_page = self.site + path
        return page.goto(path)

    def _dialog(self, dialog):
        self._note("dialog:", dialog.message)
        dialog.dismiss()

    def _navigated(self, page, frame):
        if frame != page.main_frame:
            self._note("frame:", frame.url)
        elif frame.url.partition("#")[0] != self.expected_page.partition("#")[0]:
            self._note("page left for:", frame.url)
