"""What a person sets for their own account at the desk."""

from django import forms
from django.conf import settings
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from newsroom.errors import BadInput


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=settings.LANGUAGES)
    next = forms.CharField(required=False)


@require_POST
def choose_language(request):
    """From now on the desk speaks this language to this account, on every machine."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        raise BadInput(_("The desk does not speak that language."))
    request.user.language = form.cleaned_data["language"]
    request.user.save(update_fields=["language"])
    back = form.cleaned_data["next"]
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if is_ours else reverse("admin:index"))
