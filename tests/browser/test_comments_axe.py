"""axe has nothing against comments and what opens in them, by night and by day; nothing is too small or too wide."""

import pytest
from playwright.sync_api import expect

from comments.moderation import pick
from tests.browser.commenting import Talk, comment, own_part, post, press, top_composer, write
from tests.browser.places import LANGUAGES
from tests.browser.test_accessibility import check
from tests.browser.test_layout import look_at_all_widths

# What a finger has to hit: every control of the comments, unless it stands in a sentence.
SMALL = """
() => [...document.querySelectorAll(".comments :is(a, button, input, textarea, .check, .choice)")]
  .filter((one) => one.checkVisibility() && !one.closest(".vh, .hint, .comment-body, .demo-note, .label-row")
    && !one.matches("[type=checkbox], [type=radio], .comment-who"))
  .filter((one) => one.getBoundingClientRect().height < 43.5)
  .map((one) => one.outerHTML.slice(0, 120))
"""


@pytest.fixture(autouse=True)
def _nobody_is_too_fast(settings, guard):
    settings.MODERATION = {**settings.MODERATION, "fastest": 0}
    guard.expect_status(400)


def look(page, name, faults):
    check(page, name, faults)
    faults += look_at_all_widths(page, name)
    page.set_viewport_size({"width": 390, "height": 900})
    faults += [f"{name}: too small to hit: {one}" for one in page.evaluate(SMALL)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_opens_in_a_thread(site, page, language):
    talk, faults = Talk(language), []
    picked = talk.add("Petra K.", "> Quoted\n\nA word with `code`.")
    pick(picked, True)
    root, _second, third, _fourth = talk.add_thread(4)
    hidden = talk.add("Loud", "Noise.", parent=root)
    page.goto(talk.story)
    mine = post(page, top_composer(page), "Mine.")
    own_part(page, third).locator("[data-reply]").click()
    reply = comment(page, third).locator("> .composer--reply")
    write(reply, "An *answer*.", name="")
    press(reply, "preview")
    expect(reply.locator("[data-preview]")).to_be_visible()
    own_part(page, hidden).locator("[data-hide]").click()
    own_part(page, picked).locator("[data-like] button").click()
    expect(own_part(page, picked).locator("[aria-pressed=true]")).to_be_visible()
    press(reply, "post")
    expect(reply.locator("[data-error=name]")).to_be_visible()
    look(page, "a reply with an error", faults)
    mine.locator("[data-edit]").click()
    expect(mine.locator("form")).to_be_visible()
    look(page, "a comment that is changed", faults)
    page.goto(f"{talk.path}?thread={third.pk}")
    look(page, "one thread", faults)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_that_work_without_script(site, page, language):
    talk, faults = Talk(language), []
    root = talk.add()
    page.goto(talk.path)
    look(page, "all comments", faults)
    mine = post(page, top_composer(page), "Mine.").get_attribute("id")[1:]
    mine_everywhere = talk.path.replace(talk.story, "/hr/" if language == "hr" else "/") + "mine/"
    for name, path in {
        "reply": f"{talk.path}{root.pk}/reply/?quote=1",
        "like": f"{talk.path}{root.pk}/like/",
        "report": f"{talk.path}{root.pk}/report/",
        "reported": f"{talk.path}{root.pk}/report/?sent=1",
        "edit": f"{talk.path}{mine}/edit/",
        "delete": f"{talk.path}{mine}/delete/",
        "own comments of a story": f"{talk.path}mine/",
        "own comments": mine_everywhere,
    }.items():
        page.goto(path)
        look(page, name, faults)
    page.locator("button[value=delete_all]").click()
    look(page, "delete all", faults)
    assert not faults, "\n".join(faults)
