"""The big list of naughty strings through every field: kept as it is after the cleaning that is documented (composed
form, line ends, no control characters, no space around it), or refused with a sentence. Never a fault of the server."""

import pytest
from django.test import Client

from authors.models import RateLimit, User
from comments.models import Comment, NoticeAddress, Report
from newsroom.text import clean_block, clean_line
from tests import factories, hostile
from tests.authors.accounts import make_reader
from tests.comments.writing import PAGE, SAME_ORIGIN, SCRIPT, form
from tests.reading import Reading

pytestmark = pytest.mark.django_db
TOKEN = "c" * 32
STRINGS = [*hostile.naughty_strings(), *(one for kind in ("characters", "mail_headers") for one in hostile.own()[kind])]
# Where nobody types, and where a page is drawn each time.
SOME = STRINGS[::6]


@pytest.fixture(autouse=True)
def _no_limits(settings):
    settings.RATE_LIMITS = {name: (10**6, seconds) for name, (_most, seconds) in settings.RATE_LIMITS.items()}


@pytest.fixture
def story(edition):
    return factories.make_story()


@pytest.fixture
def petra():
    client = Client()
    client.cookies["reader"] = TOKEN
    return client


def refused(answer):
    """It says why: in JSON for a script, else on a page."""
    assert 400 <= answer.status_code < 500
    if "json" in answer["Content-Type"]:
        sentences = [one for field in answer.json()["errors"].values() for one in field]
        assert sentences
        assert all(one.rstrip("”").endswith(".") for one in sentences)
    else:
        assert "." in Reading(answer.content.decode()).main
    return True


def post(client, article, **fields):
    return client.post(PAGE, form(article, **fields), headers=SCRIPT)


def test_the_list_is_there():
    assert len(hostile.naughty_strings()) > 450


def test_text(petra, story, settings):
    # Some are the same words as others, in other letters.
    settings.MODERATION = {**settings.MODERATION, "duplicate_from": 5000}
    kept = 0
    for string in STRINGS:
        answer = post(petra, story, body=string)
        if answer.status_code == 201:
            kept += 1
            body = Comment.objects.get(pk=answer.json()["id"]).body
            assert clean_block(body) == clean_block(string)
        else:
            assert refused(answer)
            assert "\x00" in string or len(clean_block(string)) < 2
    assert kept > 0.95 * len(STRINGS)


def test_name(petra, story):
    kept = 0
    for string in STRINGS:
        answer = post(petra, story, name=string)
        if answer.status_code == 201:
            kept += 1
            assert Comment.objects.get(pk=answer.json()["id"]).name == clean_line(string)
        else:
            assert refused(answer)
    assert kept > 100


def test_email(petra, story):
    for string in STRINGS:
        answer = post(petra, story, email=string)
        if answer.status_code != 201:
            assert refused(answer)
        elif string.strip():
            comment = Comment.objects.get(pk=answer.json()["id"])
            assert comment.notify.email == string.strip().lower()
    assert not any("\n" in one.email or "\r" in one.email or " " in one.email for one in NoticeAddress.objects.all())


@pytest.mark.parametrize("field", ["parent", "stamp", "website", "action"])
def test_fields_that_nobody_types_into(petra, story, field):
    for string in SOME:
        answer = post(petra, story, **{field: string})
        assert answer.status_code in (200, 201) or refused(answer)
        if answer.status_code == 201:
            # As good as left empty.
            assert not string.strip() or (field == "action" and string == "post")


def test_addresses(petra, story):
    for string in SOME:
        for parameter in ("q", "sort", "thread", "quote", "after", "next"):
            for path in (PAGE, "/search/") if parameter == "q" else (PAGE,):
                assert petra.get(path, {parameter: string}).status_code in (200, 400, 404)
        assert petra.post(PAGE, {string: string}, headers=SAME_ORIGIN).status_code < 500


def test_the_note_of_a_report(petra, story):
    comment = factories.make_comment(story)
    path = f"{PAGE}{comment.pk}/report/"
    for string in STRINGS:
        answer = petra.post(path, {"reason": "other", "note": string}, headers=SAME_ORIGIN)
        if answer.status_code == 303:
            assert Report.objects.get().note == clean_block(string)
            Report.objects.all().delete()
        else:
            assert refused(answer)
    for string in SOME:
        assert refused(petra.post(path, {"reason": string}, headers=SAME_ORIGIN))


def test_display_name_of_an_account(client):
    """The check is that of signing up (test_names.py); what an account is called is also shown to itself."""
    user = make_reader()
    client.force_login(user)
    kept = 0
    for string in STRINGS:
        answer = client.post("/accounts/", {"display_name": string, "language": "en"})
        user.refresh_from_db()
        if answer.status_code == 302:
            kept += 1
            assert user.display_name == clean_line(string)
        else:
            assert answer.status_code in (200, 400)
            assert user.display_name != string or kept
    assert kept > 100
    assert client.get("/accounts/").status_code == 200


def test_signing_up(client):
    for string in SOME:
        for fields in ({"display_name": string}, {"email": string}, {"password1": string}):
            RateLimit.objects.all().delete()
            whole = {"display_name": "Petra K.", "email": f"p{len(string)}@example.org", "password1": "", **fields}
            answer = Client().post("/accounts/signup/", whole)
            assert answer.status_code in (200, 302, 400)
    assert not any("\n" in user.display_name + user.email for user in User.objects.all())


def test_editing(petra, story):
    from comments.identity import reader_of

    for string in SOME:
        comment = factories.make_comment(story, status="pending", reader=reader_of(TOKEN))
        answer = petra.post(f"{PAGE}{comment.pk}/edit/", {"body": string}, headers=SCRIPT)
        comment.refresh_from_db()
        if answer.status_code == 200:
            assert clean_block(comment.body) == clean_block(string)
        else:
            assert refused(answer)
            assert comment.body == "A good word."
