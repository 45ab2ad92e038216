import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from newsroom.language import text_in

from .pictures import focus, rendition_name, srcset


def new_token():
    """Unguessable, so that a photo of an unpublished story cannot be found by trying."""
    return secrets.token_hex(12)


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
    file = models.FileField(_("file"), upload_to=original_name, max_length=200)
    extension = models.CharField(max_length=5, editable=False)
    sha256 = models.CharField(max_length=64, editable=False, db_index=True)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    widths = models.JSONField(default=list, editable=False, help_text="Widths in pixels of the renditions that exist.")
    title = models.CharField(
        _("title"), max_length=160, help_text=_("How the desk finds this photo. Readers do not see it.")
    )
    mark = models.CharField(
        _("origin"),
        max_length=20,
        choices=Mark,
        help_text=_("How the picture came to be. Readers see it beside the credit of every picture."),
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
        ]

    def __str__(self):
        return self.title

    def url(self, width=960):
        return rendition_name(self.token, self.widths, width)

    @transaction.atomic
    def give_way_to(self, successor):
        """From now on no story takes this photo anew; one that was replaced by it leads to the successor at once."""
        if not Photo.objects.filter(pk=self.pk, replaced_by=None).update(replaced_by=successor):
            raise ValidationError(gettext("Somebody replaced this photo while you chose the file. Look at it again."))
        Photo.objects.filter(replaced_by=self).update(replaced_by=successor)
        self.replaced_by = successor

    @property
    def small_url(self):
        return self.url(320)

    @property
    def srcset(self):
        return srcset(self.token, self.widths)

    @property
    def focus(self):
        return focus(self.focal_x, self.focal_y)

    def alt(self, language):
        return text_in(self.texts, language, "alt")

    def caption(self, language):
        return text_in(self.texts, language, "caption")
