from django import template

from comments.threads import newest_threads

register = template.Library()


@register.simple_tag
def comments_for(article):
    """The newest threads of a story, one query: a page may show what its app does not import."""
    return newest_threads(article)
