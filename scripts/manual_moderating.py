"""The second part of `make manual-pictures`: walks through docs/moderating.md as a moderator and takes its pictures.

The demonstration edition in a folder that is thrown away, with twelve weeks of made-up decisions for the figures.
"""

import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

import chromium
from bench_weight import FLAGS, server
from manual_pictures import DESK, PHONE, WIDE, Walk, make_site, part, picture, upper
from prepare import PYTHON, ROOT, say

QUEUE, FIGURES, WORDS = "/admin/comments/queue/", "/admin/comments/figures/", "/admin/comments/listedword/"
TALK = "/ai/grok-distillation-and-a-habit-the-ai-labs-prefer-not-to-discuss/comments/"
WORD = "half price"
PAST = "import manual_moderating; manual_moderating.make_past()"


def main():
    with tempfile.TemporaryDirectory(prefix="newsroom-manual-") as folder:
        environment, accounts = make_site(Path(folder))
        say("site", "twelve weeks of decisions")
        run_in_site(environment, PAST)
        with server(environment) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium.ensure(), args=FLAGS)
            try:
                Moderating(browser, address, accounts).all()
            finally:
                browser.close()


def run_in_site(environment, code):
    environment = {**environment, "PYTHONPATH": f"{ROOT}:{ROOT / 'scripts'}"}
    subprocess.run([PYTHON, ROOT / "manage.py", "shell", "-v0", "-c", code], cwd=ROOT, env=environment, check=True)


def make_past():
    """Decisions of two moderators, more and more of them and quicker and quicker."""
    import datetime as dt
    import random

    from django.utils import timezone

    from articles.models import Article
    from authors.models import User
    from comments.models import Comment, Decision, Finding

    draw, now = random.Random(5), timezone.now()
    users = list(User.objects.filter(email__in=["moderator@example.org", "chief@example.org"]))
    article = Article.objects.order_by("pk").last()
    kinds = [*["approve"] * 14, *["reject"] * 3, "spam", "remove"]
    phases = [*["newcomer"] * 5, *["links"] * 2, "capitals", "duplicate"]
    for hours in sorted(draw.uniform(2, 84 * 24) for _number in range(420)):
        made_at = now - dt.timedelta(hours=hours)
        written = made_at - dt.timedelta(hours=draw.expovariate(1 / (1 + hours / 400)))
        action = draw.choice(kinds)
        fields = {"article": article, "name": "A reader", "body": "A word.", "html": "<p>A word.</p>", "is_demo": True}
        fields |= {"status": "approved", "is_shown": True} if action == "approve" else {"status": "rejected"}
        comment = Comment.objects.create(created_at=written, **fields)
        was = {"status": "pending", "is_pick": False, "is_spam": False}
        user = draw.choice([users[0], users[0], users[1]])
        Decision.objects.create(comment=comment, action=action, user=user, made_at=made_at, body=comment.body, was=was)
        for phase in {draw.choice(phases), "premoderated"}:
            Finding.objects.create(comment=comment, phase=phase, verdict="hold", created_at=written)


class Moderating(Walk):
    def __init__(self, browser, address, accounts):
        self.browser, self.address, self.accounts = browser, address, accounts
        self.page = self.signed_in("moderator")

    def all(self):
        self.list_a_word()
        self.decide()
        self.look_at_a_writer()
        self.act_in_place()
        self.count()
        self.use_a_phone()

    def list_a_word(self):
        page = self.page
        page.goto(f"{WORDS}add/")
        page.get_by_label("Word or phrase").fill(WORD)
        page.get_by_label("Suspect: holds").check()
        page.get_by_label("Note").fill("Mostly advertising.")
        page.get_by_role("button", name="Save and preview").click()
        expect(page.get_by_role("button", name="Put live")).to_be_visible()
        picture("word-preview", page, clip=upper(620))
        page.get_by_role("button", name="Put live").click()

    def decide(self):
        page = self.page
        page.set_viewport_size(WIDE)
        page.goto(QUEUE)
        expect(page.locator("[data-queue]")).to_have_attribute("data-state", "ready")
        page.keyboard.press("s")
        expect(page.locator("[data-undo] [data-said]")).to_contain_text("spam")
        expect(page.locator("[data-queue]")).to_have_attribute("data-state", "ready")
        picture("queue", page)

    def look_at_a_writer(self):
        page = self.page
        page.keyboard.press("b")
        expect(page.locator("[data-writer-acts] form").first).to_be_visible()
        part("writer", page, "[data-writer-dialog]", "[data-writer-dialog]")

    def act_in_place(self):
        page = self.page
        page.set_viewport_size(DESK)
        page.goto(TALK)
        page.locator("[data-moderate]").nth(1).click()
        panel = page.locator("[data-moderating]")
        expect(panel).to_be_visible()
        panel.scroll_into_view_if_needed()
        picture("in-place", page)

    def count(self):
        page = self.page
        page.goto(FIGURES)
        page.set_viewport_size({"width": 1280, "height": 1000})
        picture("figures", page)

    def use_a_phone(self):
        page = self.signed_in("moderator", PHONE, has_touch=True, is_mobile=True)
        page.goto(QUEUE)
        expect(page.locator("[data-card]")).to_be_visible()
        picture("queue-phone", page)


if __name__ == "__main__":
    main()
