"""An editor sees how far the renditions of a photo are without loading the page again."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from playwright.sync_api import expect

from authors.models import User
from photos.models import Making
from tests import factories
from tests.browser.test_accessibility import check
from tests.browser.writing import sign_in

WALL = "/admin/photos/photo/"


@pytest.fixture
def page(site, new_context):
    user = User.objects.create_user(
        "una@example.com", "a long password", display_name="Una", is_staff=True, language="en"
    )
    user.groups.add(Group.objects.get(name="Editors"))
    page = new_context(viewport={"width": 1440, "height": 900}).new_page()
    sign_in(page, user)
    yield page
    user.is_active, user.email = False, f"gone-{user.pk}@example.com"
    user.save()


@pytest.fixture
def photo(site):
    photo = factories.make_photo(title="The progress of domes", credit="Una")
    yield photo
    Making.objects.filter(photo=photo).delete()


def be(photo, **fields):
    Making.objects.filter(photo=photo).update(**fields)


def being_made(done):
    return {"done": done, "total": 51, "claimed_until": timezone.now() + dt.timedelta(minutes=5)}


def place(page, photo):
    return page.locator(f'[data-making="{photo.pk}"]')


def asked_of(page):
    """The requests for progress that the page makes from now on."""
    requests = []
    page.on("request", lambda request: requests.append(request.url) if "/progress/" in request.url else None)
    return requests


@pytest.mark.parametrize("where", ["wall", "page"])
def test_a_photo_is_followed_from_waiting_to_made_and_then_nobody_asks_any_more(page, photo, where):
    requests = asked_of(page)
    page.goto(WALL + ("?q=progress" if where == "wall" else f"{photo.pk}/change/"))
    shown = place(page, photo)
    expect(shown).to_contain_text("Sizes are waiting to be made.")
    expect(shown.locator("progress")).to_be_hidden()
    be(photo, **being_made(12))
    expect(shown).to_contain_text("12 of 51 made")
    bar = shown.locator("progress")
    expect(bar).to_be_visible()
    assert bar.evaluate("bar => [bar.value, bar.max]") == [12, 51]
    assert bar.evaluate("bar => bar.getBoundingClientRect().height") >= 3
    faults = []
    check(page, where, faults)
    assert faults == []
    be(photo, **being_made(40))
    expect(shown).to_contain_text("40 of 51 made")
    Making.objects.filter(photo=photo).delete()
    expect(shown).to_contain_text("All sizes are made.")
    expect(bar).to_be_hidden()
    number = len(requests)
    page.wait_for_timeout(3000)
    assert len(requests) == number


def test_a_fault_has_a_button_that_tries_again(page, photo):
    page.goto(f"{WALL}?q=progress")
    shown = place(page, photo)
    button = shown.get_by_role("button", name="Try again")
    expect(button).to_be_hidden()
    be(photo, fault="storage", attempts=5, next_try_at=None)
    expect(shown).to_contain_text("The store for pictures does not answer")
    faults = []
    check(page, "a fault", faults)
    assert faults == []
    button.click()
    page.wait_for_url(f"**{WALL}?q=progress")
    expect(place(page, photo)).to_contain_text("Sizes are waiting to be made.")
    assert Making.objects.get(photo=photo).fault == ""


@pytest.mark.parametrize("done", [0, 12])
def test_enter_saves_the_photo_while_its_sizes_are_made(page, photo, done):
    """The button "Save and try again" stands first in the form, and is there for a fault only."""
    requests = asked_of(page)
    page.goto(f"{WALL}{photo.pk}/change/")
    if done:
        be(photo, **being_made(done))
        expect(place(page, photo)).to_contain_text("12 of 51 made")
        assert requests
    page.get_by_label("Title").press("Enter")
    page.wait_for_url(f"**{WALL}")


def test_a_page_without_work_asks_nothing(page, photo):
    Making.objects.filter(photo=photo).delete()
    requests = asked_of(page)
    page.goto(f"{WALL}?q=progress")
    expect(page.locator(".wall li").first).to_be_visible()
    page.wait_for_timeout(2500)
    assert requests == []


def test_a_server_that_is_away_for_a_moment_is_asked_again(page, photo, guard):
    guard.expect_status(503)
    answers = iter([503])

    def answer(route):
        status = next(answers, None)
        route.fulfill(status=status, body="") if status else route.continue_()

    page.route("**/progress/**", answer)
    page.goto(f"{WALL}?q=progress")
    be(photo, **being_made(3))
    expect(place(page, photo)).to_contain_text("3 of 51 made", timeout=15000)
