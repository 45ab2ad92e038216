"""What moderators send: a decision on one comment, or the same on several of a list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from newsroom.backoffice import TidyTexts

from .queues import MOST_ID

ACTIONS = ["approve", "reject", "spam", "keep", "pick", "unpick"]
MOST_COUNT = 2**31 - 1
# No list shows more.
MOST_SELECTED = 100
UNKNOWN = _("This button is not one of ours. Open the queue again and repeat it there.")


class ActionForm(TidyTexts, forms.Form):
    action = forms.ChoiceField(
        choices=[(name, name) for name in ACTIONS], error_messages={"required": UNKNOWN, "invalid_choice": UNKNOWN}
    )
    why = forms.CharField(
        max_length=500,
        required=False,
        error_messages={"max_length": _("At most %(limit_value)d characters; these are %(show_value)d.")},
    )

    @property
    def sentences(self):
        return [sentence for errors in self.errors.values() for sentence in dict.fromkeys(errors)]


class SeenForm(forms.Form):
    """Which text a page showed of a comment, and how often it had been decided on by then."""

    seen = forms.CharField(max_length=16, error_messages={"required": UNKNOWN})
    count = forms.IntegerField(min_value=0, max_value=MOST_COUNT, error_messages={"required": UNKNOWN})


class DecideForm(ActionForm, SeenForm):
    pass


class BulkForm(ActionForm):
    """`selected` are ids; with each come `seen-<id>` and `count-<id>`. `chosen` is {id: SeenForm's values}."""

    selected = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, data):
        super().__init__(data)
        self.fields["selected"].valid_value = lambda value: value.isascii() and value.isdecimal() and len(value) < 19
        self.fields["selected"].error_messages["invalid_choice"] = UNKNOWN
        self.chosen = {}

    def clean_selected(self):
        selected = list(dict.fromkeys(self.cleaned_data["selected"]))
        if not selected:
            raise forms.ValidationError(_("Select the comments first: with the boxes beside them, or with x."))
        if len(selected) > MOST_SELECTED:
            raise forms.ValidationError(
                _("At most %(most)d comments at once; select fewer."), params={"most": MOST_SELECTED}
            )
        for pk in selected:
            seen = SeenForm({"seen": self.data.get(f"seen-{pk}"), "count": self.data.get(f"count-{pk}")})
            if pk > MOST_ID or not seen.is_valid():
                raise forms.ValidationError(UNKNOWN)
            self.chosen[pk] = seen.cleaned_data
        return selected
