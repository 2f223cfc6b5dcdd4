"""The typed detail of each kind of notice, one row per edition, and what an edition lists in rows."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ..enums import EstimateStage, EventStatus, Horizon, OutageState, Phase, Repeats, Service


class Detail(models.Model):
    """What the typed details of the kinds have in common: one row per edition."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class OutageDetail(Detail):
    """What is out, since when, and when it will be back."""

    edition = models.OneToOneField(
        "Edition", on_delete=models.CASCADE, related_name="outage", primary_key=True
    )
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
    # Planned works: the window that was announced.
    planned_from_at = models.DateTimeField(_("works from"), null=True, blank=True)
    planned_to_at = models.DateTimeField(_("works until"), null=True, blank=True)
    # Written by the minute beat on the live edition, so that a page never needs the clock.
    update_missed_at = models.DateTimeField(null=True, blank=True, editable=False)
    estimate_missed_at = models.DateTimeField(null=True, blank=True, editable=False)
    planned_start_passed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta(Detail.Meta):
        verbose_name = _("outage")
        indexes = [
            models.Index(
                fields=["restored_at"], name="outage_restored", condition=Q(restored_at__isnull=False)
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned_to_at__isnull=True)
                | Q(planned_from_at__isnull=True)
                | Q(planned_to_at__gte=F("planned_from_at")),
                name="works_end_after_they_start",
            )
        ]

    @property
    def is_supply(self) -> bool:
        """Say whether what is out comes into homes, so that "off" is the word for it; a road is not "off"."""
        return self.service in (Service.WATER, Service.POWER, Service.TELECOMS)


class EventDetail(Detail):
    """When and where an event takes place."""

    edition = models.OneToOneField(
        "Edition", on_delete=models.CASCADE, related_name="event", primary_key=True
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    venue = models.CharField(_("venue"), max_length=200)
    access = models.CharField(_("access"), max_length=300, blank=True)
    cost = models.CharField(_("cost"), max_length=100, blank=True)
    booking_url = models.URLField(_("booking"), max_length=300, blank=True)
    event_status = models.CharField(
        _("is it going ahead?"), max_length=12, choices=EventStatus.choices, default=EventStatus.GOING_AHEAD
    )
    repeats = models.CharField(_("repeats"), max_length=15, choices=Repeats.choices, default=Repeats.NEVER)
    repeats_until_on = models.DateField(_("last day"), null=True, blank=True)
    # Days on which it does not take place although it repeats, as ISO dates ("2026-12-25").
    except_on = models.JSONField(_("not on"), default=list, blank=True)

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
        "Edition", on_delete=models.CASCADE, related_name="project", primary_key=True
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
