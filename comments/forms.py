"""What readers send: a comment, and another text for it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from authors.names import check_name

from .dialect import render_comment
from .models import Comment

MOST_EMAIL = 254
PARENT_GONE = gettext_lazy("The comment that you answer is no longer there. Post your text as one of its own.")
NO_EMAIL = gettext_lazy("This is no e-mail address. Correct it, or leave the field empty.")


class TextForm(forms.Form):
    """Another text for a comment. Once valid, `html` is what it looks like."""

    # Kept as it was typed, but for line ends and the space around it.
    body = forms.CharField(required=False, strip=False)
    action = forms.ChoiceField(choices=[("preview", "preview"), ("post", "post")], required=False)

    html = ""

    def clean_body(self):
        body = self.cleaned_data["body"].replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip()
        self.html = render_comment(body)
        return body

    @property
    def is_preview(self):
        return self.data.get("action") == "preview"

    def sentences(self):
        """{field: [sentence, …]}; what belongs to no field that is seen stands under `__all__`."""
        seen = {"body", "name", "email", "parent", "__all__"} & {*self.fields, "__all__"}
        found = {}
        for field, errors in self.errors.items():
            found.setdefault(field if field in seen else "__all__", []).extend(errors)
        return found


class CommentForm(TextForm):
    """A new comment. Once valid, `name` is the one that it is shown under."""

    name = forms.CharField(required=False, strip=False)
    email = forms.EmailField(required=False, max_length=MOST_EMAIL, error_messages={"invalid": NO_EMAIL})
    notify = forms.BooleanField(required=False)
    parent = forms.IntegerField(required=False, error_messages={"invalid": PARENT_GONE})
    # Hidden from people: programs fill whatever they find (phases.trap).
    website = forms.CharField(required=False)
    # Which warning of a moderator was read (commenters.warning_seal).
    acknowledge = forms.CharField(required=False)

    def __init__(self, *args, article, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.article, self.user = article, user
        if user:
            del self.fields["name"], self.fields["email"]
        else:
            del self.fields["notify"]

    def clean_name(self):
        if not self.cleaned_data["name"].strip():
            raise ValidationError(_("Say under which name your comment is to stand."))
        return check_name(self.cleaned_data["name"])

    def clean_parent(self):
        pk = self.cleaned_data["parent"]
        return None if pk is None else answered(self.article, pk)

    def clean(self):
        if self.user:
            self.cleaned_data["name"] = check_name(self.user.display_name, self.user)
        return self.cleaned_data

    def notice_email(self):
        """Where replies are to be announced; '' for nowhere."""
        if self.user:
            return self.user.email if self.cleaned_data["notify"] else ""
        return self.cleaned_data["email"]


def answered(article, pk):
    """The comment below this story that can be answered. Raises ValidationError with a sentence for who answers."""
    shown = Comment.objects.shown().filter(article=article, status=Comment.Status.APPROVED)
    found = shown.filter(pk=pk).first()
    if found is None:
        raise ValidationError(PARENT_GONE)
    return found
