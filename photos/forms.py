from pathlib import PurePath

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom.text import clean_line
from newsroom.translated import Text, TranslatedForm

from .marking import require_reason, says_less
from .models import Photo
from .pictures import read_picture

PERCENT = {"min_value": 0, "max_value": 100, "required": False}


class PhotoForm(TranslatedForm):
    """A new photo comes with its file; a photo that exists keeps its file and its mark for ever.

    `picture` is what was read of the file, `existing` the photo of the library that has the same one.
    """

    translated = [
        Text(
            *("alt", _("Description (alt)"), _("What the picture shows, for readers who do not see it.")),
            required=True,
            long=True,
        ),
        Text(
            *("caption", _("Caption"), _("Stands below the picture where a story gives it no caption of its own.")),
            max_length=400,
            long=True,
        ),
        Text("place", _("Place"), _("Where it was taken or what place it shows, if any."), max_length=120),
    ]
    upload = forms.FileField(
        label=_("Picture"),
        widget=forms.FileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp,image/avif,image/gif,image/heic,image/heif"}
        ),
        help_text=_("JPEG, PNG, WebP, AVIF, GIF or HEIC, as large as you have it."),
    )
    again = forms.BooleanField(
        label=_("Add it once more, although the library has this file"), required=False, widget=forms.HiddenInput
    )
    focal_x = forms.IntegerField(label=_("Across, in percent"), **PERCENT)
    focal_y = forms.IntegerField(label=_("Down, in percent"), **PERCENT)
    field_order = ["upload", "again", "title"]
    # `refusal`: why the picture could not be stored the last time.
    picture = existing = refusal = None

    class Meta:
        model = Photo
        fields = ["title", "mark", "mark_reason", "credit", "focal_x", "focal_y"]
        # Asked for when a file says that AI made or changed it, and the origin says less.
        widgets = {"mark_reason": forms.HiddenInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.field_names():
            if name in self.fields:
                self.fields[name].widget.attrs["rows"] = 2

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if self.refusal:
            raise self.refusal
        self.picture = read_picture(upload)
        return upload

    def clean_focal_x(self):
        return self._kept_if_empty("focal_x")

    def clean_focal_y(self):
        return self._kept_if_empty("focal_y")

    def _kept_if_empty(self, name):
        value = self.cleaned_data[name]
        return getattr(self.instance, name) if value is None else value

    def clean(self):
        lines = {name: clean_line(self.cleaned_data[name]) for name in self.field_names() if name in self.cleaned_data}
        self.cleaned_data.update(lines)
        cleaned = super().clean()
        if self.picture and not cleaned.get("again"):
            self._refuse_second_copy()
        if self.picture and cleaned.get("mark"):
            self._require_reason(cleaned)
        return cleaned

    def _require_reason(self, cleaned):
        told = Photo(mark=cleaned["mark"], declared=self.picture.declared, mark_reason=cleaned.get("mark_reason", ""))
        try:
            require_reason(told)
        except ValidationError as error:
            self.add_error(None, error)
        else:
            cleaned["mark_reason"] = told.mark_reason
        if says_less(told.mark, told.declared):
            self.fields["mark_reason"].widget = forms.TextInput(attrs={"class": "vTextField", "maxlength": 300})

    def _refuse_second_copy(self):
        self.existing = Photo.objects.filter(sha256=self.picture.sha256, replaced_by=None).order_by("pk").first()
        if self.existing:
            self.fields["again"].widget = forms.CheckboxInput()
            message = gettext("This file is in the library already: “{title}”, photo:{id}. Use that one.")
            self.add_error("upload", format_html(message, title=self.existing.title, id=self.existing.pk))


class UploadForm(PhotoForm):
    """One of many files, sent by a script. Its name makes the title where none is given."""

    # Says which description cannot be left out: that of the story which the picture is meant for.
    language = forms.ChoiceField(choices=settings.LANGUAGES, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        language = self.data.get("language") or settings.LANGUAGE_CODE
        for code, _name in settings.LANGUAGES:
            self.fields[f"alt_{code}"].required = code == language

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("upload") and not cleaned.get("title"):
            cleaned["title"] = title_of(cleaned["upload"].name)
        return cleaned


def title_of(name):
    """“observatory_dawn-2.jpeg” → “Observatory dawn 2”."""
    words = clean_line(PurePath(name).stem.replace("_", " ").replace("-", " "))
    return (words[:1].upper() + words[1:160]) or gettext("Picture")
