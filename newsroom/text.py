"""Text made safe and comparable: slugs, folding for search, and the last word on every stored HTML."""

import re
import unicodedata

import nh3
from django.utils.text import slugify as django_slugify

DJ = str.maketrans({"đ": "d", "Đ": "D"})
# No document may hold these: control characters, lone surrogates, and the two that XML refuses.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def slugify(text, max_length=80):
    """ASCII slug that keeps Croatian words readable ('Đavolje oko' → 'davolje-oko'); cut at a word's end."""
    slug = django_slugify(str(text).translate(DJ))
    if len(slug) <= max_length:
        return slug
    return slug[: max_length + 1].rpartition("-")[0] or slug[:max_length]


def fold(text):
    """Lower case without accents, for search: 'Žarko Đurić' → 'zarko duric'."""
    decomposed = unicodedata.normalize("NFKD", text.translate(DJ).casefold().translate(DJ))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def clean_line(text):
    """One line of plain text: no control characters, white space folded, composed form."""
    return " ".join(CONTROL.sub("", unicodedata.normalize("NFC", str(text))).split())


def clean_block(text):
    """Several lines of text: line ends as \\n, no other control characters, composed form."""
    text = unicodedata.normalize("NFC", str(text)).replace("\r\n", "\n").replace("\r", "\n")
    return CONTROL.sub("", text).strip()


def typographic(line, language):
    """Straight quotes of one line made typographic, as in a body: “…” in English, „…“ in Croatian."""
    opening, closing = ("„", "“") if language == "hr" else ("“", "”")
    line = re.sub(r"(?<![\w”’.,!?])\"(?=\S)", opening, line).replace('"', closing)
    return re.sub(r"(?<!\w)'(?=\d0s)|(?<=\w)'", "’", line)


# One allow-list for articles, one for comments. nh3 drops everything else, whatever the renderer made.
ARTICLE_TAGS = {
    *("p", "br", "h2", "h3", "em", "strong", "a", "code", "pre", "ul", "ol", "li", "blockquote", "hr", "sup", "sub"),
    *("table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "div", "section", "del", "ins", "abbr"),
}
ARTICLE_ATTRIBUTES = {
    "a": {"href", "title", "id", "class", "hreflang"},
    "li": {"id"},
    "sup": {"id"},
    "h2": {"id"},
    "h3": {"id"},
    "figure": {"class", "data-photo"},
    "div": {"class", "tabindex", "role"},
    "section": {"class"},
    "p": {"class"},
    "ol": {"start"},
    "th": {"scope"},
    "abbr": {"title"},
}
# Each class that a stored article may carry; a writer's raw HTML is escaped before it comes this far.
ARTICLE_CLASSES = {
    "a": {"footnote-ref", "footnote-backref"},
    "figure": {"pull", "plate"},
    "div": {"footnote", "scroll"},
}
COMMENT_TAGS = {"p", "br", "em", "strong", "a", "code", "pre", "ul", "ol", "li", "blockquote"}
URL_SCHEMES = {"http", "https", "mailto"}


def clean_article_html(html):
    attributes = {tag: names - {"class"} for tag, names in ARTICLE_ATTRIBUTES.items()}
    return _clean(
        html,
        tags=ARTICLE_TAGS,
        attributes=attributes,
        allowed_classes=ARTICLE_CLASSES,
        url_schemes=URL_SCHEMES,
        link_rel="noopener",
    )


def clean_comment_html(html):
    return _clean(
        html,
        tags=COMMENT_TAGS,
        attributes={"a": {"href"}},
        url_schemes=URL_SCHEMES - {"mailto"},
        link_rel="nofollow ugc noopener",
    )


def _clean(html, **rules):
    """`&#11;` is a control character only now: a feed with one in it cannot be written."""
    return CONTROL.sub("", nh3.clean(html, **rules))
