"""What the public templates share: links in a language, dates as the edition prints them, emblems, navigation."""

import datetime as dt
import functools
import zoneinfo

from django import template
from django.conf import settings
from django.template.loader import get_template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from articles import navigation
from newsroom.language import OWN_NAMES, url_in

register = template.Library()
ZONE = zoneinfo.ZoneInfo(settings.EDITION_TIME_ZONE)
SHORT = {"en": "j M Y", "hr": "j. n. Y."}
FULL = {"en": "j F Y, H:i", "hr": "j. E Y. \\u H:i"}
HOUR = {"en": "H:i", "hr": "H:i"}
DAY = {"en": "j M", "hr": "j. n."}
AMP = mark_safe("<i>&amp;</i>")


@register.simple_tag
def page_url(language, name, **kwargs):
    return url_in(language, name, **kwargs)


@register.simple_tag
def absolute(path):
    return settings.SITE_URL + path


@register.simple_tag
def site_name():
    return settings.SITE_NAME


@register.simple_tag
def wordmark():
    """The name in capitals, its ampersand as the brand's own glyph."""
    return format_html_join(AMP, "{}", ((part,) for part in settings.SITE_NAME.upper().split("&")))


@register.simple_tag
def sections(language):
    return navigation.sections(language)


@register.simple_tag
def own_name(language):
    return OWN_NAMES[language]


@register.simple_tag
def languages():
    return list(OWN_NAMES)


def printed(moment, language, formats):
    return date_format(moment.astimezone(ZONE), formats[language])


@register.simple_tag
def when(moment, language, relative="", prefix=""):
    """A <time>: printed by the server in the edition's zone; the browser turns a relative one into "1d ago".

    `relative` is '' (stays a date), 'plain' or 'paren' ("(1d ago)").
    """
    rel = format_html(' data-rel="{}"', relative) if relative else ""
    text = printed(moment, language, SHORT)
    if relative == "paren":
        text = f"({text})"
    zone = moment.astimezone(ZONE).tzname()
    return format_html(
        '<time datetime="{}"{} title="{}">{}{}</time>',
        moment.isoformat(timespec="seconds"),
        rel,
        f"{printed(moment, language, FULL)} {zone}",
        prefix,
        text,
    )


@register.simple_tag
def clock(moment, language):
    """The hour of a wire story; one older than a day shows its day."""
    is_today = timezone.now() - moment < dt.timedelta(days=1)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        moment.isoformat(timespec="seconds"),
        printed(moment, language, FULL),
        printed(moment, language, HOUR if is_today else DAY),
    )


@register.filter
def full_date(moment, language):
    return printed(moment, language, FULL)


@register.simple_tag
def text_of(author, name, language):
    return author.text(name, language)


@functools.cache
def _sigil(name):
    return mark_safe(get_template(f"components/sigils/{name}.svg").render())  # noqa: S308 - our own drawing


@register.simple_tag
def sigil(name):
    """The emblem of an AI editor; nothing for an author without one."""
    return _sigil(name) if name else ""


@register.simple_tag
def standing_pages(language):
    return [page for page in navigation.standing_pages() if page.language == language]


@register.filter
def moment(text):
    return dt.datetime.fromisoformat(text)
