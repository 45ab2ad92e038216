"""The crowd of `make chaos`: readers and a moderator who keep a ledger of what they sent and what was acknowledged.

Each reader is a thread, and alone has its comments and likes in hand, so what it sends has one order. Like a browser it
sends what got no answer again, the same form: until there is an answer, either of two things may be stored.
"""

import http.client
import itertools
import json
import random
import re
import threading
import time
from collections import Counter, deque
from http.cookies import SimpleCookie
from typing import NamedTuple
from urllib.parse import urlencode

PATIENCE = 60  # seconds until a request that gets no answer is a failure
RIPE = 3.2  # seconds that a form is in hand before it is sent (settings.MODERATION: 3)
STAMPS = 12
# One browser: few enough words and likes that no limit is met (settings.RATE_LIMITS).
MOST_COMMENTS, MOST_TURNS = 3, 25
WAYS = {"post": 6, "edit": 5, "delete": 1, "like_story": 2, "like_comment": 3}
KINDS = ("comments", "replies", "edits", "deletions", "likes", "likes taken back", "decisions")
JSON, PAGE = "application/json", "text/html"


class Answer(NamedTuple):
    question: str
    status: int
    headers: http.client.HTTPMessage
    text: str
    # Earlier tries of the same that got no answer: each may have been stored all the same.
    cuts: int


class Crowd:
    """What all share: where the site is, what was counted, what stands on its pages."""

    def __init__(self, port, stories, seed):
        self.port, self.stories, self.draw = port, stories, random.Random(seed)
        self.done, self.cut, self.errors = Counter(), 0, []
        self.news, self.stopping, self.failure = threading.Condition(), threading.Event(), None
        self.networks = itertools.count(1)
        # Comments that wait for the moderator: (story, id); and what readers see: the same.
        self.waiting, self.shown = deque(), deque(maxlen=60)

    @property
    def acknowledged(self):
        return sum(self.done.values())

    def count(self, kind):
        with self.news:
            self.done[kind] += 1
            self.news.notify_all()

    def wait_for_next(self, kind, seconds):
        """Until the next write of this kind was acknowledged, or for so long."""
        with self.news:
            before = self.done[kind]
            self.news.wait_for(lambda: self.done[kind] > before, seconds)

    def ask(self, method, path, form=None, **headers):
        """Sends it until there is an answer."""
        body = urlencode(form, doseq=True) if form is not None else None
        if form is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        until, tries = time.monotonic() + PATIENCE, 0
        while time.monotonic() < until:
            tries += 1
            try:
                status, found, text = self._ask_once(method, path, body, headers)
            except ConnectionRefusedError:
                # Nobody was there to take it.
                tries -= 1
            except (OSError, http.client.HTTPException):
                with self.news:
                    self.cut += 1
            else:
                if status < 500:
                    return Answer(f"{method} {path}", status, found, text, tries - 1)
                with self.news:
                    self.errors.append(f"{method} {path} was answered with {status}.")
            time.sleep(0.02)
        raise RuntimeError(f"{method} {path} got no answer in {PATIENCE} seconds.")

    def _ask_once(self, method, path, body, headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, {**headers, "Connection": "close"})
            response = connection.getresponse()
            return response.status, response.headers, response.read().decode()
        finally:
            connection.close()


class Member(threading.Thread):
    def __init__(self, crowd, number):
        super().__init__(daemon=True)
        self.crowd, self.number = crowd, number
        self.draw = random.Random(f"{crowd.draw.random()} {number}")

    def run(self):
        try:
            while not self.crowd.stopping.is_set():
                self.turn()
        except Exception as error:
            self.crowd.failure = f"{type(error).__name__}: {error}"
            self.crowd.stopping.set()


