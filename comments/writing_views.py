"""Writing comments: what the composer sends, the stamp that it needs, and the page on which a comment is read over.

Whether a comment is taken, and as what, is for the pipeline to say (pipeline.py); it is asked once the form itself is
valid, in the transaction that stores the comment. Every refusal is the same page again with all that was typed, or JSON
for the script.
"""

from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import resolve
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from articles.models import Article
from articles.views import find_story
from authors import ratelimit, readers
from newsroom.answers import see_other, wants_json
from newsroom.errors import gone
from newsroom.security import require_same_origin

from . import notices
from .commenters import warning_seal
from .forms import CommentForm, answered
from .identity import Writer, mine, network_key, writer_of
from .models import Comment
from .own import RELATED, own_html
from .phases import wait_sentence
from .pipeline import Candidate, judge
from .posting import post
from .quoting import quote
from .stamps import new_stamp, read_stamp, told
from .views import story_comments


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def comments(request, language, category, slug):
    """GET is a public page, the same for everyone; POST adds a comment."""
    view = _write if request.method == "POST" else story_comments
    return view(request, language, category, slug)


@never_cache
def _write(request, language, category, slug):
    require_same_origin(request)
    article = story_of_form(language, category, slug)
    if article.status == Article.Status.RETRACTED:
        return gone(request, article.retraction_reason)
    writer = writer_of(request)
    form = CommentForm(request.POST, article=article, user=writer.user)
    return Composing(request, article, writer, form).answer()


@never_cache
@require_safe
def comment_stamp(request, language, category, slug):
    article, answer = find_story(language, category, slug)
    if answer:
        return HttpResponseRedirect(f"{answer.url}comments/stamp/")
    if article.status == Article.Status.RETRACTED:
        return gone(request, article.retraction_reason)
    writer = writer_of(request)
    return JsonResponse(
        {
            "stamp": new_stamp(article.pk),
            "signed_in": bool(writer.user),
            "name": writer.user.display_name if writer.user else "",
            "mine": writer.is_known and mine(writer).filter(article=article).exists(),
        }
    )


@never_cache
@require_safe
def comment_reply(request, language, category, slug, pk):
    """A composer for an answer, with `?quote=1` around what is answered."""
    article, answer = find_story(language, category, slug)
    if answer:
        query = request.GET.urlencode()
        return HttpResponseRedirect(f"{answer.url}comments/{pk}/reply/" + (f"?{query}" if query else ""))
    if article.status == Article.Status.RETRACTED:
        return gone(request, article.retraction_reason)
    if not Comment.objects.shown().filter(article=article, pk=pk).exists():
        raise Http404
    try:
        parent = answered(article, pk)
    except ValidationError as error:
        return gone(request, error.message, _("No longer there"))
    quoted = quote(parent.body) if request.GET.get("quote") else ""
    if wants_json(request):
        return JsonResponse({"quote": quoted})
    writer = writer_of(request)
    form = CommentForm(initial={"body": quoted}, article=article, user=writer.user)
    return Composing(request, article, writer, form, parent).page()


