"""Nothing typed is lost: a closed tab, an ended session, a killed server, and a colleague who saves first."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from articles import publishing
from articles.models import Article, UnsavedText
from authors.models import User
from tests import factories
from tests.browser.test_accessibility import violations
from tests.browser.writing import PASSWORD, sign_in

BODY = "First, as it was.\n\nSecond, as it was.\n\nThird, as it was."
SLOW = 30_000
TO_SERVER = 10_000  # as often, in milliseconds, the form sends its text there
HURRY = "const set = setInterval; setInterval = (work, time, ...more) => set(work, time / 10, ...more);"


def make_editor(email, name):
    user = User.objects.create_user(email, PASSWORD, display_name=name, is_staff=True, language="en")
    user.groups.add(Group.objects.get(name="Editors"))
    return user


@pytest.fixture
def editors(site):
    """Ana and Mira."""
    users = make_editor("ana@example.com", "Ana Babić"), make_editor("mira@example.com", "Mira Kern")
    yield users
    for user in users:
        user.is_active = False
        user.email = f"gone-{user.pk}@example.com"
        user.save()


@pytest.fixture
def story(editors):
    raw = factories.content(title="Six telescopes", body=BODY, origin="human", sources=[], place=None, slug="six")
    story = publishing.save_story(raw, language="en", user=editors[0])
    yield story
    Article.objects.filter(pk=story.pk).update(slug=f"six-{story.pk}")


@pytest.fixture
def enter(new_context):
    def make(user):
        context = new_context()
        sign_in(context, user)
        return context

    return make


@pytest.fixture
def hurry(enter):
    """Like `enter`; what a page does every so many seconds it does ten times as often."""

    def make(user):
        context = enter(user)
        context.add_init_script(HURRY)
        return context

    return make


def open_story(context, story):
    page = context.new_page()
    page.goto(f"/admin/articles/article/{story.pk}/change/")
    expect(page.locator("#saved")).to_contain_text("Saved as draft")
    return page


def title(page):
    return page.locator("#id_title")


def body(page):
    return page.locator("#id_body")


def save(page):
    page.get_by_role("button", name="Save", exact=True).click()


def expect_saved(page):
    expect(page.locator(".messagelist .success")).to_be_visible(timeout=SLOW)


def state(page, text):
    expect(page.locator("#saved")).to_contain_text(text, timeout=SLOW)


def test_a_closed_tab(hurry, editors, story):
    context = hurry(editors[0])
    page = open_story(context, story)
    title(page).fill("Typed, and never saved")
    page.locator("#key-point-1").fill("A point of its own.")
    page.get_by_role("button", name="Another source").click()
    page.locator("select[name$='-source']").first.select_option("esa")
    page.locator("input[name$='-url']").first.fill("https://www.esa.int/news")
    state(page, "kept here and on the server")
    page.close()
    # From now on the device alone remembers.
    UnsavedText.objects.all().delete()

    page = open_story(context, story)
    expect(page.locator("#kept")).to_contain_text("that was never saved is kept")
    expect(title(page)).to_have_value("Six telescopes")
    page.get_by_role("link", name="Take it back").click()
    expect(title(page)).to_have_value("Typed, and never saved")
    expect(page.locator("#key-point-1")).to_have_value("A point of its own.")
    expect(page.locator("select[name$='-source']").first).to_have_value("esa")
    expect(page.locator("input[name$='-url']").first).to_have_value("https://www.esa.int/news")
    assert story.revisions.count() == 1
    save(page)
    expect_saved(page)
    assert story.newest_revision().content["sources"][0]["url"] == "https://www.esa.int/news"
    assert not UnsavedText.objects.filter(article=story).exists()
    page.wait_for_function("!location.search.includes('saved')")

    page = open_story(context, story)
    expect(page.locator("#kept")).to_be_hidden()


def test_another_computer_has_it_from_the_server(enter, hurry, editors, story):
    page = open_story(hurry(editors[0]), story)
    body(page).press_sequentially("Typed at one desk. ")
    state(page, "kept here and on the server")
    elsewhere = open_story(enter(editors[0]), story)
    elsewhere.get_by_role("link", name="Take it back").click()
    expect(body(elsewhere)).to_have_value(re.compile("Typed at one desk."))
    colleague = open_story(enter(editors[1]), story)
    expect(colleague.locator("#kept")).to_be_hidden()
    assert story.revisions.count() == 1


KEPT_HERE = "Object.keys(localStorage).filter((name) => name.startsWith('desk:unsaved:')).length"


def test_who_logs_out_leaves_nothing_on_the_machine_that_the_server_has(enter, hurry, editors, story):
    page = open_story(hurry(editors[0]), story)
    title(page).fill("Not for the next one at this machine")
    state(page, "kept here and on the server")
    assert page.evaluate(KEPT_HERE) == 1
    page.locator("details.me summary").click()
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/logout/**")
    assert page.evaluate(KEPT_HERE) == 0
    again = open_story(enter(editors[0]), story)
    expect(again.locator("#kept")).to_contain_text("Not for the next one at this machine")


def test_a_new_story_and_what_is_thrown_away(enter, editors):
    context = enter(editors[0])
    page = context.new_page()
    page.goto("/admin/articles/article/add/?language=hr")
    title(page).fill("Naslov koji nije spremljen")
    state(page, "kept on this device")
    page.close()
    page = context.new_page()
    page.goto("/admin/articles/article/add/?language=hr")
    expect(page.locator("#kept")).to_contain_text("Naslov koji nije spremljen")
    page.get_by_role("button", name="Throw it away").click()
    expect(page.locator("#kept")).to_be_hidden()
    page.reload()
    expect(page.locator("#saved")).to_contain_text("Not saved yet")
    expect(page.locator("#kept")).to_be_hidden()


def test_a_text_that_is_as_saved_again_is_kept_nowhere(hurry, editors, story):
    page = open_story(hurry(editors[0]), story)
    title(page).fill("Another")
    state(page, "kept here and on the server")
    title(page).fill("Six telescopes")
    expect(page.locator("[data-kept]")).to_be_empty(timeout=SLOW)
    page.wait_for_function("!Object.keys(localStorage).some((name) => name.startsWith('desk:unsaved'))")


FULL = """
  const put = Storage.prototype.setItem;
  Storage.prototype.setItem = function (name, value) {
    if (name.startsWith("desk:unsaved")) throw new DOMException("full", "QuotaExceededError");
    put.call(this, name, value);
  };
