"""The forms by which moderators write their word lists: one entry, or many at once."""

from typing import NamedTuple

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from newsroom.backoffice import TidyTexts
from newsroom.language import OWN_NAMES
from newsroom.text import clean_line

from .models import ListedWord
from .words import LEAST_START, LONGEST_START, MOST_WORDS, fold_entry

MOST_AT_ONCE = 500
LEAST_LETTERS = 2
LONGEST, LONGEST_FOLDED = (ListedWord._meta.get_field(name).max_length for name in ("text", "folded"))


def languages():
    return [("", _("Every language")), *((code, OWN_NAMES[code]) for code, _name in settings.LANGUAGES)]


def checked(text, how):
    """What an entry is matched by. Raises ValidationError with a sentence."""
    if len(text) > LONGEST:
        raise ValidationError(
            _("An entry has at most %(most)d characters; this one has %(number)d.")
            % {"most": LONGEST, "number": len(text)}
        )
    folded, is_start = fold_entry(text), how == ListedWord.How.START
    least, counted = (LEAST_START, folded.rpartition(" ")[2]) if is_start else (LEAST_LETTERS, folded)
    if sum(char.isalnum() for char in counted) < least:
        sentence = ngettext(
            "This would match nearly everything: write at least %(least)d letter or digit.",
            "This would match nearly everything: write at least %(least)d letters or digits.",
            least,
        )
        raise ValidationError(sentence % {"least": least})
    if is_start and len(counted) > LONGEST_START:
        raise ValidationError(
            _("A beginning has at most %(most)d letters. Leave some out, or let it match in all its forms.")
            % {"most": LONGEST_START}
        )
    if len(folded) > LONGEST_FOLDED:
        # A character can be several letters.
        raise ValidationError(
            _("An entry has at most %(most)d characters; this one has %(number)d.")
            % {"most": LONGEST_FOLDED, "number": len(folded)}
        )
    if folded.count(" ") >= MOST_WORDS:
        raise ValidationError(
            _("A phrase has at most %(most)d words. Take its most telling ones.") % {"most": MOST_WORDS}
        )
    return folded


class WordForm(TidyTexts, forms.ModelForm):
    class Meta:
        model = ListedWord
        fields = ["text", "language", "list", "how", "note"]
        widgets = {"list": forms.RadioSelect, "how": forms.RadioSelect}
        help_texts = {
            "text": gettext_lazy(
                "As a dictionary has it: “idiot”, “knjiga”, “glup”, “psovati”. Capitals and accents make no "
                "difference, nor do digits for letters, letters drawn out, or letters with gaps between them."
            ),
            "how": gettext_lazy("Forms are those of the language: “seljak” finds “seljaci” and “seljače”."),
        }

    def __init__(self, *args, **kwargs):
        self.given = kwargs.get("initial") or {}
        super().__init__(*args, **kwargs)
        self.fields["language"] = forms.ChoiceField(
            label=self.fields["language"].label, choices=languages, required=False
        )
        if not self.instance.pk:
            self.initial = {"list": ListedWord.List.SUSPECT, "how": ListedWord.How.FORMS, **self.given}
        for name in ("list", "how"):
            self.fields[name].choices = ListedWord._meta.get_field(name).choices

    def clean(self):
        values = super().clean()
        if "text" in values and "how" in values:
            try:
                self.instance.folded = checked(values["text"], values["how"])
            except ValidationError as error:
                self.add_error("text", error)
            else:
                self._refuse_twice(values)
        return values

    def _refuse_twice(self, values):
        same = ListedWord.objects.filter(
            folded=self.instance.folded, language=values.get("language", ""), how=values["how"]
        )
        if other := same.exclude(pk=self.instance.pk).first():
            sentence = _("“%(text)s” is there already (%(list)s). Change that entry.")
            self.add_error("text", sentence % {"text": other.text, "list": other.get_list_display()})


class Pasted(NamedTuple):
    """What became of pasted lines: the new entries, the lines that were there already, and [(line, why not), …]."""

    added: list
    known: list
    refused: list


class ManyForm(WordForm):
    """One entry a line, all of one kind."""

    text = forms.CharField(
        label=gettext_lazy("Words and phrases"),
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        max_length=MOST_AT_ONCE * (LONGEST + 2),
        help_text=gettext_lazy("One a line. What is on the lists already is left as it is."),
    )

    def clean(self):
        return self.cleaned_data

    def clean_text(self):
        lines = [line for line in map(clean_line, self.cleaned_data["text"].splitlines()) if line]
        if len(lines) > MOST_AT_ONCE:
            raise ValidationError(
                _("These are %(number)d lines; at most %(most)d go at once. Paste the rest afterwards.")
                % {"number": len(lines), "most": MOST_AT_ONCE}
            )
        return "\n".join(lines)

    def _post_clean(self):
        """No single row is made of it."""

    def add(self, user):
        """Stores what is new and sound. To be called in a transaction."""
        values = dict(self.cleaned_data)
        lines, refused, rows = values.pop("text").split("\n"), [], {}
        for line in lines:
            try:
                rows.setdefault(checked(line, values["how"]), line)
            except ValidationError as error:
                refused.append((line, error.messages[0]))
        there = set(
            ListedWord.objects.filter(folded__in=rows, language=values["language"], how=values["how"]).values_list(
                "folded", flat=True
            )
        )
        new = [ListedWord(text=line, folded=folded, created_by=user, **values) for folded, line in rows.items()]
        new = [word for word in new if word.folded not in there]
        # Somebody may paste the same at the same time.
        ListedWord.objects.bulk_create(new, ignore_conflicts=True)
        return Pasted(new, [line for folded, line in rows.items() if folded in there], refused)
