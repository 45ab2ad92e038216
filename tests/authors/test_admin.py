"""Accounts and authors at the desk."""

import pytest
from django.contrib.auth.models import Group, Permission

from authors.models import Author, User
from tests import factories
from tests.articles.desk import signed_in

pytestmark = pytest.mark.django_db
ACCOUNTS = "/admin/authors/user/"


@pytest.fixture
def marko():
    return signed_in(factories.make_user("marko@example.org", name="Marko", group="Chief editors"))


def account(**changes):
    return {"email": "iva@example.org", "display_name": "Iva Perić", "usable_password": "true", **changes}


def changed(user, **changes):
    data = {"email": user.email, "display_name": user.display_name, "language": ""}
    return {**data, "is_active": "on", "is_staff": "on", **changes}


def test_a_chief_editor_makes_an_account_and_gives_it_a_group(marko):
    data = account(password1=factories.PASSWORD, password2=factories.PASSWORD)
    assert marko.post(f"{ACCOUNTS}add/", data).status_code == 302
    iva = User.objects.get(email="iva@example.org")
    assert iva.check_password(factories.PASSWORD)
    editors = Group.objects.get(name="Editors")
    assert marko.post(f"{ACCOUNTS}{iva.pk}/change/", changed(iva, groups=editors.pk)).status_code == 302
    iva.refresh_from_db()
    assert iva.is_staff
    assert list(iva.groups.all()) == [editors]


def test_one_address_has_one_account_whatever_its_case(marko):
    factories.make_user("iva@example.org")
    data = account(email="IVA@example.org", password1=factories.PASSWORD, password2=factories.PASSWORD)
    response = marko.post(f"{ACCOUNTS}add/", data)
    assert "There is an account with this e-mail address already." in response.content.decode()


def test_an_account_is_switched_off_and_never_deleted(marko):
    iva = factories.make_user("iva@example.org")
    data = changed(iva)
    del data["is_active"]
    marko.post(f"{ACCOUNTS}{iva.pk}/change/", data)
    iva.refresh_from_db()
    assert not iva.is_active
    root = signed_in(factories.make_user("root@example.org", is_superuser=True))
    assert root.get(f"{ACCOUNTS}{iva.pk}/delete/").status_code == 403


def test_a_chief_editor_makes_nobody_a_superuser_and_gives_no_single_right(marko):
    iva = factories.make_user("iva@example.org")
    marko.post(f"{ACCOUNTS}{iva.pk}/change/", changed(iva, is_superuser="on", user_permissions="1"))
    iva.refresh_from_db()
    assert not iva.is_superuser
    assert not iva.user_permissions.exists()


def test_a_superusers_account_and_password_are_closed_to_a_chief_editor(marko):
    root = factories.make_user("root@example.org", is_superuser=True)
    assert marko.post(f"{ACCOUNTS}{root.pk}/change/", changed(root)).status_code == 403
    data = {"password1": "taken-over-1234", "password2": "taken-over-1234", "usable_password": "true"}
    assert marko.post(f"{ACCOUNTS}{root.pk}/password/", data).status_code == 403


def test_groups_made_by_hand_are_a_superusers_to_give(marko):
    strong = Group.objects.create(name="Operators")
    iva = factories.make_user("iva@example.org")
    response = marko.post(f"{ACCOUNTS}{iva.pk}/change/", changed(iva, groups=strong.pk))
    assert response.status_code == 200
    iva.groups.add(strong)
    marko.post(f"{ACCOUNTS}{iva.pk}/change/", changed(iva, display_name="Iva"))
    assert list(iva.groups.all()) == [strong]


@pytest.mark.parametrize("active", [True, False])
@pytest.mark.parametrize("by_group", [True, False])
def test_an_account_with_more_rights_is_closed_to_a_chief_editor(marko, by_group, active):
    iva = factories.make_user("iva@example.org", is_active=active)
    right = Permission.objects.get(codename="delete_article")
    if by_group:
        group = Group.objects.create(name="Operators")
        group.permissions.add(right)
        iva.groups.add(group)
    else:
        iva.user_permissions.add(right)
    url = f"{ACCOUNTS}{iva.pk}"
    assert marko.post(f"{url}/change/", changed(iva, email="mine@example.org")).status_code == 403
    data = {"password1": "taken-over-1234", "password2": "taken-over-1234", "usable_password": "true"}
    assert marko.post(f"{url}/password/", data).status_code == 403
    iva.refresh_from_db()
    assert iva.email == "iva@example.org"
    assert iva.check_password(factories.PASSWORD)
    root = signed_in(factories.make_user("root@example.org", is_superuser=True))
    assert root.post(f"{url}/change/", changed(iva, display_name="Iva")).status_code == 302


