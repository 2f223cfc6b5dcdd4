"""The practice network's own table; knows nothing of notices."""

from django.db import models
from django.utils import timezone


class SandboxPostQuerySet(models.QuerySet["SandboxPost"]):
    """What the practice network shows."""

    def on_show(self) -> "SandboxPostQuerySet":
        """Return the posts that were not removed."""
        return self.filter(removed_at__isnull=True)


class SandboxPost(models.Model):
    """One post on the practice network."""

    handle = models.CharField(max_length=200, db_index=True)
    remote_id = models.CharField(max_length=40, unique=True)
    key = models.CharField(max_length=80, unique=True)
    text = models.TextField()
    link = models.URLField(max_length=500, blank=True)
    language = models.CharField(max_length=10, default="en")
    images = models.JSONField(default=list)
    posted_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    # What it answers, and the first post of that conversation; empty for a post of its own.
    parent_id = models.CharField(max_length=40, blank=True)
    root_id = models.CharField(max_length=40, blank=True, db_index=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = SandboxPostQuerySet.as_manager()

    class Meta:
        ordering = ["-posted_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.handle}: {self.text[:60]}"
