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
# What a placeholder is called that stands for the number itself; others are filled with an X.
COUNTED = {"count", "counter", "number", "n", "days", "minutes", "more"}
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
    "%(count)d key point; three to five are right": "1 ključna točka; dobro je od tri do pet, 2 ključne točke; dobro "
    "je od tri do pet, 5 ključnih točaka; dobro je od tri do pet, 11 ključnih točaka; dobro je od tri do pet, 21 "
    "ključna točka; dobro je od tri do pet, 22 ključne točke; dobro je od tri do pet",
    "%(count)d photo has no description": "1 fotografija nema opis, 2 fotografije nemaju opis, 5 fotografija nema "
    "opis, 11 fotografija nema opis, 21 fotografija nema opis, 22 fotografije nemaju opis",
    "%(count)s paragraph alike": "1 jednak odlomak, 2 jednaka odlomka, 5 jednakih odlomaka, 11 jednakih odlomaka, 21 "
    "jednak odlomak, 22 jednaka odlomka",
    "%(counter)s left alone.": "1 preskočen., 2 preskočena., 5 preskočeno., 11 preskočeno., 21 preskočen., 22 "
    "preskočena.",
    "%(counter)s story": "1 članak, 2 članka, 5 članaka, 11 članaka, 21 članak, 22 članka",
    "%(counter)s story done.": "1 članak obrađen., 2 članka obrađena., 5 članaka obrađeno., 11 članaka obrađeno., 21 "
    "članak obrađen., 22 članka obrađena.",
    "%(days)d day": "1 dan, 2 dana, 5 dana, 11 dana, 21 dan, 22 dana",
    "%(n)s footnote": "1 fusnota, 2 fusnote, 5 fusnota, 11 fusnota, 21 fusnota, 22 fusnote",
    "%(n)s photo": "1 fotografija, 2 fotografije, 5 fotografija, 11 fotografija, 21 fotografija, 22 fotografije",
    "%(n)s word": "1 riječ, 2 riječi, 5 riječi, 11 riječi, 21 riječ, 22 riječi",
    "%(number)d change is up.": "1 izmjena je postavljena., 2 izmjene su postavljene., 5 izmjena je postavljeno., 11 "
    "izmjena je postavljeno., 21 izmjena je postavljena., 22 izmjene su postavljene.",
    "%(number)d change will be put up at %(time)s.": "1 izmjena postavlja se X., 2 izmjene postavljaju se X., 5 "
    "izmjena postavlja se X., 11 izmjena postavlja se X., 21 izmjena postavlja se X., 22 izmjene postavljaju se X.",
    "%(number)d placement is taken from the front page.": "1 isticanje skinuto je s naslovnice., 2 isticanja skinuta "
    "su s naslovnice., 5 isticanja skinuto je s naslovnice., 11 isticanja skinuto je s naslovnice., 21 isticanje "
    "skinuto je s naslovnice., 22 isticanja skinuta su s naslovnice.",
    "%(number)d story shows the new picture: {link}.": "1 članak prikazuje novu sliku: {link}., 2 članka prikazuju "
    "novu sliku: {link}., 5 članaka prikazuje novu sliku: {link}., 11 članaka prikazuje novu sliku: {link}., 21 "
    "članak prikazuje novu sliku: {link}., 22 članka prikazuju novu sliku: {link}.",
    "%(number)s change not put up yet": "1 izmjena još nije postavljena, 2 izmjene još nisu postavljene, 5 izmjena "
    "još nije postavljeno, 11 izmjena još nije postavljeno, 21 izmjena još nije postavljena, 22 izmjene još nisu "
    "postavljene",
    "%(number)s story gets a new version with the new picture; alt and caption stay as the story has them.": "1 "
    "članak dobiva novu verziju s novom slikom; opis i legenda ostaju kakvi jesu., 2 članka dobivaju novu verziju "
    "s novom slikom; opis i legenda ostaju kakvi jesu., 5 članaka dobiva novu verziju s novom slikom; opis i "
    "legenda ostaju kakvi jesu., 11 članaka dobiva novu verziju s novom slikom; opis i legenda ostaju kakvi jesu., "
    "21 članak dobiva novu verziju s novom slikom; opis i legenda ostaju kakvi jesu., 22 članka dobivaju novu "
    "verziju s novom slikom; opis i legenda ostaju kakvi jesu.",
    "Bulk: tag added: %(tags)s": "Skupno: dodana oznaka: X, Skupno: dodane oznake: X, Skupno: dodane oznake: X, "
    "Skupno: dodane oznake: X, Skupno: dodana oznaka: X, Skupno: dodane oznake: X",
    "Bulk: tag removed: %(tags)s": "Skupno: uklonjena oznaka: X, Skupno: uklonjene oznake: X, Skupno: uklonjene "
    "oznake: X, Skupno: uklonjene oznake: X, Skupno: uklonjena oznaka: X, Skupno: uklonjene oznake: X",
    "Interpreter and %(count)d key point": "Brzi tumač i 1 ključna točka, Brzi tumač i 2 ključne točke, Brzi tumač i "
    "5 ključnih točaka, Brzi tumač i 11 ključnih točaka, Brzi tumač i 21 ključna točka, Brzi tumač i 22 ključne "
    "točke",
    "Source linked": "Izvor ima poveznicu, Izvori imaju poveznice, Izvori imaju poveznice, Izvori imaju poveznice, "
    "Izvor ima poveznicu, Izvori imaju poveznice",
    "You also took away %(number)s placement.": "Uklonili ste i 1 isticanje., Uklonili ste i 2 isticanja., Uklonili "
    "ste i 5 isticanja., Uklonili ste i 11 isticanja., Uklonili ste i 21 isticanje., Uklonili ste i 22 isticanja.",
    "and %(more)s more": "i još 1, i još 2, i još 5, i još 11, i još 21, i još 22",
    "and %(number)s more": "i još 1, i još 2, i još 5, i još 11, i još 21, i još 22",
    "%(count)d comment was left as it is: it was decided on, changed or deleted meanwhile.": "1 komentar preskočen: "
    "u međuvremenu je o njemu odlučeno, izmijenjen je ili izbrisan., 2 komentara preskočena: u međuvremenu je o "
    "njima odlučeno, izmijenjeni su ili izbrisani., 5 komentara preskočeno: u međuvremenu je o njima odlučeno, "
    "izmijenjeni su ili izbrisani., 11 komentara preskočeno: u međuvremenu je o njima odlučeno, izmijenjeni su ili "
    "izbrisani., 21 komentar preskočen: u međuvremenu je o njemu odlučeno, izmijenjen je ili izbrisan., 22 komentara "
    "preskočena: u međuvremenu je o njima odlučeno, izmijenjeni su ili izbrisani.",
    "%(count)d comment: %(step)s.": "1 komentar: X., 2 komentara: X., 5 komentara: X., 11 komentara: X., 21 "
    "komentar: X., 22 komentara: X.",
    "%(number)s comment is deleted.": "Izbrisan je 1 komentar., Izbrisana su 2 komentara., Izbrisano je 5 "
    "komentara., Izbrisano je 11 komentara., Izbrisan je 21 komentar., Izbrisana su 22 komentara.",
    "%(number)s comment of yours will be deleted: its text, its name, its likes.": "Briše se 1 vaš komentar: tekst, "
    "ime i sviđanja., Brišu se 2 vaša komentara: tekstovi, imena i sviđanja., Briše se 5 vaših komentara: tekstovi, "
    "imena i sviđanja., Briše se 11 vaših komentara: tekstovi, imena i sviđanja., Briše se 21 vaš komentar: tekst, "
    "ime i sviđanja., Brišu se 22 vaša komentara: tekstovi, imena i sviđanja.",
    "%(number)s is left.": "Preostao je 1., Preostala su 2., Preostalo je 5., Preostalo je 11., Preostao je 21., "
    "Preostala su 22.",
    "A comment can be changed for %(number)s minute.": "Komentar se može mijenjati 1 minutu., Komentar se može "
    "mijenjati 2 minute., Komentar se može mijenjati 5 minuta., Komentar se može mijenjati 11 minuta., Komentar se "
    "može mijenjati 21 minutu., Komentar se može mijenjati 22 minute.",
    "Delete %(number)s comment": "Izbriši 1 komentar, Izbriši 2 komentara, Izbriši 5 komentara, Izbriši 11 "
    "komentara, Izbriši 21 komentar, Izbriši 22 komentara",
    "That was too fast for a person. Wait %(number)d second and post again.": "To je bilo prebrzo za čovjeka. "
    "Pričekajte 1 sekundu i objavite ponovno., To je bilo prebrzo za čovjeka. Pričekajte 2 sekunde i objavite "
    "ponovno., To je bilo prebrzo za čovjeka. Pričekajte 5 sekundi i objavite ponovno., To je bilo prebrzo za "
    "čovjeka. Pričekajte 11 sekundi i objavite ponovno., To je bilo prebrzo za čovjeka. Pričekajte 21 sekundu i "
    "objavite ponovno., To je bilo prebrzo za čovjeka. Pričekajte 22 sekunde i objavite ponovno.",
    "Too much came from you or your network at once. Your text is kept: send it again in %(minutes)d minute.": "Od "
    "vas ili iz vaše mreže odjednom je stiglo previše. Vaš je tekst sačuvan: pošaljite ga ponovno za 1 minutu., Od "
    "vas ili iz vaše mreže odjednom je stiglo previše. Vaš je tekst sačuvan: pošaljite ga ponovno za 2 minute., Od "
    "vas ili iz vaše mreže odjednom je stiglo previše. Vaš je tekst sačuvan: pošaljite ga ponovno za 5 minuta., Od "
    "vas ili iz vaše mreže odjednom je stiglo previše. Vaš je tekst sačuvan: pošaljite ga ponovno za 11 minuta., Od "
    "vas ili iz vaše mreže odjednom je stiglo previše. Vaš je tekst sačuvan: pošaljite ga ponovno za 21 minutu., Od "
    "vas ili iz vaše mreže odjednom je stiglo previše. Vaš je tekst sačuvan: pošaljite ga ponovno za 22 minute.",
    "This password is too short. It must contain at least %d character.": "Lozinka je prekratka. Treba imati barem 1 "
    "znak., Lozinka je prekratka. Treba imati barem 2 znaka., Lozinka je prekratka. Treba imati barem 5 znakova., "
    "Lozinka je prekratka. Treba imati barem 11 znakova., Lozinka je prekratka. Treba imati barem 21 znak., Lozinka "
    "je prekratka. Treba imati barem 22 znaka.",
    "comment waits, the oldest %(age)s": "komentar čeka, najstariji već X, komentara čekaju, najstariji već X, "
    "komentara čeka, najstariji već X, komentara čeka, najstariji već X, komentar čeka, najstariji već X, "
    "komentara čekaju, najstariji već X",
}
# A language in its own words, for the switch.
ALLOWED = set(OWN_NAMES.values())
SEEN_ATTRIBUTES = {
    *("aria-label", "title", "placeholder", "data-like-text", "data-unlike-text", "data-copied-text"),
    *("data-reply-text", "data-failed-text", "data-more", "data-loaded", "data-failed"),
}


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
    names = re.findall(r"%\((\w+)\)", message)
    with translation.override("hr"):
        shown = [
            translation.ngettext(message, found.plural, number)
            % ({name: number if name in COUNTED else "X" for name in names} if names or "%d" not in message else number)
            for number in NUMBERS
        ]
    assert ", ".join(shown) == PLURALS[message]


# Pages


STORY = "/hr/umjetna-inteligencija/model-uci-cekati/"
PAGES = [
    *("/hr/", "/hr/umjetna-inteligencija/", "/hr/energija/", STORY, f"{STORY}photos/", f"{STORY}comments/"),
    *(f"{STORY}like/", "/hr/authors/", "/hr/authors/nexus-vale/", "/hr/tags/strpljenje/", "/hr/photos/"),
    *("/hr/archive/2026/3/", "/hr/corrections/", "/hr/search/", "/hr/search/?q=model", "/hr/search/?q=nema"),
    *("/hr/space-tracker/", f"{STORY}comments/mine/", "/hr/comments/mine/"),
    *("/accounts/login/?next=/hr/", "/accounts/signup/?next=/hr/", "/accounts/login/code/?next=/hr/"),
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
@pytest.mark.parametrize("page", ["{}/reply/", "{}/report/", "{}/report/?sent=1", "{}/like/", "?thread={}"])
def test_a_page_of_a_croatian_comment_says_nothing_in_english(client, croatian, page, english):
    comment = croatian.comments.get(name="Petra K.")
    assert left_over(read(client, f"{STORY}comments/{page.format(comment.pk)}"), english) == set()


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
