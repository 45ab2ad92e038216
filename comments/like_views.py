"""Liking a comment: one click, one more takes it back; like the like of a story (articles/views.py)."""

from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from articles.models import Article
from articles.views import LikeForm, find_story
from authors import readers
from newsroom.answers import see_other, wants_json
from newsroom.errors import BadInput, too_many
from newsroom.security import require_same_origin

from .likes import likes_comment, set_comment_like
from .models import Comment


def find_comment(language, category, slug, pk):
    """The story and the comment that readers see below it. Raises Http404 where there is none."""
    article, answer = find_story(language, category, slug)
    if answer or article.status == Article.Status.RETRACTED:
        raise Http404
    rows = Comment.objects.shown().filter(article=article, status=Comment.Status.APPROVED)
    return article, get_object_or_404(rows.select_related("author"), pk=pk)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def like(request, language, category, slug, pk):
    article, comment = find_comment(language, category, slug, pk)
    token = readers.reader_token(request)
    path = f"{article.get_absolute_url()}comments/{comment.pk}/like/"
    if request.method != "POST":
        liked = likes_comment(token, comment.pk)
        context = {"language": language, "article": article, "comment": comment, "liked": liked, "path": path}
        return render(request, "comments/like.html", {**context, "noindex": True, "others": {}})
    require_same_origin(request)
    form = LikeForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("A like can be given or taken back, nothing else."))
    if seconds := readers.hit_like(request, token):
        return too_many(request, seconds)
    return _set_like(request, comment, token, form.cleaned_data["action"] != "unlike", path)


def _set_like(request, comment, token, wanted, path):
    if not token and not wanted:
        # Nothing to take back, and no reason for a cookie.
        return _answer(request, False, comment.like_count, path)
    is_new, token = not token, token or readers.new_token()
    try:
        count = set_comment_like(comment.pk, token, wanted)
    except Comment.DoesNotExist as error:
        raise Http404 from error
    response = _answer(request, wanted, count, path)
    if is_new:
        readers.set_cookie(response, token)
    return response


def _answer(request, liked, count, path):
    return JsonResponse({"liked": liked, "count": count}) if wants_json(request) else see_other(path)
