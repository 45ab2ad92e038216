"""For the page of a photo, which knows nothing of stories itself."""

from django import template

from desk.photo_replace_page import may_replace
from desk.photo_uses import uses_of

register = template.Library()
register.simple_tag(uses_of, name="photo_uses")
register.filter("may_replace_photos", may_replace)
