"""The files of an edition folder, read with bounds: text, YAML without surprises, Markdown with front matter.

Whatever is wrong with a file becomes a ValidationError {field: sentence}, never anything else.
"""

import re

import yaml
from django.core.exceptions import ValidationError
from yaml.composer import ComposerError
from yaml.constructor import ConstructorError

from newsroom.language import CODES

MOST_BYTES = 512 * 1024
MOST_FRONT_MATTER = 64 * 1024
MOST_DEPTH = 40
NAME = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)\.([A-Za-z_-]+)\.(md|yaml)")
FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|\Z)(.*)", re.DOTALL)


class PlainLoader(yaml.SafeLoader):
    """YAML as people write it: no aliases (few lines of them fill any memory), no tags, no key twice, dates as text."""

    depth = 0

    def compose_node(self, parent, index):
        event = self.peek_event()
        if isinstance(event, yaml.AliasEvent):
            raise ComposerError(None, None, "aliases (*name) are not taken here; write it out", event.start_mark)
        if event.tag is not None:
            raise ComposerError(None, None, "tags (!name) are not taken here", event.start_mark)
        if self.depth >= MOST_DEPTH:
            raise ComposerError(None, None, "this is nested too deeply", event.start_mark)
        self.depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1

    def construct_scalar(self, node):
        value = super().construct_scalar(node)
        # An escape ("\0", "\ud800") can write what no database takes.
        if "\0" in value or any("\ud800" <= char <= "\udfff" for char in value):
            raise ConstructorError(None, None, "this has a character that no text may have", node.start_mark)
        return value

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key, _value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise ConstructorError(None, None, f"“{key.value[:40]}” stands here twice", key.start_mark)
            seen.add(key.value if isinstance(key, yaml.ScalarNode) else None)
        return super().construct_mapping(node, deep)


PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def refuse(field, sentence):
    raise ValidationError({field: sentence})


def files_in(folder):
    """Every visible entry of a folder, so that a misnamed file is reported and not passed over."""
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith(".")) if folder.is_dir() else []
    except OSError as error:
        refuse("folder", f"it cannot be read: {error.strerror}")


def key_and_language(path, suffix):
    """`xz-backdoor.hr.md` → ("xz-backdoor", "hr")."""
    match = NAME.fullmatch(path.name)
    if not match or match[3] != suffix or len(match[1]) > 80:
        refuse("name", f"a file here is named <key>.<language>.{suffix}; a key has small letters, digits and hyphens")
    if match[2] not in CODES:
        refuse("name", f"“{match[2]}” is no language of this site; it has {', '.join(CODES)}")
    return match[1], match[2]


def read_text(path):
    try:
        if not path.is_file():
            refuse("file", "this is no ordinary file")
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        refuse("file", f"it cannot be read: {error.strerror}")
    if len(data) > MOST_BYTES:
        refuse("file", f"it is larger than {MOST_BYTES // 1024} KB")
    if b"\0" in data:
        refuse("file", "it holds NUL bytes; this is no text file")
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        refuse("file", f"it is not UTF-8 text (byte {error.start + 1}); save it as UTF-8")


def parse_yaml(text, first_line=1):
    """`first_line`: where the text begins in its file, for the line number in a complaint."""
    try:
        return yaml.load(text, PlainLoader)  # noqa: S506 (PlainLoader is a SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        refuse(f"line {mark.line + first_line}" if mark else "YAML", str(error.problem or error.context))
    except (yaml.YAMLError, ValueError) as error:
        refuse("YAML", str(error))


def read_list(path):
    """The mappings of a YAML file. What each holds is checked by its reader (edition_fields.Row)."""
    data = parse_yaml(read_text(path))
    if not isinstance(data, list | None):
        refuse("file", "it must be a list: each entry begins with “- ”")
    return data or []


def read_markdown(path):
    """(front matter, body) of a Markdown file."""
    text = read_text(path)
    if not re.match(r"---[ \t]*\n", text):
        refuse("front matter", "there is none: the file begins with a line --- and its fields")
    match = FRONT_MATTER.match(text)
    if not match:
        refuse("front matter", "it does not end: close it with a line ---")
    if len(match[1] or "") > MOST_FRONT_MATTER:
        refuse("front matter", f"it is larger than {MOST_FRONT_MATTER // 1024} KB")
    return parse_yaml(match[1] or "", first_line=2) or {}, match[2]