class Reader(Member):
    """One person after another, each with a browser and a network of their own."""

    def __init__(self, crowd, number):
        super().__init__(crowd, number)
        self.comments, self.likes, self.lost_likes = [], {}, []
        self.keys = itertools.count(1)
        self.be_somebody_else()

    def be_somebody_else(self):
        number = next(self.crowd.networks)
        self.network = f"10.{number >> 8 & 255}.{number & 255}.7"
        self.token, self.mine, self.turns, self.stamps = "", [], 0, getattr(self, "stamps", deque())
        self.accept = self.draw.choice([JSON, PAGE])

    def turn(self):
        if self.turns >= MOST_TURNS:
            self.be_somebody_else()
        self.turns += 1
        if len(self.stamps) < STAMPS:
            self.fetch_stamp()
        [way] = self.draw.choices(list(WAYS), WAYS.values())
        getattr(self, way)()

    def send(self, path, form):
        cookie = {"Cookie": f"reader={self.token}"} if self.token else {}
        answer = self.crowd.ask("POST", path, form, Accept=self.accept, **{"X-Forwarded-For": self.network}, **cookie)
        for value in answer.headers.get_all("Set-Cookie", []):
            if morsel := SimpleCookie(value).get("reader"):
                self.token = morsel.value
        return answer

    def fetch_stamp(self):
        story = self.draw.choice(list(self.crowd.stories))
        answer = self.crowd.ask("GET", f"{self.crowd.stories[story]}comments/stamp/")
        self.stamps.append((time.monotonic(), story, json.loads(answer.text)["stamp"]))

    def text(self, key, version):
        return f"Word {key} version {version}." + " It says something." * self.draw.randrange(60)

    def post(self):
        is_ripe = self.stamps and time.monotonic() - self.stamps[0][0] > RIPE
        if not is_ripe or len(self.mine) >= MOST_COMMENTS:
            return
        _when, story, stamp = self.stamps.popleft()
        answered = [pk for below, pk in list(self.crowd.shown) if below == story]
        parent = self.draw.choice(answered) if answered and self.draw.random() < 0.6 else None
        key = f"{self.number}.{next(self.keys)}"
        comment = {"key": key, "id": None, "story": story, "parents": [parent], "texts": [self.text(key, 1)]}
        comment |= {"token": "", "was_edited": False, "deleted": ""}
        self.comments.append(comment)
        path, form = f"{self.crowd.stories[story]}comments/", {"body": comment["texts"][0], "name": f"Reader {key}"}
        form |= {"stamp": stamp, "parent": parent or "", "action": "post"}
        answer = self.send(path, form)
        if answer.status == 409 and parent:
            # What it answers was taken down: the page offers to post the text as one of its own.
            comment["parents"].append(None)
            answer = self.send(path, {**form, "parent": ""})
        self.posted(comment, expect(answer, 201, 303))

    def posted(self, comment, answer):
        if answer.status == 201:
            made = json.loads(answer.text)
            comment["id"], comment["parents"] = made["id"], [made["parent"]]
        else:
            comment["id"] = int(re.search(r"#c(\d+)$", answer.headers["Location"])[1])
        comment["token"] = self.token
        self.mine.append(comment)
        self.crowd.count("comments" if comment["parents"] == [None] else "replies")
        self.crowd.waiting.append((comment["story"], comment["id"]))

    def own(self):
        """One of this person's comments that is not deleted, and its address."""
        left = [comment for comment in self.mine if not comment["deleted"]]
        comment = self.draw.choice(left) if left else None
        return comment, comment and f"{self.crowd.stories[comment['story']]}comments/{comment['id']}/"

    def edit(self):
        comment, path = self.own()
        if not comment:
            return
        before, text = list(comment["texts"]), self.text(comment["key"], self.draw.randrange(2, 10**6))
        comment["texts"].append(text)
        comment["was_edited"] = True
        answer = expect(self.send(f"{path}edit/", {"body": text}), 200, 303, 409)
        if answer.status != 409:
            comment["texts"] = [text]
            self.crowd.count("edits")
            self.crowd.waiting.append((comment["story"], comment["id"]))
        elif not answer.cuts:
            # A moderator took it down before.
            comment["texts"] = before

    def delete(self):
        comment, path = self.own()
        if comment:
            comment["deleted"] = "sent"
            expect(self.send(f"{path}delete/", {}), 200, 303)
            comment["deleted"] = "done"
            self.crowd.count("deletions")

    def like_story(self):
        story = self.draw.choice(list(self.crowd.stories))
        self.like("story", story, self.crowd.stories[story])

    def like_comment(self):
        if shown := list(self.crowd.shown):
            story, pk = self.draw.choice(shown)
            self.like("comment", pk, f"{self.crowd.stories[story]}comments/{pk}/")

    def like(self, kind, pk, path):
        token, wanted = self.token, not self.token or self.draw.random() < 0.6
        states = self.likes.setdefault((kind, pk, token), [False])
        before = list(states)
        states.append(wanted)
        answer = expect(self.send(f"{path}like/", {"action": "like" if wanted else "unlike"}), 200, 303, 404)
        if not token:
            # Nobody yet: each try was somebody new, and what got no answer belongs to nobody.
            del self.likes[kind, pk, token]
            self.lost_likes += [(kind, pk)] * answer.cuts
            token, before = self.token, [False]
        if answer.status != 404:
            self.likes[kind, pk, token] = [wanted]
            self.crowd.count("likes" if wanted else "likes taken back")
        elif token and not answer.cuts:
            # No longer on the page.
            self.likes[kind, pk, token] = before