@pytest.mark.parametrize("group", ["Chief editors", "Editors", "Moderators"])
def test_an_account_with_no_more_rights_is_open_to_a_chief_editor(marko, group):
    iva = factories.make_user("iva@example.org", group=group)
    data = {"password1": "forgotten-1234", "password2": "forgotten-1234", "usable_password": "true"}
    assert marko.post(f"{ACCOUNTS}{iva.pk}/password/", data).status_code == 302


def test_the_zone_of_an_account_is_not_asked_for(marko):
    iva = factories.make_user("iva@example.org")
    assert 'name="time_zone"' not in marko.get(f"{ACCOUNTS}{iva.pk}/change/").content.decode()


@pytest.mark.parametrize("group", ["Editors", "Moderators"])
def test_editors_and_moderators_do_not_see_accounts(group):
    client = signed_in(factories.make_user(group=group))
    assert client.get(ACCOUNTS).status_code == 403
    assert client.get(f"{ACCOUNTS}add/").status_code == 403


class TestAuthors:
    URL = "/admin/authors/author/"

    def data(self, **changes):
        texts = {"role_en": "AI editor", "role_hr": "AI urednica", "motto_en": "Look twice.", "bio_en": "A persona."}
        blank = ("motto_hr", "beat_en", "beat_hr", "bio_hr", "portrait", "model_name", "accountable", "user")
        fixed = {"name": "Mira Kern", "slug": "mira-kern", "kind": "ai", "sigil": "lens", "position": "3"}
        return {**dict.fromkeys(blank, ""), **fixed, **texts, "is_active": "on", **changes}

    def test_texts_are_ordinary_fields_in_each_language(self, marko):
        page = marko.get(f"{self.URL}add/").content.decode()
        assert "Role (English)" in page
        assert "Role (Croatian)" in page
        assert marko.post(f"{self.URL}add/", self.data()).status_code == 302
        mira = Author.objects.get(slug="mira-kern")
        assert mira.text("role", "hr") == "AI urednica"
        assert mira.text("motto", "hr") == "Look twice."
        assert 'value="AI urednica"' in marko.get(f"{self.URL}{mira.pk}/change/").content.decode()

    def test_the_default_language_is_asked_for(self, marko):
        response = marko.post(f"{self.URL}add/", self.data(role_en=""))
        assert response.context["adminform"].form.errors["role_en"]

    def test_texts_that_the_form_does_not_know_are_kept(self, marko):
        mira = Author.objects.create(name="Mira", slug="mira", texts={"en": {"role": "x", "voice": "dry"}})
        marko.post(f"{self.URL}{mira.pk}/change/", self.data())
        mira.refresh_from_db()
        assert mira.texts["en"]["voice"] == "dry"
        assert mira.slug == "mira"

    def test_an_ai_editor_has_no_face(self, marko):
        photo = factories.make_photo()
        response = marko.post(f"{self.URL}add/", self.data(portrait=photo.pk))
        assert response.context["adminform"].form.errors["portrait"]

    def test_an_editor_reads_authors_and_changes_none(self, marko):
        mira = Author.objects.create(name="Mira", slug="mira")
        ana = signed_in(factories.make_user(group="Editors"))
        assert ana.get(f"{self.URL}{mira.pk}/change/").status_code == 200
        assert ana.post(f"{self.URL}{mira.pk}/change/", self.data()).status_code == 403

    def test_what_an_edition_may_load_the_desk_may_save(self, marko):
        from desk.edition_tables import AUTHOR_TEXTS

        longest = {f"{name}_en": "x" * most for name, most in AUTHOR_TEXTS.items()}
        assert marko.post(f"{self.URL}add/", self.data(**longest)).status_code == 302
        response = marko.post(f"{self.URL}add/", self.data(slug="b", **{n: f"{t}x" for n, t in longest.items()}))
        assert set(response.context["adminform"].form.errors) == set(longest)
