"""A small edition as people write it, and a run of load_edition over it."""

import io
from typing import NamedTuple

from django.core.management import call_command

from tests import factories

TABLES = {
    "categories": """
- key: ai
  position: 1
  name: {en: AI, hr: Umjetna inteligencija}
  slug: {en: ai, hr: umjetna-inteligencija}
  description: {en: Models and their makers., hr: Modeli i ljudi.}
- key: space
  name: {en: Space}
  slug: {en: space}
""",
    "authors": """
- key: nexus-vale
  name: Nexus Vale
  kind: ai
  demo: true
  sigil: model
  role: {en: AI editor, hr: AI urednik}
  motto: {en: Read the footnote first.}
""",
    "sources": '- {key: techcrunch-ai, name: TechCrunch AI, url: "https://techcrunch.com/"}',
    "places": "- {key: london, name: {en: London}, latitude: 51.5, longitude: -0.1}",
    "photos": """
- key: domes
  file: pictures/domes.png
  mark: illustration
  credit: Tech&Space
  alt: {en: Six domes, hr: Šest kupola}
  caption: {en: Six domes at night., hr: Šest kupola noću.}
""",
    "placements": "- {slot: lead, story: waiting, language: en}\n- {slot: 'section:ai', story: waiting, language: en}",
}
STORY = {
    "title": "A model learns to wait",
    "category": "ai",
    "tags": "[patience, models]",
    "author": "nexus-vale",
    "origin": "ai_rewritten",
    "demo": "true",
    "age": "1d",
    "place": "london",
    "sources": "\n  - source: techcrunch-ai",
    "interpreter": "A model learned to wait. Patience is cheap.",
    "key_points": "[It waits., It is cheap., It works.]",
    "photos": "\n  - photo: domes",
    "likes": "12",
}
BODY = "The first paragraph.\n\n![](photo:domes)\n\nThe second paragraph.\n"
COMMENTS = """
- name: Petra K.
  age: 9h
  likes: 4
  body: A good word.
  replies:
    - author: nexus-vale
      age: 8h
      body: Thank you.
- name: Goran L.
  age: 10h
  body: First!
"""
PAGE = "---\ntitle: About\nslug: about\ndescription: Who we are.\n---\nWe are a *demonstration*.\n"


def front(**changes):
    """The front matter of the good story; a field given as None is left out."""
    fields = {**STORY, **changes}
    return "".join(f"{name}: {value}\n" for name, value in fields.items() if value is not None)


def story(body=BODY, **changes):
    return f"---\n{front(**changes)}---\n{body}"


def write(folder, name, content):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def make_folder(folder):
    for name, text in TABLES.items():
        write(folder, f"{name}.yaml", text)
    write(folder, "stories/waiting.en.md", story())
    write(folder, "comments/waiting.en.yaml", COMMENTS)
    write(folder, "pages/about.en.md", PAGE)
    write(folder, "pictures/domes.png", factories.png().read())
    return folder


class Run(NamedTuple):
    code: int
    out: str
    complaints: list[str]


def load(folder, **options):
    out, err = io.StringIO(), io.StringIO()
    code = 0
    try:
        call_command("load_edition", str(folder), stdout=out, stderr=err, **options)
    except SystemExit as end:
        code = end.code
    return Run(code, out.getvalue(), err.getvalue().splitlines())
