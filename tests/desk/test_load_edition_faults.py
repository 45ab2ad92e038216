"""Each kind of bad input costs one line that names file, field and reason; what is good still loads."""

import io
import os

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, Category, Place, Placement, Source, StandingPage
from comments.models import Comment
from photos.models import Photo
from tests.desk.edition_folder import BODY, PAGE, TABLES, front, load, make_folder, story, write

pytestmark = pytest.mark.django_db
BOMB = "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n"


@pytest.fixture
def folder(tmp_path):
    return make_folder(tmp_path / "edition")


def check_complaint(run, file, field, reason):
    assert run.code == 1
    assert len(run.complaints) == 1, run.complaints
    line = run.complaints[0]
    assert line.startswith(f"{file}: {field}: "), line
    assert reason in line
    assert len(line) < 700


def bad(body=BODY, **changes):
    return story(body, **{"title": "Bad", **changes})


STORIES = {
    "broken YAML": ("---\ntitle: [open\n---\nText.", "line 3", "expected"),
    "no front matter": ("Just a text.", "front matter", "there is none"),
    "front matter without end": ("---\ntitle: A\nText.", "front matter", "does not end"),
    "huge front matter": ("---\ntitle: " + "x" * 70_000 + "\n---\n", "front matter", "larger than 64 KB"),
    "front matter is a list": ("---\n- a\n---\nText.", "entry", "must be a mapping"),
    "binary": (b"\x89PNG\r\n\x1a\n\x00\x00", "file", "NUL bytes"),
    "NUL bytes": (bad(body="One\0two"), "file", "NUL bytes"),
    "not UTF-8": (bad().encode() + b"\xe8\xe9", "file", "not UTF-8"),
    "10 MB": (bad(body="x" * 10_000_000), "file", "larger than 512 KB"),
    "empty": ("", "front matter", "there is none"),
    "unknown field": (bad(colour="red"), "colour", "is no field here"),
    "field twice": (f"---\n{front()}title: Again\n---\nText.", "line 17", "stands here twice"),
    "list for a title": (bad(title="[a, b]"), "title", "must be text, and is a list"),
    "number for a title": (bad(title="2024"), "title", "put it in quotes"),
    "mapping for a slug": (bad(slug="{a: b}"), "slug", "must be text"),
    "text for tags": (bad(tags="ai"), "tags", "must be a list"),
    "numbers as tags": (bad(tags="[2024, 2025]"), "tags", "list of texts"),
    "text for photos": (bad(photos="domes"), "photos", "must be a list"),
    "text in photos": (bad(photos="[domes]", body="Text."), "photos 1", "must be a mapping"),
    "text for demo": (bad(demo="perhaps"), "demo", "must be yes or no"),
    "yes for likes": (bad(likes="yes"), "likes", "must be a whole number"),
    "too many likes": (bad(likes="1000000000000"), "likes", "from 0 to 10000"),
    "likes of a real story": (bad(demo=None), "likes", "only demonstration stories"),
    "likes of a draft": (bad(age=None), "likes", "not public yet"),
    "unknown photo": (bad(photos="[{photo: nowhere}]", body="Text."), "photos 1, photo", "no photo “nowhere”"),
    "photo twice": (bad(photos="[{photo: domes}, {photo: domes}]"), "photos 2, photo", "twice"),
    "stray photo in the body": (bad(photos=None), "body", "not among the story's photos"),
    "photo by number": (bad(body="![](photo:1)"), "body", "not among the story's photos"),
    "aliases": ("---\n" + BOMB + "---\nText.", "line 3", "aliases"),
    "tags": ("---\ntitle: !!python/name:os.system\n---\n", "line 2", "tags (!name)"),
    "merged tags": ("---\ntitle: !!bool x\n---\n", "line 2", "tags (!name)"),
    "deep nesting": ("---\ntitle: " + "[" * 500 + "]" * 500 + "\n---\n", "line 2", "nested too deeply"),
    "surrogate": ('---\ntitle: "a\\ud800b"\n---\n', "line 2", "character that no text may have"),
    "written NUL": ('---\ntitle: "a\\0b"\n---\n', "line 2", "character that no text may have"),
    "number of 5000 digits": (bad(record="9" * 5000), "YAML", "digits"),
    "control character": (bad(title="a\x1bb"), "YAML", "special characters"),
    "huge record": (bad(record="99999999999999"), "record", "must be from 1"),
    "negative record": (bad(record="-1"), "record", "must be from 1"),
    "negative age": (bad(age="-3h"), "age", "is no age"),
    "age without unit": (bad(age='"3"'), "age", "is no age"),
    "age as number": (bad(age="3"), "age", "must be text"),
    "age of centuries": (bad(age="9999w"), "age", "is no age"),
    "date without time": (bad(age=None, published="2024-05-06"), "published", "no date with time and zone"),
    "time without zone": (bad(age=None, published="2024-05-06T08:00"), "published", "no date with time and zone"),
    "month 13": (bad(age=None, published="2024-13-06T08:00Z"), "published", "no date with time and zone"),
    "year 1": (bad(age=None, published="0001-01-01T00:00+14:00"), "published", "no date with time and zone"),
    "year 5": (bad(age=None, published="0005-01-01T00:00Z"), "published", "no date with time and zone"),
    "age and published": (bad(published="2024-05-06T08:00Z"), "published", "keep one of the two"),
    "unknown category": (bad(category="gossip"), "category", "“gossip” is not known here"),
    "unknown author": (bad(author="nobody"), "author", "not known"),
    "unknown place": (bad(place="atlantis"), "place", "not known"),
    "unknown source": (bad(sources="[{source: rumour}]"), "sources", "not known"),
    "field in a source": (bad(sources="[{source: techcrunch-ai, link: x}]"), "sources 1, link", "is no field"),
    "script as address": (
        bad(sources='[{source: techcrunch-ai, url: "javascript:alert(1)"}]'),
        "sources",
        "no web address",
    ),
    "unknown origin": (bad(origin="magic"), "origin", "how the story was made"),
    "no title": (bad(title=None), "title", "empty"),
    "no interpreter": (bad(interpreter=None), "interpreter", "interpreter"),
    "no text": (bad(body="", photos=None), "body", "without text"),
    "bad slug": (bad(slug="Not A Slug"), "slug", "small letters"),
    "taken slug": (bad(slug="a-model-learns-to-wait"), "slug", "Another story"),
}


