from django import forms
from django.utils.translation import gettext_lazy as _

from newsroom.translated import Text, TranslatedForm

from .models import Photo
from .pictures import read_picture


class PhotoForm(TranslatedForm):
    """A new photo comes with its file; a photo that exists keeps its file and its mark for ever."""

    translated = [
        Text("alt", _("Description (alt)"), _("What the picture shows, for readers who do not see it."), required=True),
        Text("caption", _("Caption"), _("Stands below the picture where a story gives it no caption of its own."), 400),
    ]
    upload = forms.FileField(
        label=_("Picture"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/avif"}),
        help_text=_("JPEG, PNG, WebP or AVIF, as large as you have it. To replace a picture, upload a new one."),
    )

    class Meta:
        model = Photo
        fields = ["title", "mark", "credit"]

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        if upload:
            read_picture(upload)
        return upload
