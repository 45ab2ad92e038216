"""Addresses of the small edition, one of every page type, and its texts as their files have them."""

from django.utils import timezone, translation

from tests.browser.small_edition import read_story

GROK = {
    "en": "/ai/grok-distillation-and-a-habit-the-ai-labs-prefer-not-to-discuss/",
    "hr": "/hr/umjetna-inteligencija/grok-destilacija-i-navika-o-kojoj-se-u-ai-laboratorijima-radije-suti/",
}
ONLY_ENGLISH = "/space/a-tower-catches-a-falling-rocket-after-thousands-of-questions-answered-yes/"
# The demo edition has none; this one is added, so that it is seen wherever corrections stand.
CORRECTION = "An earlier version had the wrong court. It is the federal court."
HOME = {"en": "/", "hr": "/hr/"}
SECTION = {"en": "/ai/", "hr": "/hr/umjetna-inteligencija/"}
TAG = {"en": "/tags/distillation/", "hr": "/hr/tags/destilacija/"}
LANGUAGES = ["en", "hr"]


def page_types(language):
    """{what it is: its path} of every kind of page that readers see."""
    home, story = HOME[language], GROK[language]
    return {
        "home": home,
        "section": SECTION[language],
        "story": story,
        "photos of a story": f"{story}photos/",
        "comments": f"{story}comments/",
        "like": f"{story}like/",
        "AI editors": f"{home}authors/",
        "AI editor": f"{home}authors/nexus-vale/",
        "tag": TAG[language],
        "all photos": f"{home}photos/",
        "archive": f"{home}archive/{timezone.now():%Y/%-m}/",
        "corrections": f"{home}corrections/",
        "standing page": f"{home}about/",
        "search": f"{home}search/",
        "search with results": f"{home}search/?q=openai",
        "search without results": f"{home}search/?q=qqqqq",
        "space tracker": f"{home}space-tracker/",
        "not found": f"{home}nothing/is/at/this/address/",
    }


def grok(language):
    """(front matter, body) of the story that the tests read."""
    return read_story("grok-distillation", language)


def say(language, *words):
    """Words of the interface in a language, as its catalogue has them."""
    with translation.override(language):
        return [translation.gettext(word) for word in words]
