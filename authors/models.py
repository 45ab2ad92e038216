from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Permission, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom.language import text_in, url_in
from photos.models import Photo


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True, **fields})

    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)

    def editors(self):
        """Who may change stories, and so may be asked to read one."""
        rights = Permission.objects.filter(content_type__app_label="articles", codename="change_article")
        holders = self.filter(Q(groups__permissions__in=rights) | Q(user_permissions__in=rights)).values("pk")
        return self.filter(Q(is_superuser=True) | Q(pk__in=holders), is_staff=True, is_active=True)


class User(AbstractBaseUser, PermissionsMixin):
    """An account of staff or of a reader. The e-mail address is the login, always in small letters."""

    email = models.EmailField(_("e-mail"), unique=True)
    display_name = models.CharField(_("display name"), max_length=80)
    language = models.CharField(
        _("language"),
        max_length=10,
        blank=True,
        choices=settings.LANGUAGES,
        help_text=_("The language of the desk for this account. Empty: that of the browser."),
    )
    time_zone = models.CharField(_("time zone"), max_length=40, default=settings.EDITION_TIME_ZONE)
    is_staff = models.BooleanField(_("staff"), default=False, help_text=_("May open the desk."))
    is_active = models.BooleanField(
        _("active"), default=True, help_text=_("Switch off instead of deleting: what the account wrote stays.")
    )
    daily_digest = models.BooleanField(
        _("daily mail on comments"), default=True, help_text=_("Goes to those who may moderate.")
    )
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects = UserManager()
    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique")]
        # Every name of a guest is held against those of the staff, who are few among the accounts.
        indexes = [models.Index(fields=["display_name"], name="user_staff", condition=Q(is_staff=True))]

    def __str__(self):
        return self.display_name or self.email

    def save(self, *args, **kwargs):
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    def get_full_name(self):
        return self.display_name

    def get_short_name(self):
        return self.display_name

    @property
    def initials(self):
        """AB for Ana Babić: where the desk has no room for a name."""
        words = str(self).split()
        return "".join(word[0] for word in dict.fromkeys([words[0], words[-1]])).upper() if words else "?"


class AuthorQuerySet(models.QuerySet):
    def public(self):
        """Who has a page of their own; the demonstration's personas have one on a local installation only."""
        return self if settings.DEMO_IS_PUBLIC else self.filter(is_demo=False)


class Author(models.Model):
    """The name a story runs under: an AI editor (a persona), or the public face of a human editor."""

    class Kind(models.TextChoices):
        AI = "ai", _("AI editor")
        HUMAN = "human", _("Human editor")

    class Sigil(models.TextChoices):
        MODEL = "model", _("Model")
        ORBIT = "orbit", _("Orbit")
        CORE = "core", _("Core")
        ARM = "arm", _("Arm")
        LENS = "lens", _("Lens")

    name = models.CharField(_("name"), max_length=80)
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.AI)
    texts = models.JSONField(
        _("texts"), default=dict, blank=True, help_text=_("Role, beat, motto and biography in each language.")
    )
    sigil = models.CharField(
        _("emblem"), max_length=10, choices=Sigil, blank=True, help_text=_("The drawn emblem of an AI editor.")
    )
    portrait = models.ForeignKey(
        Photo,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("portrait"),
        help_text=_("For human editors. AI editors carry an emblem, never a face."),
    )
    model_name = models.CharField(
        _("model"),
        max_length=120,
        blank=True,
        help_text=_("The language model behind the persona, as readers should read it. Empty: nothing is claimed."),
    )
    accountable = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="answers_for",
        verbose_name=_("accountable person"),
        help_text=_("The human who answers for this AI editor."),
    )
    user = models.OneToOneField(
        User, models.PROTECT, null=True, blank=True, related_name="author", verbose_name=_("account")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("active"), default=True)
    is_demo = models.BooleanField(_("demonstration"), default=False, editable=False)

    objects = AuthorQuerySet.as_manager()

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(name="") & ~models.Q(slug=""), name="author_named"),
            models.CheckConstraint(
                condition=models.Q(kind="human") | models.Q(portrait=None), name="author_ai_has_no_face"
            ),
        ]

    def __str__(self):
        return self.name

    def path(self, language):
        return url_in(language, "author", slug=self.slug)

    def text(self, name, language):
        """`role`, `beat`, `motto` or `bio` in this language."""
        return text_in(self.texts, language, name)


class RateLimit(models.Model):
    """How often something was tried in one window of time. Rows of past windows are pruned as new ones come."""

    key = models.CharField(max_length=120)
    window = models.BigIntegerField(help_text="Start of the window in seconds since 1970.")
    count = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window"], name="rate_limit_unique")]
