"""The page keeps its shape: nothing wider than the screen, nothing over something else, nothing too small to read."""

import pytest

from tests.browser.places import GROK, HOME, LANGUAGES, page_types

WIDTHS = [360, 768, 1280, 1600]
MOST_SHIFT = 0.005
# Answers with what is wrong, as sentences. A block is an element that has text of its own, or a picture; its box is
# compared with every other block's, unless one stands inside the other.
LOOK = """
() => {
  const name = (element) => `<${element.localName} class="${element.getAttribute("class") ?? ""}"> ` +
    element.textContent.trim().replace(/\\s+/g, " ").slice(0, 40);
  const isSeen = (element) => element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })
    && !element.closest(".skip, [popover]");
  // What can be seen of an element's box: what scrolls or is hidden for the eye is cut off by those around it.
  const seenBox = (element) => {
    const box = element.getBoundingClientRect();
    const seen = { left: box.left, top: box.top, right: box.right, bottom: box.bottom };
    for (let around = element; around !== document.body; around = around.parentElement) {
      const style = getComputedStyle(around);
      if (style.clipPath === "inset(50%)") return null;
      if (around === element || !/hidden|auto|scroll|clip/.test(style.overflow)) continue;
      const frame = around.getBoundingClientRect();
      seen.left = Math.max(seen.left, frame.left);
      seen.top = Math.max(seen.top, frame.top);
      seen.right = Math.min(seen.right, frame.right);
      seen.bottom = Math.min(seen.bottom, frame.bottom);
    }
    return seen.right - seen.left > 1 && seen.bottom - seen.top > 1 ? seen : null;
  };
  const blockOf = (element) => {
    while (/^(inline|contents)/.test(getComputedStyle(element).display)) element = element.parentElement;
    return element;
  };
  const faults = [], blocks = new Set(document.querySelectorAll("img"));
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode, element = text.parentElement;
    if (!text.data.trim() || !isSeen(element)) continue;
    const scale = element.ownerSVGElement ? element.getScreenCTM().a : 1;
    const size = parseFloat(getComputedStyle(element).fontSize) * scale;
    if (size < 10.99) faults.push(`text of ${size.toFixed(1)} px: ${name(element)}`);
    blocks.add(element.ownerSVGElement ? element : blockOf(element));
  }
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) faults.push(`wider than the screen`);
  const boxes = [...blocks].filter(isSeen).map((element) => [element, seenBox(element)]).filter(([, box]) => box);
  boxes.forEach(([one, a], index) => {
    for (const [other, b] of boxes.slice(index + 1)) {
      if (one.contains(other) || other.contains(one)) continue;
      if (!one.ownerSVGElement !== !other.ownerSVGElement) continue;  // text may lie over the globe
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (across > 1.5 && down > 1.5) faults.push(`${name(one)} overlaps ${name(other)}`);
    }
  });
  return faults;
}
"""
SHIFT = """
() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})
"""


@pytest.mark.parametrize("part", range(2))
@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_fit_the_screen_and_nothing_overlaps(page, guard, language, part):
    guard.expect_status(404)
    faults = []
    for name, path in list(page_types(language).items())[part::2]:
        page.goto(path)
        page.evaluate("document.fonts.ready")
        faults += look_at_all_widths(page, name)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_story_in_pro_mode_fits_too(page, language):
    page.goto(GROK[language])
    page.get_by_role("button", name="PRO", exact=True).click()
    faults = look_at_all_widths(page, "story in PRO mode")
    assert not faults, "\n".join(faults)


def look_at_all_widths(page, name):
    faults = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        faults += [f"{name} at {width} px: {fault}" for fault in page.evaluate(LOOK)]
    return faults


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", [HOME["en"], GROK["en"], GROK["hr"], "/ai/", "/space-tracker/"])
def test_nothing_moves_while_the_page_loads(new_context, width, path):
    """The faces come late on purpose: their stand-ins have to take exactly their room."""
    page = new_context(viewport={"width": width, "height": 900}).new_page()
    held = []
    page.route("**/*.woff2", lambda route: held.append(route))
    page.goto(path, wait_until="domcontentloaded")
    page.wait_for_timeout(300)
    for route in held:
        route.continue_()
    page.unroute("**/*.woff2")
    page.wait_for_load_state()
    page.evaluate("document.fonts.ready")
    assert held
    assert page.evaluate(SHIFT) <= MOST_SHIFT


def test_pictures_have_their_size_in_the_markup(page):
    for path in page_types("en").values():
        if "nothing" not in path:
            page.goto(path)
            assert page.locator("img:not([width][height])").count() == 0, path
