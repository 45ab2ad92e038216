"""An editor fills the photo library, finds a photo in it, sets what must stay in view, and replaces a picture."""

import base64
import re
import secrets

import pytest
from django.contrib.auth.models import Group
from PIL import Image
from playwright.sync_api import expect

from articles.models import Article
from authors.models import User
from photos.models import Photo
from tests.browser.test_accessibility import check
from tests.browser.writing import sign_in

LIBRARY = "/admin/photos/photo/"
# Rows that end further right than the form in which they stand.
WIDER_THAN_ITS_FORM = """[...document.querySelectorAll("#content-main .form-row")].filter(row =>
    row.getBoundingClientRect().right > row.closest("form").getBoundingClientRect().right + 1)
    .map(row => row.className)"""
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def editor(site):
    user = User.objects.create_user(
        "iva@example.com", "a long password", display_name="Iva", is_staff=True, language="en"
    )
    user.groups.add(Group.objects.get(name="Editors"))
    yield user
    user.is_active, user.email = False, f"gone-{user.pk}@example.com"
    user.save()


@pytest.fixture
def desk(editor, new_context):
    """A browser in which the editor is signed in; `desk(viewport=…)` gives a page of it."""

    def open_page(**options):
        page = new_context(**{"viewport": DESKTOP, **options}).new_page()
        sign_in(page, editor)
        return page

    return open_page


@pytest.fixture
def pictures(tmp_path):
    """Four pictures and a file that only looks like one."""

    def picture(name, colour, size=(900, 600)):
        image = Image.new("RGB", size, colour)
        # No two files of two tests are the same.
        image.putpixel((0, 0), tuple(secrets.token_bytes(3)))
        image.putpixel((1, 0), tuple(secrets.token_bytes(3)))
        image.save(tmp_path / name)
        return tmp_path / name

    paths = [picture(f"dome_{colour}.png", colour) for colour in ("navy", "teal", "olive")]
    (tmp_path / "broken.png").write_text("no picture")
    return [*paths, picture("tall.png", "maroon", (600, 900)), tmp_path / "broken.png"]


def line(page, name):
    return page.locator(".upload").filter(has=page.get_by_text(name, exact=True))


def story(key):
    return Article.objects.select_related("category", "hero").get(translation_key=key, language="en")


def position(page, selector):
    return page.locator(selector).first.evaluate("image => getComputedStyle(image).objectPosition")


COUNT = """
    window.travelling = {now: 0, most: 0};
    window.XMLHttpRequest = class extends XMLHttpRequest {
      constructor() {
        super();
        for (const end of ["load", "error", "abort"]) this.addEventListener(end, () => (travelling.now -= 1));
      }
      send(body) {
        travelling.most = Math.max(travelling.most, (travelling.now += 1));
        super.send(body);
      }
    };
"""


def test_many_files_at_once_of_which_one_is_no_picture_and_one_connection_breaks(desk, pictures, guard, editor):
    guard.expect_status(422)
    page = desk()
    page.add_init_script(COUNT)
    page.goto(LIBRARY)
    broken_off = []

    def break_off_once(route):
        if "dome_teal" in (route.request.post_data_buffer or b"").decode("latin-1") and not broken_off:
            broken_off.append(True)
            route.abort("aborted")
        else:
            route.continue_()

    page.route("**/upload/", break_off_once)
    page.locator("[data-files]").set_input_files(pictures)
    expect(page.locator(".upload")).to_have_count(5)

    page.get_by_role("button", name="Upload all").click()
    expect(page.locator("#batch-credit-error")).to_have_text("This is needed.")
    assert not Photo.objects.filter(uploaded_by=editor).exists()

    page.locator("#batch-mark").select_option(label="photograph")
    page.locator("#batch-credit").fill("ESO")
    for path in pictures:
        line(page, path.name).get_by_label("Description (alt) (English)").fill(f"What {path.stem} shows")
    tall = line(page, "tall.png")
    tall.get_by_text("Another origin or credit for this file").click()
    tall.get_by_label("Credit").fill("NASA")
    tall.get_by_label("Title").fill("A tall one")
    page.get_by_role("button", name="Upload all").click()

    expect(line(page, "dome_navy.png")).to_contain_text(re.compile(r"In the library as photo:\d+"))
    expect(line(page, "broken.png")).to_contain_text("This file is no picture that can be read.")
    teal = line(page, "dome_teal.png")
    expect(teal).to_contain_text("The connection broke off.")
    expect(teal.get_by_label("Description (alt) (English)")).to_have_value("What dome_teal shows")
    expect(page.locator("[data-sum]")).to_have_text("Not in the library yet: 2")
    teal.get_by_role("button", name="Try again").click()
    expect(teal).to_contain_text("In the library as")
    assert page.evaluate("travelling") == {"now": 0, "most": 2}

    line(page, "broken.png").get_by_role("button", name="Leave out").click()
    expect(page.locator("[data-sum]")).to_have_text("All files are in the library.")
    photos = Photo.objects.filter(uploaded_by=editor).order_by("title")
    assert [(photo.title, photo.credit, photo.mark) for photo in photos] == [
        ("A tall one", "NASA", "photograph"),
        ("Dome navy", "ESO", "photograph"),
        ("Dome olive", "ESO", "photograph"),
        ("Dome teal", "ESO", "photograph"),
    ]
    page.get_by_role("link", name="Show them in the library").click()
    expect(page.locator(".wall-title").first).to_have_text(re.compile("A tall one|Dome"))


