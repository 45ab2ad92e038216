"""An editor arranges the front page: by mouse, by keyboard, on a phone, for tomorrow, and beside somebody faster."""

import datetime as dt
import re

import pytest
from django.contrib.auth.models import Group
from django.utils import timezone
from playwright.sync_api import expect

from articles.models import Article, Placement
from authors.models import User
from tests.browser.test_accessibility import check, violations
from tests.browser.writing import PASSWORD, sign_in

URL = "/admin/front-page/?language=en"


@pytest.fixture(autouse=True)
def _placements_as_before(site):
    """The edition is shared by all tests of this folder: what is placed here is taken back."""
    before = list(Placement.objects.all())
    yield
    Placement.objects.all().delete()
    Placement.objects.bulk_create(before)


@pytest.fixture
def make_editor(site):
    made = []

    def make(name):
        user = User.objects.create_user(
            f"{name.lower()}@example.com", PASSWORD, display_name=name, is_staff=True, language="en"
        )
        user.groups.add(Group.objects.get(name="Editors"))
        made.append(user)
        return user

    yield make
    for user in made:
        User.objects.filter(pk=user.pk).update(is_active=False, email=f"gone-{user.pk}@example.com")


@pytest.fixture
def ana(make_editor):
    return make_editor("Ana")


def open_front(page, user):
    sign_in(page, user)
    page.goto(URL)
    expect(page.locator(".place--lead")).to_be_visible()


def place(page, name):
    return page.locator(f".place[data-place='{name}']")


def title(page, name):
    return place(page, name).locator("> .title")


def not_put_up(page):
    return page.locator("b[data-count]")


def in_list(page, section):
    """The newest story of a section in the list that is not placed, as (row, its title)."""
    row = page.locator(f"#pool [data-pick][data-story-section='{section}']:not([hidden])").first
    return row, row.get_attribute("data-title")


def put_up(page):
    page.get_by_role("button", name="Put it up now").click()
    expect(page.locator(".messagelist")).to_contain_text("up.")
    expect(page.locator("[data-line]")).to_be_hidden()


def lead_of_readers(new_context):
    reader = new_context().new_page()
    reader.goto("/")
    return reader.locator(".lead-title")


def test_by_mouse(page, ana, new_context):
    open_front(page, ana)
    row, story = in_list(page, "ai")
    row.drag_to(place(page, "ai:3"))
    expect(title(page, "ai:3")).to_have_text(story)
    expect(not_put_up(page)).to_have_text("1 change not put up yet")
    expect(page.locator("[data-live]")).to_contain_text(story)

    place(page, "ai:3").drag_to(place(page, "ai:2"))
    expect(title(page, "ai:2")).to_have_text(story)
    expect(place(page, "ai:3")).not_to_have_attribute("data-placed", "")

    place(page, "ai:2").drag_to(place(page, "space:2"))
    expect(title(page, "ai:2")).to_have_text(story)

    place(page, "ai:2").drag_to(place(page, "lead"))
    expect(title(page, "lead")).to_have_text(story)
    assert lead_of_readers(new_context).text_content() != story
    put_up(page)
    expect(lead_of_readers(new_context)).to_have_text(story)


def test_by_keyboard_alone(page, ana, new_context):
    open_front(page, ana)
    page.locator("#look").focus()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.dataset.place") == "ai:1":
            break
    expect(place(page, "ai:1")).to_be_focused()
    page.keyboard.press("Tab")
    expect(place(page, "ai:2")).to_be_focused()

    page.keyboard.press("Enter")
    expect(page.locator("#chooser-q")).to_be_focused()
    chosen = Article.objects.filter(language="en", category__key="ai").public().newest().last().title
    page.keyboard.type(chosen)
    expect(page.locator("#chooser .put-here")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#chooser")).to_be_hidden()
    expect(title(page, "ai:2")).to_have_text(chosen)
    expect(place(page, "ai:2")).to_be_focused()


def test_stories_move_by_arrow_keys(page, ana, new_context):
    open_front(page, ana)
    row, chosen = in_list(page, "ai")
    row.drag_to(place(page, "ai:2"))
    expect(title(page, "ai:2")).to_have_text(chosen)
    place(page, "ai:2").focus()
    # Twice at once, faster than the desk answers: no step is lost.
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(place(page, "ai:3")).to_be_focused()
    expect(title(page, "ai:3")).to_have_text(chosen)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-live]")).to_have_text("It stands at the edge already.")
    expect(title(page, "ai:4")).to_have_text(chosen)

    page.keyboard.press("Delete")
    expect(page.locator("[data-live]")).to_contain_text("is left to the newest")
    expect(not_put_up(page)).to_have_text("0 changes not put up yet")
    expect(page.get_by_role("button", name="Put it up now")).to_be_disabled()
    page.keyboard.press("u")
    expect(title(page, "ai:4")).to_have_text(chosen)
    page.keyboard.press("ArrowDown")
    expect(place(page, "space:4")).to_be_focused()

    page.get_by_role("button", name="Put it up now").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("1 change is up.")
    reader = new_context().new_page()
    reader.goto("/")
    expect(
        reader.locator("#section-ai").locator("xpath=ancestor::section").get_by_role("heading", level=3).last
    ).to_have_text(chosen)


