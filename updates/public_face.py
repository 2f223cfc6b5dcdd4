"""What a notice shows of its live edition without asking it: columns that lists and the banner read."""

from datetime import datetime, timedelta

from django.conf import settings

from accounts.enums import Kind

from .enums import Urgency
from .events import occurrences
from .feeds import chain
from .models import Edition, Notice
from .outages import staying_off
from .search import indexing

_COLUMNS = [
    "live_edition",
    "urgency",
    "banner_until_at",
    "is_borough_wide",
    "ended_at",
    "starts_at",
    "horizon",
    "first_published_at",
    "updated_at",
]


def renew(notice: Notice, edition: Edition, now: datetime) -> None:
    """Give `notice` the face of `edition`, which has just gone live; its identity stays untouched.

    Call it inside the publishing transaction; saves these columns and no others.
    """
    staying_off.begin_anew(notice.live_edition, edition)
    notice.live_edition = edition
    notice.urgency = edition.urgency
    notice.banner_until_at = banner_until(edition, now)
    notice.is_borough_wide = edition.is_borough_wide
    notice.ended_at = None
    notice.starts_at = occurrences.renew(notice, edition.event, now) if notice.kind == Kind.EVENT else None
    notice.horizon = edition.project.horizon if notice.kind == Kind.PROJECT else ""
    if notice.first_published_at is None:
        notice.first_published_at = now
    if not edition.is_minor or notice.updated_at is None:
        notice.updated_at = now
    notice.save(update_fields=_COLUMNS)
    chain.announce(notice, edition, now)
    indexing.index(notice, edition)


def banner_until(edition: Edition, now: datetime) -> datetime | None:
    """Return until when the site's banner shows `edition`: an emergency's always ends by itself."""
    if edition.urgency != Urgency.EMERGENCY:
        return None
    return edition.banner_until_at or edition.expires_at or now + timedelta(hours=settings.BANNER_HOURS)


def fade(notice: Notice) -> None:
    """Take a notice that was withdrawn or has ended out of the banner, and its alerts back."""
    notice.banner_until_at = None
    notice.save(update_fields=["banner_until_at"])
    if gone_at := notice.withdrawn_at or notice.ended_at:
        chain.take_back(notice, gone_at)


def end_banners(now: datetime) -> int:
    """Take the banners down whose time is over; return how many. The minute beat calls it."""
    return Notice.objects.filter(banner_until_at__lte=now).update(banner_until_at=None)
