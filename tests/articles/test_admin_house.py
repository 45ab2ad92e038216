"""What stories refer to, edited at the desk: placements, corrections, places, sections, pages, redirects."""

import datetime as dt
import zoneinfo

import pytest
from django.utils import timezone

from articles.models import Category, Correction, Place, Placement, Redirect, Source, StandingPage, Tag
from tests import factories
from tests.articles.desk import editor, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(edition):
    return signed_in(editor())


@pytest.fixture
def chief(edition):
    return signed_in(factories.make_user("marko@example.org", name="Marko", group="Chief editors"))


def errors(response):
    return response.context["adminform"].form.errors


class TestPlacement:
    URL = "/admin/articles/placement/"

    def data(self, article, **changes):
        times = {"shown_from_0": "2026-01-01", "shown_from_1": "07:00", "shown_until_0": "", "shown_until_1": ""}
        return {"slot": "lead", "article": article.pk, **times, **changes}

    def test_an_editor_places_a_story_on_the_front_page_from_until(self, desk):
        article = factories.make_story(language="hr")
        data = self.data(article, shown_until_0="2040-01-01", shown_until_1="07:00")
        assert desk.post(f"{self.URL}add/", data).status_code == 302
        placement = Placement.objects.get()
        assert (placement.slot, placement.language) == ("lead", "hr")
        assert placement.shown_from == dt.datetime(2026, 1, 1, 6, 0, tzinfo=dt.UTC)
        assert "Stands there" in desk.get(self.URL).content.decode()

    def test_the_list_says_what_is_passed_over_and_what_is_to_come(self, desk):
        Placement.objects.create(slot="lead", article=factories.make_draft(title="Draft"))
        later = timezone.now() + dt.timedelta(days=1)
        Placement.objects.create(slot="lead", article=factories.make_story(title="Later"), shown_from=later)
        page = desk.get(self.URL).content.decode()
        assert "Passed over" in page
        assert "To come" in page

    def test_an_end_before_the_start_is_refused(self, desk):
        data = self.data(factories.make_story(), shown_until_0="2025-01-01", shown_until_1="07:00")
        assert "shown_until" in errors(desk.post(f"{self.URL}add/", data))

    def test_the_story_is_found_by_title_or_number(self, desk):
        article = factories.make_story(title="Grok and distillation", record_number=3629)
        source = {"app_label": "articles", "model_name": "placement", "field_name": "article"}
        for term in ("distill", "db#3629"):
            found = desk.get("/admin/autocomplete/", {**source, "term": term}).json()["results"]
            assert [row["id"] for row in found] == [str(article.pk)]

    def test_a_placement_that_began_ends_when_it_is_deleted(self, desk):
        placement = Placement.objects.create(slot="lead", article=factories.make_story())
        response = desk.post(f"{self.URL}{placement.pk}/delete/", {"post": "yes"}, follow=True)
        placement.refresh_from_db()
        assert placement.shown_until <= timezone.now()
        assert "ended now" in response.content.decode()
        assert desk.post(f"{self.URL}{placement.pk}/delete/", {"post": "yes"}).status_code == 403

    def test_one_to_come_is_deleted(self, desk):
        later = timezone.now() + dt.timedelta(days=1)
        placement = Placement.objects.create(slot="lead", article=factories.make_story(), shown_from=later)
        assert desk.post(f"{self.URL}{placement.pk}/delete/", {"post": "yes"}).status_code == 302
        assert not Placement.objects.exists()

    def test_several_are_taken_away_at_once_and_the_past_stays(self, desk):
        now, day = timezone.now(), dt.timedelta(days=1)
        article = factories.make_story()
        over = Placement.objects.create(slot="lead", article=article, shown_from=now - 2 * day, shown_until=now - day)
        begun = Placement.objects.create(slot="lead", article=article, shown_from=now - day)
        coming = Placement.objects.create(slot="lead", article=article, shown_from=now + day)
        chosen = [over.pk, begun.pk, coming.pk]
        desk.post(self.URL, {"action": "take_away", "_selected_action": chosen})
        kept = dict(Placement.objects.values_list("pk", "shown_until"))
        assert kept.keys() == {over.pk, begun.pk}
        assert kept[over.pk] == over.shown_until
        assert now <= kept[begun.pk] <= timezone.now()
        desk.post(self.URL, {"action": "delete_selected", "_selected_action": chosen, "post": "yes"})
        assert Placement.objects.count() == 2

    def test_a_place_within_the_section_and_what_stood_there_ends(self, desk):
        start = timezone.now() - dt.timedelta(hours=1)
        article, other = factories.make_story(), factories.make_story(title="Other")
        for position in (2, 3):
            Placement.objects.create(slot="section", position=position, article=article, shown_from=start)
        now = timezone.localtime(timezone.now() + dt.timedelta(days=1), zoneinfo.ZoneInfo("Europe/Zagreb"))
        times = {"shown_from_0": f"{now:%Y-%m-%d}", "shown_from_1": f"{now:%H:%M}"}
        data = self.data(other, slot="section", position="2", **times)
        assert desk.post(f"{self.URL}add/", data).status_code == 302
        made = Placement.objects.get(article=other)
        assert made.position == 2
        ends = dict(Placement.objects.filter(article=article).values_list("position", "shown_until"))
        assert ends == {2: made.shown_from, 3: None}

    @pytest.mark.parametrize("position", ["0", "5", "x"])
    def test_a_section_has_four_places(self, desk, position):
        data = self.data(factories.make_story(), slot="section", position=position)
        assert "position" in errors(desk.post(f"{self.URL}add/", data))

    def test_the_lead_has_one_place(self, desk):
        assert desk.post(f"{self.URL}add/", self.data(factories.make_story(), position="3")).status_code == 302
        assert Placement.objects.get().position == 1

    def test_what_has_begun_keeps_its_story_and_beginning(self, desk):
        placement = Placement.objects.create(slot="lead", article=factories.make_story())
        other = factories.make_story(title="Other")
        data = self.data(other, shown_until_0="2040-01-01", shown_until_1="07:00")
        assert desk.post(f"{self.URL}{placement.pk}/change/", data).status_code == 302
        changed = Placement.objects.get()
        assert (changed.article, changed.shown_from) == (placement.article, placement.shown_from)
        assert changed.shown_until.year == 2040

    def test_an_end_that_is_over_is_refused(self, desk):
        placement = Placement.objects.create(
            slot="lead", article=factories.make_story(), shown_from=timezone.now() - dt.timedelta(days=2)
        )
        day = timezone.now() - dt.timedelta(days=1)
        data = self.data(placement.article, shown_until_0=f"{day:%Y-%m-%d}", shown_until_1="07:00")
        assert "shown_until" in errors(desk.post(f"{self.URL}{placement.pk}/change/", data))

    def test_a_story_that_does_not_exist_is_refused(self, desk):
        article = factories.make_story()
        article.pk = 999
        assert "article" in errors(desk.post(f"{self.URL}add/", self.data(article)))


