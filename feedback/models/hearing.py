"""What stands around a resident's words: others who ask the same, objections, pictures, decisions in bulk."""

import datetime as dt
import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import BulkState, HiddenReason, Objected
from ..private_files import private_storage
from ..working_days import objection_due_on, today
from .voice import new_token

OBJECTION_MAX = 2000
# Blurred areas are kept in thousandths of the picture's width and height, whatever its size.
WHOLE = 1000


class MeToo(models.Model):
    """Somebody else who asks the same; without an address only a count, with one it is told the answer."""

    question = models.ForeignKey("Voice", on_delete=models.CASCADE, related_name="me_toos")
    # One form, one row.
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    token = models.CharField(max_length=40, default=new_token, editable=False)
    email = models.EmailField(max_length=254, blank=True)
    # An address counts, and is written to, once it is confirmed; none counts at once.
    confirmed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question", "email"], condition=~Q(email=""), name="me_too_once_per_address"
            ),
        ]
        indexes = [models.Index(fields=["email"], name="me_too_email", condition=~Q(email=""))]

    def __str__(self) -> str:
        return f"me too on {self.question_id}"


class Objection(models.Model):
    """A writer's objection to hiding, decided by somebody other than who hid the words."""

    voice = models.ForeignKey("Voice", on_delete=models.CASCADE, related_name="objections")
    text = models.TextField(_("why it should be shown"))
    made_at = models.DateTimeField(default=timezone.now)
    hidden_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    hidden_reason = models.CharField(max_length=15)
    outcome = models.CharField(max_length=8, choices=Objected, default=Objected.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    # Told to the writer.
    because = models.TextField(_("why"), blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["voice"], condition=Q(outcome=Objected.OPEN), name="one_open_objection_per_voice"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("hidden_by")),
                name="objection_decided_by_somebody_else",
            ),
            models.CheckConstraint(
                condition=Q(outcome=Objected.OPEN) | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="decided_objection_has_a_decider",
            ),
        ]

    def __str__(self) -> str:
        return f"objection to {self.voice_id}"

    @property
    def due_on(self) -> dt.date:
        """Return the day by which it is to be decided."""
        return objection_due_on(self.made_at)

    @property
    def is_overdue(self) -> bool:
        """Say whether it is open after the day it was due. Reads the clock: for staff pages."""
        return self.outcome == Objected.OPEN and self.due_on < today()


class Photo(models.Model):
    """A picture sent with feedback: re-encoded without its data about place and time; shown when decided."""

    voice = models.OneToOneField("Voice", on_delete=models.CASCADE, related_name="photo")
    # Neither is served by the web server: a view looks at the status first.
    original = models.FileField(upload_to="feedback/original/%Y/%m/", storage=private_storage)
    shown = models.FileField(upload_to="feedback/shown/%Y/%m/", storage=private_storage, blank=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt_text = models.CharField(_("what it shows"), max_length=500, blank=True)
    is_shown = models.BooleanField(_("is it shown?"), default=False)
    sent_at = models.DateTimeField(default=timezone.now)
    # When a moderator last decided, either way: until then somebody has to look.
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_shown=False) | (~Q(shown="") & ~Q(alt_text="")),
                name="shown_photo_has_a_file_and_words",
            )
        ]

    def __str__(self) -> str:
        return f"photo of {self.voice_id}"


class BlurredArea(models.Model):
    """A rectangle a moderator made unrecognisable (thousandths of width and height)."""

    photo = models.ForeignKey(Photo, on_delete=models.CASCADE, related_name="blurred_areas")
    left = models.PositiveSmallIntegerField()
    top = models.PositiveSmallIntegerField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(width__gt=0, height__gt=0, left__lt=WHOLE, top__lt=WHOLE),
                name="blurred_area_lies_in_the_picture",
            )
        ]

    def __str__(self) -> str:
        return f"{self.left},{self.top} {self.width}x{self.height}"


class BulkDecision(models.Model):
    """Several decided at once, so that it can be undone at once."""

    # One form, one decision: a second press of the button finds the first by this.
    form_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    # A Decision's value, and the reason when it is hiding.
    decision = models.CharField(max_length=10)
    reason = models.CharField(max_length=15, choices=HiddenReason, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["by", "at"], name="bulk_by_at")]

    def __str__(self) -> str:
        return f"{self.decision} in bulk at {self.at:%Y-%m-%d %H:%M}"


class BulkItem(models.Model):
    """One voice of a bulk decision: planned first, then done in a transaction of its own, or refused."""

    bulk = models.ForeignKey(BulkDecision, on_delete=models.CASCADE, related_name="items")
    voice = models.ForeignKey("Voice", on_delete=models.CASCADE, related_name="+")
    # The version the next act expects: what the person saw, then what the decision made of it.
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=BulkState, default=BulkState.PLANNED)
    # Why it was refused, as the person reads it.
    why = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bulk", "voice"], name="bulk_item_once"),
            models.CheckConstraint(condition=Q(state__in=BulkState.values), name="bulk_item_state_is_known"),
        ]
        indexes = [
            models.Index(
                fields=["bulk"],
                name="bulk_item_open",
                condition=Q(state__in=[BulkState.PLANNED, BulkState.UNDOING]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.bulk_id}: {self.voice_id}"