def test_what_is_said_of_a_file_that_is_too_large_stays_when_the_others_are_sent(desk, pictures):
    page = desk()
    page.goto(LIBRARY)
    page.locator("#uploads").evaluate("form => (form.dataset.maxBytes = 10)")
    page.locator("[data-files]").set_input_files(pictures[0])
    large = line(page, "dome_navy.png")
    expect(large.locator("[data-error=upload]")).to_contain_text("The file is larger than")
    large.get_by_label("Description (alt) (English)").fill("What it shows")
    page.locator("#batch-mark").select_option(label="photograph")
    page.locator("#batch-credit").fill("ESO")
    page.get_by_role("button", name="Upload all").click()
    expect(page.locator("[data-sum]")).to_have_text("Not in the library yet: 1")
    expect(large.locator("[data-error=upload]")).to_contain_text("The file is larger than")


def test_a_dropped_file_that_the_library_has_already(desk, pictures, guard):
    guard.expect_status(422)
    page = desk()
    page.goto(LIBRARY)
    chosen = page.evaluate_handle(
        """([content, name]) => {
            const data = new DataTransfer();
            const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
            data.items.add(new File([bytes], name, {type: "image/png"}));
            return data;
        }""",
        [base64.b64encode(pictures[0].read_bytes()).decode(), "again.png"],
    )
    for number in (1, 2):
        page.dispatch_event("main", "dragover", {"dataTransfer": chosen})
        expect(page.locator(".is-over")).to_be_visible()
        page.dispatch_event("main", "drop", {"dataTransfer": chosen})
        expect(page.locator(".is-over")).to_have_count(0)
        expect(page.locator(".upload")).to_have_count(number)
    page.locator("#batch-mark").select_option(label="illustration")
    page.locator("#batch-credit").fill("ESO")
    first, second = page.locator(".upload").nth(0), page.locator(".upload").nth(1)
    first.get_by_label("Description (alt) (English)").fill("A blue field")
    page.get_by_role("button", name="Upload all").click()
    expect(first).to_contain_text("In the library as")
    second.get_by_label("Description (alt) (English)").fill("A blue field")
    page.get_by_role("button", name="Upload all").click()
    expect(second).to_contain_text("This file is in the library already: “Again”")
    second.get_by_role("button", name="Add it once more").click()
    expect(second).to_contain_text("In the library as")


def test_who_was_signed_out_signs_in_elsewhere_and_loses_nothing(desk, pictures, guard, site):
    guard.expect_status(403)
    page = desk()
    page.goto(LIBRARY)
    session = [cookie for cookie in page.context.cookies() if cookie["name"] == "sessionid"]
    page.locator("[data-files]").set_input_files(pictures[:1])
    page.locator("#batch-mark").select_option(label="photograph")
    page.locator("#batch-credit").fill("ESO")
    page.locator(".upload").get_by_label("Description (alt) (English)").fill("A navy field")
    page.context.clear_cookies()
    page.get_by_role("button", name="Upload all").click()
    expect(page.locator(".upload")).to_contain_text("You are signed out.")
    page.context.add_cookies(session)
    page.context.new_page().goto(LIBRARY)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".upload")).to_contain_text("In the library as")


