import random
import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver
from comments import policy, commenters
from comments.models import Comment, Decision, ListedWord, Report
from comments.moderation import decide, pick, undo, seal
from comments.posting import edit_comment, withdraw, add_comment
from comments.reports import report
from comments.deciding import carry_out, take_back
from comments.pipeline import judge
from tests import factories
from tests.articles.desk import signed_in
from tests.comments.judging import listed, candidate
from tests.comments.queueing import QUEUE, JSON, reported, waiting, seals
pytestmark = pytest.mark.django_db

@pytest.fixture
def mia(story):
    return factories.make_user("mia@example.org", name="Mia", group="Moderators")
@pytest.fixture
def queue(mia):
    return signed_in(mia)

@pytest.mark.parametrize("count", ["5", "1", "2147483647"])
@pytest.mark.parametrize("path", ["decide", "bulk"])
def test_count_never_decided(queue, story, count, path):
    c = waiting(story)
    s = seals(queue, c)["seen"]
    if path == "decide":
        r = queue.post(f"{QUEUE}{c.pk}/decide/", {"action": "approve", "seen": s, "count": count}, **JSON)
    else:
        r = queue.post(f"{QUEUE}bulk/", {"action": "approve", "selected": [c.pk], f"seen-{c.pk}": s, f"count-{c.pk}": count}, **JSON)
    assert r.status_code in (200, 409)

def test_decomposed_evades(story):
    listed("idiot", "banned")
    body = "e\u0301" * 2060 + " idiot"
    j = judge(candidate(story, body=body))
    assert j.told, j
def test_control_evades(story):
    listed("idiot", "banned")
    j = judge(candidate(story, body="a\x01" * 2060 + " idiot"))
    assert j.told, j
    j = judge(candidate(story, body="a idi\x01ot"))
    assert j.told, j

def test_long_folded(queue):
    r = queue.post("/admin/comments/listedword/add/", {"text": "\ufdfa" * 80, "language": "", "list": "banned", "how": "word", "note": ""})
    assert r.status_code in (200, 302), r.status_code
    w = ListedWord.objects.first()
    print(r.status_code, w and len(w.folded))
    assert not w or len(w.folded) <= 160
    r = queue.post("/admin/comments/listedword/many/", {"text": "\ufdfa" * 80, "language": "", "list": "banned", "how": "word", "note": ""})
    assert r.status_code in (200, 303, 400)

def test_editor_sees_no_reports(story):
    root = reported(story, "hate", reader="r" * 64)
    editor = signed_in(factories.make_user("ed@example.org", name="Ed", group="Editors"))
    for path in (QUEUE + "?tab=all", f"{QUEUE}{root.pk}/card/", f"{QUEUE}{root.pk}/card/?on=page", QUEUE + "?tab=reported"):
        t = editor.get(path).content.decode()
        for bad in ("Note 0", "Hate", "Reported 1", "1 report", 'data-count="reported">1'):
            if bad in t: print("LEAK", path, bad)
        if path.endswith("on=page"): print(t)

