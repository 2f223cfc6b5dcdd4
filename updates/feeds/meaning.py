"""What an edition means in CAP's closed lists, question by question; docs/feeds.md has the tables."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from accounts.enums import Kind

from ..enums import OutageState, Service, Severity, Urgency
from ..models import Edition, OutageDetail

# A message says how long it holds: at least this long, if nothing ends the notice sooner (hours).
LEAST_HOURS = 24
# CAP 1.2, 3.2.2: what must be done within the hour is "Expected", later "Future".
_EXPECTED_WITHIN = timedelta(hours=1)

SEVERITIES: dict[int, str] = {
    Severity.MINOR: "Minor",
    Severity.MODERATE: "Moderate",
    Severity.SEVERE: "Severe",
    Severity.EXTREME: "Extreme",
}
CATEGORIES: dict[str, str] = {
    Service.WATER: "Infra",
    Service.POWER: "Infra",
    Service.ROADS: "Transport",
    Service.WASTE: "Env",
    Service.TELECOMS: "Infra",
    Service.BUILDINGS: "Other",
    Service.OTHER: "Other",
}


def outage_of(edition: Edition) -> OutageDetail | None:
    """Return the detail of an outage, None for every other kind."""
    return edition.outage if edition.notice.kind == Kind.OUTAGE else None


def is_told(edition: Edition) -> bool:
    """Say whether an edition is one that alerts are made of: an outage, or an emergency of any kind."""
    return edition.notice.kind == Kind.OUTAGE or edition.urgency == Urgency.EMERGENCY


def is_all_clear(edition: Edition) -> bool:
    """Say whether an edition tells that it is over: restored, or no emergency any more."""
    outage = outage_of(edition)
    return outage.state == OutageState.RESTORED if outage else not is_told(edition)


def categories(edition: Edition) -> list[str]:
    """Return CAP's categories; a water emergency is about health, because people drink it."""
    outage = outage_of(edition)
    if outage is None:
        return ["Safety"]
    drunk = outage.service == Service.WATER and edition.urgency == Urgency.EMERGENCY
    return [CATEGORIES[outage.service], "Health"] if drunk else [CATEGORIES[outage.service]]


def event(edition: Edition) -> str:
    """Return the kind of event in at most 35 characters: "Outage: water", "Planned works: roads"."""
    outage = outage_of(edition)
    if outage is None:
        return _("Emergency")
    name = _("Planned works") if outage.state == OutageState.PLANNED else _("Outage")
    return f"{name}: {outage.get_service_display().lower()}"


def response(edition: Edition) -> str:
    """Return the kind of thing to do."""
    outage = outage_of(edition)
    if is_all_clear(edition):
        return "AllClear"
    if outage and outage.state == OutageState.PLANNED:
        return "Prepare"
    return "Avoid" if outage and outage.service == Service.ROADS else "Monitor"


def urgency(edition: Edition, sent_at: datetime) -> str:
    """Return how soon people should act; "Unknown" never."""
    outage = outage_of(edition)
    if is_all_clear(edition):
        return "Past"
    if outage and outage.state == OutageState.PLANNED:
        starts = onset(edition)
        return "Future" if starts and starts - sent_at > _EXPECTED_WITHIN else "Expected"
    return "Immediate" if edition.urgency == Urgency.EMERGENCY else "Expected"


def certainty(edition: Edition) -> str:
    """Return how sure it is: an outage is observed once its cause is looked for no longer; else likely."""
    outage = outage_of(edition)
    if outage is None or is_all_clear(edition):
        return "Observed" if is_all_clear(edition) else "Likely"
    not_yet = {OutageState.PLANNED, OutageState.INVESTIGATING}
    return "Likely" if outage.state in not_yet else "Observed"


def onset(edition: Edition) -> datetime | None:
    """Return when it began or will begin, where that is known."""
    outage = outage_of(edition)
    if outage is None:
        return None
    return (outage.planned_from_at if outage.state == OutageState.PLANNED else None) or outage.since_at


def expires(edition: Edition, sent_at: datetime) -> datetime:
    """Return until when a message of `edition` holds, always after `sent_at`.

    When the notice ends by itself, if anybody said so; else the latest of every time it names and a day.
    An all-clear holds a day: what it clears may hold longer, see chain.py.
    """
    day = sent_at + timedelta(hours=LEAST_HOURS)
    if is_all_clear(edition):
        return day
    if edition.expires_at and edition.expires_at > sent_at:
        return edition.expires_at
    outage = outage_of(edition)
    named = [edition.banner_until_at]
    if outage:
        named += [outage.estimate_to_at, outage.planned_to_at, outage.next_update_by_at]
    return max([day, *(each for each in named if each)])
