"""What the front page's desk sends: a draft of changes, the time when it is put up, and what to find or look at."""

import re

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from articles import front_plan, placing
from newsroom.errors import BadInput

PLACE = re.compile(r"([a-z0-9_-]{1,40}):([1-4])\Z")
MOST_CHANGES, MOST_ID = 200, 2**63 - 1
NUMBER = re.compile(r"[0-9]{1,19}\Z")


class PlaceField(forms.CharField):
    """`lead` or `space:2`, as a front_plan.Place; whether the edition has that section is for placing.py to say."""

    def to_python(self, value):
        value = super().to_python(value)
        match = PLACE.match(value)
        if value in ("", "lead"):
            return front_plan.LEAD if value else None
        if not match:
            raise forms.ValidationError(_("There is no such place on the front page."))
        return front_plan.Place(match[1], int(match[2]))


class ChangeForm(forms.Form):
    place = PlaceField(max_length=60)
    story = forms.IntegerField(required=False, min_value=1, max_value=MOST_ID)
    start = forms.DateTimeField(required=False)
    until = forms.DateTimeField(required=False)


ChangeFormSet = forms.formset_factory(
    ChangeForm, extra=0, max_num=MOST_CHANGES, absolute_max=MOST_CHANGES, validate_max=True
)


class NumbersField(forms.Field):
    """Any number of ids, as a set."""

    widget = forms.SelectMultiple

    def clean(self, value):
        if not all(NUMBER.match(text) and int(text) <= MOST_ID for text in value or ()):
            raise forms.ValidationError(_("Something in the address or the form is not as it should be."))
        return {int(text) for text in value or ()}


class DraftForm(forms.Form):
    """`key` names the draft that a browser keeps, so that it knows when this one was put up."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)
    based_on = forms.CharField(max_length=60, required=False)
    key = forms.RegexField(r"\A[a-z0-9-]{1,40}\Z", required=False)
    when = forms.ChoiceField(choices=[("now", ""), ("later", "")], required=False)
    at = forms.DateTimeField(required=False)
    look = forms.DateTimeField(required=False)
    look_other = forms.DateTimeField(required=False)
    cancel = NumbersField(required=False)


class PageForm(forms.Form):
    """The address of the page and of its list of stories."""

    language = forms.ChoiceField(choices=settings.LANGUAGES, required=False)
    place = PlaceField(max_length=60, required=False)
    q = forms.CharField(max_length=200, required=False)
    put = forms.CharField(max_length=40, required=False)


def read_page(data, first_language):
    form = PageForm(data)
    if not form.is_valid():
        raise BadInput(_first(form.errors))
    return {**form.cleaned_data, "language": form.cleaned_data["language"] or first_language}


def read_draft(data):
    """(the form's values, front_plan.Arrangement). What nobody can type raises BadInput; what is wrong with a change
    itself is said by placing.faults()."""
    form, changes = DraftForm(data), ChangeFormSet(data, prefix="changes")
    if not form.is_valid():
        raise BadInput(_first(form.errors))
    if not changes.is_valid():
        faults = [errors for errors in changes.errors if errors]
        raise BadInput(_first(faults[0]) if faults else changes.non_form_errors()[0])
    rows = [[row[name] for name in ("place", "story", "start", "until")] for row in changes.cleaned_data if row]
    values = form.cleaned_data
    return values, placing.arrange(values["language"], rows, values["cancel"])


def _first(errors):
    return next(iter(errors.values()))[0]
