"""Who may comment on a story, wherever the desk shows it."""

from django import template

from comments.discussion import StoryDiscussion

register = template.Library()


@register.simple_tag
def story_discussion(article):
    return StoryDiscussion(article)
