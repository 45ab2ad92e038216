"""Forms for models that keep their texts per language in one JSON field: {language: {name: text}}.

A person edits them as ordinary fields, `role_en` and `role_hr`, labelled "Role (English)" and "Role (Croatian)".
"""

from typing import NamedTuple

from django import forms
from django.conf import settings
from django.forms.models import ModelFormMetaclass
from django.utils.text import format_lazy

from .backoffice import TidyTexts


class Text(NamedTuple):
    """One text of the JSON field. `required` asks for it in the default language; others fall back to that."""

    name: str
    label: str
    help_text: str = ""
    max_length: int = 300
    required: bool = False
    long: bool = False

    def field(self, code, language):
        widget = forms.Textarea(attrs={"rows": 4}) if self.long else forms.TextInput(attrs={"class": "vTextField"})
        widget.attrs["lang"] = code
        return forms.CharField(
            label=format_lazy("{} ({})", self.label, language),
            help_text=self.help_text,
            max_length=self.max_length,
            required=self.required and code == settings.LANGUAGE_CODE,
            widget=widget,
        )


class TranslatedFormMetaclass(ModelFormMetaclass):
    def __new__(mcs, name, bases, attrs):
        for text in attrs.get("translated", ()):
            for code, language in settings.LANGUAGES:
                attrs[f"{text.name}_{code}"] = text.field(code, language)
        return super().__new__(mcs, name, bases, attrs)


class TranslatedForm(TidyTexts, forms.ModelForm, metaclass=TranslatedFormMetaclass):
    """A subclass names its texts in `translated = [Text(…), …]`; field_names() are for the admin's fieldsets."""

    translated = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for text in self.translated:
            for code, _language in settings.LANGUAGES:
                if field := self.fields.get(f"{text.name}_{code}"):
                    field.initial = (self.instance.texts.get(code) or {}).get(text.name, "")

    @classmethod
    def field_names(cls):
        return [f"{text.name}_{code}" for text in cls.translated for code, _language in settings.LANGUAGES]

    def clean(self):
        cleaned = super().clean()
        texts = {code: dict(values) for code, values in self.instance.texts.items()}
        for text in self.translated:
            for code, _language in settings.LANGUAGES:
                if f"{text.name}_{code}" in cleaned:
                    texts.setdefault(code, {})[text.name] = cleaned[f"{text.name}_{code}"]
        self.instance.texts = texts
        return cleaned
