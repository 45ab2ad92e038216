import pytest
from django.core.management import call_command

from articles.models import Article
from comments.models import Comment
from tests import factories

pytestmark = pytest.mark.django_db


def test_older_html_is_rendered_again_and_nothing_else(edition, capsys):
    old, fresh = factories.make_story(title="Old"), factories.make_story(title="Fresh")
    Article.objects.filter(pk=old.pk).update(html="old", html_version=0)
    Article.objects.filter(pk=fresh.pk).update(html="kept")
    comment = factories.make_comment(old)
    Comment.objects.filter(pk=comment.pk).update(html="old", html_version=0)
    call_command("render_texts")
    assert "The first paragraph." in Article.objects.get(pk=old.pk).html
    assert Article.objects.get(pk=fresh.pk).html == "kept"
    assert Comment.objects.get(pk=comment.pk).html == "<p>A good word.</p>"
    assert "1 rendered" in capsys.readouterr().out


def test_a_text_that_is_refused_keeps_its_html_and_is_named(edition, capsys):
    story = factories.make_story()
    Article.objects.filter(pk=story.pk).update(html="old", html_version=0, body="[" * 5000)
    call_command("render_texts")
    assert Article.objects.get(pk=story.pk).html == "old"
    assert f"story {story.pk}:" in capsys.readouterr().err
