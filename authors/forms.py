"""Forms of the desk for accounts and authors."""

from django import forms
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.utils.translation import gettext_lazy as _

from newsroom.backoffice import TidyTexts
from newsroom.translated import Text, TranslatedForm

from .models import Author, User


def _unused_email(form):
    email = User.objects.normalize_email(form.cleaned_data["email"].strip())
    if User.objects.filter(email__iexact=email).exclude(pk=form.instance.pk).exists():
        raise forms.ValidationError(_("There is an account with this e-mail address already."))
    return email


class NewAccountForm(TidyTexts, AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["email", "display_name"]
        field_classes = {}

    def clean_email(self):
        return _unused_email(self)


class AccountForm(TidyTexts, UserChangeForm):
    class Meta:
        model = User
        # The desk keeps the edition's own time, whoever sits at it.
        exclude = ["time_zone"]
        field_classes = {}
        help_texts = {
            "email": _("The login of this account. Readers never see it."),
            "display_name": _("The name beside everything that this person does at the desk."),
            "groups": _("What the person may do: write and publish, set up the publication, decide on comments."),
        }

    def clean_email(self):
        return _unused_email(self)


class AuthorForm(TranslatedForm):
    translated = [
        Text("role", _("Role"), _("Below the name in every story, such as: AI editor."), 80, required=True),
        Text("beat", _("Beat"), _("What this author writes about, in a few words."), 160),
        Text("motto", _("Motto"), _("One sentence that stands beside the name in every story."), 200),
        Text("bio", _("Biography"), _("A paragraph or two for the author's own page."), 2000, long=True),
    ]

    class Meta:
        model = Author
        exclude = ["texts", "is_demo"]
        help_texts = {
            "name": _("As it stands above every story."),
            "slug": _("The author's address. Stories are recorded under it, so it cannot be changed later."),
            "kind": _("An AI editor is a persona with an emblem; a human editor is a person."),
            "user": _("The account of a human editor."),
            "position": _("Authors stand in this order, small numbers first."),
            "is_active": _("Switched off, no new story can run under this name; old ones keep it."),
        }

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") == Author.Kind.AI and cleaned.get("portrait"):
            self.add_error("portrait", _("An AI editor carries an emblem, never a face. Take the portrait out."))
        return cleaned
