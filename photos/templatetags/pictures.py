from django import template

from photos.markup import picture as markup

register = template.Library()


@register.simple_tag
def picture(art, box, alt="", is_eager=False):
    """`{% picture photo.art "card" alt=… is_eager=True %}`: a picture in one of photos.markup.BOXES."""
    return markup(art, box, alt, is_eager)
