"""`make chaos` in short, on the database under test; and that each of its checks can fail."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings

from articles.likes import set_like
from articles.models import ArticleStats
from comments.identity import reader_of
from comments.likes import set_comment_like
from comments.models import Comment, CommentLike
from comments.moderation import decide
from comments.posting import edit_comment, withdraw
from tests import factories
from tests.processes import database_url

ROUNDS = 6
TOKEN, OTHER = "a" * 32, "b" * 32


@pytest.mark.django_db(transaction=True)
def test_what_was_acknowledged_survives_kills(tmp_path):
    factories.make_edition()
    for number in range(3):
        factories.make_story(title=f"Story {number}")
    done = chaos(tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{ROUNDS} rounds in " in done.stdout
    assert "All that was acknowledged is there, once." in done.stdout
    assert Comment.objects.count() > 1


def chaos(folder):
    environment = {**os.environ, "STATIC_ROOT": str(_static_files(folder)), "DATA_DIR": str(folder)}
    command = [sys.executable, "scripts/chaos.py", "--rounds", str(ROUNDS), "--seconds", "120"]
    command += ["--database", database_url()]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, timeout=200)


def _static_files(folder):
    """In place of collectstatic, which compresses for seconds: each file under its own name."""
    names = [path.relative_to(settings.BASE_DIR / "static" / "dist").as_posix() for path in _built()]
    manifest = {"version": "1.1", "paths": dict(zip(names, names, strict=True)), "hash": ""}
    static = folder / "static"
    static.mkdir()
    (static / "staticfiles.json").write_text(json.dumps(manifest))
    return static


def _built():
    return [path for path in (settings.BASE_DIR / "static" / "dist").rglob("*") if path.is_file()]


# The checks, each against a ledger that is not true


@pytest.fixture
def checks():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(settings.BASE_DIR / "scripts"))
        import chaos_checks

        yield chaos_checks


@pytest.fixture
def faults(checks):
    """A function of a ledger: the sentences of the checks."""
    return lambda ledger: list(checks.faults(ledger))


@pytest.fixture
def article(edition):
    return factories.make_story()


@pytest.fixture
def comment(article):
    return stored(article)


def stored(article, key="0.1"):
    return factories.make_comment(article, body=f"Word {key} version 1.", status="pending", reader=reader_of(TOKEN))


def entry(comment, **changes):
    """What the crowd has written down of it."""
    return {
        "key": "0.1",
        "id": comment.pk,
        "story": str(comment.article_id),
        "parents": [None],
        "texts": ["Word 0.1 version 1."],
        "token": TOKEN,
        "was_edited": False,
        "deleted": "",
        **changes,
    }


def ledger(*comments, likes=(), approved=(), decided=None, **changes):
    last = {"comments": 0, "story": 0, "comment": 0}
    given = {"comments": comments, "likes": likes, "approved": approved, "decided": decided or {}}
    return {**given, "lost_likes": [], "last": last, **changes}


def like(kind, target, *states, token=TOKEN):
    return {"kind": kind, "target": str(target), "token": token, "states": list(states)}


@pytest.mark.django_db
def test_a_database_with_accounts_is_left_alone(checks):
    factories.make_user()
    with pytest.raises(SystemExit, match="This database is in use: it has accounts"):
        checks.prepare()


@pytest.mark.django_db
class TestChecks:
    def test_a_true_ledger_has_no_fault(self, faults, article, comment):
        set_like(article.pk, TOKEN, True)
        decide(comment, "approved")
        set_comment_like(comment.pk, TOKEN, True)
        likes = [like("story", article.pk, True), like("comment", comment.pk, True)]
        true = ledger(entry(comment), likes=likes, approved=[comment.pk], decided={str(comment.pk): "approved"})
        assert faults(true) == []

    def test_a_lost_comment(self, faults, comment):
        true = ledger(entry(comment))
        Comment.objects.all().delete()
        assert faults(true) == ["Comment 0.1 was acknowledged, and is there 0 times."]

    def test_a_comment_stored_twice(self, faults, article, comment):
        stored(article)
        assert faults(ledger(entry(comment))) == ["Comment 0.1 was acknowledged, and is there 2 times."]

    def test_a_comment_that_nobody_sent(self, faults, comment):
        assert faults(ledger()) == [f"Comment {comment.pk} is there, and nobody sent it: 'Word 0.1 version 1.'."]

    def test_a_lost_edit(self, faults, comment):
        [fault] = faults(ledger(entry(comment, texts=["Word 0.1 version 2."], was_edited=True)))
        assert fault.endswith("says 'Word 0.1 version 1.'; acknowledged was 'Word 0.1 version 2.'.")

    def test_an_edit_without_an_answer_may_be_stored_or_not(self, faults, comment):
        either = ledger(entry(comment, texts=["Word 0.1 version 1.", "Word 0.1 version 2."], was_edited=True))
        assert faults(either) == []
        edit_comment(comment.pk, "Word 0.1 version 2.")
        assert faults(either) == []

    def test_half_an_edit(self, faults, comment):
        Comment.objects.update(html="<p>Another text</p>")
        assert faults(ledger(entry(comment))) == ["Comment 0.1 shows another text than it says."]

    def test_a_comment_at_another_place_or_of_somebody_else(self, faults, article, comment):
        other = factories.make_story(title="Another story")
        wrong = entry(comment, parents=[5], story=str(other.pk), token=OTHER, id=comment.pk + 1)
        assert faults(ledger(wrong)) == [
            f"Comment 0.1 was acknowledged as {comment.pk + 1}, and is {comment.pk}.",
            "Comment 0.1 answers None, not 5.",
            "Comment 0.1 stands below another story.",
            "Comment 0.1 belongs to somebody else.",
        ]

    def test_a_lost_deletion(self, faults, comment):
        deleted = ledger(entry(comment, deleted="done"))
        assert faults(deleted) == ["Comment 0.1: its deletion was acknowledged, and it is there."]
        withdraw(comment.pk)
        assert faults(deleted) == []
        Comment.objects.all().delete()
        assert faults(deleted) == [f"Comment 0.1: deleted, but it left no row ({comment.pk})."]

    def test_a_deletion_that_nobody_asked_for(self, faults, comment):
        withdraw(comment.pk)
        assert faults(ledger(entry(comment))) == [
            "Comment 0.1 was acknowledged, and is there 0 times.",
            f"Comment {comment.pk} is deleted, and nobody asked for that.",
        ]

    def test_a_lost_decision_and_one_that_nobody_made(self, faults, comment):
        lost = ledger(entry(comment), approved=[comment.pk], decided={str(comment.pk): "approved"})
        assert faults(lost) == [f"Comment {comment.pk} is pending; acknowledged was approved."]
        decide(comment, "approved")
        assert faults(ledger(entry(comment))) == [f"Comment {comment.pk} is approved, and no moderator did that."]

    def test_a_lost_like_and_one_taken_back_that_is_there(self, faults, article):
        lost = ledger(likes=[like("story", article.pk, True)])
        assert faults(lost) == [f"A like of story {article.pk} is there 0 times; acknowledged was 1."]
        set_like(article.pk, TOKEN, True)
        assert faults(lost) == []
        back = ledger(likes=[like("story", article.pk, False)])
        assert faults(back) == [f"A like of story {article.pk} is there 1 times; acknowledged was 0."]

    def test_a_counter_that_is_not_its_rows(self, faults, article, comment):
        decide(comment, "approved")
        Comment.objects.update(like_count=2)
        ArticleStats.objects.update(comment_count=0)
        assert faults(ledger(entry(comment), approved=[comment.pk])) == [
            f"db#{article.record_number}: comment_count 0, counted 1",
            f"comment {comment.pk}: like_count 2, counted 0",
        ]

    def test_a_like_that_nobody_gave(self, faults, article):
        set_like(article.pk, OTHER, True)
        assert faults(ledger()) == [f"Story {article.pk} has 1 likes that nobody gave; 0 got no answer."]
        assert faults(ledger(lost_likes=[["story", article.pk]])) == []

    def test_a_deleted_comment_keeps_no_like(self, faults, comment):
        withdraw(comment.pk)
        CommentLike.objects.create(comment=comment, reader="c" * 64)
        Comment.objects.update(like_count=1)
        true = ledger(entry(comment, deleted="done"), lost_likes=[["comment", comment.pk]])
        assert faults(true) == [f"Comment {comment.pk} has 1 likes that nobody gave; 1 got no answer."]

    def test_a_story_keeps_its_likes_when_a_comment_of_that_number_is_deleted(self, faults, article):
        comment = factories.make_comment(article, body="Word 0.1 version 1.", pk=article.pk)
        withdraw(comment.pk)
        set_like(article.pk, TOKEN, True)
        assert faults(ledger(entry(comment, deleted="done"), likes=[like("story", article.pk, True)])) == []
