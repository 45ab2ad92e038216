"""The addresses of share cards. A card that is no longer the present one leads to it."""

from django.http import HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from newsroom.errors import gone, unavailable

from . import share_cards, story_page
from .models import Article
from .views import find_story


@require_safe
def story_card(request, language, category, slug, key):
    article, answer = find_story(language, category, slug)
    if answer:
        return HttpResponsePermanentRedirect(f"{answer.url}card-{key}.jpg")
    if article.status == Article.Status.RETRACTED:
        return gone(request, article.retraction_reason)
    return _answer(request, share_cards.card_of(article, story_page.photos_of(article.pk)), key)


@require_safe
def edition_card(request, language, key):
    return _answer(request, share_cards.edition_card(language), key)


def _answer(request, card, key):
    if key != share_cards.key_of(card):
        return HttpResponseRedirect(share_cards.path_of(card))
    try:
        data = share_cards.file_of(card)
    except share_cards.CardUnavailable:
        return unavailable(request, _("This picture cannot be shown just now. Try again in a minute."), seconds=60)
    response = HttpResponse(data, content_type="image/jpeg")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    # Shown by other sites, which is what it is for.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
