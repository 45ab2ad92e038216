"""Hostile names and texts in the notice of a reply: one plain text, and no header beside ours."""

import email
import email.policy
import re

import pytest
from django.core.exceptions import ValidationError

from authors.names import check_name
from comments import notices
from comments.models import Comment, Mail, NoticeAddress
from comments.notice_mails import message_of
from tests import factories, hostile

pytestmark = pytest.mark.django_db
HEADERS = {
    *("content-type", "mime-version", "content-transfer-encoding", "subject", "from", "to", "date", "message-id"),
    *("auto-submitted", "list-unsubscribe", "list-unsubscribe-post"),
}
OURS = ["mail_headers", "characters", "polyglots", "dangling_markup", "templates"]


def name_of(payload):
    try:
        return check_name(payload[:60])
    except ValidationError:
        return "Petra K."


@pytest.fixture
def mail(edition):
    address = NoticeAddress.objects.create(email="petra@example.org", language="en")
    return Mail(pk=1, kind="reply", address=address, reply=Comment(pk=1, article=factories.make_story()))


def sent(mail):
    return email.message_from_bytes(message_of(mail).message().as_bytes(), policy=email.policy.default)


@pytest.mark.parametrize("field", ["body", "name"])
def test_the_reply_stays_inside_of_the_text(mail, field):
    texts = [payload for kind in OURS for payload in hostile.own()[kind]] + hostile.naughty_strings()
    for text in texts:
        mail.reply.name, mail.reply.body = name_of(text), "A good word."
        if field == "body":
            mail.reply.body = text
        message = sent(mail)
        assert set(map(str.lower, message.keys())) == HEADERS, text
        assert len(message.keys()) == len(HEADERS)
        assert message.get_content_type() == "text/plain"
        assert (message["To"], message["Subject"].strip()) == (
            "petra@example.org",
            "A reply to your comment on “A model learns to wait”",
        )
        lines = message.get_content().splitlines()
        first, last = lines.index(""), lines.index("The reply in its place, where you can answer it:")
        assert all(line.startswith(">") or not line for line in lines[first:last])
        assert len(lines[:first]) == 1


def test_a_title_of_ours_makes_no_header(mail):
    mail.reply.article.title = "x\r\nBcc: victim@evil.example"
    mail.reply.name, mail.reply.body = "Petra K.", "A good word."
    assert set(map(str.lower, sent(mail).keys())) == HEADERS


@pytest.mark.parametrize("payload", hostile.own()["mail_headers"])
def test_an_address_is_one_address_or_none(edition, payload):
    from comments.forms import CommentForm

    form = CommentForm(
        {"body": "A good word.", "name": "Petra K.", "email": payload}, article=factories.make_story(), user=None
    )
    if form.is_valid() and form.notice_email():
        address = notices.subscribe(form.notice_email(), "en")
        assert re.fullmatch(r"(\"[^\s\"]+\"|[^\s,;<>\"]+)@[^\s,;<>@]+", address.email)
        message = sent(Mail.objects.get(address=address))
        assert message["To"] == address.email
        assert "Bcc" not in message
    else:
        assert "email" in form.errors or not payload.strip()