class Composing:
    """One request to write a comment, and the answers to it."""

    def __init__(self, request, article, writer, form, parent=None):
        self.request, self.article, self.writer, self.form, self.parent = request, article, writer, form, parent
        self.network = ratelimit.network_of(request)
        # What a moderator has written to the writer, where it must be acknowledged first.
        self.warning = ""
        self.sent_stamp = request.POST.get("stamp", "")
        self.stamp = read_stamp(self.sent_stamp, article.pk)

    def answer(self):
        seconds = ratelimit.hit("preview-network", self.network)
        is_valid = self.form.is_valid()
        self.parent = self.form.cleaned_data.get("parent")
        if seconds:
            return self.refuse(429, wait_sentence(seconds), wait=seconds)
        if self.form.is_preview:
            return self.preview()
        if not is_valid:
            return self.refuse(409 if "parent" in self.form.errors else 400)
        if not self.stamp:
            return self.without_stamp()
        return self.add()

    def preview(self):
        """A script asks for the text alone: name and address may still be missing."""
        if not wants_json(self.request):
            return self.page(status=400 if self.form.errors else 200)
        if errors := self.form.errors.get("body"):
            return JsonResponse({"errors": {"body": errors}}, status=400)
        return JsonResponse({"html": self.form.html})

    def without_stamp(self):
        """Without JavaScript nobody has a stamp yet: the page to read it over has one."""
        if not self.sent_stamp and not wants_json(self.request):
            return self.page()
        return self.refuse(409, _("This form has been open for too long. Your text is kept: read it over and post it."))

    def add(self):
        if found := earlier(self.stamp):
            return self.success(found) if self.is_the_same(found) else self.used()
        judgement, comment, is_new = self.judged()
        # The other half of a double click may have come through meanwhile, and made this one a duplicate of itself.
        if judgement.answer and not (comment := earlier(self.stamp)):
            return self.turn_away(judgement)
        if comment is None:
            return self.refuse(409)
        return self.success(comment) if is_new or self.is_the_same(comment) else self.used()

    @transaction.atomic
    def judged(self):
        """The judgement, the comment where one is stored, and whether it is new. A try that is refused counts too."""
        judgement = judge(self.candidate)
        if judgement.answer:
            return judgement, None, False
        try:
            return judgement, *self.save(judgement)
        except ValidationError as error:
            # What it answers was taken down since the form was checked.
            self.form.add_error("parent", error)
            self.parent = None
            return judgement, None, False

    @cached_property
    def candidate(self):
        user, data = self.writer.user, self.form.cleaned_data
        return Candidate(
            article=self.article,
            body=data["body"],
            html=self.form.html,
            name=data["name"],
            user=user,
            reader="" if user else self.identity.reader,
            network=network_key(self.request),
            address=self.network,
            parent=data["parent"],
            website=data["website"],
            stamp=self.stamp,
            is_told=self.stamp.is_told,
            acknowledges=data["acknowledge"],
        )

    @property
    def identity(self):
        """The writer; a guest without a cookie becomes who the stamp says."""
        user, token = self.writer
        return Writer(user, token or ("" if user else self.stamp.token))

    @transaction.atomic
    def save(self, judgement):
        one, email = self.candidate, self.form.notice_email()
        return post(
            self.article,
            submission=self.stamp.submission,
            name=one.name,
            body=one.body,
            parent=one.parent,
            judgement=judgement,
            user=one.user,
            reader=one.reader,
            network=one.network,
            notify=notices.subscribe(email, self.article.language, account=one.user) if email else None,
        )

    def is_the_same(self, comment):
        """Whether this form has made it already."""
        return comment.body == self.form.cleaned_data["body"] and self.identity.owns(comment)

    def used(self):
        self.stamp = None
        return self.refuse(409, _("This form has posted another text already. Post again to add this one too."))

    def success(self, comment):
        if wants_json(self.request):
            answer = {"id": comment.pk, "parent": comment.parent_id, "status": comment.status}
            answer["html"] = own_html(comment, self.article.language)
            response = JsonResponse(answer, status=201)
        else:
            response = see_other(f"{comments_path(self.article)}mine/#c{comment.pk}")
        if not self.writer.user and not self.writer.token:
            readers.set_cookie(response, self.stamp.token)
        return response

    def turn_away(self, judgement):
        """Tells the writer what the pipeline says. Who may rewrite gets a stamp that says that they were told."""
        opinion = judgement.answer
        if judgement.told:
            self.stamp = read_stamp(told(self.stamp, self.article.pk), self.article.pk)
        self.warning = opinion.details.get("warning", "")
        if opinion.field:
            self.form.add_error(opinion.field, opinion.sentence)
            return self.refuse(opinion.status)
        return self.refuse(opinion.status, opinion.sentence, wait=opinion.wait)

    def refuse(self, status, sentence="", wait=0):
        """`wait`: seconds until it may be tried again."""
        if wants_json(self.request):
            errors = self.form.sentences() | ({"__all__": [sentence]} if sentence else {})
            answer = {"errors": errors, "stamp": self.next_stamp}
            if self.warning:
                answer |= {"warning": self.warning, "acknowledge": warning_seal(self.warning)}
            response = JsonResponse(answer, status=status)
        else:
            response = self.page(sentence, status)
        if wait:
            response["Retry-After"] = str(wait)
        return response

    @property
    def next_stamp(self):
        """The one that was sent while it is good: who was too fast waits no longer than need be."""
        return self.stamp.text if self.stamp else new_stamp(self.article.pk)

    def page(self, sentence="", status=200):
        user = self.writer.user
        found = self.form.sentences() if self.form.is_bound else {}
        context = {
            "language": self.article.language,
            "article": self.article,
            "comments_path": comments_path(self.article),
            "form": self.form,
            "sentences": [sentence] * bool(sentence) + found.get("parent", []) + found.get("__all__", []),
            "stamp": self.next_stamp,
            "account": user and user.display_name,
            "is_staff": user and user.is_staff,
            "parent": self.parent,
            "warning": self.warning,
            "warning_seal": warning_seal(self.warning),
            "noindex": True,
            "others": {},
        }
        return render(self.request, "comments/compose.html", context, status=status)


def story_of_form(language, category, slug):
    """The story that a form was sent to. An old address is followed: what somebody wrote must not be lost by it."""
    article, answer = find_story(language, category, slug)
    return article or find_story(**resolve(answer.url).kwargs)[0]


def earlier(stamp):
    """The comment that a form with this stamp has made already."""
    return Comment.objects.select_related(*RELATED).filter(submission=stamp.submission).first()


def comments_path(article):
    return f"{article.get_absolute_url()}comments/"
