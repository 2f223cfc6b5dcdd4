"""Numbered content of a notice and who wrote it; workflow.py alone writes a status."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Kind

from ..enums import EDITABLE_STATUSES, OPEN_STATUSES, Severity, Status, Urgency
from .details import EventDetail, OutageDetail, ProjectDetail
from .notice import Notice


class Edition(models.Model):
    """Numbered content of a notice; editable only as draft or returned, frozen from submission on."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField(_("edition"))
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.DRAFT)
    # Counts every save of the content, so that a second person saving over the first is told.
    version = models.PositiveIntegerField(default=1)

    title = models.CharField(_("title"), max_length=90)
    # The title as it is said everywhere, "Cancelled: …" included; written with every save of the words.
    headline = models.CharField(_("headline"), max_length=120, default="", editable=False)
    summary = models.CharField(_("summary"), max_length=220)
    body = models.TextField(_("full text"), blank=True)
    urgency = models.PositiveSmallIntegerField(_("urgency"), choices=Urgency.choices, default=Urgency.NORMAL)
    severity = models.PositiveSmallIntegerField(
        _("severity"), choices=Severity.choices, default=Severity.MODERATE
    )
    # Until when an emergency stands in the site's banner; empty: see public_face.banner_until.
    banner_until_at = models.DateTimeField(_("banner until"), null=True, blank=True)
    is_borough_wide = models.BooleanField(_("concerns the whole borough?"), default=False)
    wards = models.ManyToManyField("places.Ward", blank=True, related_name="editions")
    streets = models.ManyToManyField("places.Street", blank=True, related_name="editions")
    # A drawn area in degrees (WGS 84), a GeoJSON polygon or our circle; see places.geometry.
    area = models.JSONField(_("drawn area"), null=True, blank=True)
    picture = models.ForeignKey("Picture", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    alt_text = models.CharField(_("description of the picture"), max_length=400, blank=True)
    change_note = models.CharField(_("what changed"), max_length=300, blank=True)
    is_minor = models.BooleanField(_("is it a minor change that notifies nobody?"), default=False)
    # It puts something right that residents were told wrongly: listed, and sent to whoever was told.
    is_correction = models.BooleanField(_("does it correct a mistake?"), default=False)
    expires_at = models.DateTimeField(_("ends"), null=True, blank=True)
    # When somebody has to read it again; nobody outside sees it.
    review_on = models.DateField(_("review by"), null=True, blank=True)

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="written_editions"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    # Why it was returned, or why a person must look again.
    status_note = models.TextField(_("note"), blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="approved_editions",
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_hash = models.CharField(max_length=64, blank=True)
    # The approver's reason for going ahead although a check warned.
    approval_reason = models.TextField(blank=True)
    publish_at = models.DateTimeField(_("goes live"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    is_urgent = models.BooleanField(_("was it published before the second check?"), default=False)
    second_check_due_at = models.DateTimeField(null=True, blank=True)
    second_check_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    second_check_at = models.DateTimeField(null=True, blank=True)
    # Written by the minute beat, so that a page never needs the clock.
    second_check_overdue_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["notice", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "number"], name="edition_number_once_per_notice"),
            models.UniqueConstraint(
                fields=["notice"], condition=Q(status__in=OPEN_STATUSES), name="one_open_edition_per_notice"
            ),
            models.UniqueConstraint(
                fields=["notice"], condition=Q(status=Status.PUBLISHED), name="one_live_edition_per_notice"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("author")),
                name="approver_is_not_the_author",
            ),
            models.CheckConstraint(
                condition=Q(second_check_by__isnull=True) | ~Q(second_check_by=F("author")),
                name="second_checker_is_not_the_author",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[Status.APPROVED, Status.SCHEDULED])
                | (Q(approved_by__isnull=False) & ~Q(approved_hash="")),
                name="approved_edition_names_its_approver",
            ),
            models.CheckConstraint(
                condition=~Q(
                    status__in=[Status.PUBLISHED, Status.SUPERSEDED, Status.EXPIRED, Status.WITHDRAWN]
                )
                | Q(approved_by__isnull=False)
                | Q(is_urgent=True),
                name="published_edition_was_approved_or_urgent",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.SCHEDULED) | Q(publish_at__isnull=False),
                name="scheduled_edition_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(is_urgent=False) | Q(second_check_due_at__isnull=False),
                name="urgent_edition_owes_a_second_check",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(submitted_at__isnull=False),
                name="published_edition_was_submitted",
            ),
            models.CheckConstraint(
                condition=Q(is_correction=False) | Q(is_minor=False), name="a_correction_is_never_minor"
            ),
        ]
        indexes = [
            models.Index(fields=["status", "publish_at"], name="edition_due"),
            models.Index(fields=["status", "expires_at"], name="edition_ending"),
            # The few editions with a drawn area, compared with residents' points (concerns.py).
            models.Index(fields=["id"], name="edition_with_area", condition=Q(area__isnull=False)),
            # The public record counts by month of publication; the corrections are few among many.
            models.Index(
                fields=["published_at"], name="edition_published", condition=Q(published_at__isnull=False)
            ),
            models.Index(
                fields=["-published_at", "-id"], name="edition_corrections", condition=Q(is_correction=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title or self.notice.reference} ({self.number})"

    @property
    def is_editable(self) -> bool:
        """Say whether its words may still change."""
        return self.status in EDITABLE_STATUSES

    @property
    def detail(self) -> OutageDetail | EventDetail | ProjectDetail | None:
        """Return the typed detail of the notice's kind, or None for a general notice."""
        return getattr(self, self.notice.kind, None) if self.notice.kind != Kind.GENERAL else None


class Contribution(models.Model):
    """That a person wrote or changed a part of an edition; such a person may not approve it."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="contributions")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="contributions"
    )
    last_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "person"], name="one_contribution_per_person")
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.edition}"
