"""How tests write comments: as the composer's form sends them, with and without a script."""

import datetime as dt

import time_machine
from django.utils import timezone

from comments.stamps import new_stamp
from tests.reading import Reading

STORY = "/ai/a-model-learns-to-wait/"
PAGE = f"{STORY}comments/"
MINE = f"{PAGE}mine/"
# A guest's cookie.
TOKEN = "a" * 32
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
SCRIPT = {**SAME_ORIGIN, "Accept": "application/json"}


def stamp_of(article, seconds=10):
    """A stamp as if the form had been in hand that long."""
    with time_machine.travel(timezone.now() - dt.timedelta(seconds=seconds), tick=False):
        return new_stamp(article.pk)


def form(article=None, **changes):
    """The composer, filled in. Without a story it has no stamp, as in the page that everybody gets."""
    stamp = stamp_of(article) if article else ""
    fields = {"body": "A good word.", "name": "Petra K.", "email": "", "parent": "", "website": "", "stamp": stamp}
    return {**fields, "action": "post", **changes}


def send(client, fields, path=PAGE, headers=SAME_ORIGIN):
    return client.post(path, fields, headers=headers)


def page_of(response, status):
    assert response.status_code == status, response.content[:400]
    return Reading(response.content.decode())


def filled(response, status):
    """What stands in the composer of a page: {name: value}."""
    html = response.content.decode()
    found = {tag["name"]: tag.get("value", "") for tag in page_of(response, status).all("input") if "name" in tag}
    _, _, rest = html.partition('<textarea name="body"')
    return found | {"body": rest.partition(">")[2].partition("</textarea>")[0].removeprefix("\n")}
