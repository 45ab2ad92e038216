"""What several moderators do about one writer at the same moment, in several connections."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from comments.commenters import acknowledge, ban_network, find, note, reject_waiting, set_standing, undo, warn
from comments.models import Comment, Commenter, Decision, NetworkBan
from comments.moderation import Overtaken, decide
from tests import factories
from tests.together import at_once

pytestmark = pytest.mark.django_db(transaction=True)
READER, NETWORK = "a" * 64, "c" * 64
ROUNDS = 4


@pytest.fixture
def article(transactional_db):
    factories.make_edition()
    return factories.make_story()


@pytest.fixture
def moderators(article):
    return [factories.make_user(f"{name}@example.org", name) for name in ("mia", "tom", "eva")]


def wrote(article, number=0, **fields):
    return factories.make_comment(article, reader=f"{number:064}", network=NETWORK, status="pending", **fields)


def overtaken(task):
    def run():
        try:
            return task()
        except Overtaken as refusal:
            return str(refusal.messages[0])

    return run


def test_one_writer_has_one_row_whoever_comes_first(article, moderators):
    for number in range(ROUNDS):
        comment = wrote(article, number)
        at_once(
            *[lambda c=comment, m=moderator: note(c, "A word.", m) for moderator in moderators],
            *[lambda c=comment, m=moderator: warn(c, "Be kind.", m) for moderator in moderators],
        )
        row = Commenter.objects.get(reader=comment.reader)
        assert row.decisions.count() == 6


def test_an_account_has_one_row_too(article, moderators):
    user = factories.make_user("ada@example.org", "Ada", is_staff=False)
    comment = factories.make_comment(article, user=user)
    at_once(*[lambda m=moderator: set_standing(comment, "held", m) for moderator in moderators])
    # The second and the third found it so already.
    assert (Commenter.objects.get().standing, Decision.objects.count()) == ("held", 1)


def test_of_two_who_saw_the_same_one_is_told(article, moderators):
    mia, tom, _eva = moderators
    for number in range(ROUNDS):
        comment = wrote(article, number)
        said = at_once(
            overtaken(lambda c=comment: set_standing(c, "banned", mia, seen="normal")),
            overtaken(lambda c=comment: set_standing(c, "trusted", tom, seen="normal")),
        )
        assert sum("was faster" in str(each) for each in said) == 1
        assert find(comment).decisions.count() == 1
        assert find(comment).standing == find(comment).decisions.get().action


def test_one_network_is_banned_once(article, moderators):
    comments = [wrote(article, number) for number in range(3)]
    at_once(*[lambda c=c, m=m: ban_network(c, 7, m) for c, m in zip(comments, moderators, strict=True)])
    assert NetworkBan.objects.get().until > timezone.now() + dt.timedelta(days=6)
    assert Decision.objects.filter(action="network").count() == 3


def test_a_decision_is_undone_once(article, moderators):
    comment = wrote(article)
    decision = set_standing(comment, "banned", moderators[0])

    def take_back(moderator):
        try:
            return undo(Decision.objects.get(pk=decision.pk), moderator)
        except ValidationError as refusal:
            return refusal

    made = at_once(*[lambda m=moderator: take_back(m) for moderator in moderators])
    assert sum(isinstance(each, Decision) for each in made) == 1
    assert find(comment).standing == "normal"


def test_a_warning_is_acknowledged_once(article, moderators):
    comment = wrote(article)
    warn(comment, "Be kind.", moderators[0])
    row = find(comment)
    made = at_once(*[lambda: acknowledge(row)] * 4)
    assert sum(each is not None for each in made) == 1
    assert Decision.objects.filter(action="read").count() == 1


def test_what_is_decided_one_by_one_meanwhile_is_decided_once(article, moderators):
    mia, tom, _eva = moderators
    comments = [factories.make_comment(article, reader=READER, status="pending") for _number in range(6)]

    def approve(comment):
        try:
            return decide(comment, "approved", tom, count=0)
        except Overtaken:
            return None

    at_once(lambda: reject_waiting(comments[0], mia), lambda: [approve(comment) for comment in comments])
    assert not Comment.objects.filter(status="pending").exists()
    assert Decision.objects.count() == 6