class Moderator(Member):
    """Approves most of what waits and removes some of what is shown, in the queue."""

    def __init__(self, crowd, cookies):
        super().__init__(crowd, "moderator")
        self.cookies, self.approved, self.decided = cookies, set(), {}

    def turn(self):
        time.sleep(0.1)
        rows = [self.crowd.waiting.popleft() for _row in range(min(len(self.crowd.waiting), 20))]
        if rows:
            self.approved |= {pk for _story, pk in rows}
            self.decide("approve", "approved", rows)
            self.crowd.shown.extend(rows)
        shown = list(self.crowd.shown)
        if shown and self.draw.random() < 0.5:
            self.decide("reject", "removed", [self.draw.choice(shown)])

    def decide(self, step, becomes, rows):
        """As the queue's list does: several at once, each with the text that was read."""
        read = {pk: found for _story, pk in rows if (found := self.read(pk))}
        if not read:
            return
        form = {"action": step, "selected": list(read), "csrfmiddlewaretoken": self.cookies["csrftoken"]}
        for found in read.values():
            form |= found
        answer = expect(self.ask("POST", "bulk/", form, Accept="application/json"), 200)
        for line in json.loads(answer.text)["done"]:
            self.decided[line["comment"]] = becomes
            self.crowd.count("decisions")

    def read(self, pk):
        """The fields of the card's form: {"seen-<pk>": …, "count-<pk>": …}; none where its writer deleted it."""
        _before, _form, card = expect(self.ask("GET", f"{pk}/card/"), 200).text.partition("data-decide")
        found = dict(re.findall(r'name="(seen|count)" value="([^"]*)"', card)[:2])
        return {f"{name}-{pk}": value for name, value in found.items()}

    def ask(self, method, path, form=None, **headers):
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = self.crowd.ask(method, f"/admin/comments/queue/{path}", form, Cookie=cookie, **headers)
        if answer.status == 302:
            raise RuntimeError("The moderator is signed in no more.")
        return answer


def expect(answer, *statuses):
    if answer.status not in statuses:
        said = " ".join(re.sub(r"<[^>]*>", " ", answer.text).split())[:300]
        raise RuntimeError(f"{answer.question} was answered with {answer.status}, which nobody expects: {said}")
    return answer


def ledger(readers, moderator):
    """All that was sent and acknowledged, for chaos_checks.py."""
    likes = [
        {"kind": kind, "target": pk, "token": token, "states": states}
        for reader in readers
        for (kind, pk, token), states in reader.likes.items()
    ]
    return {
        "comments": [comment for reader in readers for comment in reader.comments],
        "likes": likes,
        "lost_likes": [lost for reader in readers for lost in reader.lost_likes],
        "approved": sorted(moderator.approved),
        "decided": moderator.decided,
    }
