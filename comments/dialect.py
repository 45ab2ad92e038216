"""The Markdown of comments: paragraphs, emphasis, lists, quotes, code. Addresses become links afterwards.

The parser's processors for links, images, references and HTML are taken out: they are what makes it quadratic, and what
a comment must not do.
"""

import re

import markdown
from bleach.linkifier import Linker
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from markdown.extensions import Extension

from newsroom.text import clean_block, clean_comment_html

HTML_VERSION = 1
MOST_CHARACTERS = 4000
# A letter may come with its mark beside it, and a line's end as two characters.
MOST_TYPED = 2 * MOST_CHARACTERS
MOST_NESTING = 6
# What comes after these stays text.
MOST_LINKS = 50
# In text with entities, of which `&amp;` alone may stand in an address: it ends at the others. A bracket in front comes
# along, since then the one behind belongs to it. It begins like nothing else does, and so is found in one go.
ADDRESS = re.compile(r"\(?(?<![\w@.])(?:https?://|www\.)\w(?:[^\s<>\"&{}|\\^`]|&amp;)*", re.IGNORECASE)
NESTED = re.compile(rf"^(?:[ \t]*(?:>|[-*+]|\d+[.)])){{{MOST_NESTING + 1},}}", re.MULTILINE)
INDENTED = re.compile(rf"^(?: {{4}}|\t){{{MOST_NESTING + 1},}}", re.MULTILINE)
INLINE_OFF = [
    *("reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref"),
    *("autolink", "automail", "html", "entity"),
]


class CommentDialect(Extension):
    def extendMarkdown(self, md):
        for name in INLINE_OFF:
            md.inlinePatterns.deregister(name)
        md.preprocessors.deregister("html_block")
        for name in ("reference", "hashheader", "setextheader", "hr"):
            md.parser.blockprocessors.deregister(name)


def render_comment(body):
    """Stored HTML of a comment. Raises ValidationError with a sentence for its writer."""
    body = measured(body)
    if NESTED.search(body) or INDENTED.search(body):
        raise ValidationError(_("Lists or quotes are nested too deeply. Flatten them."))
    try:
        html = markdown.markdown(body, extensions=["sane_lists", "nl2br", CommentDialect()], output_format="html")
    except RecursionError as error:
        raise ValidationError(_("Lists or quotes are nested too deeply. Flatten them.")) from error
    return clean_comment_html(_linked(clean_comment_html(html)))


def measured(body):
    """The text as it is rendered. Raises ValidationError with a sentence where it is empty or too long."""
    _refuse_length(body, MOST_TYPED)  # before it is composed, which takes quadratic time
    body = clean_block(body)
    if not body:
        raise ValidationError(_("Write something first."))
    _refuse_length(body, MOST_CHARACTERS)
    return body


def _refuse_length(body, most):
    if len(body) > most:
        raise ValidationError(
            _("This comment has %(length)d characters; at most %(most)d fit.")
            % {"length": len(body), "most": MOST_CHARACTERS}
        )


def _linked(html):
    """Cleaned HTML of the dialect, which has no attribute yet, with its addresses as links.

    bleach sees the addresses alone: a whole comment full of `&` and line ends would keep it busy for 100 ms.
    """
    if not ADDRESS.search(html):
        return html
    linker = Linker(url_re=ADDRESS, parse_email=False, callbacks=[])

    def link(found):
        linked = clean_comment_html(linker.linkify(found[0]))
        # What nh3 takes for no address stays text, and no link that leads nowhere.
        return linked if "<a href=" in linked else found[0]

    return ADDRESS.sub(link, html, count=MOST_LINKS)
