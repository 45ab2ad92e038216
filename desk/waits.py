"""What waits for one person: texts to read, changes to publish, notes to answer, what goes out soon, what is begun.

Each question is a range of an index and bounded: articles/models/stories.py names the indexes.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import F, Max, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import working
from articles.models import Article, DeskSearch, Note, Revision, UnsavedText
from articles.story_state import status_of

from .clock import Age, left, short, waited

STATUS = Article.Status
FIELDS = [
    *("title", "language", "translation_key", "record_number", "status", "public_at", "update_at", "edited_at"),
    *("review_asked_at", "created_by", "category__name", "author__name", "reviewer__display_name", "reviewer__email"),
]
MOST_ASKED, MOST_CHANGED, MOST_TO_COME, MOST_PLANNED, MOST_BEGUN, MOST_UNSAVED, MOST_NOTES = (
    30,
    500,
    16,
    200,
    15,
    10,
    200,
)
# So many rows are shown of what asks for the person, of what goes out, and of what is begun.
MOST_ROWS = (30, 15, MOST_BEGUN)
# Of so many public stories of the person's own, the latest edited ones, notes are looked for.
MOST_OWN = 100


@dataclass
class Row:
    """One line: a text, where it stands, since when, and the one thing to do about it."""

    title: str
    language: str
    status: tuple
    said: str
    age: Age
    verb: str
    url: str
    article: Article | None = None
    languages: list = field(default_factory=list)
    note: str = ""
    people: list = field(default_factory=list)


def stories():
    return Article.objects.select_related("category", "author", "reviewer").only(*FIELDS)


def planned_updates():
    """Changes of public stories with a set time, the next one first; `saved_by` is who saved what will be read."""
    rows = stories().filter(update_at__isnull=False).annotate(saved_by=F("update_revision__created_by"))
    return list(rows.order_by("update_at", "id")[:MOST_PLANNED])


def waits_for(user, planned, now):
    """{rows, more}: what asks for the person, the oldest first; what goes out, the next first; what is begun.

    `more`: something reached its bound, so the list of stories has more of it.
    """
    asked, changed, coming, begun = _asked(user), _changed(user), _to_come(user, now), _begun(user)
    planned = [story for story in planned if user.pk in (story.created_by_id, story.saved_by)]
    known = {story.pk: story for story in [*begun, *planned, *coming, *changed, *asked]}
    notes = _notes(user, known)
    groups = [
        [
            *(_asked_row(story, now) for story in asked),
            *(_changed_row(story, now) for story in changed),
            *(_unsaved_row(text, now) for text in _unsaved(user)),
            *_note_rows(notes, known, now),
        ],
        [*(_coming_row(story, now) for story in coming), *(_planned_row(story, now) for story in planned)],
        [_begun_row(story, now) for story in begun],
    ]
    rows, more = _in_order(groups)
    _complete(rows, notes)
    return {"rows": rows, "more": more}


# Questions


def _asked(user):
    rows = stories().filter(reviewer=user, review_asked_at__isnull=False)
    return list(rows.order_by("review_asked_at", "id")[: MOST_ASKED + 1])


def _changed(user):
    """Public stories of which a newer version waits, begun or saved last by the person, without a set time.

    Few stories wait at any time, and an index has them. They are sorted afterwards: asked for an order, SQLite would
    walk all stories in it.
    """
    waiting = DeskSearch.objects.filter(update_waits=True).order_by("-article").values("article")[:MOST_CHANGED]
    newest = Revision.objects.filter(article=OuterRef("pk")).order_by("-number").values("created_by")[:1]
    rows = stories().filter(pk__in=waiting, update_at=None).annotate(saved_by=Subquery(newest))
    return list(rows.filter(Q(created_by=user) | Q(saved_by=user.pk)))


def _to_come(user, now):
    rows = stories().filter(Q(created_by=user) | Q(revision__created_by=user), public_at__gt=now)
    return list(rows.order_by("public_at", "id")[:MOST_TO_COME])


def _begun(user):
    """Asked for each status by itself: for both at once PostgreSQL would walk all stories in the order of editing."""
    begun = []
    for status in (STATUS.DRAFT, STATUS.IN_REVIEW):
        begun += stories().filter(created_by=user, status=status).order_by("-edited_at", "-id")[: MOST_BEGUN + 1]
    return sorted(begun, key=lambda story: story.edited_at, reverse=True)[: MOST_BEGUN + 1]


def _unsaved(user):
    rows = UnsavedText.objects.filter(user=user).select_related("article__category").defer("fields")
    heavy = ("body", "html", "interpreter", "key_points", "sources_json", "tags_json")
    return rows.defer("fields", *(f"article__{name}" for name in heavy)).order_by("-kept_at")[:MOST_UNSAVED]


def _notes(user, known):
    """{story's id: the newest note} where somebody else wrote since the person last saved or wrote a note there.

    Asked of the stories that are known already and of the person's latest public ones.
    """
    own = Article.objects.filter(created_by=user, status=STATUS.PUBLISHED).order_by("-edited_at", "-id")
    ids = {*known, *own.values_list("pk", flat=True)[:MOST_OWN]}
    rows = Note.objects.filter(article__in=ids).select_related("written_by").order_by("-created_at", "-id")
    newest = {note.article_id: note for note in reversed(rows[:MOST_NOTES])}
    by_others = {pk for pk, note in newest.items() if note.written_by_id != user.pk}
    saved = Revision.objects.filter(article__in=by_others, created_by=user).order_by().values_list("article")
    last_saved = dict(saved.annotate(Max("created_at")))
    return {pk: newest[pk] for pk in by_others if pk not in last_saved or newest[pk].created_at > last_saved[pk]}


# Rows


def _row(article, said, age, verb, url="", **values):
    """Of a public story that stands here something waits: a change, or a note."""
    url = url or reverse("admin:articles_article_change", args=[article.pk])
    status = values.pop("status", None) or status_of(article, update_waits=False)
    return Row(article.title, article.language, status, said, age, verb, url, article, **values)


def _asked_row(article, now):
    said = _("by %(author)s, for you to read") % {"author": article.author.name}
    return _row(article, said, waited(article.review_asked_at, now), _("Review"))


def _changed_row(article, now):
    said, status = _("readers see the earlier text until then"), status_of(article, update_waits=True)
    return _row(article, said, waited(article.edited_at, now), _("Look"), status=status)


def _coming_row(article, now):
    said = _("goes out %(time)s") % {"time": short(article.public_at, now)}
    return _row(article, said, left(article.public_at, now), _("Open"))


def _planned_row(article, now):
    said = _("the change goes out %(time)s") % {"time": short(article.update_at, now)}
    return _row(article, said, left(article.update_at, now), _("Look"))


def _begun_row(article, now):
    age = waited(article.edited_at, now)
    if article.review_asked_at:
        said = _("%(who)s is asked to read it") % {"who": article.reviewer}
        return _row(article, said, waited(article.review_asked_at, now), _("Open"))
    return _row(article, _("last saved %(time)s") % {"time": short(article.edited_at, now)}, age, _("Write on"))


def _unsaved_row(text, now):
    """What was typed and never saved: its page takes it back."""
    values = {"status": ("draft", _("Not saved")), "said": _("typed, kept on the server, not saved yet")}
    values |= {"age": waited(text.kept_at, now), "verb": _("Write on"), "article": text.article}
    title, query = text.title or _("Without a title"), {"take": text.key}
    if text.article:
        url = reverse("admin:articles_article_change", args=[text.article_id], query=query)
    else:
        url = reverse("admin:articles_article_add", query={"language": text.language, **query})
    return Row(title=title, language=text.language, url=url, **values)


def _note_rows(notes, known, now):
    """For public stories that stand here only because somebody wrote a note."""
    for article in stories().filter(pk__in=[pk for pk in notes if pk not in known]):
        yield _row(article, "", waited(notes[article.pk].created_at, now), _("Look"))


def _in_order(groups):
    """One row a story, the groups one after the other, each by time; and whether a group had more than is shown."""
    shown, seen, more = [], set(), False
    for group, most in zip(groups, MOST_ROWS, strict=True):
        rows = []
        for row in sorted(group, key=lambda row: row.age.time):
            if row.article is None or row.article.pk not in seen:
                rows.append(row)
                seen.add(row.article and row.article.pk)
        # Of what is begun the latest stay, of all else the oldest and the next.
        shown += rows[-most:] if group is groups[-1] else rows[:most]
        more = more or len(rows) > most
    return shown, more


def _complete(rows, notes):
    """Adds to each row its languages, its note, and who has the story open."""
    ids = {row.article.pk for row in rows if row.article}
    languages, people = _languages(rows), working.here(ids)
    for row in rows:
        if row.article:
            row.languages, row.people = languages[row.article.translation_key], people.get(row.article.pk, [])
            row.note = _note_said(notes.get(row.article.pk))


def _languages(rows):
    """{translation key: the languages that the story exists in}"""
    found = defaultdict(list)
    keys = {row.article.translation_key for row in rows if row.article}
    family = Article.objects.filter(translation_key__in=keys).order_by("translation_key", "language")
    for key, language in family.values_list("translation_key", "language"):
        found[key].append(language)
    return found


def _note_said(note):
    if note is None:
        return ""
    if note.written_by is None:
        return note.text
    return _("%(who)s: “%(text)s”") % {"who": note.written_by, "text": note.text}