"""


def test_a_browser_whose_store_is_full_says_so(enter, editors, story):
    context = enter(editors[0])
    context.add_init_script(FULL)
    context.clock.install()
    page = open_story(context, story)
    title(page).fill("Typed on a full device")
    state(page, "your changes are kept nowhere yet")
    warned = page.evaluate("!dispatchEvent(new Event('beforeunload', { cancelable: true }))")
    assert warned
    page.clock.fast_forward(TO_SERVER)
    state(page, "this browser's own store is full")
    assert page.evaluate("dispatchEvent(new Event('beforeunload', { cancelable: true }))")
    assert UnsavedText.objects.get(article=story).title == "Typed on a full device"


def end_sessions(user):
    for session in Session.objects.all():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()


def test_a_session_that_ends_while_somebody_writes(enter, editors, story):
    page = open_story(enter(editors[0]), story)
    title(page).fill("Typed before")
    end_sessions(editors[0])
    title(page).fill("Typed before and after")
    save(page)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("You are signed out", timeout=SLOW)
    state(page, "You are signed out: your text is kept on this device")
    expect(title(page)).to_have_value("Typed before and after")
    dialog.get_by_label("Password").fill("not the password")
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog).to_contain_text("correct e-mail", timeout=SLOW)
    assert story.revisions.count() == 1
    dialog.get_by_label("Password").fill(PASSWORD)
    dialog.get_by_role("button", name="Sign in").click()
    # The save that was asked for goes on by itself.
    expect_saved(page)
    assert story.newest_revision().content["title"] == "Typed before and after"


def test_the_end_of_a_session_is_told_without_a_save_and_takes_no_focus(enter, editors, story):
    context = enter(editors[0])
    page = open_story(context, story)
    end_sessions(editors[0])
    body(page).click()
    expect(page.get_by_role("dialog")).to_be_visible(timeout=SLOW)
    expect(body(page)).to_be_focused()
    body(page).press_sequentially("Still here. ")
    state(page, "signed out")
    page.goto("/admin/")
    page.get_by_label("E-mail").fill(editors[0].email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/admin/")
    page = open_story(context, story)
    page.get_by_role("link", name="Take it back").click()
    expect(body(page)).to_have_value(re.compile("Still here."))


# A real server, so that it can be killed


@pytest.fixture
def machine(tmp_path):
    """Environment and port of a server with a database of its own, one editor and one story."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    database = f"sqlite:///{tmp_path / 'db.sqlite3'}"
    own = {"DATA_DIR": str(tmp_path), "DATABASE_URL": database, "NEWSROOM_ENV": "local", "NEWSROOM_DEBUG": "1"}
    environment = {**os.environ, **own}
    manage(environment, "shell", "-v0", "-c", PREPARE)
    return environment, port


