"""The rows of the trail: events and the head that says how many there are; must not decide anything."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

HASHED = (
    "sequence",
    "at",
    "action",
    "actor_id",
    "actor_name",
    "ip",
    "target_type",
    "target_id",
    "target_label",
    "detail",
    "prev_hash",
)


class Event(models.Model):
    """One thing that was decided or happened. Written once by `audit.recorder`; triggers refuse any change.

    People and targets are kept as numbers and words, not foreign keys: the trail outlives what it speaks of.
    """

    sequence = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField(_("when"), db_index=True)
    action = models.CharField(_("what"), max_length=80, db_index=True)
    actor_id = models.BigIntegerField(null=True, db_index=True)
    actor_name = models.CharField(_("who"), max_length=200)
    ip = models.CharField(_("from where"), max_length=45, blank=True)
    target_type = models.CharField(max_length=80, blank=True)
    target_id = models.CharField(max_length=64, blank=True)
    target_label = models.CharField(_("about"), max_length=300, blank=True)
    detail = models.JSONField(default=dict)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("sequence",)
        indexes = [models.Index(fields=["target_type", "target_id"], name="audit_event_target")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"

    def hashed_fields(self) -> dict[str, Any]:
        """Return what the hash vouches for."""
        return {name: getattr(self, name) for name in HASHED}


class ChainHead(models.Model):
    """How long the chain is and how it ends, vouched for by a keyed hash: a cut tail disagrees with it."""

    ONLY = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY)
    sequence = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)
    mac = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="audit_one_chain_head")]

    def __str__(self) -> str:
        return f"{self.sequence}:{self.hash}"
