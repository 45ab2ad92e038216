"""What a writer does with a comment of theirs: change its text for some minutes, and delete it."""

import functools

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.models import Article
from articles.views import find_story
from authors import ratelimit
from newsroom.answers import see_other, wants_json
from newsroom.errors import gone
from newsroom.security import require_same_origin

from .commenters import find, standing_of
from .forms import TextForm
from .identity import network_key, writer_of
from .models import Comment, Commenter
from .own import RELATED, own_html
from .phases import wait_sentence
from .pipeline import Candidate, judge
from .posting import EDIT_MINUTES, edit_comment, may_edit, too_late, withdraw
from .visibility import locked
from .writing_views import comments_path, story_of_form

Status = Comment.Status


def _form_of(act):
    """A page with a form about one comment: `act` is its name in the address."""

    def wrapped(view):
        @csrf_exempt
        @never_cache
        @require_http_methods(["GET", "HEAD", "POST"])
        @functools.wraps(view)
        def answer(request, language, category, slug, pk):
            if request.method == "POST":
                require_same_origin(request)
                article = story_of_form(language, category, slug)
            else:
                article, moved = find_story(language, category, slug)
                if moved:
                    return HttpResponseRedirect(f"{moved.url}comments/{pk}/{act}/")
            if article.status == Article.Status.RETRACTED:
                return gone(request, article.retraction_reason)
            return view(request, article, _comment(article, pk))

        return answer

    return wrapped


@_form_of("edit")
def comment_edit(request, article, comment):
    """Shows the text to its writer and takes another one."""
    editing = Editing(request, article, comment)
    return editing.post() if request.method == "POST" else editing.show()


@_form_of("delete")
def comment_delete(request, article, comment):
    """Asks, and deletes. Deleting twice is deleting once."""
    deleting = Editing(request, article, comment, "comments/delete.html")
    return deleting.delete() if request.method == "POST" else deleting.ask()


def _comment(article, pk):
    found = Comment.objects.select_related(*RELATED).filter(article=article, pk=pk).first()
    if found is None:
        raise Http404
    return found


class Editing:
    """One request to change or delete a comment, and the answers to it."""

    def __init__(self, request, article, comment, template="comments/edit.html"):
        self.request, self.article, self.comment, self.template = request, article, comment, template
        self.writer = writer_of(request)
        self.form = TextForm(request.POST) if request.method == "POST" else TextForm(initial={"body": comment.body})

    def foreign(self):
        """Why the comment is none of this writer's; '' where it is. A deleted one is nobody's."""
        if self.comment.status == Status.WITHDRAWN:
            return _("This comment was deleted by its author.")
        if not self.writer.owns(self.comment):
            return _("Only who wrote a comment can change it, in the same browser or signed in to the same account.")
        return ""

    def show(self):
        if sentence := self.foreign():
            return self.refuse_foreign(sentence)
        if not may_edit(self.comment):
            return self.refuse(409, too_late())
        return JsonResponse({"body": self.comment.body}) if wants_json(self.request) else self.page()

    def post(self):
        if seconds := self.over_limit():
            return self.refuse(429, wait_sentence(seconds), wait=seconds)
        if sentence := self.foreign():
            return self.refuse_foreign(sentence)
        if not self.form.is_valid():
            return self.refuse(400)
        if self.form.is_preview:
            return JsonResponse({"html": self.form.html}) if wants_json(self.request) else self.page()
        if not may_edit(self.comment):
            return self.refuse(409, too_late())
        return self.change()

    def change(self):
        try:
            opinion = self.judged().answer
        except ValidationError as error:
            return self.refuse(409, error.message % (error.params or {}))
        if opinion is None:
            return self.edited()
        if opinion.field:
            self.form.add_error(opinion.field, opinion.sentence)
        return self.refuse(opinion.status, "" if opinion.field else opinion.sentence)

    @transaction.atomic
    def judged(self):
        """The comment is judged as it stands: a moderator may have put it back to the queue a moment ago."""
        judgement = judge(self.candidate(locked(self.comment.pk)))
        if not judgement.answer:
            edit_comment(self.comment.pk, self.form.cleaned_data["body"], judgement)
        return judgement

    def candidate(self, comment):
        """Of who wrote the comment, whoever they are signed in as by now."""
        return Candidate(
            article=self.article,
            body=self.form.cleaned_data["body"],
            html=self.form.html,
            name=comment.name,
            user=comment.user,
            reader=comment.reader,
            network=network_key(self.request),
            comment=comment,
        )

    def edited(self):
        if not wants_json(self.request):
            return see_other(f"{comments_path(self.article)}mine/#c{self.comment.pk}")
        comment = _comment(self.article, self.comment.pk)
        return JsonResponse({"html": own_html(comment, self.article.language), "status": comment.status})

    def ask(self):
        sentence = self.foreign()
        return self.refuse_foreign(sentence) if sentence else self.page()

    def delete(self):
        if seconds := self.over_limit():
            return self.refuse(429, wait_sentence(seconds), wait=seconds)
        if self.comment.status != Status.WITHDRAWN:
            if sentence := self.foreign():
                return self.refuse_foreign(sentence)
            withdraw(self.comment.pk)
        if wants_json(self.request):
            return JsonResponse({"deleted": True})
        return see_other(f"{comments_path(self.article)}mine/")

    def over_limit(self):
        return ratelimit.hit("edit-network", ratelimit.network_of(self.request))

    def refuse_foreign(self, sentence):
        """What readers never saw is not there for others."""
        if not self.comment.is_shown and self.comment.status != Status.WITHDRAWN:
            raise Http404
        return self.refuse(410 if self.comment.status == Status.WITHDRAWN else 403, sentence)

    def refuse(self, status, sentence="", wait=0):
        if wants_json(self.request):
            errors = (self.form.sentences() if self.form.is_bound else {}) | (
                {"__all__": [sentence]} if sentence else {}
            )
            response = JsonResponse({"errors": errors}, status=status)
        else:
            response = self.page(sentence, status)
        if wait:
            response["Retry-After"] = str(wait)
        return response

    def waits_again(self):
        """Whether readers see it, and a moderator reads it first when it has changed."""
        if self.comment.status != Status.APPROVED or (self.comment.user and self.comment.user.is_staff):
            return False
        return standing_of(find(self.comment), timezone.now()) != Commenter.Standing.TRUSTED

    def page(self, sentence="", status=200):
        is_own = not self.foreign()
        context = {
            "language": self.article.language,
            "article": self.article,
            "comments_path": comments_path(self.article),
            # Its text is for nobody but who wrote it; what was sent just now is theirs in any case.
            "comment": self.comment if is_own else None,
            "form": self.form if is_own or self.form.is_bound else None,
            "may_edit": is_own and may_edit(self.comment),
            "waits_again": is_own and self.waits_again(),
            "sentence": sentence,
            "minutes": EDIT_MINUTES,
            "noindex": True,
            "others": {},
        }
        return render(self.request, self.template, context, status=status)
