"""The reading side of residents' pages: few queries, the same number however many notices there are."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.enums import Kind
from places.models import Feature, Street, Ward

from .enums import Horizon
from .models import Edition, Notice, NoticeQuerySet

# How many of each the home page shows; the lists have the rest.
OUTAGES_ON_HOME = 6
EVENTS_ON_HOME = 6
PROJECTS_PER_HORIZON = 4
NEWS_ON_HOME = 4


def current_outages() -> list[Notice]:
    """Return the outages and works of now for the home page, the loudest first. Two queries."""
    ordered = Notice.objects.current().filter(kind=Kind.OUTAGE).order_by("-urgency", "-updated_at", "-id")
    return list(ordered.select_related("live_edition__outage")[:OUTAGES_ON_HOME])


def coming_events(limit: int = EVENTS_ON_HOME) -> list[Notice]:
    """Return the next events that have not ended, the soonest first. One query."""
    return list(coming().select_related("live_edition__event")[:limit])


def coming() -> NoticeQuerySet:
    """Return the events that have a date to come, the soonest first."""
    dated = Notice.objects.current().filter(kind=Kind.EVENT, starts_at__isnull=False)
    return dated.order_by("starts_at", "id")


def projects_of(horizon: str, limit: int = PROJECTS_PER_HORIZON) -> list[Notice]:
    """Return the latest projects that will be felt in `horizon`. One query."""
    ordered = Notice.objects.current().filter(horizon=horizon).order_by("-updated_at", "-id")
    return list(ordered.select_related("live_edition__project")[:limit])


def projects_by_horizon(limit: int = PROJECTS_PER_HORIZON) -> list[tuple[Horizon, list[Notice]]]:
    """Return the projects of each horizon, the nearest horizon first. Three queries."""
    return [(horizon, projects_of(horizon, limit)) for horizon in Horizon]


def latest_news() -> list[Notice]:
    """Return the latest general notices for the home page. One query."""
    ordered = Notice.objects.current().filter(kind=Kind.GENERAL).order_by("-updated_at", "-id")
    return list(ordered.select_related("live_edition")[:NEWS_ON_HOME])


def listed(*, kind: str = "", ward: Ward | None = None, state: str = "current") -> NoticeQuerySet:
    """Return a list of notices, newest first; `state` is current, ended or all. None shows withdrawn ones."""
    found = Notice.objects.live()
    if state == "current":
        found = Notice.objects.current()
    elif state == "ended":
        found = found.filter(ended_at__isnull=False)
    if kind:
        found = found.filter(kind=kind)
    return (in_ward(found, ward) if ward else found).order_by("-updated_at", "-id")


def withdrawn(*, kind: str = "", ward: Ward | None = None) -> NoticeQuerySet:
    """Return what was withdrawn, the latest first."""
    found = Notice.objects.published().filter(withdrawn_at__isnull=False)
    if kind:
        found = found.filter(kind=kind)
    return (in_ward(found, ward) if ward else found).order_by("-withdrawn_at", "-id")


def in_ward(notices: NoticeQuerySet, ward: Ward) -> NoticeQuerySet:
    """Return those of `notices` that concern `ward`, the ones for the whole borough included."""
    places = Edition.wards.through.objects.filter(edition_id=OuterRef("live_edition_id"), ward_id=ward.pk)
    return notices.filter(Q(is_borough_wide=True) | Exists(places))


def find(reference: str) -> Notice | None:
    """Return the published notice with this reference, in any case. One query."""
    return Notice.objects.published().filter(reference=reference.upper()).first()


def public_editions(reference: str) -> list[Edition]:
    """Return every edition of a notice that residents have seen, newest first, as its page needs them.

    All share one notice. Empty for a reference nobody published, in whatever case. One query.
    """
    seen = Edition.objects.filter(notice__reference=reference.upper(), published_at__isnull=False)
    details = seen.select_related("notice__team", "picture", "outage", "event", "project")
    editions = list(details.order_by("-number"))
    for edition in editions:
        edition.notice = editions[0].notice
    return editions


def wards_with_mark(edition: Edition) -> list[Ward]:
    """Return every ward with `is_here`: does the edition concern it? One query."""
    here = Edition.wards.through.objects.filter(edition_id=edition.pk, ward_id=OuterRef("pk"))
    return list(Ward.objects.annotate(is_here=Exists(here)))


def streets_of(edition: Edition) -> list[Street]:
    """Return the streets an edition names, in order. One query."""
    return list(edition.streets.all())


def map_features() -> QuerySet[Feature]:
    """Return what every map draws for orientation. One query when read."""
    return Feature.objects.all()
