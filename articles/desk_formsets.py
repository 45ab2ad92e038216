"""Sources and photos of a story as the desk edits them: formsets over a revision's content, not over rows."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from photos.models import Photo

from .content import LIMITS, MOST, source_moment
from .models import Source

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

    def typed_rows(self):
        """What stands in the rows, right or wrong, of an opened form as of a posted one; without the removed ones."""
        rows = [{name: form[name].value() for name in form.fields} for form in self.forms]
        rows = [row for row in rows if not row["DELETE"]]
        return sorted(rows, key=lambda row: number_in(row["ORDER"]) or len(rows) + 1)


class Row(forms.Form):
    def has_changed(self):
        """Whether anything stands in it. Its number alone fills no row: the page numbers the empty ones too."""
        return any(self[name].value() for name in self.fields if name not in ("ORDER", "DELETE"))


class SourceRow(Row):
    source = forms.ChoiceField(
        label=_("Source"),
        help_text=_("The outlet or institution. The first one is named above the story; new ones under “Sources”."),
    )
    url = forms.URLField(
        label=_("Link"),
        required=False,
        max_length=LIMITS["url"],
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
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


class PhotoRow(Row):
    photo = forms.IntegerField(
        label=_("Photo"),
        min_value=1,
        max_value=MOST_ID,
        widget=forms.NumberInput(attrs={"class": "photo-number"}),
        help_text=_("The photo's number, as the photo library shows it."),
    )
    alt = forms.CharField(
        label=_("Description (alt)"),
        required=False,
        max_length=LIMITS["alt"],
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": " "}),
        help_text=_("What the picture shows, for readers who do not see it. Empty: the photo's own is taken."),
    )
    caption = forms.CharField(
        label=_("Caption"),
        required=False,
        max_length=LIMITS["caption"],
        widget=forms.Textarea(attrs={"rows": 2, "placeholder": " "}),
        help_text=_("Stands below the picture in this story. Empty: the photo's own is taken."),
    )
    # The Photo of the number, for its thumbnail; the formset sets it.
    shown = None

    def __init__(self, *args, language, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("alt", "caption"):
            self.fields[name].widget.attrs["lang"] = language

    def is_filled(self):
        return self.is_valid() and bool(self.cleaned_data.get("photo"))

    def row(self):
        return {name: self.cleaned_data[name] for name in ("photo", "alt", "caption")}


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
            form.shown = self.known.get(number_in(form["photo"].value()))

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
                    "photo", _("There is no photo %(number)d. Choose one from the library.") % {"number": number}
                )

    def rows(self):
        rows = super().rows()
        for row in rows:
            if photo := self.known.get(row["photo"]):
                texts = photo.texts.get(self.form_kwargs["language"]) or {}
                row["alt"] = row["alt"] or texts.get("alt", "")
                row["caption"] = row["caption"] or texts.get("caption", "")
        return rows

    def seen_rows(self):
        """[(Photo, description)] of the rows as typed; a description that a row leaves empty is the photo's own."""
        typed = [(self.known.get(number_in(row["photo"])), row["alt"]) for row in self.typed_rows()]
        language = self.form_kwargs["language"]
        return [
            (photo, (alt or "").strip() or (photo.texts.get(language) or {}).get("alt", ""))
            for photo, alt in typed
            if photo
        ]


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
