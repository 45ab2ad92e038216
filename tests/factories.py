"""Makes what tests need, with good defaults. The cast: Nexus Vale and Lyra Stanton (AI editors), Ana (editor),
Marko (chief editor), Mia (moderator)."""

import datetime as dt
import io

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from articles.models import Category, Place, Source
from articles.publishing import publish, save_story
from authors.models import Author, User
from photos.models import Photo
from photos.pictures import add_photo

PASSWORD = "long-enough-for-a-test"
SECTIONS = [
    ("ai", "AI", "ai", "Umjetna inteligencija", "umjetna-inteligencija"),
    ("space", "Space", "space", "Svemir", "svemir"),
    ("energy", "Energy", "energy", "Energija", "energija"),
]


def make_edition():
    for position, (key, name, slug, croatian, croatian_slug) in enumerate(SECTIONS):
        Category.objects.create(key=key, language="en", name=name, slug=slug, position=position)
        Category.objects.create(key=key, language="hr", name=croatian, slug=croatian_slug, position=position)
    for position, (name, slug, sigil) in enumerate(
        [("Nexus Vale", "nexus-vale", "model"), ("Lyra Stanton", "lyra-stanton", "orbit")]
    ):
        Author.objects.create(
            name=name,
            slug=slug,
            sigil=sigil,
            position=position,
            texts={
                "en": {"role": "AI editor", "motto": "Read the footnote first.", "beat": "AI", "bio": "A persona."},
                "hr": {"role": "AI urednik", "motto": "Prvo fusnota.", "beat": "AI", "bio": "Persona."},
            },
        )
    Source.objects.create(key="techcrunch-ai", name="TechCrunch AI", url="https://techcrunch.com/")
    Source.objects.create(key="esa", name="ESA", url="https://www.esa.int/")
    Place.objects.create(
        key="san-francisco",
        latitude=37.7749,
        longitude=-122.4194,
        texts={"en": {"name": "San Francisco, California"}, "hr": {"name": "San Francisco, Kalifornija"}},
    )


def content(**changes):
    """Raw content of a story that may be published."""
    return {
        "title": "A model learns to wait",
        "category": "ai",
        "author": "nexus-vale",
        "origin": "ai_rewritten",
        "interpreter": "A model learned to wait. That matters because patience is cheap.",
        "key_points": ["It waits.", "It is cheap.", "It works."],
        "tags": ["patience", "models"],
        "body": "The first paragraph.\n\n> [!pull]\n> It waits.\n\nThe second paragraph.",
        "place": "san-francisco",
        "sources": [{"source": "techcrunch-ai", "url": "", "title": "", "published": ""}],
        "photos": [],
        **changes,
    }


def make_draft(language="en", user=None, **changes):
    fields = {name: changes.pop(name) for name in ("translation_key", "is_demo", "record_number") if name in changes}
    return save_story(content(**changes), language=language, user=user, **fields)


def make_story(language="en", at=None, **changes):
    """A public story. `at`: its public time (past or future); the default is an hour ago."""
    article = make_draft(language, **changes)
    at = at or timezone.now() - dt.timedelta(hours=1)
    article = publish(article)
    backdate(article, at)
    article.refresh_from_db()
    return article


def backdate(article, at):
    """Publication in the past, which publish() rightly does not offer."""
    from articles import search
    from articles.models import ArticleTag

    article.public_at = at
    search.index(article)
    type(article).objects.filter(pk=article.pk).update(public_at=at)
    ArticleTag.objects.filter(content_object=article).update(public_at=at)
    article.photos.update(public_at=at)
    # The database lets no row of the past be changed; one that has not ended may be taken back.
    for row in article.publications.filter(shown_until__isnull=True):
        row.delete()
        article.publications.create(revision=row.revision, shown_from=at)


def png(width=64, height=48, color="#f2b661"):
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), color).save(buffer, "PNG")
    return ContentFile(buffer.getvalue(), name="picture.png")


def make_photo(title="Six domes", width=64, height=48, **fields):
    fields = {"mark": "ai_generated", "credit": "Tech&Space", **fields}
    texts = {"en": {"alt": "Six domes under stars", "caption": "Six domes."}}
    return add_photo(Photo(title=title, texts=texts, **fields), png(width, height))


def photo_row(photo, alt="Six domes under stars", caption="Six domes."):
    return {"photo": photo.pk, "alt": alt, "caption": caption}


def make_user(email="ana@example.org", name="Ana Horvat", group=None, **fields):
    from django.contrib.auth.models import Group

    user = User.objects.create_user(email, PASSWORD, display_name=name, **{"is_staff": True, **fields})
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


def make_person(name="Ana Horvat", slug="ana-horvat"):
    """The public face of a human editor."""
    return Author.objects.create(name=name, slug=slug, kind=Author.Kind.HUMAN)


def make_comment(article, name="Petra K.", body="A good word.", parent=None, status="approved", **fields):
    """A comment as the site would have stored it."""
    from comments.posting import add_comment

    return add_comment(article, name=name, body=body, parent=parent, status=status, **fields)
