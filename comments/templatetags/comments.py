from django import template

from comments.policy import shown_policy
from comments.threads import newest_threads

register = template.Library()


@register.simple_tag
def comments_for(article):
    """The newest threads of a story, one query: a page may show what its app does not import."""
    return newest_threads(article)


@register.simple_tag
def discussion_of(article):
    """Whether readers can write below a story, and until when (policy.Policy). No query."""
    return shown_policy(article)
