import io
import re

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article
from authors.models import User
from tests import factories
from tests.desk.edition_folder import make_folder, write
from tests.tracker.sets import make_satellite
from tracker.models import Feed, Launch, Satellite

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_demo(tmp_path, settings):
    settings.BASE_DIR = tmp_path
    make_folder(tmp_path / "demo")


def first_run():
    out, err = io.StringIO(), io.StringIO()
    call_command("first_run", stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def shown_accounts(out):
    """{e-mail: password} as the table shows them."""
    return dict(re.findall(r"(\S+@example\.org)\s+(\S+)", out))


def test_an_empty_database_gets_stories_and_accounts(client):
    out, err = first_run()
    assert err == ""
    assert Article.objects.public("en").count() == 1
    accounts = shown_accounts(out)
    assert set(accounts) == {f"{name}@example.org" for name in ("editor", "chief", "moderator", "admin")}
    for email, password in accounts.items():
        assert len(password) >= 12
        assert client.login(email=email, password=password)
    assert "http://127.0.0.1:8000/admin/" in out


def test_each_account_may_do_its_work_and_no_more():
    first_run()
    editor, chief, moderator, admin = (
        User.objects.get(email=f"{name}@example.org") for name in ("editor", "chief", "moderator", "admin")
    )
    assert all(user.is_staff for user in (editor, chief, moderator, admin))
    assert [user.is_superuser for user in (editor, chief, moderator, admin)] == [False, False, False, True]
    assert editor.has_perm("articles.publish_article")
    assert not editor.has_perm("articles.change_category")
    assert chief.has_perm("articles.change_category")
    assert moderator.has_perm("comments.moderate_comment")
    assert not moderator.has_perm("articles.change_article")


def test_it_gets_real_satellites_of_the_past_and_no_launch():
    out, _err = first_run()
    assert "Demo satellites: 26 element sets of 2000 to 2006, shown as they stood then.\n" in out
    assert Satellite.objects.filter(is_demo=True).count() == 26
    assert not Satellite.objects.filter(is_demo=False).exists()
    assert not Launch.objects.exists()
    assert not Feed.objects.exists()


def test_the_second_time_no_satellites_are_loaded():
    first_run()
    Satellite.objects.all().delete()
    first_run()
    assert not Satellite.objects.exists()


def test_satellites_that_are_there_stay_alone():
    make_satellite()
    assert "Demo satellites" not in first_run()[0]
    assert Satellite.objects.count() == 1


def test_passwords_differ_each_time():
    first = shown_accounts(first_run()[0])
    User.objects.all().delete()
    second = shown_accounts(first_run()[0])
    assert set(first.values()).isdisjoint(second.values())


def test_the_table_is_aligned():
    lines = [line for line in first_run()[0].splitlines() if "@example.org" in line]
    assert len({line.index("@example.org") - len(line.split("@")[0].split()[-1]) for line in lines}) == 1


def test_the_second_time_it_only_says_so():
    first_run()
    out, _err = first_run()
    assert out == "The database is in use already; the demo edition is not loaded.\n"
    assert User.objects.count() == 4


def test_a_database_with_an_account_is_left_alone():
    factories.make_user()
    out, _err = first_run()
    assert "in use already" in out
    assert not Article.objects.exists()


def test_a_database_with_a_story_is_left_alone(edition):
    factories.make_story()
    assert "in use already" in first_run()[0]
    assert not User.objects.exists()


def test_an_interrupted_first_run_goes_on(tmp_path):
    call_command("load_edition", str(tmp_path / "demo"), stdout=io.StringIO())
    out, _err = first_run()
    assert len(shown_accounts(out)) == 4
    assert Article.objects.count() == 1


def test_a_bad_demo_file_does_not_keep_the_accounts_away(tmp_path):
    write(tmp_path, "demo/stories/bad.en.md", "nothing")
    out, err = first_run()
    assert "stories/bad.en.md" in err
    assert len(shown_accounts(out)) == 4


def test_production_refuses(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        first_run()
    assert not User.objects.exists()
    assert not Article.objects.exists()
    assert not Satellite.objects.exists()
