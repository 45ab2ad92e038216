"""The Space Tracker's globe as a test sees it: its view, its pixels, and gestures on it."""

import datetime as dt

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.tracker.sets import a_satellite
from tracker.models import Launch

TRACKER = {"en": "/space-tracker/", "hr": "/hr/space-tracker/"}
EARTH, MOVING, MARKS = range(3)
# A copy is read: Chromium warns of canvases that are read again and again.
READ = """
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
"""
PIXELS = f"""(canvas) => {{{READ}
  let sum = 0;
  for (let at = 0; at < data.length; at += 1) sum = (sum * 31 + data[at]) | 0;
  return sum;
}}"""
# How many pixels are within 30 of this colour, of those where %s is true: dx, dy and r are from the middle.
COLOURED = f"""(canvas, [red, green, blue]) => {{{READ}
  let found = 0;
  for (let at = 0; at < data.length; at += 4) {{
    const away = Math.hypot(data[at] - red, data[at + 1] - green, data[at + 2] - blue);
    const [dx, dy] = [(at / 4) %% canvas.width - canvas.width / 2, at / 4 / canvas.width - canvas.height / 2];
    const r = Math.hypot(dx, dy);
    if (data[at + 3] > 120 && away < 30 && (%s)) found += 1;
  }}
  return found;
}}"""
# Playwright's own wait_for_function() needs eval, which our policy forbids.
WAIT = """() => new Promise((done, fail) => {
  const end = performance.now() + 5000;
  const look = () => %s ? done() : performance.now() > end ? fail(new Error("never came")) : setTimeout(look, 20);
  look();
})"""
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@pytest.fixture
def station(put_sets):
    put_sets(a_satellite())


@pytest.fixture
def launches(site):
    now = timezone.now()
    Launch.objects.create(
        uuid="00000000-0000-0000-0000-000000000007",
        name="Ocean radar",
        status="go",
        net=now + dt.timedelta(days=1),
        precision="exact",
        site="Tanegashima",
        latitude=30.4,
        longitude=130.97,
        fetched_at=now,
    )
    yield
    Launch.objects.all().delete()


def wait_until(page, condition):
    """`condition`: JavaScript."""
    page.evaluate(WAIT % condition)


class Globe:
    def __init__(self, page, language="en", fragment=""):
        self.page = page
        page.goto(TRACKER[language] + fragment)
        self.box = page.locator("[data-part=globe]")
        expect(self.box).to_have_attribute("data-state", "drawn")

    @property
    def view(self):
        """(latitude, longitude, zoom)."""
        self.page.evaluate(SETTLED)
        return tuple(float(self.box.get_attribute(f"data-{name}")) for name in ("latitude", "longitude", "zoom"))

    @property
    def middle(self):
        self.box.scroll_into_view_if_needed()
        box = self.box.bounding_box()
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def pixels(self, layer):
        self.page.evaluate(SETTLED)
        return self.box.locator("canvas").nth(layer).evaluate(PIXELS)

    def coloured(self, layer, *colour, where="true"):
        self.page.evaluate(SETTLED)
        return self.box.locator("canvas").nth(layer).evaluate(COLOURED % where, list(colour))

    def drag(self, across, down):
        x, y = self.middle
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x + across, y + down, steps=4)
        self.page.mouse.up()

    def click_middle(self):
        self.page.mouse.click(*self.middle)

    def expect_picked(self, key):
        expect(self.box).to_have_attribute("data-picked", key)

    @property
    def panel(self):
        return self.page.locator("[data-part=panel]")

    def find(self, text):
        field = self.page.get_by_role("combobox", name="Find a satellite")
        expect(field).to_be_enabled()
        field.fill(text)
        return field

    @property
    def options(self):
        return self.page.locator("#found [role=option]")


def turn_to(globe, latitude, longitude):
    """By the keys, as near as their steps come."""
    for _ in range(20):
        up, east = latitude - globe.view[0], (longitude - globe.view[1] + 180) % 360 - 180
        if abs(east) > 8:
            globe.box.press("ArrowRight" if east > 0 else "ArrowLeft")
        elif abs(up) > 8:
            globe.box.press("ArrowUp" if up > 0 else "ArrowDown")
        else:
            return


class Fingers:
    """Touches as a telephone's screen sends them. `places`: [(x, y), …], one for each finger."""

    def __init__(self, page):
        self.session = page.context.new_cdp_session(page)

    def _send(self, kind, places):
        points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def draw(self, *steps):
        self._send("touchStart", steps[0])
        for places in steps[1:]:
            self._send("touchMove", places)
        self._send("touchEnd", [])
