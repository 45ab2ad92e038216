"""What the public templates share: links in a language, dates as the edition prints them, emblems, navigation."""

import datetime as dt
import functools
import itertools
import zoneinfo

from django import template
from django.conf import settings
from django.template.loader import get_template
from django.utils import timezone
from django.utils.dates import MONTHS_3
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from articles import navigation
from newsroom.language import OWN_NAMES, url_in

register = template.Library()
ZONE = zoneinfo.ZoneInfo(settings.EDITION_TIME_ZONE)
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


def day(moment, language, *, year=True):
    """24 Nov 2026 · 24. 11. 2026., by the edition's clock. A page prints dozens; date_format() costs too much."""
    local = moment.astimezone(ZONE)
    if language == "hr":
        return f"{local.day}. {local.month}. {local.year}." if year else f"{local.day}. {local.month}."
    name = MONTHS_3[local.month].title()
    return f"{local.day} {name} {local.year}" if year else f"{local.day} {name}"


def hour(moment):
    local = moment.astimezone(ZONE)
    return f"{local.hour:02}:{local.minute:02}"


@register.simple_tag
def when(moment, language, relative=""):
    """A <time>, printed by the server; the browser turns a relative one into "1d ago" and keeps the print as its title.

    `relative` is '' (stays a date), 'plain' or 'paren' ("(1d ago)").
    """
    text = f"{day(moment, language)}, {hour(moment)}" if relative == "" else day(moment, language)
    if relative == "paren":
        text = f"({text})"
    rel = f' data-rel="{relative}"' if relative else ""
    return mark_safe(f'<time datetime="{_stamp(moment)}"{rel}>{text}</time>')  # noqa: S308 - digits and month names


def _stamp(moment):
    return moment.isoformat(timespec="seconds")


@register.simple_tag
def clock(moment, language):
    """The hour of a wire story; one older than a day shows its day."""
    is_today = timezone.now() - moment < dt.timedelta(days=1)
    text = hour(moment) if is_today else day(moment, language, year=False)
    return mark_safe(f'<time datetime="{_stamp(moment)}">{text}</time>')  # noqa: S308 - digits and month names


@register.filter
def full_date(moment, language):
    return f"{day(moment, language)}, {hour(moment)}"


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


@register.simple_tag
def standing_page(language, key):
    return navigation.standing_page(language, key)


@register.filter
def moment(text):
    return dt.datetime.fromisoformat(text)


@register.tag
def keep(parser, token):
    """`{% keep language section %}…{% endkeep %}`: rendered once for these values and kept per process for a minute.

    For the parts of the frame that are the same on thousands of pages, and depend on nothing but the named values.
    """
    names = token.split_contents()[1:]
    nodes = parser.parse(("endkeep",))
    parser.delete_first_token()
    return KeptNode([parser.compile_filter(name) for name in names], nodes)


# Tells kept parts apart; an id() may be used again when templates are loaded anew.
NUMBERS = itertools.count()


class KeptNode(template.Node):
    def __init__(self, keys, nodelist):
        self.keys, self.nodelist = keys, nodelist
        self.number = next(NUMBERS)

    def render(self, context):
        key = (self.number, *(key.resolve(context) for key in self.keys))
        return navigation.kept_fragment(key, lambda: self.nodelist.render(context))
