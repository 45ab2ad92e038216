"""Reads a page as a person or a browser does: its words, its links, its head; no regular expressions over HTML."""

from html.parser import HTMLParser

from django.utils import translation

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
UNSEEN = {"script", "style", "template", "title"}
BLOCKS = {"p", "div", "li", "ul", "ol", "h1", "h2", "h3", "dt", "dd", "section", "article", "header", "figcaption"}


class Reading(HTMLParser):
    """`text` is what the page says, `main` the same without masthead and footer, `tags` [(name, attributes), …]."""

    def __init__(self, html):
        super().__init__()
        self.open, self.tags, self.pieces, self.main_pieces = [], [], [], []
        self.feed(html)
        self.close()
        self.text = " ".join("".join(self.pieces).split())
        self.main = " ".join("".join(self.main_pieces).split())

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)
        if tag in BLOCKS:
            self.handle_data(" ")

    def handle_endtag(self, tag):
        if tag in BLOCKS:
            self.handle_data(" ")
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data):
        if UNSEEN & set(self.open):
            return
        self.pieces.append(data)
        if "main" in self.open:
            self.main_pieces.append(data)

    def all(self, tag, **wanted):
        """Attributes of each such element: `all("a", rel="next")`."""
        return [have for name, have in self.tags if name == tag and wanted.items() <= have.items()]

    @property
    def links(self):
        return [attributes.get("href") for attributes in self.all("a")]

    @property
    def language(self):
        return self.all("html")[0]["lang"]

    @property
    def canonical(self):
        return [link["href"] for link in self.all("link", rel="canonical")]

    @property
    def alternates(self):
        return {link["hreflang"]: link["href"] for link in self.all("link", rel="alternate") if "hreflang" in link}


def expect_status(client, path, status):
    """The address answers with this status, and with a page that says so."""
    read(client, path, status=status)


def read(client, path, status=200, **headers):
    response = client.get(path, **headers)
    assert response.status_code == status, f"{path}: {response.status_code}"
    return Reading(response.content.decode())


def in_croatian(message):
    with translation.override("hr"):
        return translation.gettext(message)