def test_for_tomorrow_seen_today(page, ana, new_context):
    open_front(page, ana)
    old = title(page, "lead").text_content()
    row, story = in_list(page, "space")
    row.drag_to(place(page, "lead"))
    expect(title(page, "lead")).to_have_text(story)
    page.locator(".later summary").click()
    morning = page.locator("#look option", has_text="Tomorrow 07:00").get_attribute("value")
    page.get_by_label("Put it up at").fill(morning)
    page.get_by_role("button", name="Put it up then").click()
    expect(page.locator(".messagelist")).to_contain_text("1 change will be put up at")
    expect(title(page, "lead")).to_have_text(old)
    expect(place(page, "lead").locator(".to-come")).to_contain_text(story)
    expect(lead_of_readers(new_context)).to_have_text(old)

    frame = page.frame_locator("iframe[name=look-frame]")
    page.locator("#look").select_option(label="Tomorrow 07:00")
    page.get_by_role("button", name="Look", exact=True).click()
    expect(frame.locator(".lead-title")).to_have_text(story)
    assert page.locator("iframe").evaluate("frame => frame.clientWidth") >= 1280
    page.get_by_role("button", name="Phone", exact=True).click()
    assert page.locator("iframe").evaluate("frame => frame.clientWidth") == 390
    page.locator("#look-at [data-close]").click()
    page.locator("#look").select_option(index=0)
    page.get_by_role("button", name="Look", exact=True).click()
    expect(frame.locator(".lead-title")).to_have_text(old)
    page.keyboard.press("Escape")

    place(page, "lead").get_by_role("button", name=re.compile("Take away")).click()
    expect(place(page, "lead").locator(".to-come")).to_have_count(0)
    put_up(page)
    assert not Placement.objects.filter(shown_from__gt=timezone.now()).exists()


def test_times_of_one_place(page, ana):
    open_front(page, ana)
    place(page, "lead").get_by_role("link", name=re.compile("Choose")).click()
    end = (timezone.now() + dt.timedelta(days=3)).strftime("%Y-%m-%dT07:00")
    page.locator("#chooser-until").fill(end)
    page.locator("#chooser").get_by_role("button", name="Set", exact=True).click()
    expect(place(page, "lead").locator(".place-h")).to_contain_text("until")
    expect(place(page, "lead").locator(".place-h")).to_contain_text("07:00")
    put_up(page)
    assert Placement.objects.current("en").filter(slot="lead", shown_until__isnull=False).exists()


def test_somebody_was_faster(page, ana, make_editor, new_context, guard):
    guard.expect_status(409)
    marko_page = new_context().new_page()
    open_front(page, ana)
    open_front(marko_page, make_editor("Marko"))
    row, mine = in_list(page, "ai")
    row.drag_to(place(page, "lead"))
    expect(title(page, "lead")).to_have_text(mine)
    row, theirs = in_list(marko_page, "space")
    row.drag_to(place(marko_page, "lead"))
    expect(title(marko_page, "lead")).to_have_text(theirs)
    put_up(marko_page)

    page.get_by_role("button", name="Put it up now").click()
    expect(page.get_by_text("Marko put up something else at")).to_be_visible()
    expect(page.locator(".both-pages tbody td")).to_contain_text([theirs, mine])
    assert not violations(page)
    expect(lead_of_readers(new_context)).to_have_text(theirs)

    page.get_by_role("link", name="Look at it on the front page first").click()
    expect(title(page, "lead")).to_have_text(mine)
    put_up(page)
    expect(lead_of_readers(new_context)).to_have_text(mine)


def test_the_draft_outlives_a_reload_and_the_session(page, ana, guard):
    open_front(page, ana)
    row, story = in_list(page, "ai")
    row.drag_to(place(page, "ai:4"))
    expect(title(page, "ai:4")).to_have_text(story)
    page.reload()
    expect(title(page, "ai:4")).to_have_text(story)

    page.context.clear_cookies(name="sessionid")
    place(page, "ai:4").focus()
    guard.expect_status(403)
    page.keyboard.press("ArrowLeft")
    expect(page.locator("[data-fault]")).to_contain_text("You are signed out.")
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("E-mail").fill(ana.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    expect(title(page, "ai:3")).to_have_text(story)


def test_on_a_phone(new_context, ana):
    page = new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True).new_page()
    open_front(page, ana)
    place(page, "space:2").get_by_role("link", name=re.compile("Choose")).tap()
    page.locator("#chooser .put-here").last.tap()
    expect(place(page, "space:2")).to_have_attribute("data-placed", "")
    place(page, "space:2").get_by_role("button", name=re.compile("Move back")).tap()
    expect(place(page, "space:2")).to_have_attribute("data-placed", "")
    put_up(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    small = page.locator("#content :is(button, a.button, select):visible").evaluate_all(
        "all => all.map((one) => one.getBoundingClientRect()).filter((box) => box.height < 43.9).length"
    )
    assert small == 0


def test_without_a_script(new_context, ana):
    page = new_context(java_script_enabled=False).new_page()
    open_front(page, ana)
    with page.expect_navigation():
        place(page, "ai:2").get_by_role("link", name=re.compile("Choose")).click()
    button = page.locator("#pool .put-here").last
    story = button.text_content()
    button.click()
    expect(page.locator(".messagelist")).to_contain_text("1 change is up.")
    expect(title(page, "ai:2")).to_have_text(story)
    place(page, "ai:2").get_by_role("link", name=re.compile("Choose")).click()
    page.get_by_role("button", name="Leave it to the newest").click()
    expect(place(page, "ai:2")).not_to_have_attribute("data-placed", "")


@pytest.mark.parametrize("width", [390, 1440])
def test_axe(page, ana, width):
    page.set_viewport_size({"width": width, "height": 900})
    open_front(page, ana)
    faults = []
    check(page, "front page", faults)
    place(page, "space:1").focus()
    page.keyboard.press("ArrowRight")
    expect(place(page, "space:2")).to_be_focused()
    check(page, "a place with the focus", faults)
    page.keyboard.press("Enter")
    expect(page.locator("#chooser .put-here").first).to_be_visible()
    check(page, "chooser", faults)
    assert not faults, "\n".join(faults)
