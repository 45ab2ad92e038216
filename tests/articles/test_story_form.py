"""What the story's form starts with, and what it takes: usual section and author, db# numbers, suggestions of tags."""

import pytest

from articles.models import Article, Tag
from articles.story_start import usual_for
from authors.models import Author
from tests import factories
from tests.articles.desk import ADD, change_url, editor, errors_of, form_data, signed_in

pytestmark = pytest.mark.django_db
TAGS = "/admin/articles/article/tags.json"


@pytest.fixture
def ana(edition):
    return editor()


@pytest.fixture
def desk(ana):
    return signed_in(ana)


class TestStart:
    def test_a_new_story_starts_where_the_last_one_was(self, desk, ana):
        factories.make_draft(user=ana, category="space", author="lyra-stanton", origin="ai_assisted")
        factories.make_draft(user=editor("iva@example.org"), title="Of somebody else", category="energy")
        initial = desk.get(ADD).context["adminform"].form.initial
        assert (initial["category"], initial["author"], initial["origin"]) == ("space", "lyra-stanton", "ai_assisted")

    def test_the_first_story_runs_under_ones_own_name(self, desk, ana):
        assert desk.get(ADD).context["adminform"].form.initial["author"] == ""
        Author.objects.create(name="Ana Horvat", slug="ana-horvat", kind="human", user=ana)
        initial = desk.get(ADD).context["adminform"].form.initial
        assert (initial["author"], initial["origin"], initial["category"]) == ("ana-horvat", "human", "")

    def test_an_author_who_has_left_is_not_proposed(self, ana):
        factories.make_draft(user=ana)
        Author.objects.filter(slug="nexus-vale").update(is_active=False)
        assert usual_for(ana) == {"category": "ai", "origin": "ai_rewritten"}

    def test_a_translation_takes_its_originals(self, desk, ana):
        original = factories.make_draft(author="lyra-stanton")
        factories.make_draft(user=ana, title="Another", category="space")
        form = desk.get(f"{ADD}?language=hr&translation_of={original.pk}").context["adminform"].form
        assert (form.initial["category"], form.initial["author"]) == ("ai", "lyra-stanton")
        assert form["translation_of"].value() == f"db#{original.record_number}"


class TestTranslationOf:
    @pytest.mark.parametrize("written", ["db#{number}", " DB {number} ", "#{number}", "{pk}"])
    def test_a_story_is_named_by_its_number(self, desk, written):
        original = factories.make_draft(record_number=777)
        value = written.format(number=original.record_number, pk=original.pk)
        desk.post(ADD, form_data(language="hr", title="Model uči čekati", translation_of=value))
        assert Article.objects.get(language="hr").translation_key == original.translation_key

    @pytest.mark.parametrize("written", ["db#999", "db#", "the one about waiting", "0", "-1"])
    def test_what_names_no_story_is_refused_and_kept(self, desk, written):
        response = desk.post(ADD, form_data(language="hr", title="Naslov", translation_of=written))
        assert errors_of(response)["translation_of"] == [
            "There is no such story in another language. Write it as db#3629."
        ]
        assert f'value="{written}"' in response.content.decode()

    def test_a_story_of_the_same_language_is_no_translation(self, desk):
        other = factories.make_draft()
        data = form_data(title="Another", translation_of=f"db#{other.record_number}")
        assert "translation_of" in errors_of(desk.post(ADD, data))

    def test_the_form_of_a_translation_names_its_sibling_and_keeps_it(self, desk):
        original = factories.make_draft()
        croatian = factories.make_draft("hr", translation_key=original.translation_key, title="Model uči čekati")
        field = desk.get(change_url(croatian)).context["adminform"].form["translation_of"]
        assert field.value() == f"db#{original.record_number}"


class TestTagNames:
    def test_names_that_begin_so_are_suggested(self, desk):
        for name in ("astronomy", "astronauts", "energy"):
            Tag.objects.create(name=name)
        assert desk.get(TAGS, {"q": "Astro"}).json() == {"names": ["astronauts", "astronomy"]}
        assert desk.get(TAGS, {"q": " "}).json() == {"names": []}

    def test_only_for_those_who_write(self, edition):
        assert signed_in(factories.make_user("mia@example.org", group="Moderators")).get(TAGS).status_code == 403


class TestPage:
    def test_none_of_the_admins_own_scripts_is_loaded(self, desk):
        page = desk.get(change_url(factories.make_draft())).content.decode()
        assert "js/desk/story.js" in page
        for script in ("jquery", "select2", "calendar.js", "RelatedObjectLookups", "urlify", "prepopulate", "jsi18n"):
            assert script not in page

    def test_whoever_may_only_read_gets_no_form(self, edition):
        mia = signed_in(factories.make_user("mia@example.org", group="Moderators"))
        page = mia.get(change_url(factories.make_draft())).content.decode()
        assert "A model learns to wait" in page
        assert 'id="article_form"' not in page

    def test_what_was_typed_too_long_stays_whole(self, desk):
        response = desk.post(ADD, form_data(title="x" * 170, tags=", ".join(map(str, range(13)))))
        page = response.content.decode()
        assert "x" * 170 in page
        assert "maxlength" not in page.split('id="id_title"')[0].rsplit("<", 1)[1]
        assert ", ".join(map(str, range(13))) in page

    def test_the_last_photos_credit_and_origin_are_offered(self, desk, ana):
        factories.make_photo(credit="NASA/JPL", mark="photograph", uploaded_by=ana)
        page = desk.get(ADD).content.decode()
        assert 'value="NASA/JPL"' in page
        assert 'value="photograph" checked' in page

    def test_a_first_photo_has_no_origin_chosen(self, desk):
        assert (
            "checked" not in desk.get(ADD).content.decode().split('class="field marks-of"')[1].split("</fieldset>")[0]
        )

    def test_the_form_costs_a_fixed_number_of_queries(self, desk, django_assert_max_num_queries):
        photos = [factories.photo_row(factories.make_photo(f"Photo {width}", width=width)) for width in (64, 65, 66)]
        original = factories.make_draft(photos=photos)
        factories.make_draft("hr", translation_key=original.translation_key, title="Model uči čekati")
        desk.get(change_url(original))
        with django_assert_max_num_queries(60):
            desk.get(change_url(original))


class TestFaults:
    def test_the_first_line_names_each_fault_and_leads_to_its_field(self, desk):
        html = desk.post(ADD, form_data(category="", publish_at_0="soon", _publish="1")).content.decode()
        said = html.split('<div class="errornote">')[1].split("</div>")[0]
        assert '<a href="#id_category">Section</a>: ' in said
        assert '<a href="#id_publish_at_0">Goes out</a>: ' in said
        assert 'id="id_category"' in html
        assert 'id="id_publish_at_0"' in html
        assert "Author</a>" not in said
