"""Consultations and polls, their questions, and the letters with codes; must not count answers."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from updates.models import new_reference

from ..enums import Access, ItemKind, Stage


class Consultation(models.Model):
    """What the council asks the town about one project, between two moments, and what came of it.

    Stages: draft, submitted, open (from publication; it takes answers between opens_at and closes_at),
    closed (the minute beat writes closed_at), decided (an Outcome is public), archived; or called off.
    """

    notice = models.ForeignKey("updates.Notice", on_delete=models.PROTECT, related_name="consultations")
    reference = models.CharField(max_length=7, unique=True, editable=False)
    team = models.ForeignKey("accounts.Team", on_delete=models.PROTECT, related_name="consultations")
    # Who is asked for the outcome.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="consultations"
    )
    # A poll is short: no statement of costs and impact is asked for.
    is_poll = models.BooleanField(_("a short poll?"), default=False)
    title = models.CharField(_("title"), max_length=120)
    introduction = models.TextField(_("what it is about"))
    can_change = models.TextField(_("what can still change"), blank=True)
    is_decided = models.TextField(_("what is decided already"), blank=True)
    impact = models.TextField(_("whom it affects, and how (equality impact)"), blank=True)
    decided_by = models.CharField(_("who decides"), max_length=200, blank=True)
    decides_on = models.DateField(_("when they decide"), null=True, blank=True)
    other_formats = models.TextField(_("other ways to take part"), blank=True)
    access = models.CharField(_("who may answer"), max_length=5, choices=Access, default=Access.OPEN)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))

    stage = models.CharField(max_length=9, choices=Stage, default=Stage.DRAFT)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Everybody who changed a part: none of them may let it go out.
    contributors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    return_note = models.CharField(max_length=1000, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Written by the minute beat, so that residents' pages need no clock.
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    # Since when it stands on the public list of debts (settings.OWED_IN_PUBLIC_AFTER_WEEKS).
    owed_in_public_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=1000, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-closes_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="consultation_closes_after_it_opens"
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("written_by")),
                name="consultation_published_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[Stage.DRAFT, Stage.SUBMITTED, Stage.CANCELLED])
                | Q(published_at__isnull=False, published_by__isnull=False),
                name="consultation_public_was_published",
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=[Stage.CLOSED, Stage.DECIDED, Stage.ARCHIVED])
                | Q(closed_at__isnull=False),
                name="consultation_closed_at_some_time",
            ),
        ]
        indexes = [
            models.Index(fields=["stage", "closes_at"], name="consultation_stage"),
            models.Index(fields=["notice", "stage"], name="consultation_notice"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Give a new row its reference; the database refuses a second one."""
        if not self.reference:
            self.reference = f"C-{new_reference()}"
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Return its lasting public address, without the host."""
        return reverse("consultations:page", args=[self.reference])

    def takes_answers(self, at: dt.datetime) -> bool:
        """Say whether an answer that arrives then is in time: from opens_at, before closes_at.

        What arrived in the last second counts even if the beat has closed the consultation meanwhile.
        """
        return self.stage in (Stage.OPEN, Stage.CLOSED) and self.opens_at <= at < self.closes_at


class Extension(models.Model):
    """A later closing time for an open consultation and its public reason: one asks, another agrees.

    The only thing about a consultation that may change while it is open.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="extensions")
    closes_at = models.DateTimeField(_("closes"))
    # When it closed until then, so that the page can say what changed.
    closed_before_at = models.DateTimeField()
    reason = models.CharField(_("why it stays open longer"), max_length=300)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["consultation", "asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation"],
                condition=Q(agreed_at__isnull=True, refused_at__isnull=True),
                name="extension_one_waits_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("closed_before_at")), name="extension_closes_later"
            ),
            models.CheckConstraint(
                condition=Q(agreed_by__isnull=True) | ~Q(agreed_by=F("asked_by")),
                name="extension_agreed_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True) | Q(agreed_by__isnull=False),
                name="extension_agreed_by_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} until {self.closes_at:%Y-%m-%d}"


class Item(models.Model):
    """One question of a consultation; the number is the same on the screen and on paper."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(_("kind of question"), max_length=8, choices=ItemKind)
    words = models.CharField(_("question"), max_length=300)
    hint = models.CharField(_("hint"), max_length=500, blank=True)
    is_required = models.BooleanField(_("must it be answered?"), default=False)
    # Of ratings: what 1 and 5 mean.
    low_label = models.CharField(max_length=60, blank=True)
    high_label = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["consultation", "number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="item_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.words}"


class Option(models.Model):
    """Something to choose, to tick or to put in order; what it would cost, if it costs something."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="options")
    number = models.PositiveSmallIntegerField()
    words = models.CharField(_("option"), max_length=200)
    details = models.CharField(_("more about it"), max_length=500, blank=True)
    cost = models.DecimalField(_("cost"), max_digits=12, decimal_places=2, null=True, blank=True)
    cost_note = models.CharField(_("about the cost"), max_length=200, blank=True)

    class Meta:
        ordering = ["item", "number"]
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="option_number_once"),
        ]

    def __str__(self) -> str:
        return self.words


class AccessCode(models.Model):
    """A code printed in a letter; only its keyed hash is kept, and it is good for one answer."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="codes")
    code_hash = models.CharField(max_length=64)
    batch = models.CharField(_("which letters"), max_length=80)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "code_hash"], name="access_code_once"),
        ]

    def __str__(self) -> str:
        return f"code of {self.batch}"


NEEDS_OPTIONS = frozenset({ItemKind.CHOICE, ItemKind.SEVERAL, ItemKind.RANKING})
