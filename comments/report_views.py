"""Reporting a comment to the moderators, with a reason. Needs no identity and leaves none behind: no cookie."""

from django import forms
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.models import Article
from articles.views import find_story
from authors import ratelimit
from newsroom.answers import see_other
from newsroom.backoffice import TidyTexts
from newsroom.security import require_same_origin

from .identity import network_key, writer_of
from .models import Comment, Report
from .reports import report as add_report
from .reports import reporter_of


class ReportForm(TidyTexts, forms.Form):
    reason = forms.ChoiceField(
        choices=Report.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose what is wrong with the comment."),
            "invalid_choice": gettext_lazy("Choose one of these reasons."),
        },
    )
    note = forms.CharField(
        max_length=500,
        required=False,
        widget=forms.Textarea,
        error_messages={"max_length": gettext_lazy("At most %(limit_value)d characters; these are %(show_value)d.")},
    )


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request, language, category, slug, pk):
    article, answer = find_story(language, category, slug)
    if answer or article.status == Article.Status.RETRACTED:
        raise Http404
    rows, is_sent = Comment.objects.filter(article=article), request.method != "POST" and "sent" in request.GET
    if not is_sent:
        rows = rows.shown().filter(status=Comment.Status.APPROVED)
    comment = get_object_or_404(rows.select_related("author"), pk=pk)
    path = f"{article.get_absolute_url()}comments/{pk}/report/"
    context = {"language": language, "article": article, "comment": comment, "path": path}
    # The thanks stand also where a moderator has taken the comment down by now.
    if is_sent:
        return _page(request, {**context, "is_sent": True})
    if request.method != "POST":
        return _page(request, {**context, "form": ReportForm()})
    return _take(request, comment, context)


def _take(request, comment, context):
    require_same_origin(request)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _page(request, {**context, "form": form}, 400)
    if seconds := ratelimit.hit("report-network", ratelimit.network_of(request)):
        sentence = _("Too many reports came from your network. Send this one again in %(seconds)d s.")
        form.add_error(None, sentence % {"seconds": seconds})
        response = _page(request, {**context, "form": form}, 429)
        response["Retry-After"] = str(seconds)
        return response
    reporter = reporter_of(writer_of(request), network_key(request), comment.pk)
    add_report(comment.pk, reporter, form.cleaned_data["reason"], form.cleaned_data["note"])
    return see_other(f"{context['path']}?sent=1")


def _page(request, context, status=200):
    return render(request, "comments/report.html", {**context, "noindex": True, "others": {}}, status=status)