ODD = ["", "0", "-1", "9"*18, "9"*19, "9"*30, "x", "\x00", "1e9", "é", "٣", "[]", "null", "a"*5000, "'; drop", "<script>", "1-1", "-1-1", "9"*17+"-1", "-99999999999999999-5"]
def test_odd_get(queue, story, mia):
    root = reported(story, "hate", reader="r"*64, network="n"*64)
    w = waiting(story, reader="r"*64, network="n"*64, parent=root)
    commenters.note(w, "x", mia); commenters.ban_network(w, 7, mia)
    cm = commenters.find(w)
    names = ["tab","order","q","before","after","c","done","on","next","is","who","what"]
    paths = [QUEUE, QUEUE+"lines/", f"{QUEUE}{w.pk}/card/", f"{QUEUE}{w.pk}/writer/", "/admin/comments/commenters/", f"/admin/comments/commenters/{cm.pk}/", "/admin/comments/log/", "/admin/comments/figures/", "/admin/comments/discussion/", f"/admin/comments/discussion/{story.pk}/"]
    queue.raise_request_exception = False
    bad = []
    for p in paths:
        for n in names:
            for o in ODD:
                for more in ({}, {"tab":"reported"}, {"order":"doubtful"}, {"is":"networks"}, {"tab":"all"}):
                    r = queue.get(p, {**more, n: o})
                    if r.status_code >= 500: bad.append((p, n, o, more))
                if p not in (QUEUE, QUEUE+"lines/") : pass
    for big in ("0", "9"*19, "9"*40):
        for p in (f"{QUEUE}{big}/card/", f"{QUEUE}{big}/writer/", f"/admin/comments/commenters/{big}/", f"/admin/comments/discussion/{big}/", f"/admin/comments/listedword/{big}/preview/", f"/admin/comments/comment/{big}/change/", "/admin/comments/comment/x/change/", "/admin/comments/comment/add/", f"/admin/comments/comment/{w.pk}/history/", f"/admin/comments/comment/{w.pk}/delete/"):
            r = queue.get(p, follow=True)
            print(p, r.status_code)
            if r.status_code >= 500: bad.append(p)
        for p in (f"{QUEUE}{big}/decide/", f"{QUEUE}undo/{big}/", f"/admin/comments/log/{big}/undo/", f"{QUEUE}{big}/writer/", f"/admin/comments/discussion/{big}/"):
            r = queue.post(p, {"action": "approve", "seen": "x", "count": "0", "mode": "open"})
            if r.status_code >= 500: bad.append(p)
    assert not bad, bad[:20]

def test_odd_post(queue, story, mia):
    root = reported(story, "hate", reader="r"*64, network="n"*64)
    w = waiting(story, reader="r"*64, network="n"*64, parent=root)
    ai = waiting(story)
    commenters.note(w, "x", mia); commenters.ban_network(w, 7, mia)
    cm = commenters.find(w)
    queue.raise_request_exception = False
    s = seals(queue, w)
    base = {
      f"{QUEUE}{w.pk}/decide/": {"action":"approve", **s, "why":"x", "tab":"all"},
      f"{QUEUE}bulk/": {"action":"approve","selected":str(w.pk), f"seen-{w.pk}":s["seen"], f"count-{w.pk}":s["count"], "why": ""},
      f"{QUEUE}{w.pk}/writer/": {"action":"held","seen":"normal","days":"7","network_days":"7","why":"x","reject_waiting":"1","ban":"1","next":"/admin/"},
      f"{QUEUE}{ai.pk}/writer/": {"action":"held","seen":"normal","days":"7","network_days":"7","why":"x","reject_waiting":"1","ban":"1","next":"/admin/"},
      f"/admin/comments/commenters/{cm.pk}/": {"action":"held","seen":"normal","days":"7","network_days":"7","why":"x","reject_waiting":"1","ban":"1","next":"/admin/"},
      "/admin/comments/commenters/": {"action":"lift","ban":"1","why":"x"},
      "/admin/comments/discussion/": {"mode":"open"},
      f"/admin/comments/discussion/{story.pk}/": {"mode":"open","days":"3","seen":"site","next":"/admin/"},
      "/admin/comments/figures/digest/": {"daily_digest":"1"},
      "/admin/comments/listedword/many/": {"text":"abc","language":"","list":"banned","how":"word","note":""},
      "/admin/comments/listedword/add/": {"text":"abc","language":"","list":"banned","how":"word","note":""},
      "/admin/comments/listedword/try/": {"word":"1-abc"},
    }
    bad = []
    for p, data in base.items():
        for extra in ({}, JSON):
            for n in [*data, "zz"]:
                for o in [*ODD, None]:
                    d = dict(data)
                    if o is None: d.pop(n, None)
                    else: d[n] = o
                    r = queue.post(p, d, **extra)
                    if r.status_code >= 500: bad.append((p, n, o, bool(extra)))
            r = queue.post(p, b"{}", content_type="application/json", **extra)
            if r.status_code >= 500: bad.append((p, "json"))
    assert not bad, bad[:20]

