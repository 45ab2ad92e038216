"""What tests of the desk share: signing in, and the story form as a browser would send it back."""

from django.test import Client
from django.urls import reverse

from tests import factories


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def editor(email="ana@example.org", **fields):
    return factories.make_user(email, group="Editors", **fields)


def form_data(**changes):
    """A whole, publishable story as the form sends it."""
    sources = changes.pop("sources", [{"source": "techcrunch-ai"}])
    photos = changes.pop("photos", [])
    data = {
        "language": "en",
        "based_on": "",
        "title": "A model learns to wait",
        "slug": "",
        "interpreter": "A model learned to wait. That matters because patience is cheap.",
        "key_points": "It waits.\nIt is cheap.\nIt works.",
        "body": "The first paragraph.\n\nThe second paragraph.",
        "category": "ai",
        "author": "nexus-vale",
        "origin": "ai_rewritten",
        "place": "san-francisco",
        "tags": "patience, models",
        "publish_at_0": "",
        "publish_at_1": "",
        "reviewer": "",
        "translation_of": "",
        "reason": "",
        **rows("sources", sources),
        **rows("photos", photos),
    }
    return {**data, **changes}


def rows(prefix, values):
    data = {f"{prefix}-TOTAL_FORMS": len(values), f"{prefix}-INITIAL_FORMS": 0}
    for index, row in enumerate(values):
        data |= {f"{prefix}-{index}-{name}": value for name, value in {"ORDER": index + 1, **row}.items()}
    return data


ADD = "/admin/articles/article/add/"


def change_url(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def errors_of(response):
    """{field: [sentence, …]} of the page's form, its formsets included."""
    form = response.context["adminform"].form
    found = {name: list(messages) for name, messages in form.errors.items()}
    for formset in (form.sources, form.photos):
        if formset.non_form_errors():
            found[formset.prefix] = list(formset.non_form_errors())
        for index, errors in enumerate(formset.errors):
            found |= {f"{formset.prefix}-{index}-{name}": list(messages) for name, messages in errors.items()}
    return found
