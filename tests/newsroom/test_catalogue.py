"""The Croatian of the interface: the catalogue is whole, numbers take the right form, and no English is left over."""

import datetime as dt
import re
import shutil

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import trans_real

from articles.models import Correction
from articles.publishing import retract
from newsroom.language import OWN_NAMES
from tests import factories
from tests.reading import Reading, read

NUMBERS = (1, 2, 5, 11, 21, 22)
# Every message with a number in it, as it reads for each of NUMBERS.
PLURALS = {
    "%(number)s comment": "1 komentar, 2 komentara, 5 komentara, 11 komentara, 21 komentar, 22 komentara",
    "%(number)s like": "1 sviđanje, 2 sviđanja, 5 sviđanja, 11 sviđanja, 21 sviđanje, 22 sviđanja",
    "%(number)d like": "1 sviđanje, 2 sviđanja, 5 sviđanja, 11 sviđanja, 21 sviđanje, 22 sviđanja",
    "%(number)d more reply": "još 1 odgovor, još 2 odgovora, još 5 odgovora, još 11 odgovora, još 21 odgovor, "
    "još 22 odgovora",
    "like": "sviđanje, sviđanja, sviđanja, sviđanja, sviđanje, sviđanja",
    "%(number)s photo of this story": "1 fotografija uz članak, 2 fotografije uz članak, 5 fotografija uz članak, "
    "11 fotografija uz članak, 21 fotografija uz članak, 22 fotografije uz članak",
    "%(minutes)s min read": "1 min čitanja, 2 min čitanja, 5 min čitanja, 11 min čitanja, 21 min čitanja, "
    "22 min čitanja",
    "%(count)s story": "1 članak, 2 članka, 5 članaka, 11 članaka, 21 članak, 22 članka",
    "%(count)s place": "1 mjesto, 2 mjesta, 5 mjesta, 11 mjesta, 21 mjesto, 22 mjesta",
    "in %(count)s place": "na 1 mjestu, na 2 mjesta, na 5 mjesta, na 11 mjesta, na 21 mjestu, na 22 mjesta",
    "%(counter)s result": "1 rezultat, 2 rezultata, 5 rezultata, 11 rezultata, 21 rezultat, 22 rezultata",
    "Please correct the error below.": ", ".join(["Ispravite što je označeno u nastavku."] * 6),
    "%(count)d comment: %(status)s.": "1 komentar: X., 2 komentara: X., 5 komentara: X., 11 komentara: X., "
    "21 komentar: X., 22 komentara: X.",
}
# A language in its own words, for the switch.
ALLOWED = set(OWN_NAMES.values())
SEEN_ATTRIBUTES = {"aria-label", "title", "placeholder", "data-like-text", "data-unlike-text", "data-copied-text"}


