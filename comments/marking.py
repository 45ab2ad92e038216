"""Marks pieces of a text in the HTML that was made of it: what the pipeline found, for the moderator's eye."""

import re
from html import escape
from html.parser import HTMLParser

MOST_PIECES = 50
# What the Markdown of comments takes away: a piece is known as it was written.
SIGNS = re.compile(r"[*_`\\]")
SPACE = re.compile(r"\s+")


def mark_html(html, pieces):
    """The cleaned HTML of a comment with `<mark>` around each of these pieces, also across its tags."""
    pieces = list(dict.fromkeys(piece for piece in pieces if piece.strip()))[:MOST_PIECES]
    if not pieces:
        return html
    reader = _Texts()
    reader.feed(html)
    reader.close()
    marked = _ranges("".join(text for text, is_text in reader.pieces if is_text), pieces)
    return "".join(_written(reader.pieces, marked))


class _Texts(HTMLParser):
    """Takes cleaned HTML apart: `pieces` is [(text, True) or (tag as it stands, False), …]."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.pieces = []

    def handle_starttag(self, tag, attrs):
        self.pieces.append((self.get_starttag_text(), False))

    def handle_endtag(self, tag):
        self.pieces.append((f"</{tag}>", False))

    def handle_data(self, data):
        self.pieces.append((data, True))


def _ranges(text, pieces):
    """[(start, end), …] of the pieces in the text, in order and without overlaps."""
    found = []
    for piece in pieces:
        pattern = _pattern(piece)
        hits = list(re.finditer(pattern, text, re.IGNORECASE)) or list(_bare(piece, text))
        found += [hit.span() for hit in hits]
    merged = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _bare(piece, text):
    bare = SIGNS.sub("", piece).strip()
    return re.finditer(_pattern(bare), text, re.IGNORECASE) if bare and bare != piece else ()


def _pattern(piece):
    """Line ends may be others by now. A piece that begins or ends with a letter is a whole word, or several."""
    pattern = r"\s+".join(re.escape(word) for word in SPACE.split(piece.strip()))
    before = r"(?<!\w)" if piece.strip()[0].isalnum() else ""
    after = r"(?!\w)" if piece.strip()[-1].isalnum() else ""
    return f"{before}{pattern}{after}"


def _written(pieces, marked):
    at = 0
    for piece, is_text in pieces:
        if not is_text:
            yield piece
            continue
        end, done = at + len(piece), at
        for start, stop in marked:
            first, last = max(start, at), min(stop, end)
            if first < last:
                yield f"{escape(piece[done - at : first - at])}<mark>{escape(piece[first - at : last - at])}</mark>"
                done = last
        yield escape(piece[done - at :])
        at = end
