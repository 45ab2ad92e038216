"""The Markdown of comments: paragraphs, emphasis, lists, quotes, code. Addresses become links afterwards.

The parser's processors for links, images, references and HTML are taken out: they are what makes it quadratic, and what
a comment must not do.
"""

import re

import bleach
import markdown
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from markdown.extensions import Extension

from newsroom.text import clean_block, clean_comment_html

HTML_VERSION = 1
MOST_CHARACTERS = 4000
MOST_NESTING = 6
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
    body = clean_block(body)
    if not body:
        raise ValidationError(_("Write something first."))
    if len(body) > MOST_CHARACTERS:
        raise ValidationError(
            _("This comment has %(length)d characters; at most %(most)d fit.")
            % {"length": len(body), "most": MOST_CHARACTERS}
        )
    if NESTED.search(body) or INDENTED.search(body):
        raise ValidationError(_("Lists or quotes are nested too deeply. Flatten them."))
    try:
        html = markdown.markdown(body, extensions=["sane_lists", "nl2br", CommentDialect()], output_format="html")
    except RecursionError as error:
        raise ValidationError(_("Lists or quotes are nested too deeply. Flatten them.")) from error
    return clean_comment_html(bleach.linkify(clean_comment_html(html), parse_email=False))
