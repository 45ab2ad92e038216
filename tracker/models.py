"""What is fetched from others: where each set came from, satellites' element sets, and launches. Stories come first."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Feed(models.Model):
    """One address of a source (a CelesTrak group, the upcoming launches), and how its last fetches went.

    What a fetch brought stays when a later one fails; only `error` and the times say so.
    """

    class Error(models.TextChoices):
        UNREACHABLE = "unreachable", _("The source cannot be reached.")
        TIMEOUT = "timeout", _("The source did not answer in time.")
        STATUS = "status", _("The source answered with an error.")
        REFUSED = "refused", _("The source asks us to wait.")
        TOO_LARGE = "too_large", _("The answer is larger than expected and was not read.")
        UNREADABLE = "unreadable", _("The answer is cut off, or is not what this source sends.")
        NOTHING_GOOD = "nothing_good", _("No record of the answer can be used.")

    key = models.CharField(_("feed"), max_length=60, unique=True)
    address = models.URLField(_("address"), max_length=400)
    # What the source said with its last answer, sent back to it to be told "not changed".
    etag = models.CharField("ETag", max_length=200, blank=True)
    last_modified = models.CharField("Last-Modified", max_length=60, blank=True)
    tried_at = models.DateTimeField(_("last tried"), null=True)
    # When the source last confirmed what we have, by new data or by "not changed".
    fetched_at = models.DateTimeField(_("fetched"), null=True)
    # Not before this time: the source's politeness limit, or what a failure makes us wait. Whoever moves it, fetches.
    next_at = models.DateTimeField(_("next fetch"), null=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    error = models.CharField(_("last failure"), max_length=20, choices=Error.choices, blank=True)
    detail = models.CharField(_("detail"), max_length=300, blank=True)
    kept = models.PositiveIntegerField(_("records kept"), default=0)
    skipped = models.PositiveIntegerField(_("records skipped"), default=0)
    # The first of the skipped: [{"record": "25544 ISS (ZARYA)", "reason": "…"}].
    problems = models.JSONField(_("skipped records"), default=list, blank=True)

    class Meta:
        verbose_name = _("space feed")
        verbose_name_plural = _("space feeds")
        ordering = ["key"]

    def __str__(self):
        return self.key


class Satellite(models.Model):
    """The newest known element set of one object: mean elements of SGP4 (TEME), as an OMM gives them."""

    number = models.PositiveIntegerField(_("catalogue number"), primary_key=True)
    name = models.CharField(_("name"), max_length=80)
    designator = models.CharField(_("international designator"), max_length=16, blank=True)
    # The key of the group that brought it (settings.SATELLITE_GROUPS); "" for a set of the demo.
    group = models.CharField(_("group"), max_length=40, blank=True)
    epoch = models.DateTimeField(_("epoch"))
    # Revolutions a day; no unit; degrees; 1 / earth radii; revolutions a day², a day³.
    mean_motion = models.FloatField(_("mean motion"))
    eccentricity = models.FloatField(_("eccentricity"))
    inclination = models.FloatField(_("inclination"))
    ascending_node = models.FloatField(_("ascending node"))
    argument_of_perigee = models.FloatField(_("argument of perigee"))
    mean_anomaly = models.FloatField(_("mean anomaly"))
    bstar = models.FloatField(_("drag term (B*)"))
    mean_motion_dot = models.FloatField(_("change of the mean motion"), default=0)
    mean_motion_ddot = models.FloatField(_("second change of the mean motion"), default=0)
    fetched_at = models.DateTimeField(_("fetched"))
    # A published verification set of the sgp4 package, years old: shown at its own epoch and never as now.
    is_demo = models.BooleanField(_("demonstration"), default=False)

    class Meta:
        verbose_name = _("satellite")
        verbose_name_plural = _("satellites")
        indexes = [models.Index(fields=["epoch"], name="satellite_epoch")]
        constraints = [
            models.CheckConstraint(
                condition=Q(eccentricity__gte=0, eccentricity__lt=1), name="satellite_eccentricity_is_an_ellipse"
            ),
            models.CheckConstraint(condition=Q(inclination__range=(0, 180)), name="satellite_inclination_range"),
            models.CheckConstraint(condition=Q(mean_motion__gt=0, mean_motion__lt=20), name="satellite_mean_motion"),
        ]

    def __str__(self):
        return f"{self.number} {self.name}"


class SatelliteFile(models.Model):
    """satellites.json as it is served: made once with each change of the satellites, compressed once."""

    digest = models.CharField(max_length=32)
    brotli = models.BinaryField()
    gzip = models.BinaryField()
    made_at = models.DateTimeField()


class Launch(models.Model):
    """A launch as Launch Library 2 announces it."""

    class Status(models.TextChoices):
        GO = "go", pgettext_lazy("status of a launch", "Go")
        TO_CONFIRM = "tbc", _("To confirm")
        TO_DECIDE = "tbd", _("To be decided")
        HOLD = "hold", _("Hold")
        IN_FLIGHT = "flight", _("In flight")
        SUCCESS = "success", _("Success")
        PARTIAL = "partial", _("Partial failure")
        FAILURE = "failure", _("Failure")

    class Precision(models.TextChoices):
        """How exactly the time is known: a day, a month or a vaguer time is printed as that, with no countdown."""

        EXACT = "exact", _("exact")
        HOUR = "hour", _("hour")
        DAY = "day", _("day")
        MONTH = "month", _("month")
        LATER = "later", _("later")

    uuid = models.UUIDField(primary_key=True)
    name = models.CharField(_("name"), max_length=200)
    provider = models.CharField(_("provider"), max_length=200, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices)
    net = models.DateTimeField(_("no earlier than"))
    precision = models.CharField(_("precision"), max_length=10, choices=Precision.choices)
    window_start = models.DateTimeField(_("window begins"), null=True)
    window_end = models.DateTimeField(_("window ends"), null=True)
    probability = models.PositiveSmallIntegerField(_("good weather, per cent"), null=True)
    pad = models.CharField(_("pad"), max_length=200, blank=True)
    site = models.CharField(_("launch site"), max_length=200)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    updated_at = models.DateTimeField(_("changed by the source"), null=True)
    fetched_at = models.DateTimeField(_("fetched"))
    # The source no longer names it among the coming launches of its time: kept, not shown.
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    class Meta:
        verbose_name = _("launch")
        verbose_name_plural = _("launches")
        indexes = [models.Index(fields=["net", "uuid"], condition=Q(withdrawn_at=None), name="launch_coming")]
        constraints = [
            models.CheckConstraint(condition=Q(latitude__range=(-90, 90)), name="launch_latitude_range"),
            models.CheckConstraint(condition=Q(longitude__range=(-180, 180)), name="launch_longitude_range"),
            models.CheckConstraint(
                condition=Q(probability=None) | Q(probability__lte=100), name="launch_probability_per_cent"
            ),
            models.CheckConstraint(
                condition=Q(window_start=None) | Q(window_end=None) | Q(window_end__gte=F("window_start")),
                name="launch_window_ends_after_it_begins",
            ),
        ]

    def __str__(self):
        return self.name