def test_a_correction_carries_who_made_it_and_stays(desk):
    article = factories.make_story()
    data = {"article": article.pk, "text": "It was 38, not 83.", "made_at_0": "2026-01-01", "made_at_1": "07:00"}
    assert desk.post("/admin/articles/correction/add/", data).status_code == 302
    correction = Correction.objects.get()
    assert correction.created_by.email == "ana@example.org"
    assert desk.get(f"/admin/articles/correction/{correction.pk}/delete/").status_code == 403


def test_a_correction_stays_with_its_story(desk):
    article, other = factories.make_story(), factories.make_story(title="Another")
    correction = Correction.objects.create(article=article, text="It was 38.")
    data = {"article": other.pk, "text": "It was 39.", "made_at_0": "2026-01-01", "made_at_1": "07:00"}
    assert desk.post(f"/admin/articles/correction/{correction.pk}/change/", data).status_code == 302
    correction.refresh_from_db()
    assert (correction.article, correction.text) == (article, "It was 39.")


class TestTags:
    URL = "/admin/articles/tag/"

    def test_name_and_slug_are_fixed_once_made(self, desk):
        tag = Tag.objects.create(name="patience")
        desk.post(f"{self.URL}{tag.pk}/change/", {"name": "haste", "slug": "haste"})
        tag.refresh_from_db()
        assert (tag.name, tag.slug) == ("patience", "patience")

    def test_the_slug_is_made_from_the_name(self, desk):
        assert desk.post(f"{self.URL}add/", {"name": "  Čekanje ", "slug": ""}).status_code == 302
        assert Tag.objects.values_list("name", "slug").get() == ("čekanje", "cekanje")

    def test_one_name_has_one_tag_whatever_its_case(self, desk):
        Tag.objects.create(name="distillation")
        assert "name" in errors(desk.post(f"{self.URL}add/", {"name": "DISTILLATION", "slug": "other"}))

    def test_a_name_that_gives_no_slug_asks_for_one(self, desk):
        assert "slug" in errors(desk.post(f"{self.URL}add/", {"name": "日本", "slug": ""}))
        assert desk.post(f"{self.URL}add/", {"name": "日本", "slug": "japan"}).status_code == 302


def test_the_desk_says_when_a_changed_source_reaches_readers(desk):
    page = desk.get("/admin/articles/source/add/").content.decode()
    assert page.count("from their next save on") == 2


def test_a_place_has_its_name_in_each_language(desk):
    data = {"name_en": "Kourou, French Guiana", "name_hr": "Kourou, Francuska Gvajana", "key": "kourou"}
    response = desk.post("/admin/articles/place/add/", {**data, "latitude": "5.16", "longitude": "-52.65"})
    assert response.status_code == 302
    assert Place.objects.get(key="kourou").name("hr") == "Kourou, Francuska Gvajana"
    wrong = desk.post("/admin/articles/place/add/", {**data, "key": "x", "latitude": "95", "longitude": "0"})
    assert wrong.status_code == 200
    assert wrong.context["errors"]