PREPARE = f"""
from django.core.management import call_command
from tests import factories
call_command("migrate", verbosity=0)
factories.make_edition()
user = factories.make_user("ana@example.com", group="Editors", language="en")
user.set_password({PASSWORD!r})
user.save()
factories.make_draft(title="Six telescopes")
"""


def manage(environment, *words):
    command = [sys.executable, "manage.py", *words]
    subprocess.run(command, env=environment, cwd=settings.BASE_DIR, capture_output=True, check=True)


@contextmanager
def running(machine):
    environment, port = machine
    command = [sys.executable, "manage.py", "runserver", str(port), "--noreload"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR, **quiet)
    try:
        for _try in range(300):
            try:
                urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5)
                break
            except URLError:
                time.sleep(0.2)
        yield server
    finally:
        server.send_signal(signal.SIGKILL)
        server.wait()


def count_of_versions(machine):
    with closing(sqlite3.connect(Path(machine[0]["DATA_DIR"]) / "db.sqlite3")) as database:
        return database.execute("SELECT count(*) FROM articles_revision").fetchone()[0]


def test_a_killed_server(browser, machine):
    context = browser.new_context(base_url=f"http://127.0.0.1:{machine[1]}", viewport={"width": 1440, "height": 900})
    context.add_init_script(HURRY)
    with running(machine):
        page = context.new_page()
        page.goto("/admin/articles/article/1/change/")
        page.get_by_label("E-mail").fill("ana@example.com")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Log in").click()
        body(page).press_sequentially("Typed while it lived. ")
        state(page, "kept here and on the server")
    # kill -9
    body(page).press_sequentially("Typed after it died. ")
    save(page)
    state(page, "No connection: your text is kept on this device")
    expect(body(page)).to_have_value(re.compile("Typed after it died."))
    page.close(run_before_unload=True)

    with running(machine):
        page = context.new_page()
        page.goto("/admin/articles/article/1/change/")
        expect(page.locator("#kept")).to_contain_text("that was never saved is kept")
        page.get_by_role("link", name="Take it back").click()
        expect(body(page)).to_have_value(re.compile("Typed while it lived. Typed after it died."))
        assert count_of_versions(machine) == 1
        save(page)
        expect_saved(page)
        assert count_of_versions(machine) == 2
    context.close()


# Two at once


@pytest.fixture
def both(enter, editors, story, guard):
    """Ana and Mira with the same story open."""
    guard.expect_status(409)
    return [open_story(enter(user), story) for user in editors]


def told(page):
    """Waits until the server has been told where in the form the person is."""
    return page.expect_response(lambda answer: "/working/" in answer.url and answer.request.method == "POST")


