"""Finds the messages of the source: what Python and templates hand to gettext, without the gettext programs."""

import ast
import re

from django.utils.translation.template import templatize

from borrowed_messages import BORROWED

APPS = ("newsroom", "authors", "photos", "articles", "comments", "tracker", "desk")
TRANSLATION = "django.utils.translation"
# Where a function has its arguments: (context, message, plural form).
ARGUMENTS = {
    "gettext": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
# templatize() makes a template's messages into such calls, between filling that is no Python.
LITERAL = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"\b(n?p?gettext|_)\(\s*({LITERAL}(?:\s*,\s*{LITERAL})*)[^()]*\)")


class Message:
    """One msgid with its context and plural form, and the files that use it."""

    def __init__(self, context, text, plural):
        self.context, self.text, self.plural = context, text, plural
        self.files = set()

    @property
    def key(self):
        return (self.text, self.context or "")


def find_messages(root):
    """All messages of the project, sorted by their text."""
    found = {}
    for file, call in _calls(root):
        new = Message(*call)
        message = found.setdefault(new.key, new)
        if message.plural and new.plural and message.plural != new.plural:
            raise SystemExit(f"{file}: {new.text!r} has the plural {message.plural!r} elsewhere. Use one.")
        message.plural = message.plural or new.plural
        message.files.add(file)
    return [found[key] for key in sorted(found)]


def _calls(root):
    """(file, (context, text, plural)) of every use of a message."""
    for text, plural in BORROWED:
        yield "django", (None, text, plural)
    for path in source_files(root):
        source = path.read_text(encoding="utf-8")
        for call in python_calls(source) if path.suffix == ".py" else template_calls(source):
            yield str(path.relative_to(root)), call


def source_files(root):
    for app in APPS:
        yield from (path for path in sorted((root / app).rglob("*.py")) if "migrations" not in path.parts)
        yield from sorted((root / app).rglob("templates/**/*.html"))
    yield from sorted(path for path in (root / "templates").rglob("*") if path.suffix in (".html", ".txt"))


def python_calls(source):
    """(context, text, plural) of each call whose arguments are written out."""
    tree = ast.parse(source)
    names, modules = _imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (function := _function(node.func, names, modules)):
            values = [argument.value if isinstance(argument, ast.Constant) else None for argument in node.args]
            yield from _picked(function, values)


def _imported(tree):
    """What this file calls the functions of django.utils.translation, and the module itself."""
    names, modules = {}, set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == TRANSLATION:
            names |= {alias.asname or alias.name: alias.name.removesuffix("_lazy") for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "django.utils":
            modules |= {alias.asname or alias.name for alias in node.names if alias.name == "translation"}
    return names, modules


def _function(func, names, modules):
    if isinstance(func, ast.Name):
        return names.get(func.id)
    if isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id in modules:
        return func.attr.removesuffix("_lazy")
    return None


def template_calls(source):
    for name, literals in CALL.findall(templatize(source)):
        values = ast.literal_eval(f"[{literals}]")
        yield from _picked("gettext" if name == "_" else name, values)


def _picked(function, values):
    places = ARGUMENTS.get(function)
    if places is None:
        return
    context, text, plural = (values[place] if place is not None and place < len(values) else None for place in places)
    if isinstance(text, str) and text:
        yield context, text, plural