def test_csrf_and_rights(story, mia):
    root = reported(story, "hate", reader="r"*64, network="n"*64)
    w = waiting(story, reader="r"*64, network="n"*64)
    commenters.note(w, "x", mia)
    d = decide(root, "removed", mia)
    cm = commenters.find(w)
    posts = [f"{QUEUE}{w.pk}/decide/", f"{QUEUE}bulk/", f"{QUEUE}undo/{d.pk}/", f"{QUEUE}{w.pk}/writer/", f"/admin/comments/commenters/{cm.pk}/", "/admin/comments/commenters/", "/admin/comments/discussion/", f"/admin/comments/discussion/{story.pk}/", "/admin/comments/figures/digest/", f"/admin/comments/log/{d.pk}/undo/", "/admin/comments/listedword/many/", "/admin/comments/listedword/try/"]
    strict = Client(enforce_csrf_checks=True); strict.force_login(mia)
    editor = signed_in(factories.make_user("ed@example.org", name="Ed", group="Editors"))
    nobody = signed_in(factories.make_user("no@example.org", name="No"))
    reader = Client(); reader.force_login(factories.make_user("r@example.org", name="Rea", is_staff=False))
    for p in posts:
        assert strict.post(p, {"action": "approve"}).status_code == 403, p
        assert editor.post(p, {"action": "approve"}).status_code == 403, p
        assert nobody.post(p, {"action": "approve"}).status_code == 403, p
        for c in (reader, Client()):
            r = c.post(p, {"action": "approve"})
            assert r.status_code in (302, 403), (p, r.status_code)
    gets = [QUEUE, QUEUE+"lines/", f"{QUEUE}{w.pk}/card/", f"{QUEUE}{w.pk}/card/?on=page", f"{QUEUE}{w.pk}/writer/", "/admin/comments/commenters/", f"/admin/comments/commenters/{cm.pk}/", "/admin/comments/log/", "/admin/comments/figures/", "/admin/comments/discussion/", f"/admin/comments/discussion/{story.pk}/", "/admin/comments/listedword/", "/admin/comments/listedword/many/", "/admin/comments/listedword/try/"]
    for p in gets:
        assert nobody.get(p).status_code == 403, p
        print(p, editor.get(p).status_code)
        for c in (reader, Client()):
            assert c.get(p).status_code == 302, p

def test_draft_story_discussion(queue):
    a = factories.make_draft()
    assert queue.get(f"/admin/comments/discussion/{a.pk}/").status_code == 200
    assert queue.post(f"/admin/comments/discussion/{a.pk}/", {"mode": "open", "days": "3"}).status_code == 303

@pytest.mark.parametrize("seed", range(12))
def test_fuzz(story, mia, seed):
    R = random.Random(seed)
    tom = factories.make_user("tom@example.org", "Tom")
    cs, ds = [], []
    for step in range(140):
        x = R.random()
        try:
            if x < .2 or not cs:
                parent = R.choice(cs) if cs and R.random() < .6 else None
                if parent: parent.refresh_from_db()
                cs.append(add_comment(story, name=R.choice("ABC"), body=f"Body {step}", parent=parent, status=R.choice(["pending", "approved"]), reader=R.choice("abc")*64, network="n"*64))
                continue
            c = Comment.objects.get(pk=R.choice(cs).pk)
            if x < .5:
                d = carry_out(R.choice(["approve","reject","spam","keep","pick","unpick"]), c, R.choice([mia, tom]), seal(c), c.decision_count)
                if d: ds.append(d)
            elif x < .7 and ds:
                d = Decision.objects.get(pk=R.choice(ds[-6:]).pk)
                ds.append(R.choice([undo, take_back])(d, mia))
            elif x < .8:
                report(c.pk, f"{step:064}", "spam")
            elif x < .88:
                judgement = judge(candidate(story, body=f"Edited {step}", comment=c)) if R.random() < .5 else None
                edit_comment(c.pk, f"Edited {step}", judgement)
            elif x < .92:
                withdraw(c.pk)
            elif x < .96:
                commenters.reject_waiting(c, mia)
            else:
                commenters.set_standing(c, R.choice(["trusted", "held", "banned", "normal"]), mia)
        except ValidationError:
            pass
    import io
    out = io.StringIO()
    call_command("recount", stdout=out)
    print(out.getvalue())
    for c in Comment.objects.all():
        assert c.report_count == Report.objects.filter(comment=c, handled_at=None).count(), c.pk
        assert c.decision_count >= c.decisions.count(), (c.decision_count, c.decisions.count())
