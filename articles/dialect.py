"""The Markdown of articles and standing pages. Rendered once, when saved; nh3 has the last word (newsroom.text).

Paragraphs, ## and ### headings, emphasis, lists, quotes, tables, footnotes, code, links, smart quotes;
`> [!pull]` makes a pull quote, `![caption](photo:42)` alone in a paragraph stands for a photo of the story.
Raw HTML is shown as text. Size and runs are bounded before the parser sees them, because it is quadratic in some.
"""

import re
import xml.etree.ElementTree as etree

import markdown
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from markdown.blockprocessors import BlockQuoteProcessor
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

from newsroom.text import clean_article_html

# Raised when the renderer's output changes; `manage.py render_texts` brings older rows up to it.
HTML_VERSION = 1
MOST_CHARACTERS = 60_000
MOST_LINE = 12_000
# Openings of constructs, per text: each costs the parser a search to the end of the text.
MOST_RUNS = {"[": 400, "![": 80, "<!": 20, "`": 600, "[^": 200, "|": 3000, "*": 3000, "_": 3000, "<": 200, "\n": 3000}
MOST_NESTING = 12
PHOTO = re.compile(r"!\[([^\]\n]{0,600})\]\(photo:(\d{1,18})\)")
NESTED = re.compile(rf"^(?:[ \t]*(?:>|[-*+]|\d+[.)])){{{MOST_NESTING + 1},}}", re.MULTILINE)
INDENTED = re.compile(rf"^(?: {{4}}|\t){{{MOST_NESTING + 1},}}", re.MULTILINE)


def photo_ids(body):
    return {int(match[2]) for match in PHOTO.finditer(body)}


def check_bounds(text, most=MOST_CHARACTERS):
    """Raises ValidationError for text that the parser could not take in reasonable time."""
    if len(text) > most:
        raise ValidationError(_("The text is longer than %(most)d characters. Shorten it.") % {"most": most})
    if max(map(len, text.split("\n")), default=0) > MOST_LINE:
        raise ValidationError(_("One paragraph of the text is too long. Divide it."))
    for run, limit in MOST_RUNS.items():
        if text.count(run) > limit:
            raise ValidationError(
                _("The text has more than %(limit)d times “%(run)s”. Use fewer.") % {"limit": limit, "run": run}
            )
    if NESTED.search(text) or INDENTED.search(text):
        raise ValidationError(_("Lists or quotes of the text are nested too deeply. Flatten them."))


class PullQuotes(Treeprocessor):
    """<blockquote><p>[!pull] …</p></blockquote> becomes a figure of its own."""

    def run(self, root):
        for parent in list(root.iter()):
            for index, child in enumerate(parent):
                if child.tag == "blockquote" and self._is_pull(child):
                    parent[index] = self._figure(child)

    @staticmethod
    def _is_pull(quote):
        return len(quote) > 0 and quote[0].tag == "p" and (quote[0].text or "").lstrip().startswith("[!pull]")

    @staticmethod
    def _figure(quote):
        figure = etree.Element("figure", {"class": "pull"})
        quote[0].text = quote[0].text.lstrip().removeprefix("[!pull]").lstrip()
        figure.append(quote)
        figure.tail = quote.tail
        quote.tail = None
        return figure


class PhotoFigures(Treeprocessor):
    """A paragraph that is one photo becomes a placeholder figure, filled when the page is made."""

    def run(self, root):
        for parent in list(root.iter()):
            for index, child in enumerate(parent):
                match = child.tag == "p" and len(child) == 0 and PHOTO.fullmatch((child.text or "").strip())
                if match:
                    figure = etree.Element("figure", {"class": "plate", "data-photo": match[2]})
                    caption = etree.SubElement(figure, "figcaption")
                    caption.text = match[1]
                    figure.tail = child.tail
                    parent[index] = figure


class ArticleDialect(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        for name in ("image_link", "image_reference", "short_image_ref"):
            md.inlinePatterns.deregister(name)
        # Before inline parsing: the paragraph is still the text as written.
        md.treeprocessors.register(PullQuotes(md), "pull_quotes", 40)
        md.treeprocessors.register(PhotoFigures(md), "photo_figures", 39)
        md.parser.blockprocessors.register(BlockQuoteProcessor(md.parser), "quote", 20)


class Wrapped(Treeprocessor):
    """A wide table scrolls in a box of its own; a body's headings start at the second level."""

    def run(self, root):
        for parent in list(root.iter()):
            for index, child in enumerate(parent):
                if child.tag in ("h1", "h4", "h5", "h6"):
                    child.tag = "h2" if child.tag == "h1" else "h3"
                if child.tag == "table" and parent.get("class") != "scroll":
                    box = etree.Element("div", {"class": "scroll", "tabindex": "0", "role": "group"})
                    box.tail, child.tail = child.tail, None
                    box.append(child)
                    parent[index] = box


class WrapExtension(Extension):
    def extendMarkdown(self, md):
        md.treeprocessors.register(Wrapped(md), "wrapped", 5)


def _renderer():
    return markdown.Markdown(
        extensions=["tables", "footnotes", "smarty", "sane_lists", ArticleDialect(), WrapExtension()],
        extension_configs={"footnotes": {"UNIQUE_IDS": False, "BACKLINK_TEXT": "↩"}},
        output_format="html",
    )


def _render(text):
    check_bounds(text)
    try:
        return clean_article_html(_renderer().convert(text))
    except RecursionError as error:
        raise ValidationError(_("Lists or quotes of the text are nested too deeply. Flatten them.")) from error


def render_article(body):
    """Stored HTML of an article's body. Raises ValidationError for text beyond the bounds."""
    return _render(body)


def render_page(body):
    """Stored HTML of a standing page, which has no photos of its own."""
    return _render(PHOTO.sub("", body))
