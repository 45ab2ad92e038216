import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom.language import text_in

from . import recipe
from .art import COLUMNS, Art


def new_token():
    """Unguessable, so that a photo of an unpublished story cannot be found by trying."""
    return secrets.token_hex(12)


def originals():
    """Where uploads are kept as they came. Nothing is ever served from there."""
    return storages["originals"]


def original_name(photo, filename):
    """Apart from the renditions and under a name of its own: an original may carry the place where it was taken."""
    name = secrets.token_hex(12)
    return f"originals/{name[:2]}/{name}.{photo.extension}"


class PhotoQuerySet(models.QuerySet):
    def successors(self, ids):
        """{id: id of the photo that took its place} of those among the ids that were replaced."""
        return dict(self.filter(pk__in=ids, replaced_by__isnull=False).values_list("pk", "replaced_by_id"))


class Photo(models.Model):
    """A picture with its origin. File and mark never change in place: a replacement is a new Photo."""

    class Mark(models.TextChoices):
        AI_GENERATED = "ai_generated", _("AI-generated")
        AI_EDITED = "ai_edited", _("AI-edited")
        PHOTOGRAPH = "photograph", _("photograph")
        ILLUSTRATION = "illustration", _("illustration")

    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    key = models.CharField(
        _("key"),
        max_length=80,
        unique=True,
        null=True,
        blank=True,
        help_text=_("The name by which an imported edition refers to this photo."),
    )
    file = models.FileField(_("file"), upload_to=original_name, storage=originals, max_length=200)
    extension = models.CharField(max_length=5, editable=False)
    sha256 = models.CharField(max_length=64, editable=False, db_index=True)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    renditions = models.JSONField(default=dict, editable=False, help_text="What exists of them (photos.art.Art).")
    color = models.CharField(max_length=7, default="#1b2330", editable=False, help_text="The picture's mean colour.")
    title = models.CharField(
        _("title"), max_length=160, help_text=_("How the desk finds this photo. Readers do not see it.")
    )
    mark = models.CharField(
        _("origin"),
        max_length=20,
        choices=Mark,
        help_text=_("How the picture came to be. Readers see it beside the credit of every picture."),
    )
    declared = models.CharField(
        _("the file itself says"),
        max_length=20,
        choices=Mark,
        blank=True,
        editable=False,
        help_text=_("The origin that the uploaded file names in its metadata."),
    )
    mark_reason = models.CharField(
        _("why the file is wrong about its origin"),
        max_length=300,
        blank=True,
        help_text=_("Needed where a file says that AI made or changed it, and the origin given here says less."),
    )
    credit = models.CharField(
        _("credit"), max_length=120, help_text=_("Who made it or owns it, such as: NASA/JPL-Caltech.")
    )
    texts = models.JSONField(
        _("texts"), default=dict, blank=True, help_text=_("Description (alt) and caption in each language.")
    )
    # What must stay in view when a page crops the picture, in percent of its width and height.
    focal_x = models.PositiveSmallIntegerField(_("focal point, across"), default=50)
    focal_y = models.PositiveSmallIntegerField(_("focal point, down"), default=50)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="replaces", verbose_name=_("replaced by")
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, verbose_name=_("uploaded by")
    )
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        indexes = [models.Index(fields=["-created_at", "-id"], name="photo_newest")]
        constraints = [
            models.CheckConstraint(condition=Q(width__gt=0) & Q(height__gt=0), name="photo_has_size"),
            models.CheckConstraint(condition=Q(focal_x__lte=100) & Q(focal_y__lte=100), name="photo_focal_inside"),
            models.CheckConstraint(condition=~Q(credit="") & ~Q(title=""), name="photo_has_credit"),
            models.CheckConstraint(
                condition=Q(mark__in=["ai_generated", "ai_edited", "photograph", "illustration"]),
                name="photo_mark_known",
            ),
            models.CheckConstraint(
                condition=~Q(mark_reason="")
                | ~Q(declared__in=["ai_generated", "ai_edited"])
                | Q(mark="ai_generated")
                | Q(mark="ai_edited", declared="ai_edited"),
                name="photo_admits_ai",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def art(self):
        return Art(*(getattr(self, name) for name in COLUMNS))

    def ask_for_renditions(self):
        """Has them made in the background where they are not those that should be. Asking twice begins once."""
        key = recipe.key_of(self)
        asked = Making.objects.filter(photo=self)
        if asked.filter(key=key, fault="").exists():
            return
        if self.renditions.get("key") == key and not asked.filter(key=key).exists():
            asked.delete()
            return
        fresh = {"key": key, "done": 0, "total": 0, "attempts": 0, "fault": "", "claimed_until": None}
        Making.objects.update_or_create(photo=self, defaults={**fresh, "next_try_at": timezone.now()})

    @transaction.atomic
    def give_way_to(self, successor):
        """From now on no story takes this photo anew; one that was replaced by it leads to the successor at once."""
        if not Photo.objects.filter(pk=self.pk, replaced_by=None).update(replaced_by=successor):
            raise ValidationError(gettext("Somebody replaced this photo while you chose the file. Look at it again."))
        Photo.objects.filter(replaced_by=self).update(replaced_by=successor)
        self.replaced_by = successor

    def alt(self, language):
        return text_in(self.texts, language, "alt")

    def caption(self, language):
        return text_in(self.texts, language, "caption")

    def place(self, language):
        return text_in(self.texts, language, "place")


class Making(models.Model):
    """Renditions that wait to be made, are being made, or could not be made. Gone when they exist."""

    photo = models.OneToOneField(Photo, models.CASCADE, primary_key=True, related_name="making")
    key = models.CharField(max_length=10)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=20, blank=True)
    claimed_until = models.DateTimeField(null=True)
    # Null: nobody tries again until a person asks for it.
    next_try_at = models.DateTimeField(null=True)

    class Meta:
        # What was asked for last is made first.
        indexes = [models.Index(fields=["-next_try_at", "-photo"], name="making_next")]


class RetiredRenditions(models.Model):
    """A set of files that no page names any more. It stays for the pages that caches still hold, then goes."""

    token = models.CharField(max_length=32, db_index=True)
    renditions = models.JSONField()
    retired_at = models.DateTimeField(db_index=True)
