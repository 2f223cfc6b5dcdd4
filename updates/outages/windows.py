"""Whether planned works have been moved since residents first heard of them."""

from ..enums import OutageState
from ..models import Edition, OutageDetail


def is_moved(edition: Edition) -> bool:
    """Say whether `edition` plans its works for another window than was told before. One query at most.

    It stays moved until the works begin, so that a later small change does not hide it.
    """
    outage: OutageDetail | None = getattr(edition, "outage", None)
    if outage is None or outage.state != OutageState.PLANNED or not outage.planned_from_at:
        return False
    told = OutageDetail.objects.filter(
        edition__notice=edition.notice_id,
        edition__published_at__isnull=False,
        edition__number__lt=edition.number,
        planned_from_at__isnull=False,
    )
    now = {"planned_from_at": outage.planned_from_at, "planned_to_at": outage.planned_to_at}
    return told.exclude(**now).exists()
