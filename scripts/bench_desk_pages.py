"""One measurement for bench_desk.py: asks for each page of the desk in this process and prints what it took as JSON.

Works inside a transaction that is taken back: a chief editor, some updates that wait, some reviews.
"""

import datetime as dt
import json
import sys
import time

from django.contrib.auth.models import Group
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Category, RecordCounter
from articles.publishing import publish, save_story
from articles.reviewing import ask_review
from authors.models import Author, User
from bench_pages import DatabaseClock, cost
from newsroom.keyset import Position

WAITING, PLANNED, BEGUN, ASKED = 30, 5, 3000, 200
DEEP = 50_000


def prepare():
    """What made-up stories lack, so that no filter is empty only because nobody works at the desk."""
    user = User.objects.create_user("bench@example.org", display_name="Bench", is_staff=True)
    user.groups.add(Group.objects.get(name="Chief editors"))
    public = Article.objects.public().filter(update_at=None).newest()
    for number, story in enumerate(public[:WAITING]):
        content = {**story.newest_revision().content, "title": f"Changed {story.title}"[:160]}
        save_story(content, language=story.language, article=story, user=user)
        if number < PLANNED:
            publish(story, at=timezone.now() + dt.timedelta(days=1))
    drafts = list(Article.objects.filter(status="draft").order_by("-edited_at")[:ASKED])
    for story in drafts:
        ask_review(story, user)
    begun = list(Article.objects.order_by("edited_at").values_list("pk", flat=True)[:BEGUN])
    Article.objects.filter(pk__in=begun).update(created_by=user)
    return user


def pages():
    """{name: path}"""
    path = reverse("admin:articles_article_changelist")
    story = Article.objects.public().newest().first()
    paths = {
        "list": path,
        "list, deep": f"{path}?before={_place('edited_at')}",
        "list, last page": f"{path}?after=1-1",
        "list by publication": f"{path}?by=public",
        "list by publication, deep": f"{path}?by=public&before={_place('public_at')}",
        "list by publication, last page": f"{path}?by=public&after=1-1",
    }
    paths |= {f"filter {query}": f"{path}?{query}" for query in _filters()}
    paths |= {f"search “{text}”": f"{path}?q={text}" for text in _searches(story)}
    paths |= {f"dates {query}": f"{path}?{query}" for query in _dates(story)}
    paths |= {
        f"finder “{text}”": f"{reverse('admin:find')}?q={text}" for text in ("the", "xyzzyx", story.record_number)
    }
    autocomplete = "?app_label=articles&model_name=placement&field_name=article&term="
    paths |= {f"choose “{text}”": reverse("admin:autocomplete") + autocomplete + text for text in ("the", "xyzzyx")}
    return paths | {
        "My desk": reverse("admin:index"),
        "story": reverse("admin:articles_article_change", args=[story.pk]),
        "history of a story": reverse("admin:articles_article_history", args=[story.pk]),
    }


def _place(field):
    rows = Article.objects.exclude(**{field: None}).order_by(f"-{field}", "-id").values_list(field, "id")
    return Position(*rows[min(DEEP, rows.count() // 2)])


def _filters():
    section = Category.objects.filter(language="en").order_by("position").first()
    author = Author.objects.order_by("position", "pk").first()
    yield from (f"is={value}" for value in ("draft", "review", "scheduled", "public", "update", "planned"))
    yield from ("is=retracted", "is=archived", "whose=mine", "whose=asked", "language__exact=hr")
    yield from (f"section={section.key}", f"author__id__exact={author.pk}", "origin__exact=human")
    yield from ("missing=hr", "missing=en", f"section={section.key}&is=draft", "language__exact=hr&is=draft")
    yield f"author__id__exact={author.pk}&by=public"


def _searches(story):
    rare = next(word for word in story.slug.split("-")[::-1] if not word.isdigit())
    number = RecordCounter.objects.get().next_number // 2
    yield from ("the", "a", "the engine", rare, "xyzzyx", f"db%23{number}", str(number))
    yield from ("the&is=draft", "the&origin__exact=human", "xyzzyx&is=public")


def _dates(story):
    day = timezone.localtime(story.edited_at) - dt.timedelta(days=800)
    year = f"edited_at__year={day.year}"
    yield from (year, f"{year}&edited_at__month={day.month}")
    yield f"{year}&edited_at__month={day.month}&edited_at__day={day.day}"
    yield f"{year}&after=1-1"


def ask(client, path):
    response = client.get(path)
    if response.status_code != 200:
        sys.exit(f"{path} answered {response.status_code}")


def queries_of(client, path):
    found = []

    def note(execute, sql, params, many, context):
        found.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        ask(client, path)
    return len(found)


def measure(runs):
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(prepare())
    chosen = pages()
    results = {name: {"ms": [], "cpu": [], "queries": queries_of(client, path)} for name, path in chosen.items()}
    database = DatabaseClock()
    # Pages take turns, so that what disturbs the machine for a while does not hit one of them alone.
    for _turn in range(runs):
        for name, path in chosen.items():
            start = time.perf_counter()
            results[name]["cpu"].append(cost(lambda path=path: ask(client, path), database))
            results[name]["ms"].append((time.perf_counter() - start) * 1000)
    vendor = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[connection.vendor]
    is_cpu_whole = connection.vendor == "sqlite" or bool(database.stat)
    return {"vendor": vendor, "is_cpu_whole": is_cpu_whole, "stories": Article.objects.count(), "pages": results}


def main():
    with transaction.atomic():
        results = measure(int(sys.argv[1]))
        transaction.set_rollback(True)
    json.dump(results, sys.stdout)
