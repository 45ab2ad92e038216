"""Watches every page of a browser context for what a reader's browser would complain about."""

VIOLATION = "Content Security Policy broken"
LISTENER = f"""
addEventListener("securitypolicyviolation", (event) =>
  console.error("{VIOLATION}:", event.effectiveDirective, event.blockedURI, event.sourceFile));
"""
# A page that is left while its pictures still load ends their requests; nothing is wrong with them.
ABORTED = "net::ERR_ABORTED"
# A request that the test itself has cut off, or that it sent offline.
CUTS = ("net::ERR_FAILED", "net::ERR_INTERNET_DISCONNECTED")


class Guard:
    def __init__(self, site):
        self.site = site
        self.faults = []
        self.expected = set()
        self.is_cut = False

    def expect_status(self, *statuses):
        """These answers belong to the test, such as the 404 of an address that does not exist."""
        self.expected |= set(statuses)

    def expect_cuts(self):
        """The test takes the connection away from some requests."""
        self.is_cut = True

    def watch(self, context):
        context.add_init_script(LISTENER)
        context.on("console", self._console)
        context.on("weberror", lambda error: self._note("script error", error.error))
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)

    def _note(self, *words):
        self.faults.append(" ".join(map(str, words)))

    def _console(self, message):
        is_answer = message.text.startswith("Failed to load resource: the server responded")  # told by _response
        is_cut = self.is_cut and any(cut in message.text for cut in CUTS)
        if message.type in ("error", "warning") and not is_answer and not is_cut:
            self._note("console", message.type, message.text, message.location.get("url", ""))

    def _request(self, request):
        if not request.url.startswith((self.site + "/", "data:", "blob:")):
            self._note("request to another host:", request.url)

    def _failed(self, request):
        if request.failure != ABORTED and not (self.is_cut and request.failure in CUTS):
            self._note("request failed:", request.url, request.failure)

    def _response(self, response):
        if response.status >= 400 and response.status not in self.expected:
            self._note("answer", response.status, "for", response.url)