@pytest.fixture(scope="module")
def tools():
    """The modules of scripts/ that read the source, and what they find there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(settings.BASE_DIR / "scripts"))
        import message_sources
        import messages

        messages.found = message_sources.find_messages(settings.BASE_DIR)
        messages.sources = message_sources
        yield messages


# The catalogue and its check


def test_the_catalogue_is_whole(tools):
    assert list(tools.check("hr", tools.found)) == []


@pytest.fixture
def copy(tools, tmp_path, monkeypatch):
    """A catalogue that a test may spoil: `copy(old, new)` replaces in its .po and returns the faults that are found."""
    shutil.copytree(settings.BASE_DIR / "locale", tmp_path / "locale")
    monkeypatch.setattr(tools, "ROOT", tmp_path)
    path = tools.po_path("hr")

    def spoil(old, new, compile_it=True):
        text = path.read_text()
        assert text.count(old) == 1
        path.write_text(text.replace(old, new))
        if compile_it:
            tools.mo_path("hr").write_bytes(tools.read("hr").to_binary())
        return list(tools.check("hr", tools.found))

    return spoil


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('msgid "Skip to content"\n', 'msgid "Skip"\n', "'Skip to content' is missing"),
        ('msgid "Skip to content"\n', 'msgid "Skip"\n', "'Skip' is not in the source any more"),
        ('msgstr "Kopiraj poveznicu"', 'msgstr ""', "'Copy link' has no translation"),
        ('msgstr[1] "%(number)s komentara"', 'msgstr[1] ""', "'%(number)s comment' has no translation"),
        ('msgstr[1] "%(number)s komentara"', 'msgstr[1] "%(count)s komentara"', "has the placeholders"),
        ('msgstr[0] "%(number)s komentar"', 'msgstr[0] "jedan komentar"', "has the placeholders"),
        ('msgstr "Kopiraj poveznicu"', 'msgstr "Kopiraj poveznicu "', "do not begin or end with the same blank"),
        ('#: templates/base.html\nmsgid "Skip', '#: templates/base.html\n#, fuzzy\nmsgid "Skip', "marked as fuzzy"),
        ("nplurals=3", "nplurals=2", "the rule for plural forms"),
    ],
)
def test_the_check_finds(copy, old, new, sentence):
    assert any(sentence in fault for fault in copy(old, new))


def test_the_check_finds_a_compiled_file_that_is_behind(copy):
    (fault,) = copy('msgstr "Kopiraj poveznicu"', 'msgstr "Kopiraj vezu"', compile_it=False)
    assert "the .mo beside it holds something else" in fault


def test_python_messages_are_found_under_any_name(tools):
    source = (
        "from django.utils import translation\n"
        "from django.utils.translation import gettext_lazy as _, ngettext, pgettext as p, npgettext\n"
        "_('One ' 'text'); ngettext('%d day', '%d days', n); p('verb', 'Open'); npgettext('a', 'b', 'c', n)\n"
        "translation.gettext('Two'); _(variable); other('No')\n"
    )
    assert set(tools.sources.python_calls(source)) == {
        (None, "One text", None),
        (None, "%d day", "%d days"),
        ("verb", "Open", None),
        ("a", "b", "c"),
        (None, "Two", None),
    }


def test_template_messages_are_found_in_every_form(tools):
    source = (
        '{% load i18n %}{% translate "It\'s (100 %)" %}{% translate "Open" context "verb" %}'
        "{% blocktranslate count n=rows|length %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}"
        '{% blocktranslate trimmed with a=b %}\n  From\n  {{ a }}\n{% endblocktranslate %}{{ title|default:_("None") }}'
        '{% include "x.html" with label=_("Label") %}{% comment %}{% translate "Gone" %}{% endcomment %}'
    )
    assert set(tools.sources.template_calls(source)) == {
        (None, "It's (100 %%)", None),
        ("verb", "Open", None),
        (None, "%(n)s day", "%(n)s days"),
        (None, "From %(a)s", None),
        (None, "None", None),
        (None, "Label", None),
    }


def test_django_still_lacks_what_is_borrowed(tools):
    """Without our folder, Django's own catalogue is asked."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "LOCALE_PATHS", [])
        own = trans_real.DjangoTranslation("hr")
    borrowed = [message.text for message in tools.found if message.files == {"django"}]
    assert len(borrowed) > 20
    assert [text for text in borrowed if own.gettext(text) != text] == []


# Numbers


def test_every_number_has_an_expected_form_here(tools):
    assert {message.text for message in tools.found if message.plural} == PLURALS.keys()


@pytest.mark.parametrize("message", PLURALS)
def test_numbers_take_the_right_form(tools, message):
    (found,) = [found for found in tools.found if found.text == message]
    name = re.search(r"%\((\w+)\)", message)
    with translation.override("hr"):
        shown = [
            translation.ngettext(message, found.plural, number) % {"status": "X", **({name[1]: number} if name else {})}
            for number in NUMBERS
        ]
    assert ", ".join(shown) == PLURALS[message]


# Pages


STORY = "/hr/umjetna-inteligencija/model-uci-cekati/"
PAGES = [
    *("/hr/", "/hr/umjetna-inteligencija/", "/hr/energija/", STORY, f"{STORY}photos/", f"{STORY}comments/"),
    *(f"{STORY}like/", "/hr/authors/", "/hr/authors/nexus-vale/", "/hr/tags/strpljenje/", "/hr/photos/"),
    *("/hr/archive/2026/3/", "/hr/corrections/", "/hr/search/", "/hr/search/?q=model", "/hr/search/?q=nema"),
    "/hr/space-tracker/",
]
REFUSALS = {
    "/hr/nema/": 404,
    f"{STORY}comments/?before=x": 400,
    "/hr/search/?q=" + "+".join(f"a{number}" for number in range(40)): 400,
    "/hr/umjetna-inteligencija/povucen/": 410,
}