def test_the_key_of_a_source_is_fixed_once_made(desk):
    source = Source.objects.get(key="esa")
    desk.post(
        f"/admin/articles/source/{source.pk}/change/", {"name": "ESA!", "key": "x", "url": "https://www.esa.int/"}
    )
    source.refresh_from_db()
    assert (source.name, source.key) == ("ESA!", "esa")


class TestSectionsAndPages:
    def section(self, **changes):
        names = {"key": "robots", "language": "en", "name": "Robots", "slug": "robots"}
        return {**names, "description": "", "position": "9", **changes}

    def page(self, **changes):
        names = {"key": "jobs", "language": "en", "title": "Jobs", "slug": "jobs"}
        return {**names, "description": "", "body": "## We look for people", "is_public": "on", **changes}

    def test_a_chief_editor_opens_a_section(self, chief):
        assert chief.post("/admin/articles/category/add/", self.section()).status_code == 302
        assert Category.objects.filter(key="robots", language="en").exists()

    @pytest.mark.parametrize("slug", ["search", "hr", "admin", "about"])
    def test_an_address_of_the_system_is_refused(self, chief, slug):
        assert "slug" in errors(chief.post("/admin/articles/category/add/", self.section(slug=slug)))

    def test_a_section_and_a_page_do_not_share_an_address(self, chief):
        assert "slug" in errors(chief.post("/admin/articles/standingpage/add/", self.page(slug="ai")))
        assert chief.post("/admin/articles/standingpage/add/", self.page()).status_code == 302
        assert "slug" in errors(chief.post("/admin/articles/category/add/", self.section(slug="jobs")))

    def test_a_changed_slug_leaves_a_redirect(self, chief):
        section = Category.objects.get(key="ai", language="en")
        chief.post(f"/admin/articles/category/{section.pk}/change/", self.section(key="x", name="AI", slug="machines"))
        section.refresh_from_db()
        assert (section.slug, section.key) == ("machines", "ai")
        assert Redirect.objects.target("en", "top", "ai") == section

    def test_a_page_is_rendered_and_a_text_beyond_the_bounds_refused(self, chief):
        chief.post("/admin/articles/standingpage/add/", self.page())
        assert "<h2>We look for people</h2>" in StandingPage.objects.get(key="jobs").html
        assert "body" in errors(
            chief.post("/admin/articles/standingpage/add/", self.page(key="b", body="> " * 40 + "x"))
        )

    def test_an_editor_reads_them_and_changes_none(self, desk):
        section = Category.objects.first()
        assert desk.get(f"/admin/articles/category/{section.pk}/change/").status_code == 200
        assert desk.post(f"/admin/articles/category/{section.pk}/change/", self.section()).status_code == 403
        assert desk.get("/admin/articles/standingpage/add/").status_code == 403
        assert desk.get("/admin/articles/redirect/").status_code == 403


class TestRedirect:
    URL = "/admin/articles/redirect/add/"

    def data(self, **changes):
        return {"old_slug": "old-words", "article": "", "category": "", "page": "", **changes}

    def test_language_and_kind_follow_from_the_target(self, chief):
        article = factories.make_story(language="hr")
        assert chief.post(self.URL, self.data(article=article.pk)).status_code == 302
        assert Redirect.objects.target("hr", "story", "old-words") == article

    def test_exactly_one_target_is_asked_for(self, chief):
        article, section = factories.make_story(), Category.objects.first()
        assert errors(chief.post(self.URL, self.data()))
        assert errors(chief.post(self.URL, self.data(article=article.pk, category=section.pk)))

    def test_one_slug_leads_to_one_place(self, chief):
        article = factories.make_story()
        chief.post(self.URL, self.data(article=article.pk))
        assert "old_slug" in errors(chief.post(self.URL, self.data(article=article.pk)))


def test_every_page_of_the_desk_opens_for_a_superuser(edition, subtests):
    from django.contrib import admin

    article = factories.make_story(photos=[factories.photo_row(factories.make_photo())])
    factories.make_comment(article)
    Placement.objects.create(slot="lead", article=article)
    root = signed_in(factories.make_user("root@example.org", is_superuser=True))
    assert root.get("/admin/").status_code == 200
    for model in admin.site._registry:
        base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
        with subtests.test(base):
            # The list of comments is the queue.
            assert root.get(base, follow=True).status_code == 200
            assert root.get(f"{base}add/").status_code in (200, 403)
            if row := model.objects.first():
                assert root.get(f"{base}{row.pk}/change/", follow=True).status_code == 200


def test_the_desk_speaks_the_language_of_the_account_and_the_time_of_the_edition(edition):
    ana = signed_in(editor(language="hr"))
    page = ana.get("/admin/articles/article/add/").content.decode()
    assert '<html lang="hr"' in page
    assert "Europe/Zagreb" in page
