"""Forms of the desk for all that stories refer to."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.backoffice import TidyTexts
from newsroom.text import slugify
from newsroom.translated import Text, TranslatedForm

from .dialect import render_page
from .front_page import PER_SECTION
from .models import Category, Correction, Placement, Redirect, Source, StandingPage, Tag
from .slugs import check_top_slug


class TopSlugForm(TidyTexts, forms.ModelForm):
    """For what has the first segment of an address to itself."""

    def clean(self):
        cleaned = super().clean()
        if slug := cleaned.get("slug"):
            language = cleaned.get("language") or self.instance.language
            check_top_slug(type(self.instance)(pk=self.instance.pk, language=language, slug=slug))
        return cleaned


class CategoryForm(TopSlugForm):
    class Meta:
        model = Category
        fields = ["key", "language", "name", "slug", "description", "position"]
        help_texts = {
            "key": _("What holds the languages of one section together: the same word in each, such as: space."),
            "language": _("The edition that this row is for. It cannot be changed later."),
            "name": _("As readers see it in the navigation and above the section."),
            "description": _("One sentence below the section's name and in search results."),
            "position": _("Sections stand in this order, small numbers first."),
        }


class StandingPageForm(TopSlugForm):
    class Meta:
        model = StandingPage
        fields = ["key", "language", "title", "slug", "description", "body", "is_public"]
        help_texts = {
            "key": _("What holds the languages of one page together: the same word in each, such as: imprint."),
            "language": _("The edition that this page is for. It cannot be changed later."),
            "title": _("The headline of the page and its name in the footer."),
            "slug": _("The page's address. A changed slug leaves a redirect behind."),
            "description": _("One sentence for search results. Readers of the page do not see it."),
            "body": _(
                "Markdown: ## for a heading, *emphasis*, [link](https://…), - for a list. HTML is shown as text."
            ),
            "is_public": _("Switched off, the address answers “not found”. The text stays here."),
        }

    def clean_body(self):
        # Raises with a sentence what saving would refuse.
        render_page(self.cleaned_data["body"])
        return self.cleaned_data["body"]


class SourceForm(TidyTexts, forms.ModelForm):
    url = forms.URLField(
        label=_("Home page"),
        max_length=300,
        assume_scheme="https",
        help_text=_(
            "Linked from a story when the address of the original is not known. "
            "Stories show a changed address from their next save on."
        ),
    )

    class Meta:
        model = Source
        fields = ["name", "key", "url"]
        help_texts = {
            "name": _(
                "As readers see it above a story, such as: TechCrunch AI. "
                "Stories show a changed name from their next save on."
            ),
            "key": _("The name of this source in revisions and imports. It cannot be changed later."),
        }


class TagForm(TidyTexts, forms.ModelForm):
    """For a new tag alone: stories carry name and slug with them, so neither changes later."""

    class Meta:
        model = Tag
        fields = ["name", "slug"]
        help_texts = {
            "name": _("Small letters; readers see it below every story that carries it. It cannot be changed later."),
            "slug": _("The tag's address. Made from the name when left empty. It cannot be changed later."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if slug := self.fields.get("slug"):
            slug.required = False

    def clean_name(self):
        # As the model stores it, so that the question whether it is taken is asked of the same name.
        return self.cleaned_data["name"].lower()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("name") and cleaned.get("slug") == "" and not slugify(cleaned["name"]):
            self.add_error("slug", _("No address can be made from this name. Write one here."))
        return cleaned


class PlaceForm(TranslatedForm):
    translated = [
        Text("name", _("Name"), _("As a dateline has it, such as: San Francisco, California."), 120, required=True)
    ]

    class Meta:
        help_texts = {"key": _("The name of this place in imports. Small letters, digits and hyphens.")}


class CorrectionForm(TidyTexts, forms.ModelForm):
    class Meta:
        model = Correction
        fields = ["article", "text", "made_at"]
        help_texts = {
            "article": _("The story that was wrong. Correct its text too, and publish the change."),
            "made_at": _("Readers see this day beside the correction."),
        }


class PlacementForm(forms.ModelForm):
    class Meta:
        model = Placement
        fields = ["slot", "position", "article", "shown_from", "shown_until"]
        help_texts = {
            "slot": _(
                "The lead stands on top of the front page; the top of a section leads the section's block there."
            ),
            "article": _("A story that is not public is passed over until it is; the slot then takes the newest."),
            "shown_from": _("From when the story stands there. What stood there until then ends."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if position := self.fields.get("position"):
            position.required = False
            position.widget = forms.NumberInput(attrs={"min": 1, "max": PER_SECTION})
            position.validators += [MinValueValidator(1), MaxValueValidator(PER_SECTION)]

    def clean_position(self):
        """The lead has one place only."""
        is_lead = self.cleaned_data.get("slot") == Placement.Slot.LEAD
        return 1 if is_lead else self.cleaned_data["position"] or 1

    def clean(self):
        cleaned = super().clean()
        start, end = cleaned.get("shown_from", self.instance.shown_from), cleaned.get("shown_until")
        if start and end and end <= start:
            self.add_error("shown_until", _("This is before the start. Choose a later time, or leave it empty."))
        elif end and end <= timezone.now():
            self.add_error("shown_until", _("This time is over. Delete the placement to end it now."))
        return cleaned


class RedirectForm(forms.ModelForm):
    class Meta:
        model = Redirect
        fields = ["old_slug", "article", "category", "page"]
        help_texts = {
            "old_slug": _("The part of the address that exists no longer. A live address always wins over a redirect."),
            "article": _("Choose one target: a story …"),
            "category": _("… or a section …"),
            "page": _("… or a standing page."),
        }

    def clean(self):
        cleaned = super().clean()
        targets = {name: cleaned[name] for name in ("article", "category", "page") if cleaned.get(name)}
        if len(targets) != 1:
            raise ValidationError(_("Choose exactly one target: a story, a section or a standing page."))
        name, target = next(iter(targets.items()))
        self.instance.kind = Redirect.Kind.STORY if name == "article" else Redirect.Kind.TOP
        self.instance.language = target.language
        same = Redirect.objects.filter(
            kind=self.instance.kind, language=target.language, old_slug=cleaned.get("old_slug")
        )
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("old_slug", _("There is a redirect from this slug already. Change that one."))
        return cleaned
