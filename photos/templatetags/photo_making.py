from django import template

from photos.models import Making
from photos.progress import state_of

register = template.Library()


@register.inclusion_tag("admin/photos/photo/making.html")
def making_of(photo, in_form=False, query="", may_change=True):
    """How far its renditions are, where they are not made. `in_form`: stands in the form of the photo's page."""
    making = Making.objects.filter(pk=photo.pk).first() if in_form else getattr(photo, "making", None)
    context = {"photo": photo, "in_form": in_form, "query": query, "may_change": may_change}
    return {**context, "state": state_of(making) if making else None}
