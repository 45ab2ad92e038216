"""What a bulk action asks, and how it says that it leaves a story alone."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from authors.models import User
from newsroom.text import clean_line

from .content import LIMITS
from .models import Article, Category


class Left(Exception):
    """The story is left alone; the text says why."""


def check_kept(article):
    if article.status == Article.Status.RETRACTED:
        raise Left(_("Retracted: its address tells readers why, for good."))


class PlainForm(forms.Form):
    """A confirmation without a question."""


class ChangeForm(forms.Form):
    publish_too = forms.BooleanField(
        required=False,
        label=gettext_lazy("Publish the change too, where readers see the newest version now"),
        help_text=gettext_lazy("Otherwise it waits in each public story until somebody publishes it."),
    )


class TagsForm(ChangeForm):
    tags = forms.CharField(
        label=gettext_lazy("Tags"),
        max_length=300,
        help_text=gettext_lazy("One, or several separated by commas."),
        widget=forms.TextInput(attrs={"class": "vTextField", "autofocus": True}),
    )
    field_order = ["tags", "publish_too"]

    def clean_tags(self):
        tags = [clean_line(tag).lower() for tag in self.cleaned_data["tags"].split(",")]
        tags = list(dict.fromkeys(tag for tag in tags if tag))
        if not tags:
            raise ValidationError(_("Name at least one tag."))
        if too_long := [tag for tag in tags if len(tag) > LIMITS["tag"]]:
            raise ValidationError(_("“%(tag)s…” is too long for a tag.") % {"tag": too_long[0][:30]})
        return tags


class MoveForm(ChangeForm):
    section = forms.ChoiceField(label=gettext_lazy("Section"))
    field_order = ["section", "publish_too"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = {}
        for key, language, name in Category.objects.order_by("position", "id").values_list("key", "language", "name"):
            names.setdefault(key, {})[language] = name
        choices = [(key, " · ".join(by_language.values())) for key, by_language in names.items()]
        self.fields["section"].choices = [("", "---------"), *choices]


class ReviewForm(forms.Form):
    reviewer = forms.ModelChoiceField(label=gettext_lazy("Reviewer"), queryset=User.objects.editors())

    def clean_reviewer(self):
        # Kept in the session between two steps, so no more than its number.
        return self.cleaned_data["reviewer"].pk
