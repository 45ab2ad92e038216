"""The words and headers of a mail. Plain text: nothing in it is markup, whatever somebody wrote."""

import unicodedata
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from newsroom.text import clean_block, clean_line

from . import notices
from .models import Mail

MOST_SUBJECT, MOST_REPLY = 120, 1000


def message_of(mail, connection=None):
    """What is sent for this row, in the language of its address."""
    address = mail.address
    stop_url = _absolute(address, "notice_stop", notices.stop_token(address))
    with translation.override(address.language):
        words = _question(address) if mail.kind == Mail.Kind.CONFIRM else _reply(mail.reply)
        body = render_to_string(f"comments/mail/{mail.kind}.txt", {**words, "stop_url": stop_url})
    return EmailMessage(
        subject=Truncator(words["subject"]).chars(MOST_SUBJECT),
        body=body,
        to=[address.email],
        headers={**headers_of(mail, stop_url), "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
        connection=connection,
    )


def _question(address):
    site = settings.SITE_NAME
    return {
        "subject": _("%(site)s: do you want to hear of replies?") % {"site": site},
        "site": site,
        "confirm_url": _absolute(address, "notice_confirm", notices.confirm_token(address)),
    }


def _reply(reply):
    """The subject is ours alone: the name and the words of who replied stand in the text, marked as theirs."""
    title = _visible(clean_line(reply.article.title))
    return {
        "subject": _("A reply to your comment on “%(title)s”") % {"title": title},
        "title": title,
        "who": _visible(clean_line(reply.name)),
        "quoted": _quoted(reply.body),
        "reply_url": f"{settings.SITE_URL}{reply.article.get_absolute_url()}comments/?thread={reply.pk}#c{reply.pk}",
    }


def _quoted(body):
    """Each line marked, so that no reply can go on in the voice of the site."""
    lines = Truncator(_visible(clean_block(body))).chars(MOST_REPLY).splitlines()
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _visible(text):
    """Without the invisible characters that turn the direction of a line or hide a part of it."""
    return "".join(char for char in text if char == "\n" or unicodedata.category(char) not in ("Cf", "Cc"))


def headers_of(mail, stop_url):
    return {
        # The same at a second try: the mail program that got the first shows one.
        "Message-ID": f"<notice-{mail.pk}-{mail.created_at:%Y%m%d%H%M%S}@{urlsplit(settings.SITE_URL).hostname}>",
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{stop_url}>",
    }


def _absolute(address, name, token):
    return settings.SITE_URL + reverse(name, kwargs={"language": address.language, "token": token})
