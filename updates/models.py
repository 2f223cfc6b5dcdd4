"""Notices, their editions and the typed detail of each kind; workflow.py alone writes a status."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.enums import Kind

from .enums import (
    EDITABLE_STATUSES,
    OPEN_STATUSES,
    EstimateStage,
    EventStatus,
    Horizon,
    OutageState,
    Phase,
    Service,
    Status,
    Urgency,
)

# No 0/O, 1/I/L, U/V: a reference is read out over the telephone.
REFERENCE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTWXYZ"


def new_reference() -> str:
    """Return a random public reference of five characters ("N7K3Q"); the database refuses a second one."""
    return "".join(secrets.choice(REFERENCE_ALPHABET) for _position in range(5))


class NoticeQuerySet(models.QuerySet["Notice"]):
    """What the public may see, as verbs."""

    def published(self) -> "NoticeQuerySet":
        """Return every notice that was ever public: live, ended and withdrawn ones."""
        return self.filter(live_edition__isnull=False)

    def live(self) -> "NoticeQuerySet":
        """Return the notices that stand: published and not withdrawn, ended ones included."""
        return self.published().filter(withdrawn_at__isnull=True)

    def current(self) -> "NoticeQuerySet":
        """Return the live notices that still matter: not ended either."""
        return self.live().filter(ended_at__isnull=True)

    def with_live_edition(self) -> "NoticeQuerySet":
        """Fetch what a card shows in a fixed number of queries."""
        return self.select_related(
            "team",
            "live_edition__outage",
            "live_edition__event",
            "live_edition__project",
            "live_edition__picture",
        ).prefetch_related("live_edition__wards")


# What residents' pages ask for most: published, neither withdrawn nor ended (NoticeQuerySet.current).
IS_CURRENT = Q(live_edition__isnull=False, withdrawn_at__isnull=True, ended_at__isnull=True)


class Notice(models.Model):
    """What lasts: the public identity of a council update, through all its editions."""

    reference = models.CharField(
        _("reference"), max_length=5, unique=True, default=new_reference, editable=False
    )
    slug = models.SlugField(_("address"), max_length=80, default="notice")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="notices")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="owned_notices"
    )
    live_edition = models.OneToOneField(
        "Edition", null=True, blank=True, on_delete=models.PROTECT, related_name="live_for"
    )
    created_at = models.DateTimeField(_("started"), auto_now_add=True)
    # Frozen at first publication, with reference, slug and kind.
    first_published_at = models.DateTimeField(_("first published"), null=True, blank=True)
    # When residents last had something new to read: a major edition, or the first.
    updated_at = models.DateTimeField(_("last updated"), null=True, blank=True)
    urgency = models.PositiveSmallIntegerField(_("urgency"), choices=Urgency.choices, default=Urgency.NORMAL)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_reason = models.TextField(_("why it was withdrawn"), blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    # Copied from the live edition as it goes live: what is on and what is planned are found by an index.
    starts_at = models.DateTimeField(_("starts"), null=True, blank=True, editable=False)
    is_borough_wide = models.BooleanField(_("concerns the whole borough?"), default=False, editable=False)
    horizon = models.CharField(
        _("horizon"), max_length=20, choices=Horizon.choices, blank=True, editable=False
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(live_edition__isnull=True) | Q(first_published_at__isnull=False),
                name="live_notice_has_first_published_at",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_reason=""),
                name="withdrawn_notice_has_a_reason",
            ),
        ]
        # One per order in which residents' pages read; bench/pages.py shows that none of them grows.
        indexes = [
            models.Index(fields=["-updated_at", "-id"], name="notice_current", condition=IS_CURRENT),
            models.Index(
                fields=["kind", "-updated_at", "-id"], name="notice_current_kind", condition=IS_CURRENT
            ),
            models.Index(
                fields=["kind", "-urgency", "-updated_at", "-id"],
                name="notice_loudest_of_kind",
                condition=IS_CURRENT,
            ),
            models.Index(
                fields=["-urgency", "-updated_at", "-id"], name="notice_loudest", condition=IS_CURRENT
            ),
            models.Index(fields=["kind", "starts_at", "id"], name="notice_coming", condition=IS_CURRENT),
            models.Index(
                fields=["horizon", "-updated_at", "-id"], name="notice_horizon", condition=IS_CURRENT
            ),
            models.Index(fields=["-updated_at", "-id"], name="notice_updated"),
            models.Index(fields=["kind", "-updated_at", "-id"], name="notice_kind_updated"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.slug}"

    def get_absolute_url(self) -> str:
        """Return the lasting public address, without the host."""
        return reverse("updates:notice", args=[self.reference, self.slug])

    @property
    def title(self) -> str:
        """Return what residents call it; before it is published, its reference."""
        return self.live_edition.title if self.live_edition else self.reference

    @property
    def short_url(self) -> str:
        """Return the absolute short link that posts and letters carry."""
        return f"{settings.PORTAL_URL}{reverse('updates:short', args=[self.reference])}"


class Picture(models.Model):
    """An uploaded picture, re-encoded (so that nothing hidden in it survives) and described in words."""

    file = models.ImageField(_("picture"), upload_to="pictures/")
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.file)


class Edition(models.Model):
    """Numbered content of a notice; editable only as draft or returned, frozen from submission on."""

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField(_("edition"))
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.DRAFT)
    # Counts every save of the content, so that a second person saving over the first is told.
    version = models.PositiveIntegerField(default=1)

    title = models.CharField(_("title"), max_length=90)
    summary = models.CharField(_("summary"), max_length=220)
    body = models.TextField(_("full text"), blank=True)
    urgency = models.PositiveSmallIntegerField(_("urgency"), choices=Urgency.choices, default=Urgency.NORMAL)
    is_borough_wide = models.BooleanField(_("concerns the whole borough?"), default=False)
    wards = models.ManyToManyField("places.Ward", blank=True, related_name="editions")
    streets = models.ManyToManyField("places.Street", blank=True, related_name="editions")
    picture = models.ForeignKey(Picture, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    alt_text = models.CharField(_("description of the picture"), max_length=400, blank=True)
    change_note = models.CharField(_("what changed"), max_length=300, blank=True)
    is_minor = models.BooleanField(_("is it a minor change that notifies nobody?"), default=False)
    expires_at = models.DateTimeField(_("ends"), null=True, blank=True)

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
        ]
        indexes = [
            models.Index(fields=["status", "publish_at"], name="edition_due"),
            models.Index(fields=["status", "expires_at"], name="edition_ending"),
        ]

    def __str__(self) -> str:
        return f"{self.title or self.notice.reference} ({self.number})"

    @property
    def is_editable(self) -> bool:
        """Say whether its words may still change."""
        return self.status in EDITABLE_STATUSES

    @property
    def detail(self) -> "OutageDetail | EventDetail | ProjectDetail | None":
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


class Detail(models.Model):
    """What the typed details of the kinds have in common: one row per edition."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class OutageDetail(Detail):
    """What is out, since when, and when it will be back."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="outage", primary_key=True)
    service = models.CharField(_("service"), max_length=12, choices=Service.choices)
    state = models.CharField(_("state"), max_length=15, choices=OutageState.choices)
    since_at = models.DateTimeField(_("off since"), null=True, blank=True)
    estimate_from_at = models.DateTimeField(_("back from"), null=True, blank=True)
    estimate_to_at = models.DateTimeField(_("back by"), null=True, blank=True)
    estimate_stage = models.CharField(
        _("how sure is that?"), max_length=10, choices=EstimateStage.choices, default=EstimateStage.ASSESSING
    )
    reason = models.CharField(_("cause"), max_length=200, blank=True)
    advice = models.TextField(_("what to do"), blank=True)
    next_update_by_at = models.DateTimeField(_("next update by"), null=True, blank=True)
    restored_at = models.DateTimeField(_("restored"), null=True, blank=True)

    class Meta(Detail.Meta):
        verbose_name = _("outage")


class EventDetail(Detail):
    """When and where an event takes place."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="event", primary_key=True)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    venue = models.CharField(_("venue"), max_length=200)
    access = models.CharField(_("access"), max_length=300, blank=True)
    cost = models.CharField(_("cost"), max_length=100, blank=True)
    booking_url = models.URLField(_("booking"), max_length=300, blank=True)
    event_status = models.CharField(
        _("is it going ahead?"), max_length=12, choices=EventStatus.choices, default=EventStatus.GOING_AHEAD
    )

    class Meta(Detail.Meta):
        verbose_name = _("event")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gte=F("starts_at")), name="event_ends_after_it_starts"
            )
        ]
        indexes = [models.Index(fields=["starts_at"], name="event_start")]


class ProjectDetail(Detail):
    """How far a project is, what is decided and what can still change."""

    edition = models.OneToOneField(
        Edition, on_delete=models.CASCADE, related_name="project", primary_key=True
    )
    phase = models.CharField(_("phase"), max_length=12, choices=Phase.choices)
    horizon = models.CharField(_("horizon"), max_length=20, choices=Horizon.choices)
    decided = models.TextField(_("what is decided"), blank=True)
    can_change = models.TextField(_("what can still change"), blank=True)
    budget = models.CharField(_("budget"), max_length=200, blank=True)
    progress_percent = models.PositiveSmallIntegerField(_("progress in per cent"), default=0)

    class Meta(Detail.Meta):
        verbose_name = _("project")
        constraints = [
            models.CheckConstraint(condition=Q(progress_percent__lte=100), name="progress_is_at_most_100")
        ]
