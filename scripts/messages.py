"""Brings the catalogues in locale/ up to the source: `make messages`; with --check it only says what is wrong.

New messages come in without a translation, messages that are gone leave, translations stay. The compiled .mo is
committed too, so that running the publication needs no tool for it.
"""

import re
import sys
from pathlib import Path

import polib

from message_sources import find_messages

ROOT = Path(__file__).resolve().parent.parent
# Each catalogue by its language, with its rule for plural forms.
CATALOGUES = {
    "hr": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);",
}
PLACEHOLDER = re.compile(r"%%|%(?:\(\w+\))?[-+ #0-9.]*[a-zA-Z]|\{\w*\}")


def main():
    messages = find_messages(ROOT)
    if "--check" in sys.argv[1:]:
        faults = [fault for language in CATALOGUES for fault in check(language, messages)]
        sys.exit("\n".join(faults) if faults else 0)
    for language in CATALOGUES:
        catalogue = merge(language, messages)
        catalogue.save(str(po_path(language)))
        mo_path(language).write_bytes(catalogue.to_binary())
        faults = list(check(language, messages))
        print(f"{po_path(language).relative_to(ROOT)}: {len(catalogue)} messages, {len(faults)} faults")
        print(*faults, sep="\n", end="\n" if faults else "")


def po_path(language):
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def mo_path(language):
    return po_path(language).with_suffix(".mo")


def read(language):
    path = po_path(language)
    return polib.pofile(str(path), wrapwidth=110, check_for_duplicates=True) if path.exists() else polib.POFile()


def merge(language, messages):
    """The messages of the source with the translations that the catalogue has."""
    old = {key(entry): entry for entry in read(language)}
    catalogue = polib.POFile(wrapwidth=110)
    # No date and no tool: the file changes only when a message does.
    catalogue.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": CATALOGUES[language],
    }
    for message in messages:
        catalogue.append(_entry(message, old.get(message.key), forms(language)))
    return catalogue


def _entry(message, old, count):
    entry = polib.POEntry(
        msgid=message.text, msgctxt=message.context, occurrences=[(file, "") for file in sorted(message.files)]
    )
    if old:
        entry.flags, entry.tcomment = [flag for flag in old.flags if flag == "fuzzy"], old.tcomment
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = {form: old.msgstr_plural.get(form, "") if old else "" for form in range(count)}
    elif old:
        entry.msgstr = old.msgstr
    return entry


def key(entry):
    return (entry.msgid, entry.msgctxt or "")


def forms(language):
    return int(re.match(r"nplurals=(\d+)", CATALOGUES[language])[1])


def check(language, messages):
    """Everything that a release must not ship, one sentence each."""
    catalogue, name = read(language), po_path(language).relative_to(ROOT)
    if not (mo_path(language).exists() and mo_path(language).read_bytes() == catalogue.to_binary()):
        yield f"{name}: the .mo beside it holds something else. Run `make messages`."
    if catalogue.metadata.get("Plural-Forms") != CATALOGUES[language]:
        yield f"{name}: the rule for plural forms is not that of scripts/messages.py. Run `make messages`."
    have = {key(entry): entry for entry in catalogue if not entry.obsolete}
    wanted = {message.key: message for message in messages}
    for gone in sorted(have.keys() - wanted.keys()) + [key(entry) for entry in catalogue.obsolete_entries()]:
        yield f"{name}: {gone[0]!r} is not in the source any more. Run `make messages`."
    for message in messages:
        entry = have.get(message.key)
        if entry is None or (entry.msgid_plural or None) != message.plural:
            yield f"{name}: {message.text!r} is missing. Run `make messages` and translate it."
        else:
            yield from (f"{name}: {fault}" for fault in entry_faults(entry, forms(language)))


def entry_faults(entry, count):
    if entry.msgid_plural:
        translations = [entry.msgstr_plural.get(form, "") for form in range(count)]
    else:
        translations = [entry.msgstr]
    if "fuzzy" in entry.flags:
        yield f"{entry.msgid!r} is marked as fuzzy. Check the translation and take the mark away."
    if not all(translations):
        yield f"{entry.msgid!r} has no translation, or not every plural form."
        return
    wanted = placeholders(entry.msgid)
    for text in [entry.msgid_plural or entry.msgid, *translations]:
        if placeholders(text) != wanted:
            yield f"{entry.msgid!r} has the placeholders {wanted}, but {text!r} has {placeholders(text)}."
        if text[0].isspace() != entry.msgid[0].isspace() or text[-1].isspace() != entry.msgid[-1].isspace():
            yield f"{entry.msgid!r} and {text!r} do not begin or end with the same blank."


def placeholders(text):
    return sorted(set(PLACEHOLDER.findall(text)) - {"%%"})


if __name__ == "__main__":
    main()