@pytest.fixture
def croatian(edition):
    """A Croatian story with everything that a page may say about one, and one that was retracted."""
    words = {
        "title": "Model uči čekati",
        "interpreter": "Model je naučio čekati. To je važno jer je strpljenje jeftino.",
        "key_points": ["Čeka.", "Jeftin je."],
        "tags": ["strpljenje"],
        "body": "Prvi odlomak.\n\n> [!pull]\n> Čeka.",
        "photos": [
            factories.photo_row(factories.make_photo(f"Slika {number}"), "Šest kupola", "Kupole.") for number in (1, 2)
        ],
        "is_demo": True,
    }
    march = dt.datetime(2026, 3, 5, 13, 2, tzinfo=dt.UTC)
    story = factories.make_story("hr", at=march, slug="model-uci-cekati", **words)
    factories.make_story("hr", slug="drugi-model", **words)
    Correction.objects.create(article=story, text="Stajalo je 12.", made_at=march)
    comment = factories.make_comment(story, name="Petra K.", body="Dobro.")
    factories.make_comment(story, name="Ivo", body="Nije.", parent=comment)
    factories.make_comment(story, name="Nexus Vale", body="Hvala.", author=story.author)
    retract(factories.make_story("hr", slug="povucen", **words), "Brojke nisu bile točne.")
    return story


@pytest.fixture
def english(tools):
    """[(pattern, message)] of the catalogue: a text of more words anywhere, a single word as a label of its own."""
    entries = [entry for entry in tools.read("hr") if entry.msgid not in (entry.msgstr, "")]
    texts = {text for entry in entries for text in (entry.msgid, entry.msgid_plural) if text}
    return [(_pattern(text), text) for text in sorted(texts)]


def _pattern(text):
    words = re.sub(r"%\\\(\w+\\\)[ds]|\\\{\w+\\\}", r"\\S+", re.escape(text.replace("%%", "%")))
    return re.compile(rf"\b{words}(?!\w)" if " " in text.strip() else rf"\A{words}\Z", re.IGNORECASE)


def left_over(page, english):
    said = [page.text, *(piece.strip() for piece in page.pieces)]
    said += [value for _name, have in page.tags for name, value in have.items() if name in SEEN_ATTRIBUTES]
    said += [meta["content"] for meta in page.all("meta", name="description")]
    return {text for pattern, text in english if any(pattern.search(part) for part in said)} - ALLOWED


@pytest.mark.django_db
@pytest.mark.usefixtures("croatian")
@pytest.mark.parametrize("path", PAGES)
def test_a_croatian_page_says_nothing_in_english(client, path, english):
    assert left_over(read(client, path), english) == set()


@pytest.mark.django_db
@pytest.mark.usefixtures("croatian")
@pytest.mark.parametrize("path", REFUSALS)
def test_a_croatian_refusal_says_nothing_in_english(client, path, english):
    assert left_over(read(client, path, status=REFUSALS[path]), english) == set()


@pytest.mark.django_db
def test_an_empty_croatian_edition_says_nothing_in_english(client, english):
    for path in ("/hr/", "/hr/authors/", "/hr/photos/", "/hr/corrections/", "/hr/space-tracker/"):
        assert left_over(read(client, path), english) == set()


@pytest.mark.django_db
def test_a_fault_is_told_in_croatian(client, english, monkeypatch):
    monkeypatch.setattr("articles.views.front_page", lambda *_arguments: 1 / 0)
    client.raise_request_exception = False
    page = read(client, "/hr/", status=500)
    assert "Nešto se pokvarilo kod nas" in page.text
    assert left_over(page, english) == set()


@pytest.mark.django_db
def test_a_label_in_english_would_be_found(client, croatian, english):
    assert {"Foto Review", "Comments", "%(number)s comments"} <= left_over(
        Reading("<main><h2>Foto Review</h2><p>Comments</p><p>12 comments</p></main>"), english
    )


@pytest.mark.django_db
def test_fixed_labels_read_as_the_edition_writes_them(client, croatian):
    story, tracker = read(client, STORY), read(client, "/hr/space-tracker/")
    for text in (
        *("Preradio AI", "// POKRETANJE GLOBUSA…", "// Brzi tumač članka", "AI-generirano / Tech&Space"),
        *("// Čitateljima se sviđa", "// Komentari", "Foto pregled", "1 min čitanja", "// Ispravak"),
    ):
        assert text in story.text
    assert "Još nije prevedeno: vodi na naslovnicu (EN)" in [link.get("title") for link in story.all("a")]
    assert "Space Tracker" in tracker.text


@pytest.mark.django_db
def test_dates_are_written_as_in_croatian(client, croatian):
    assert "5. 3. 2026." in read(client, "/hr/authors/nexus-vale/").main
    assert "5. 3. 2026., 14:02 Stajalo je 12." in read(client, STORY).main
    archive = read(client, "/hr/archive/2026/3/")
    assert "// Arhiva Ožujak 2026." in archive.main
    assert archive.all("meta", name="description")[0]["content"] == "Svi članci: Ožujak 2026."
