"""For bench_weight.py: how long one frame of a live globe takes, drawn to the last pixel."""

import statistics

from playwright.sync_api import sync_playwright

import chromium

# The time that each frame takes, until the canvas has really been painted: reading a pixel waits for that.
TIMER = """
window.spent = [];
const ask = window.requestAnimationFrame;
window.requestAnimationFrame = (callback) => ask((now) => {
  const start = performance.now();
  callback(now);
  const canvas = document.querySelector(".globe-canvas");
  if (!canvas) return;
  canvas.getContext("2d").getImageData(0, 0, 1, 1);
  window.spent.push(performance.now() - start);
});
"""


def frame_milliseconds(url, selector, size, flags):
    """The median over the frames of one turn."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.ensure(), args=flags)
        page = browser.new_page(viewport={"width": size[0], "height": size[1]})
        page.add_init_script(TIMER)
        page.goto(url, wait_until="load")
        page.locator(selector).scroll_into_view_if_needed()
        page.wait_for_selector(f"{selector}[data-turn=still]")
        spent = page.evaluate("window.spent")
        browser.close()
    return statistics.median(spent)
