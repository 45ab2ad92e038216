"""Accounts go by their e-mail address, and the staff's groups are there as soon as the tables are."""

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from authors.groups import GROUPS, create_groups, wanted
from authors.models import Author, User
from tests import factories

pytestmark = pytest.mark.django_db


def test_an_address_is_taken_in_any_case():
    factories.make_user("ana@example.org")
    for email in ("ana@example.org", "ANA@example.org", "Ana@EXAMPLE.org"):
        with pytest.raises(IntegrityError), transaction.atomic():
            User.objects.create_user(email, "long-enough-for-a-test")
    assert User.objects.count() == 1


def test_signing_in_does_not_depend_on_case():
    user = factories.make_user("Ana@example.org")
    assert authenticate(username="aNA@Example.org", password=factories.PASSWORD) == user
    assert authenticate(username="ana@example.org", password="wrong") is None
    assert authenticate(username="nobody@example.org", password=factories.PASSWORD) is None


def test_an_account_that_is_switched_off_cannot_sign_in():
    factories.make_user("ana@example.org", is_active=False)
    assert authenticate(username="ana@example.org", password=factories.PASSWORD) is None


def test_an_account_is_shown_by_its_name():
    assert str(factories.make_user(name="Ana Horvat")) == "Ana Horvat"
    assert str(User(email="ana@example.org")) == "ana@example.org"


def test_a_new_account_is_neither_staff_nor_superuser():
    user = User.objects.create_user("reader@example.org", "long-enough-for-a-test")
    assert (user.is_staff, user.is_superuser, user.is_active) == (False, False, True)
    chief = User.objects.create_superuser("chief@example.org", "long-enough-for-a-test")
    assert chief.is_staff
    assert chief.is_superuser


@pytest.mark.parametrize("name", ["Editors", "Chief editors", "Moderators"])
def test_the_groups_exist_after_migrate_with_all_their_permissions(name):
    permissions = Group.objects.get(name=name).permissions
    have = set(permissions.values_list("content_type__app_label", "codename"))
    assert have == set(wanted(GROUPS[name]))


MAY = [
    ("Editors", "articles.publish_article", True),
    ("Editors", "articles.change_article", True),
    ("Editors", "articles.add_placement", True),
    ("Editors", "photos.add_photo", True),
    ("Editors", "comments.moderate_comment", False),
    ("Editors", "articles.change_category", False),
    ("Editors", "authors.change_user", False),
    ("Chief editors", "articles.publish_article", True),
    ("Chief editors", "articles.change_category", True),
    ("Chief editors", "comments.moderate_comment", True),
    ("Chief editors", "authors.change_user", True),
    ("Moderators", "comments.moderate_comment", True),
    ("Moderators", "articles.view_article", True),
    ("Moderators", "articles.change_article", False),
    ("Moderators", "articles.publish_article", False),
]


@pytest.mark.parametrize(("group", "permission", "may"), MAY)
def test_what_each_group_may_do(group, permission, may):
    assert factories.make_user(group=group).has_perm(permission) is may


@pytest.mark.parametrize("name", ["Editors", "Chief editors", "Moderators"])
def test_nobody_may_delete_what_history_refers_to(name):
    codes = Group.objects.get(name=name).permissions.filter(codename__startswith="delete_")
    assert set(codes.values_list("codename", flat=True)) <= {"delete_placement", "delete_redirect", "delete_listedword"}


def test_creating_the_groups_again_keeps_what_an_operator_added():
    group = Group.objects.get(name="Moderators")
    extra = Group.objects.get(name="Editors").permissions.get(codename="publish_article")
    group.permissions.add(extra)
    create_groups()
    assert extra in group.permissions.all()
    assert Group.objects.count() == 3


def test_an_ai_editor_has_no_face():
    with pytest.raises(IntegrityError), transaction.atomic():
        Author.objects.create(name="Nexus Vale", slug="nexus-vale", portrait=factories.make_photo())
    Author.objects.create(name="Ana", slug="ana", kind=Author.Kind.HUMAN, portrait=factories.make_photo())
