"""The notice: what lasts of a council update, and what of it the public may see."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.enums import Kind

from ..enums import Horizon, Urgency

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
    # Until when the site's banner shows this emergency; emptied by the minute beat once that has passed.
    banner_until_at = models.DateTimeField(_("banner until"), null=True, blank=True, editable=False)
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
            models.Index(
                fields=["banner_until_at"],
                name="notice_banner",
                condition=Q(banner_until_at__isnull=False),
            ),
            models.Index(fields=["-updated_at", "-id"], name="notice_updated"),
            models.Index(
                fields=["-withdrawn_at", "-id"],
                name="notice_withdrawn",
                condition=Q(withdrawn_at__isnull=False),
            ),
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
        return self.live_edition.headline if self.live_edition else self.reference

    @property
    def short_url(self) -> str:
        """Return the absolute short link that posts and letters carry."""
        return f"{settings.PORTAL_URL}{reverse('updates:short', args=[self.reference])}"
