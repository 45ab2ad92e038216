"""For tests of the moderators' queue: what its pages say, and its forms sent as a browser would."""

from comments.models import Comment, Finding
from comments.reports import report
from tests import factories
from tests.reading import Reading

QUEUE = "/admin/comments/queue/"
JSON = {"headers": {"accept": "application/json"}}


def waiting(story, body="A good word.", **fields):
    return factories.make_comment(story, body=body, status="pending", **fields)


def reported(story, *reasons, **fields):
    comment = factories.make_comment(story, **fields)
    for number, reason in enumerate(reasons):
        report(comment.pk, f"{number:064}", reason, f"Note {number}.")
    return now(comment)


def now(comment):
    comment.refresh_from_db()
    return comment


def found(comment, phase, verdict="hold", **details):
    return Finding.objects.create(comment=comment, phase=phase, verdict=verdict, details=details)


def page(client, **query):
    return Reading(client.get(QUEUE, query).content.decode())


def listed(client, **query):
    """The comments in the list at the left, in its order."""
    lines = [int(link["data-line"]) for link in page(client, **query).all("a") if "data-line" in link]
    rows = Comment.objects.in_bulk(lines)
    return [rows[pk] for pk in lines]


def open_card(client, **query):
    """The id of the comment whose card is open, None for none."""
    cards = [part["data-card"] for part in page(client, **query).all("section") if "data-card" in part]
    return int(cards[0]) if cards else None


def card(client, comment, **query):
    response = client.get(f"{QUEUE}{comment.pk}/card/", query)
    assert response.status_code == 200
    return Reading(response.content.decode())


def buttons(reading):
    return [button["value"] for button in reading.all("button", name="action") if "data-hotkey" in button]


def form_of(reading):
    """(address, {name: value} of the hidden fields) of the form with the buttons."""
    tags = reading.tags
    start = next(number for number, (_tag, attributes) in enumerate(tags) if "data-decide" in attributes)
    end = next(number for number, (_tag, attributes) in enumerate(tags) if attributes.get("name") == "why")
    fields = {attributes["name"]: attributes["value"] for tag, attributes in tags[start:end] if tag == "input"}
    return tags[start][1]["action"], fields


def seals(client, comment):
    """What the card's form carries of the text that stands on it, and of how often it was decided on."""
    _address, fields = form_of(card(client, comment))
    return {"seen": fields["seen"], "count": fields["count"]}


def decide(client, comment, action, **data):
    """The button of the card as it stands now, unless `seen` and `count` come along."""
    if "seen" not in data:
        data |= seals(client, comment)
    extra = data.pop("extra", {})
    return client.post(f"{QUEUE}{comment.pk}/decide/", {"action": action, **data}, **extra)


def ask_decide(client, comment, action, **data):
    return decide(client, comment, action, extra=JSON, **data)


def ticked(client, *comments, **query):
    """What the bulk form sends for these lines of a list."""
    fields = {field["name"]: field["value"] for field in page(client, **query).all("input", type="hidden", form="bulk")}
    names = [f"{kind}-{comment.pk}" for comment in comments for kind in ("seen", "count")]
    return {"selected": [comment.pk for comment in comments], **{name: fields[name] for name in names}}
