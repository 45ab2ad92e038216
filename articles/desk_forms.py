"""The desk's story form: filled from the newest revision, with sources and photos as formsets over its content.

It writes nothing itself. `raw` is what content.clean() and publishing.save_story() take.
"""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from authors.models import Author, User
from newsroom.backoffice import DateAndTime, TidyTexts

from .content import EMPTY, LIMITS, clean
from .desk_formsets import PhotoFormSet, SourceFormSet
from .models import Article, Category, Place, Placement

ROW_FIELDS = ("publish_at", "reviewer")


def lines(text):
    return [line for line in text.splitlines() if line.strip()]


class StoryForm(TidyTexts, forms.ModelForm):
    language = forms.ChoiceField(choices=settings.LANGUAGES, widget=forms.HiddenInput)
    # The revision that the text was taken from: a save over somebody's newer text is noticed.
    based_on = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

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
    translation_of = forms.ModelChoiceField(
        label=_("Translation of"),
        queryset=Article.objects.all(),
        required=False,
        help_text=_("The same story in another language. Readers of either can switch to the other."),
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
    first_language = settings.LANGUAGE_CODE

    def __init__(self, data=None, files=None, initial=None, instance=None, **kwargs):
        self.newest = instance.newest_revision() if instance and instance.pk else None
        story = {**EMPTY, **(self.newest.content if self.newest else {}), **(initial or {})}
        super().__init__(data, files, initial=self._initial(story, instance), instance=instance, **kwargs)
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
            initial |= {"publish_at": instance.publish_at, "reviewer": instance.reviewer_id}
            initial["translation_of"] = self._sibling(instance)
        return initial

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
        fields["category"].choices = [("", "---------"), *sections.values_list("key", "name")]
        authors = Author.objects.filter(is_active=True) | Author.objects.filter(slug=self.initial["author"])
        fields["author"].choices = [("", "---------"), *authors.values_list("slug", "name")]
        places = sorted(((place.key, place.name(language)) for place in Place.objects.all()), key=lambda row: row[1])
        fields["place"].choices = [("", "---------"), *places]
        staff = User.objects.filter(is_staff=True, is_active=True)
        if self.instance.reviewer_id:
            staff |= User.objects.filter(pk=self.instance.reviewer_id)
        fields["reviewer"].queryset = staff.order_by("display_name")
        if self.instance.reviewed_revision_id:
            # The name under a sign-off is not re-assigned; a new reading replaces it.
            fields["reviewer"].disabled = True
        others = Article.objects.exclude(language=language).only("title", "language", "translation_key")
        fields["translation_of"].queryset = others
        field = Placement._meta.get_field("article")
        fields["translation_of"].widget = AutocompleteSelect(field, admin.site)
        fields["translation_of"].widget.choices = fields["translation_of"].choices
        for name in ("title", "interpreter", "key_points", "body"):
            fields[name].widget.attrs["lang"] = language

    @property
    def media(self):
        return super().media + self.sources.media + self.photos.media

    def full_clean(self):
        super().full_clean()
        if self.is_bound:
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
        fields = {name: self.cleaned_data.get(name) for name in ROW_FIELDS}
        if self.instance.reviewed_revision_id:
            del fields["reviewer"]
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
        if self.newest and cleaned.get("based_on") not in (None, self.newest.number):
            self._warn_of_newer()
        return cleaned

    def _warn_of_newer(self):
        """Refuses once, and lets the next press of the button through: whoever saves over a newer text knows it."""
        self.data = self.data.copy()
        self.data["based_on"] = str(self.newest.number)
        self.add_error(
            None,
            _(
                "%(who)s saved a newer version at %(when)s while you were writing. Your text stands below and is not "
                "saved. Open the story in a second window to see theirs. Saving again puts yours in its place; theirs "
                "stays in the history."
            )
            % {
                "who": self.newest.created_by or _("Somebody"),
                "when": f"{timezone.localtime(self.newest.created_at):%H:%M}",
            },
        )
