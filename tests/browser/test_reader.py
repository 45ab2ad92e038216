"""A reader comes to the home page, reads the Grok story in either language, and goes on from there."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.places import CORRECTION, GROK, HOME, LANGUAGES, ONLY_ENGLISH, grok, page_types, say
from tests.browser.small_edition import read_photo

ROLE = {"en": "AI editor", "hr": "AI urednik"}
WORDS = [
    *("AI rewritten", "Quick article interpreter", "AI-generated", "Author", "Like", "How this story was made"),
    *("Continue in this category", "Liked by readers", "Comments", "Foto Review"),
]
AGO = {"en": r"\(1d ago\)", "hr": r"\(prije 1 dan\)"}


def text_of(page):
    """What stands on the page, as it is seen: capitals where the style makes them."""
    return plain(page.locator("body").inner_text())


def plain(text):
    """One space between words, and apostrophes as they are typed."""
    return " ".join(text.replace("’", "'").split())


def exactly(text):
    return re.escape(plain(text))


def parts_of_the_story(language):
    """Every part that the story page has, in its order: (what it is, a pattern of the words seen there)."""
    story, body = grok(language)
    words = [exactly(word) for word in say(language, *WORDS)]
    rewritten, interpreter, credit, author, like, made, go_on, liked, comments, foto_review = words
    quote = body.split("> [!pull]\n> ")[1].split("\n")[0]
    captions = [exactly(read_photo(f"grok-distillation{end}")["caption"][language]) for end in ("", "-2", "-3")]
    return [
        ("name of the site", "TECH ?& ?SPACE"),
        ("PRO", "PRO"),
        ("languages", "EN HR"),
        ("Space Tracker", "Space Tracker"),
        ("place in the globe strip", "San Francisco"),
        ("mark of the origin", rewritten.upper()),
        ("record number", f"db#{story['record']}"),
        ("headline", exactly(story["title"])),
        ("age", AGO[language]),
        ("place", "San Francisco"),
        ("source", "TechCrunch AI"),
        ("interpreter", f"// {interpreter} {exactly(story['interpreter'])}"),
        ("caption of the hero", captions[0]),
        ("credit of the hero", f"📷 {credit} / Tech&Space"),
        ("author", f"{author} Nexus Vale {ROLE[language]}"),
        *((f"key point {number}", exactly(point)) for number, point in enumerate(story["key_points"], 1)),
        ("dateline", "SAN FRANCISCO"),
        ("first words", exactly(body.strip()[:60])),
        ("pull quote", exactly(quote)),
        ("caption in the text", captions[1]),
        ("second caption in the text", captions[2]),
        *((f"tag {tag}", exactly(tag)) for tag in story["tags"]),
        ("like", rf"{like} \d+"),
        ("provenance", made),
        ("continue", f"// {go_on}"),
        ("liked", f"// {liked}"),
        ("comments", f"// {comments}"),
        ("Foto Review", f"⊞ {foto_review}"),
        ("foot", "© 20"),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_story_has_every_part_in_its_order(page, language):
    page.goto(HOME[language])
    page.get_by_role("link", name=grok(language)[0]["title"]).first.click()
    expect(page).to_have_url(re.compile(re.escape(GROK[language])))
    expect(page.locator(".globe-strip .gs-live")).to_be_visible()
    page.wait_for_load_state()
    text, position = text_of(page), 0
    for name, pattern in parts_of_the_story(language):
        found = re.compile(pattern).search(text, position)
        assert found, f"{name}: no {pattern!r} after {text[max(0, position - 80) : position]!r}"
        position = found.end()
    source = page.get_by_role("link", name="TechCrunch AI").first
    assert source.get_attribute("href").startswith("https://techcrunch.com")
    expect(page.locator("img[alt='']").filter(visible=True).first).to_be_visible()  # pictures of lists are decoration
    assert all(image.get_attribute("alt") for image in page.locator(".plate img").all())


def test_the_globe_strip_says_what_it_waits_for(page):
    held = []
    page.route("**/media/**", lambda route: held.append(route))
    page.goto(GROK["en"], wait_until="domcontentloaded")
    expect(page.get_by_text("INITIALIZING GLOBE FEED…")).to_be_visible()
    page.wait_for_timeout(200)
    expect(page.locator(".gs-live")).to_be_hidden()
    for route in held:
        route.continue_()
    page.unroute("**/media/**")
    expect(page.locator(".gs-live")).to_contain_text("San Francisco, California")
    expect(page.get_by_text("INITIALIZING GLOBE FEED…")).to_be_hidden()


def test_pro_opens_the_record_and_is_remembered(page):
    page.goto(GROK["en"])
    record, lamp = page.locator(".provenance .track"), page.get_by_role("button", name="PRO", exact=True)
    expect(record).to_be_hidden()
    expect(lamp).to_have_attribute("aria-pressed", "false")
    lamp.click()
    expect(lamp).to_have_attribute("aria-pressed", "true")
    expect(record).to_be_visible()
    expect(record).to_contain_text("TechCrunch AI")
    expect(record).to_contain_text("SHA-256")
    expect(record).to_contain_text("No review by a person is on record for this version.")
    page.locator(".cards a").first.click()
    expect(page).not_to_have_url(re.compile("grok"))
    expect(lamp).to_have_attribute("aria-pressed", "true")
    expect(record).to_be_visible()
    lamp.click()
    page.reload()
    expect(record).to_be_hidden()


def test_the_record_opens_by_hand_too(page):
    page.goto(GROK["en"])
    page.get_by_role("heading", name="How this story was made").click()
    expect(page.locator(".provenance .track")).to_be_visible()


def test_the_theme_is_remembered(new_context):
    page = new_context(color_scheme="dark").new_page()
    page.goto(HOME["en"])
    night = background(page)
    page.get_by_role("button", name="Switch between night and day").click()
    day = background(page)
    assert day != night
    page.goto(GROK["hr"])
    assert background(page) == day
    expect(page.locator("input[name=theme][value=light]")).to_be_checked()
    page.locator(".theme-set label", has=page.locator("[value=auto]")).click()
    assert background(page) == night
    page.reload()
    assert background(page) == night


def background(page):
    return page.evaluate("getComputedStyle(document.documentElement).backgroundColor")


def test_the_other_language_is_the_translation_of_this_page(page):
    page.goto(GROK["en"])
    page.locator(".lang").get_by_role("link", name="HR").click()
    expect(page).to_have_url(re.compile(re.escape(GROK["hr"])))
    expect(page.get_by_role("heading", level=1)).to_have_text(grok("hr")[0]["title"])
    assert page.locator("html").get_attribute("lang") == "hr"
    page.locator(".lang").get_by_role("link", name="EN").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(grok("en")[0]["title"])


def test_a_story_without_translation_says_so_and_leads_home(page):
    page.goto(ONLY_ENGLISH)
    link = page.locator(".lang").get_by_role("link", name="Not translated yet")
    expect(link).to_have_attribute("title", re.compile("Not translated yet"))
    link.click()
    expect(page).to_have_url(re.compile("/hr/$"))


def test_photos_comments_and_search_lead_on(page):
    page.goto(GROK["en"])
    page.locator(".fotostrip").get_by_role("link", name="All 5 photos of this story").click()
    expect(page.locator("figure:visible")).to_have_count(5)
    expect(page.locator("figure").first).to_contain_text(read_photo("grok-distillation")["caption"]["en"])
    page.get_by_role("link", name="Back to the story").click()
    page.locator(".comments .label-row a").click()
    page.wait_for_url("**/comments/")
    expect(page.get_by_text('The word that will outlive this hearing is "partly".')).to_be_visible()
    page.get_by_role("button", name="Search").first.click()
    page.get_by_role("searchbox", name="Search the archive").fill("db#3629")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(grok("en")[0]["title"])


def test_a_correction_stands_below_its_story_and_in_the_list(page):
    page.goto(GROK["en"])
    expect(page.get_by_role("region", name="Correction", exact=False)).to_contain_text(CORRECTION)
    page.locator(".foot").get_by_role("link", name="Corrections").click()
    expect(page.get_by_text(CORRECTION)).to_be_visible()
    page.get_by_role("link", name=grok("en")[0]["title"]).click()
    expect(page).to_have_url(re.compile(re.escape(GROK["en"])))


def test_the_link_can_be_copied(new_context, site):
    page = new_context(permissions=["clipboard-read", "clipboard-write"]).new_page()
    page.goto(GROK["en"])
    button = page.get_by_role("button", name="Copy link")
    button.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == site + GROK["en"]
    expect(button).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_in_masthead_or_foot_leads_nowhere(page, language, site):
    for name in ("home", "story", "space tracker"):
        page.goto(page_types(language)[name])
        links = page.locator(".mast a, .foot a")
        addresses = {link.get_attribute("href") for link in links.all()}
        assert len(addresses) >= 18
        for address in addresses:
            assert page.request.get(site + address).status == 200, f"{address} on the {name} page"