def test_the_second_sees_who_is_there_in_which_part(hurry, editors, story):
    ana, mira = (open_story(hurry(user), story) for user in editors)
    with told(mira):
        mira.locator("#key-point-1").focus()
    title(ana).focus()
    expect(ana.locator("#here")).to_contain_text("Mira Kern is in Key points, since", timeout=SLOW)
    body(mira).focus()
    body(ana).focus()
    expect(ana.locator("#here")).to_contain_text("Mira Kern is in Text", timeout=SLOW)
    mira.goto("/admin/")
    title(ana).focus()
    expect(ana.locator("#here")).to_be_empty(timeout=SLOW)


def test_two_windows_of_one_person_are_nobody_else(enter, editors, story):
    context = enter(editors[0])
    one, two = open_story(context, story), open_story(context, story)
    with told(one):
        body(one).focus()
    with told(two):
        body(two).focus()
    expect(two.locator("#here")).to_be_empty()


def write_against_each_other(both):
    """Mira changes the title and the first paragraph and saves; Ana changes the third."""
    ana, mira = both
    body(ana).fill(BODY.replace("Third, as it was", "Third, as Ana has it"))
    title(mira).fill("Seven telescopes")
    body(mira).fill(BODY.replace("First, as it was", "First, as Mira has it"))
    save(mira)
    expect_saved(mira)
    title(ana).focus()
    expect(ana.locator("#newer")).to_contain_text("Mira Kern saved version 2", timeout=SLOW)
    expect(body(ana)).to_have_value(re.compile("as Ana has it"))
    save(ana)
    expect(ana.get_by_role("heading", name="Two versions of one story")).to_be_visible(timeout=SLOW)
    return ana


def newest(story):
    content = story.newest_revision().content
    return content["title"], content["body"]


def texts(story):
    return [revision.content["body"] for revision in story.revisions.order_by("number")]


def test_a_refused_overwrite_keep_mine(both, story):
    ana = write_against_each_other(both)
    for scheme in ("light", "dark"):
        ana.emulate_media(color_scheme=scheme)
        assert not violations(ana)
    assert story.revisions.count() == 2
    ana.get_by_role("button", name="Keep mine").click()
    expect_saved(ana)
    assert newest(story) == ("Six telescopes", BODY.replace("Third, as it was", "Third, as Ana has it"))
    assert any("as Mira has it" in text for text in texts(story))
    expect(ana.locator("#kept")).to_be_hidden()


def test_a_refused_overwrite_keep_theirs(both, story):
    ana = write_against_each_other(both)
    ana.get_by_role("button", name="Keep theirs").click()
    expect_saved(ana)
    assert newest(story) == ("Seven telescopes", BODY.replace("First, as it was", "First, as Mira has it"))
    assert any("as Ana has it" in text for text in texts(story))
    expect(ana.locator("#kept")).to_be_hidden()


def test_a_refused_overwrite_piece_by_piece(both, story):
    ana = write_against_each_other(both)
    # What one of them alone has changed is proposed; the title is taken back by hand.
    ana.get_by_role("radio", name=re.compile("Title, Yours")).check()
    ana.get_by_role("button", name="Look at my choice in the form").click()
    expect(title(ana)).to_have_value("Six telescopes")
    expect(body(ana)).to_have_value(re.compile("as Mira has it[^$]*as Ana has it"))
    save(ana)
    expect(ana.locator(".messagelist")).to_contain_text("Only the desk can see", timeout=SLOW)
    joined = "First, as Mira has it.\n\nSecond, as it was.\n\nThird, as Ana has it."
    expect(ana.locator("#kept")).to_be_hidden()
    assert newest(story) == ("Six telescopes", joined)
    assert {BODY.replace("Third, as it was", "Third, as Ana has it"), joined} < set(texts(story))


def test_what_is_asked_for_while_writing(both, story):
    ana, mira = both
    title(ana).fill("Ana's title")
    title(mira).fill("Mira's title")
    save(mira)
    expect_saved(mira)
    body(ana).focus()
    ana.get_by_role("button", name="Compare", exact=True).click(timeout=SLOW)
    expect(ana.get_by_role("heading", name="Two versions of one story")).to_be_visible()
    ana.get_by_role("button", name="Back to my text").click()
    expect(title(ana)).to_have_value("Ana's title")
    assert story.revisions.count() == 2
