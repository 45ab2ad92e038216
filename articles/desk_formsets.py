"""Sources and photos of a story as the desk edits them: formsets over a revision's content, not over rows."""

import datetime as dt

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import ForeignKeyRawIdWidget
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from photos.models import Photo

from .content import LIMITS, MOST, source_moment
from .models import ArticlePhoto, Source

MOST_ID = 10**18 - 1


class Rows(forms.BaseFormSet):
    """A formset whose rows come out in the order that the person gave, without the deleted and the empty ones."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Order")
        form.fields["ORDER"].widget.attrs.update({"class": "order", "min": 1, "max": 99})
        form.fields["DELETE"].label = _("Remove")

    def rows(self):
        if not self.management_form.is_valid():
            return []
        chosen = [form for form in self.forms if form not in self.deleted_forms and form.is_filled()]
        chosen.sort(key=lambda form: form.cleaned_data.get("ORDER") or len(self.forms) + 1)
        return [form.row() for form in chosen]


class SourceRow(forms.Form):
    source = forms.ChoiceField(
        label=_("Source"),
        help_text=_("The outlet or institution. The first one is named above the story; new ones under “Sources”."),
    )
    url = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=LIMITS["url"],
        assume_scheme="https",
        widget=forms.URLInput(attrs={"class": "vURLField"}),
        help_text=_("Where readers find the original. Empty: the source's home page is linked."),
    )
    title = forms.CharField(
        label=_("Original title"),
        required=False,
        max_length=LIMITS["source_title"],
        help_text=_("As the original has it. Leave it empty when you have not seen it."),
    )
    published = forms.CharField(
        label=_("Published"),
        required=False,
        max_length=40,
        help_text=_(
            "Day of the original, 2026-11-24, or with time, 2026-11-24 07:30 (edition's time). Empty if not sure."
        ),
    )

    def __init__(self, *args, language, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [("", "---------"), *choices]

    def clean_published(self):
        text = self.cleaned_data["published"].strip()
        if not text or source_moment(text):
            return text
        try:
            moment = parse_datetime(text)
        except ValueError:
            moment = None
        if moment is None:
            raise ValidationError(_("Write the day as 2026-11-24, or day and time as 2026-11-24 07:30."))
        return moment.replace(tzinfo=timezone.get_current_timezone()).astimezone(dt.UTC).isoformat()

    def is_filled(self):
        return self.is_valid() and bool(self.cleaned_data.get("source"))

    def row(self):
        return {name: self.cleaned_data[name] for name in ("source", "url", "title", "published")}


class PhotoRow(forms.Form):
    photo = forms.IntegerField(
        label=_("Photo"),
        min_value=1,
        max_value=MOST_ID,
        help_text=_("The photo's number; the magnifier opens the library, where photos are also uploaded."),
    )
    alt = forms.CharField(
        label=_("Description (alt)"),
        required=False,
        max_length=LIMITS["alt"],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What the picture shows, for readers who do not see it. Empty: the photo's own is taken."),
    )
    caption = forms.CharField(
        label=_("Caption"),
        required=False,
        max_length=LIMITS["caption"],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stands below the picture in this story. Empty: the photo's own is taken."),
    )

    def __init__(self, *args, language, **kwargs):
        super().__init__(*args, **kwargs)
        self.language = language
        relation = ArticlePhoto._meta.get_field("photo").remote_field
        self.fields["photo"].widget = PhotoWidget(relation, admin.site, attrs={"data-language": language})
        for name in ("alt", "caption"):
            self.fields[name].widget.attrs["lang"] = language

    def is_filled(self):
        return self.is_valid() and bool(self.cleaned_data.get("photo"))

    def row(self):
        return {name: self.cleaned_data[name] for name in ("photo", "alt", "caption")}


class PhotoWidget(ForeignKeyRawIdWidget):
    """A photo's number with its thumbnail; the library opens in a window of its own."""

    photo = None

    def label_and_url_for_value(self, value):
        return "", ""

    def render(self, name, value, attrs=None, renderer=None):
        number = super().render(name, value, attrs, renderer)
        return render_to_string(
            "admin/articles/photo_widget.html",
            {"number": number, "photo": self.photo, "src": self.photo and self.photo.url(320)},
        )


class BaseSourceFormSet(Rows):
    def get_form_kwargs(self, index):
        return {**super().get_form_kwargs(index), "choices": self.choices}

    @cached_property
    def choices(self):
        return list(Source.objects.values_list("key", "name"))


class BasePhotoFormSet(Rows):
    """Reads all photos that its rows name in one query: for the thumbnails, and for texts that a row leaves empty."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if index is not None:
            form.fields["photo"].widget.photo = self.known.get(number_in(form["photo"].value()))

    @cached_property
    def known(self):
        if self.is_bound:
            values = [self.data.get(f"{self.prefix}-{index}-photo") for index in range(self.total_form_count())]
        else:
            values = [row["photo"] for row in self.initial or []]
        return Photo.objects.in_bulk([number for value in values if (number := number_in(value))])

    def clean(self):
        for form in self.forms:
            number = form.cleaned_data.get("photo") if hasattr(form, "cleaned_data") else None
            if number and number not in self.known:
                form.add_error(
                    "photo", _("There is no photo %(number)d. Choose one with the magnifier.") % {"number": number}
                )

    def rows(self):
        rows = super().rows()
        for row in rows:
            if photo := self.known.get(row["photo"]):
                texts = photo.texts.get(self.form_kwargs["language"]) or {}
                row["alt"] = row["alt"] or texts.get("alt", "")
                row["caption"] = row["caption"] or texts.get("caption", "")
        return rows


def number_in(value):
    """An id out of what a form or an address says, or None."""
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def _formset(form, base, name, extra):
    most = MOST[name]
    return forms.formset_factory(
        form,
        formset=base,
        extra=extra,
        can_order=True,
        can_delete=True,
        max_num=most,
        absolute_max=most + 20,
        validate_max=True,
    )


SourceFormSet = _formset(SourceRow, BaseSourceFormSet, "sources", extra=1)
PhotoFormSet = _formset(PhotoRow, BasePhotoFormSet, "photos", extra=2)