def test_a_photo_is_found_and_says_where_it_stands(desk):
    article = story("dart-impact")
    page = desk()
    page.goto(LIBRARY)
    page.get_by_label("Find", exact=True).last.fill(article.hero.title.upper())
    page.get_by_role("button", name="Search").click()
    expect(page.locator(".wall li").first).to_contain_text(article.hero.credit)
    page.locator(".wall a").filter(has_text=re.compile(f"^.*{re.escape(article.hero.title)}$")).first.click()
    uses = page.locator(".photo-uses")
    expect(uses).to_contain_text(article.title)
    expect(uses).to_contain_text("Public")
    uses.get_by_role("link", name=article.title).click()
    expect(page).to_have_url(re.compile(f"/admin/articles/article/{article.pk}/change/"))


def test_the_focal_point_is_set_by_a_click_and_by_keys_and_holds_for_readers(desk, page):
    article = story("dart-impact")
    page.goto(article.get_absolute_url())
    assert position(page, ".plate--hero img") == "50% 50%"
    work = desk()
    work.goto(f"{LIBRARY}{article.hero_id}/change/")
    picture = work.locator(".focal img")
    box = picture.bounding_box()
    picture.click(position={"x": box["width"] * 0.8, "y": box["height"] * 0.3})
    expect(work.locator("#id_focal_x")).to_have_value("80")
    point = work.get_by_role("button", name="Focal point: 80 % from the left, 30 % from the top")
    expect(point).to_be_focused()
    assert position(work, ".crop--lead img") == "80% 30%"
    for key in ("ArrowLeft", "ArrowLeft", "Shift+ArrowDown", "ArrowUp"):
        work.keyboard.press(key)
    expect(work.locator("#id_focal_x")).to_have_value("78")
    expect(work.locator("#id_focal_y")).to_have_value("39")
    assert position(work, ".crop--phone img") == "80% 40%"
    work.get_by_role("button", name="Save", exact=True).click()
    expect(work.locator(".messagelist")).to_be_visible()
    page.reload()
    assert position(page, ".plate--hero img") == "80% 40%"
    assert page.locator(".plate--hero [style], .plate--hero[style]").count() == 0
    page.goto("/space/")
    assert position(page, f"img[src*='{article.hero.token}']") == "80% 40%"


def test_a_replaced_picture_is_what_readers_see(desk, page, pictures):
    article = story("willow-chip")
    old = article.hero
    work = desk()
    work.goto(f"{LIBRARY}{old.pk}/change/")
    work.get_by_role("link", name="Replace everywhere").click()
    expect(work.locator(".photo-uses")).to_contain_text(article.title)
    work.get_by_label("Picture", exact=True).set_input_files(pictures[3])
    work.get_by_role("button", name="Replace everywhere").click()
    expect(work.locator(".messagelist")).to_contain_text("show")
    new = Photo.objects.get(replaces=old)
    page.goto(article.get_absolute_url())
    assert new.token in page.locator(".plate--hero img").get_attribute("src")
    assert old.token not in page.content()
    work.goto(f"{LIBRARY}?q=photo:{old.pk}")
    expect(work.locator(".wall li")).to_have_count(0)


def test_one_file_comes_in_without_a_script(desk, pictures, editor):
    page = desk(java_script_enabled=False)
    page.goto(LIBRARY)
    page.get_by_role("link", name="Upload").click()
    page.get_by_label("Picture").set_input_files(pictures[2])
    page.get_by_label("Title").fill("Olive")
    page.get_by_label("Description (alt) (English)").fill("An olive field")
    page.get_by_label("Origin").select_option(label="illustration")
    page.get_by_label("Credit").fill("ESO")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".wall-title").first).to_have_text("Olive")
    assert Photo.objects.filter(title="Olive", uploaded_by=editor).exists()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_nothing_and_nothing_sticks_out(desk, pictures, viewport):
    photo, faults = story("grok-distillation").hero, []
    page = desk(viewport=viewport)
    for name, path in {
        "library": LIBRARY,
        "nothing found": f"{LIBRARY}?q=qqqqq",
        "photo": f"{LIBRARY}{photo.pk}/change/",
        "replace": f"{LIBRARY}{photo.pk}/replace/",
        "add": f"{LIBRARY}add/",
    }.items():
        page.goto(path)
        check(page, name, faults)
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0, f"{name} sticks out by {wide} px"
        assert page.evaluate(WIDER_THAN_ITS_FORM) == [], name
    page.goto(LIBRARY)
    page.locator("[data-files]").set_input_files(pictures)
    expect(page.locator(".upload")).to_have_count(5)
    page.get_by_role("button", name="Upload all").click()
    expect(page.locator("#batch-credit-error")).to_have_text("This is needed.")
    check(page, "uploads", faults)
    page.on("dialog", lambda dialog: dialog.accept())
    assert not faults, "\n".join(faults)