@pytest.mark.parametrize("case", STORIES)
def test_a_bad_story(folder, case):
    text, field, reason = STORIES[case]
    write(folder, "stories/zzz.en.md", text)
    check_complaint(load(folder), "stories/zzz.en.md", field, reason)
    assert [article.translation_key for article in Article.objects.all()] == ["waiting"]


NAMES = {
    "waiting.de.md": "“de” is no language",
    "waiting.md": "is named",
    "Waiting.en.md": "is named",
    "waiting.en.markdown": "is named",
    f"{'x' * 90}.en.md": "is named",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_bad_name(folder, name):
    write(folder, f"stories/{name}", story(title="Other"))
    check_complaint(load(folder), f"stories/{name}", "name", NAMES[name])


def test_hidden_files_are_nobodys_business(folder):
    write(folder, "stories/.DS_Store", b"\0\0")
    assert load(folder).code == 0


def test_a_name_that_is_no_text(folder):
    (folder / "stories" / os.fsdecode(b"\xff.en.md")).write_bytes(b"")
    run = load(folder)
    assert run.code == 1
    assert run.complaints[0].startswith("stories/\\udcff.en.md: name: ")


def test_a_pipe_does_not_hang(folder):
    os.mkfifo(folder / "stories" / "pipe.en.md")
    check_complaint(load(folder), "stories/pipe.en.md", "file", "no ordinary file")


def test_a_folder_named_like_a_story(folder):
    (folder / "stories" / "folder.en.md").mkdir()
    check_complaint(load(folder), "stories/folder.en.md", "file", "no ordinary file")


def test_several_faults_of_a_file_share_its_line(folder):
    write(folder, "stories/zzz.en.md", story(title="[a]", age="soon", likes="many"))
    run = load(folder)
    assert len(run.complaints) == 1
    for field in ("title: ", "age: ", "likes: "):
        assert field in run.complaints[0]


def test_a_complaint_is_clean_of_what_the_file_says(folder):
    write(folder, "stories/zzz.en.md", f'---\n"red\\e[31m": {"x" * 9000}\ncategory: {"x" * 9000}\n---\nText.')
    run = load(folder)
    assert "red[31m: is no field here" in run.complaints[0]
    assert len(run.complaints[0]) < 700


TABLE_FAULTS = {
    "broken": ("sources", "- {key: a", "line 1", "expected"),
    "no list": ("sources", "key: a", "file", "must be a list"),
    "text in the list": ("sources", "- a", "entry 1", "must be a mapping"),
    "unknown field": ("sources", "- {key: a, name: A, url: 'https://a.org', colour: red}", "a, colour", "no field"),
    "no key": ("sources", "- {name: A, url: 'https://a.org'}", "entry 1, key", "missing"),
    "bad key": ("sources", "- {key: A b, name: A, url: 'https://a.org'}", "A b, key", "must be a key"),
    "no address": ("sources", "- {key: a, name: A, url: here}", "a, url", "valid URL"),
    "script as address": ("sources", "- {key: a, name: A, url: 'javascript:alert(1)'}", "a, url", "valid URL"),
    "latitude": ("places", "- {key: a, name: {en: A}, latitude: 91, longitude: 0}", "a, latitude", "from -90 to 90"),
    "no number": ("places", "- {key: a, name: {en: A}, latitude: .nan, longitude: 0}", "a, latitude", "from -90"),
    "name as text": ("places", "- {key: a, name: A, latitude: 1, longitude: 0}", "a, name", "must be a mapping"),
    "unknown language": ("places", "- {key: a, name: {de: A}, latitude: 1, longitude: 0}", "a, name, de", "no field"),
    "unknown sigil": ("authors", "- {key: a, name: A, sigil: skull}", "a, sigil", "not one of"),
    "reserved slug": ("categories", "- {key: a, name: {en: A}, slug: {en: search}}", "a (en), slug", "system"),
    "no slug": ("categories", "- {key: a, name: {en: A, hr: A}, slug: {en: a}}", "a (hr), slug", "blank"),
    "slug without name": ("categories", "- {key: a, name: {en: A}, slug: {en: a, hr: a}}", "a, name", "missing in hr"),
    "NUL": ("categories", "- {key: a}\0", "file", "NUL"),
    "unknown slot": ("placements", "- {slot: roof, story: waiting, language: en}", "entry 1, slot", "“roof”"),
    "other section": ("placements", "- {slot: 'section:space', story: waiting, language: en}", "entry 1, slot", "ai"),
    "no story": ("placements", "- {slot: lead, story: nowhere, language: en}", "entry 1, story", "no story"),
    "no language": ("placements", "- {slot: lead, story: waiting}", "entry 1, language", "missing"),
}


@pytest.mark.parametrize("case", TABLE_FAULTS)
def test_a_bad_table(folder, case):
    """The file fails as a whole, rows before the bad one included."""
    table, text, field, reason = TABLE_FAULTS[case]
    assert load(folder).code == 0
    before = [model.objects.count() for model in (Source, Place, Category, Placement)]
    write(folder, f"{table}.yaml", text)
    check_complaint(load(folder), f"{table}.yaml", field, reason)
    assert [model.objects.count() for model in (Source, Place, Category, Placement)] == before


def test_a_key_twice_fails_the_whole_table(folder):
    write(folder, "places.yaml", TABLES["places"] + "\n" + TABLES["places"])
    write(folder, "stories/waiting.en.md", story(place=None))
    check_complaint(load(folder), "places.yaml", "london, key", "stands here twice")
    assert not Place.objects.exists()


PHOTO = TABLES["photos"]
PHOTO_FAULTS = {
    "path out of the folder": (PHOTO.replace("pictures/domes.png", "../secret.png"), "domes, file", "outside"),
    "absolute path": (PHOTO.replace("pictures/domes.png", "/etc/hostname"), "domes, file", "outside"),
    "no file": (PHOTO.replace("domes.png", "gone.png"), "domes, file", "is not there"),
    "endless name": (PHOTO.replace("domes.png", "x" * 280), "file", ""),
    "a folder": (PHOTO.replace("pictures/domes.png", "pictures"), "domes, file", "is not there"),
    "no picture": (PHOTO.replace("pictures/domes.png", "places.yaml"), "domes, file", "no picture"),
    "a link out": (PHOTO.replace("domes.png", "link.png"), "domes, file", "outside"),
    "unknown mark": (PHOTO.replace("illustration", "painting"), "domes, mark", "not one of"),
    "no mark": (PHOTO.replace("  mark: illustration\n", ""), "domes, mark", "missing"),
    "no credit": (PHOTO.replace("  credit: Tech&Space\n", ""), "domes, credit", "missing"),
    "no alt": (PHOTO.replace("alt: {en: Six domes, hr: Šest kupola}", "alt:"), "domes, alt", "missing"),
}


@pytest.mark.parametrize("case", PHOTO_FAULTS)
def test_a_bad_photo(folder, case):
    text, field, reason = PHOTO_FAULTS[case]
    write(folder, "../secret.png", (folder / "pictures/domes.png").read_bytes())
    (folder / "pictures/link.png").symlink_to(folder.parent / "secret.png")
    write(folder, "photos.yaml", text)
    write(folder, "stories/waiting.en.md", story(photos=None, body="Text."))
    check_complaint(load(folder), "photos.yaml", field, reason)
    assert not Photo.objects.exists()


def test_a_bad_photo_leaves_the_others(folder):
    write(folder, "photos.yaml", PHOTO + "- {key: bad}\n")
    check_complaint(load(folder), "photos.yaml", "bad, file", "missing")
    assert Photo.objects.get().key == "domes"


COMMENT_FAULTS = {
    "no name": ("- {age: 1h, body: Text.}", "comment 1, name", "has a name"),
    "name and author": ("- {name: A, author: nexus-vale, age: 1h, body: B}", "comment 1, name", "has a name"),
    "unknown author": ("- {author: nobody, age: 1h, body: B}", "comment 1, author", "no author"),
    "long name": (f"- {{name: {'x' * 61}, body: B}}", "comment 1, name", "at most 60"),
    "no text": ("- {name: A}", "comment 1, body", "missing"),
    "long text": (f"- {{name: A, body: {'x' * 4001}}}", "comment 1, body", "at most 4000"),
    "unknown status": ("- {name: A, body: B, status: lost}", "comment 1, status", "not one of"),
    "reply field": ("- {name: A, body: B, replies: [{name: C, body: D, x: 1}]}", "comment 1, replies 1, x", "no field"),
    "older than the story": ("- {name: A, body: B, age: 2d}", "comment 1, age", "older than the story"),
    "older than its parent": (
        "- {name: A, body: B, age: 1h, replies: [{name: C, body: D, age: 2h}]}",
        "comment 1, replies 1, age",
        "older than the comment",
    ),
    "no list": ("name: A", "file", "must be a list"),
    "nested quotes": ("- {name: A, body: '" + ">" * 30 + "x'}", "entry", "nested too deeply"),
}


@pytest.mark.parametrize("case", COMMENT_FAULTS)
def test_bad_comments(folder, case):
    """One bad comment keeps out its file."""
    text, field, reason = COMMENT_FAULTS[case]
    good = "" if case == "no list" else "\n- {name: Good, age: 1h, body: Good.}\n"
    write(folder, "comments/waiting.en.yaml", text + good)
    check_complaint(load(folder), "comments/waiting.en.yaml", field, reason)
    assert not Comment.objects.exists()


def test_comments_without_a_story(folder):
    write(folder, "comments/nowhere.en.yaml", "- {name: A, body: B}")
    check_complaint(load(folder), "comments/nowhere.en.yaml", "name", "no story “nowhere”")


PAGES = {
    "reserved slug": (PAGE.replace("slug: about", "slug: search"), "slug", "system"),
    "section's slug": (PAGE.replace("slug: about", "slug: ai"), "slug", "section"),
    "no title": (PAGE.replace("title: About\n", ""), "title", "missing"),
    "unknown field": (PAGE.replace("title:", "demo: true\ntitle:"), "demo", "no field"),
    "endless": (PAGE + "x" * 70_000, "entry", "longer than"),
}


@pytest.mark.parametrize("case", PAGES)
def test_a_bad_page(folder, case):
    text, field, reason = PAGES[case]
    write(folder, "pages/about.en.md", text)
    check_complaint(load(folder), "pages/about.en.md", field, reason)
    assert not StandingPage.objects.exists()


def test_a_folder_that_is_no_edition(tmp_path):
    for path, reason in [(tmp_path / "nowhere", "no folder"), (tmp_path, "is no edition")]:
        with pytest.raises(CommandError, match=reason):
            call_command("load_edition", str(path), stdout=io.StringIO())
