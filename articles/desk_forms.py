"""The desk's story form: filled from the newest revision, with sources and photos as formsets over its content.

It writes nothing itself. `raw` is what content.clean() and publishing.save_story() take.
"""

import datetime as dt
import uuid

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from authors.models import Author, User
from newsroom.backoffice import DateAndTime, TidyTexts
from newsroom.language import prefix

from . import unsaved
from .content import EMPTY, LIMITS, MOST, clean
from .desk_formsets import PhotoFormSet, SourceFormSet
from .models import Article, Category, Place
from .story_field import StoryField

ROW_FIELDS = ("publish_at", "reviewer")
# Each has one, if only a space: a help text stands while its field is empty (story.css asks :placeholder-shown).
PLACEHOLDERS = {"title": _("Title"), "body": _("Text")}
PLACEHOLDERS |= dict.fromkeys(("interpreter", "key_points", "tags", "reason"), " ")


def _shown_time(time):
    """To the second, as the form shows it."""
    return time.astimezone(dt.UTC).isoformat(timespec="seconds") if time else ""


def lines(text):
    return [line for line in text.splitlines() if line.strip()]


class StoryForm(TidyTexts, forms.ModelForm):
    language = forms.ChoiceField(choices=settings.LANGUAGES, widget=forms.HiddenInput)
    # The revision that the text was taken from: a save over somebody's newer text is refused.
    based_on = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    # The opened form itself: what is typed in it and not saved yet is kept under this key (unsaved.py).
    desk_key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    # What stood there when the form was opened (see _leave_what_others_set).
    publish_at_was = forms.CharField(required=False, widget=forms.HiddenInput)
    reviewer_was = forms.CharField(required=False, widget=forms.HiddenInput)

    title = forms.CharField(
        label=_("Title"),
        max_length=LIMITS["title"],
        widget=forms.Textarea(attrs={"rows": 2, "class": "headline"}),
        help_text=_("The headline on every page, in search results and in feeds. One line that says what happened."),
    )
    slug = forms.CharField(
        label=_("Slug"),
        max_length=LIMITS["slug"],
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField", "spellcheck": "false"}),
        help_text=_(
            "The last part of the story's address: small letters a–z, digits, hyphens. Made from the title when left "
            "empty. Changed after publication, the old address leads to the new one for ever."
        ),
    )
    interpreter = forms.CharField(
        label=_("Quick article interpreter"),
        max_length=LIMITS["interpreter"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "Two or three plain sentences: what happened, and why it matters. Readers see them first, above the "
            "picture; lists, feeds and search results show them too. Needed before the story can be published."
        ),
    )
    key_points = forms.CharField(
        label=_("Key points"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Three to five facts, one a line. Readers see them as a list before the text."),
    )
    body = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=LIMITS["body"],
        widget=forms.Textarea(attrs={"rows": 26, "class": "body"}),
        help_text=_(
            "Markdown: an empty line between paragraphs, ## for a heading, *emphasis*, [link](https://…), - for "
            "a list, > for a quote, > [!pull] for a pull quote, [^1] for a footnote. ![caption](photo:42) alone on a "
            "line shows photo 42 of the photos below with this caption. HTML is shown as text."
        ),
    )
    category = forms.ChoiceField(
        label=_("Section"), help_text=_("Where readers find the story; its name is part of the story's address.")
    )
    author = forms.ChoiceField(
        label=_("Author"),
        help_text=_("The name that the story runs under, with the author's emblem and motto below it."),
    )
    origin = forms.ChoiceField(
        label=_("Origin"),
        choices=[("", "---------"), *Article.Origin.choices],
        help_text=_(
            "How the text was made. Readers see it above the headline; a rewritten story must name its source."
        ),
    )
    place = forms.ChoiceField(
        label=_("Place"),
        required=False,
        help_text=_(
            "The dateline before the first words, and the story's point on the globe. New ones under “Places”."
        ),
    )
    tags = forms.CharField(
        label=_("Tags"),
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("Up to twelve, separated by commas. Each leads readers to all stories that carry it."),
    )
    publish_at = forms.SplitDateTimeField(
        label=_("Goes out"),
        required=False,
        widget=DateAndTime,
        help_text=format_lazy(
            _(
                "Date and time in the edition's own time zone, {zone}. “Save and publish” holds the story back until "
                "then; empty, it goes out at once. Saving a draft only notes the wish."
            ),
            zone=settings.EDITION_TIME_ZONE,
        ),
    )
    reviewer = forms.ModelChoiceField(
        label=_("Reviewer"),
        queryset=User.objects.none(),
        required=False,
        help_text=_(
            "Who is asked to read the story before it goes out. Readers see the name once that person has signed."
        ),
    )
    translation_of = StoryField(
        label=_("Translation of"),
        queryset=Article.objects.all(),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "db#", "spellcheck": "false"}),
        help_text=_("The record number of the same story in another language, such as db#3629. Readers can switch."),
        error_messages={"invalid_choice": _("There is no such story in another language. Write it as db#3629.")},
    )
    reason = forms.CharField(
        label=_("Reason for this change"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("One sentence for the story's history, such as: figure corrected. Only the desk sees it."),
    )

    class Meta:
        model = Article
        # No more: the row is written by publishing.py alone.
        fields = ["language"]

    # Set by the admin for the request that the form belongs to.
    user = None
    refusal = None
    checks_content = True
    # An UnsavedText that the person takes back.
    taken = None
    first_language = settings.LANGUAGE_CODE

    def __init__(self, data=None, files=None, initial=None, instance=None, **kwargs):
        self.newest = instance.newest_revision() if instance and instance.pk else None
        story = {**EMPTY, **(self.newest.content if self.newest else {}), **(initial or {})}
        initial = self._initial(story, instance)
        if self.taken and data is None:
            initial |= unsaved.as_initial(self.taken.fields, self.base_fields)
            initial |= {"desk_key": self.taken.key, "based_on": self.taken.based_on}
            for name in unsaved.ROWS:
                story[name] = unsaved.rows_of(self.taken.fields, name, MOST[name])
        super().__init__(data, files, initial=initial, instance=instance, **kwargs)
        self.story_language = self._story_language()
        self._offer_choices()
        options = {"language": self.story_language}
        self.sources = SourceFormSet(data, prefix="sources", initial=story["sources"], form_kwargs=options)
        self.photos = PhotoFormSet(data, prefix="photos", initial=story["photos"], form_kwargs=options)

    def _initial(self, story, instance):
        initial = {
            name: story[name] for name in ("title", "slug", "interpreter", "body", "category", "author", "origin")
        }
        initial["key_points"] = "\n".join(story["key_points"])
        initial["tags"] = ", ".join(story["tags"])
        initial["place"] = story["place"] or ""
        initial["translation_of"] = story.get("translation_of")
        initial["language"] = story.get("language") or self.first_language
        if instance and instance.pk:
            initial |= {"language": instance.language, "based_on": self.newest.number if self.newest else 0}
            initial |= {"publish_at": self._wished_time(instance), "reviewer": instance.reviewer_id}
            initial["translation_of"] = self._sibling(instance)
        time, reviewer = initial.get("publish_at"), initial.get("reviewer")
        initial |= {"publish_at_was": _shown_time(time), "reviewer_was": str(reviewer or "")}
        initial["desk_key"] = uuid.uuid4()
        return initial

    @staticmethod
    def _wished_time(article):
        """Of a public story, the time of its update: when it came out itself is no wish any more."""
        if article.update_at or not article.is_public:
            return article.update_at or article.publish_at
        return article.publish_at if article.publish_at and article.publish_at > timezone.now() else None

    @staticmethod
    def _sibling(article):
        family = Article.objects.filter(translation_key=article.translation_key).exclude(pk=article.pk)
        return family.order_by("pk").values_list("pk", flat=True).first()

    def _story_language(self):
        """Fixed once the story exists; before that, the page that the form was opened with says it."""
        if self.instance.pk:
            return self.instance.language
        wanted = self.data.get("language") if self.is_bound else self.initial["language"]
        return wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE

    def _offer_choices(self):
        language, fields = self.story_language, self.fields
        sections = Category.objects.filter(language=language).order_by("position", "id")
        sections = list(sections.values_list("key", "name", "slug"))
        fields["category"].choices = [("", "---------"), *(row[:2] for row in sections)]
        self.section_paths = {key: f"{prefix(language)}/{slug}/" for key, _name, slug in sections}
        authors = Author.objects.filter(is_active=True) | Author.objects.filter(slug=self.initial["author"])
        fields["author"].choices = [("", "---------"), *authors.values_list("slug", "name")]
        places = sorted(((place.key, place.name(language)) for place in Place.objects.all()), key=lambda row: row[1])
        fields["place"].choices = [("", "---------"), *places]
        readers = User.objects.editors()
        if self.instance.reviewer_id:
            readers |= User.objects.filter(pk=self.instance.reviewer_id)
        fields["reviewer"].queryset = readers.order_by("display_name")
        others = Article.objects.exclude(language=language).only("title", "language", "translation_key")
        fields["translation_of"].queryset = others
        for name in ("title", "interpreter", "key_points", "body", "tags"):
            fields[name].widget.attrs["lang"] = language
            # A paste that is too long is not cut off unseen: the counter says so, and saving refuses it.
            fields[name].widget.attrs.pop("maxlength", None)
        for name, placeholder in PLACEHOLDERS.items():
            fields[name].widget.attrs.setdefault("placeholder", placeholder)

    def full_clean(self):
        super().full_clean()
        if self.is_bound and self.checks_content:
            self._check_content()

    def is_valid(self):
        return super().is_valid() and self.sources.is_valid() and self.photos.is_valid()

    @cached_property
    def raw(self):
        """The content as typed; parts that cannot be read at all are left out."""
        cleaned = self.cleaned_data
        taken = ("title", "slug", "interpreter", "body", "category", "author", "origin", "place")
        return {
            **{name: cleaned.get(name, "") for name in taken},
            "key_points": lines(cleaned.get("key_points", "")),
            "tags": cleaned.get("tags", "").split(","),
            "sources": self.sources.rows(),
            "photos": self.photos.rows(),
        }

    @cached_property
    def row_fields(self):
        """What goes to the story's row as it is: not content, and so in no revision."""
        fields = {name: self.cleaned_data.get(name) for name in ROW_FIELDS if name not in self.left}
        if sibling := self.cleaned_data.get("translation_of"):
            fields["translation_key"] = sibling.translation_key
        return fields

    def _check_content(self):
        """Lays every fault of the content on its field, so that all is said at once."""
        try:
            clean(self.raw, self.story_language, self.instance if self.instance.pk else None)
        except ValidationError as error:
            self._lay(error)
        if self.refusal is not None:
            self._lay(self.refusal)
        if not (self.sources.is_valid() and self.photos.is_valid()):
            self.add_error(None, _("Something among the sources or photos is not right; it is marked there."))

    def _lay(self, error):
        messages = error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
        for name, sentences in messages.items():
            if name in ("sources", "photos"):
                getattr(self, name).non_form_errors().extend(sentences)
            elif name is None or (name not in self.errors and not self._follows_from_title(name)):
                self.add_error(name if name in self.fields else None, sentences)

    def _follows_from_title(self, name):
        """A slug that cannot be made because there is no title is not a second fault."""
        return name == "slug" and "title" in self.errors and not self.cleaned_data.get("slug")

    def clean_language(self):
        return self.story_language

    def clean_translation_of(self):
        sibling = self.cleaned_data["translation_of"]
        if sibling is None:
            return None
        taken = Article.objects.filter(translation_key=sibling.translation_key, language=self.story_language)
        if taken.exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("That story has a translation in this language already. Open and change that one."))
        return sibling

    def clean(self):
        cleaned = super().clean()
        self.left = set()
        if self.instance.pk:
            self._leave_what_others_set(cleaned)
        return cleaned

    def _leave_what_others_set(self, cleaned):
        """Time and reviewer are no part of a version: what this person did not touch stays as others have set it."""
        typed = {"publish_at": _shown_time(cleaned.get("publish_at")), "reviewer": self.data.get("reviewer", "")}
        self.left = {name for name in typed if name in cleaned and self.data.get(f"{name}_was") == typed[name]}
        if "publish_at" in self.left:
            cleaned["publish_at"] = self._wished_time(self.instance)
        if "reviewer" in self.left:
            cleaned["reviewer"] = self.instance.reviewer
