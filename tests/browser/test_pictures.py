"""What Chromium really asks for: the right file for each screen, none before it is near, and nothing that moves."""

import io

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image

from authors.models import Author
from photos.making import make_now
from photos.models import Photo
from photos.pictures import add_photo
from tests import factories
from tests.browser.places import GROK, HOME, SECTION, TAG
from tests.browser.test_layout import SHIFT

WIDTHS = [360, 390, 600, 768, 1024, 1280, 1440, 1920]
SIZES_MAY_BE_OFF = 0.15
# [box, width on the screen, width that `sizes` says] of each picture of a page.
SAID = """
() => {
  const inPixels = (length) => {
    const ruler = document.createElement("div");
    ruler.style.cssText = `position: absolute; font-size: 16px; width: ${length}`;
    document.body.append(ruler);
    const { width } = ruler.getBoundingClientRect();
    ruler.remove();
    return width;
  };
  const said = (sizes) => {
    for (const part of sizes.split(/,(?![^(]*\\))/)) {
      const [, media, length] = part.trim().match(/^(\\(m[^)]*\\))?\\s*(.+)$/);
      if (!media || matchMedia(media).matches) return inPixels(length);
    }
  };
  return [...document.querySelectorAll("img.art[sizes]")].filter((image) => image.offsetWidth).map(
    (image) => [image.closest("picture, a, div").parentElement.className, image.offsetWidth, said(image.sizes)]);
}
"""
LOADED = "(image) => image.decode()"
SHOWN = "(images) => images.map((image) => image.currentSrc.split('/').pop())"


def gradient(width=1600, height=1067):
    buffer = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").resize((width, height)).save(buffer, "PNG")
    return ContentFile(buffer.getvalue(), name="gradient.png")


def add(title, size=(1600, 1067)):
    texts = {"en": {"alt": f"{title} described"}}
    photo = Photo(title=title, mark="illustration", credit="Tech&Space", texts=texts, focal_x=30)
    return add_photo(photo, gradient(*size))


@pytest.fixture(scope="module")
def story(site, media_folder):
    """A long one with two photos of which all is made, and one of which nothing is."""
    from django.test import override_settings

    with override_settings(MEDIA_ROOT=media_folder), transaction.atomic():
        photos = [add("First"), add("Second"), add("Third", (90, 60))]
        for photo in photos[:2]:
            make_now(photo)
        Photo.objects.filter(pk=photos[2].pk).update(renditions={})
        words = "A sentence that fills the page. " * 40
        body = "\n\n".join([words] * 8 + [f"![](photo:{photos[1].pk})"] + [words] * 8)
        Author.objects.create(name="Vera Portret", slug="vera-portret", kind=Author.Kind.HUMAN, portrait=photos[0])
        rows = [factories.photo_row(photo, caption="") for photo in photos]
        return factories.make_story(title="A long way down", photos=rows, body=body).get_absolute_url()


def visit(new_context, path, width, density=1):
    """A page, and the names of the renditions that it has asked for so far."""
    context = new_context(viewport={"width": width, "height": 844}, device_scale_factor=density)
    page, asked = context.new_page(), []
    page.on("request", lambda request: "/media/" in request.url and asked.append(request.url.rsplit("/", 1)[-1]))
    page.goto(path, wait_until="networkidle")
    return page, asked


@pytest.mark.parametrize("width", WIDTHS)
def test_sizes_say_how_wide_the_layout_draws_each_picture(page, story, width):
    page.set_viewport_size({"width": width, "height": 900})
    off, boxes = [], set()
    paths = [HOME["en"], SECTION["en"], TAG["en"], GROK["en"], f"{GROK['en']}photos/", "/photos/", story]
    for path in [*paths, "/search/?q=openai", "/authors/vera-portret/"]:
        page.goto(path)
        for box, real, said in page.evaluate(SAID):
            boxes.add(box)
            if abs(said / real - 1) > SIZES_MAY_BE_OFF:
                off.append(f"{path} {box}: {real} px, not {said:.0f}")
    assert len(boxes) > 8
    assert not off, "\n".join(off)


@pytest.mark.parametrize(
    ("width", "density", "lead"),
    [
        (390, 3, "4x3-1200.avif"),
        (390, 2, "4x3-800.avif"),
        (390, 1, "4x3-480.avif"),
        (1440, 1, "natural-880.avif"),
        (1440, 2, "natural-1600.avif"),
    ],
)
def test_the_lead_is_avif_of_the_right_width_and_4_to_3_on_a_telephone(new_context, story, width, density, lead):
    page, asked = visit(new_context, story, width, density)
    assert page.locator(".plate--hero img").evaluate_all(SHOWN) == [lead]
    assert asked.count(lead) == 1
    assert asked[0] == lead
    assert not [name for name in asked if not name.endswith((".avif", ".webp"))]


def test_what_is_far_below_is_asked_for_when_it_comes_near(new_context, story):
    page, asked = visit(new_context, story, 390, 2)
    figure = page.locator(".plate--wide img")
    before = list(asked)
    figure.scroll_into_view_if_needed()
    figure.evaluate(LOADED)
    assert figure.evaluate_all(SHOWN) == ["natural-880.avif"]
    assert "natural-880.avif" not in before
    assert "natural-880.avif" in asked


@pytest.mark.parametrize(("width", "density"), [(390, 3), (1440, 1)])
def test_nothing_moves_from_the_top_to_the_end(new_context, story, width, density):
    page, _asked = visit(new_context, story, width, density)
    for step in range(12):
        page.evaluate(f"scrollTo(0, document.body.scrollHeight * {step} / 11)")
        page.wait_for_timeout(40)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SHIFT) == 0


def test_a_photo_of_which_nothing_is_made_is_a_surface_in_its_colour(new_context, story):
    page, _asked = visit(new_context, story, 1440)
    bare = page.get_by_role("img", name="Six domes under stars").last
    bare.scroll_into_view_if_needed()
    bare.evaluate(LOADED)
    assert bare.evaluate("image => image.currentSrc").startswith("data:image/svg+xml")
    box = bare.bounding_box()
    assert abs(box["width"] / box["height"] - 3 / 2) < 0.02


def test_an_old_browser_gets_jpeg(new_context, story):
    """One that knows neither AVIF nor WebP takes the img and leaves the sources."""
    page, _asked = visit(new_context, story, 1440)
    with page.expect_response("**/natural-880.jpg"):
        page.evaluate("document.querySelectorAll('source').forEach((source) => source.remove())")
