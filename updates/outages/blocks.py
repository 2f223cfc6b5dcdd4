"""What outages add to the pages of notices and to the desk; the public block is a pure function of rows."""

from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from accounts import permissions
from accounts.enums import Kind

from ..models import Notice
from . import duty, staying_off


def notice_main(context: dict[str, Any], notice: Notice) -> str:
    """Return “Still off?” for an outage's public page; nothing for a preview. One query for an outage."""
    edition = context.get("edition")
    if notice.kind != Kind.OUTAGE or edition is None or edition.pk != notice.live_edition_id:
        return ""
    # The page has read it already: no second query for the same row.
    notice.live_edition = edition
    is_asked = staying_off.is_asked(notice)
    if not is_asked and not staying_off.is_restored(notice):
        return ""
    told = staying_off.told(notice)
    if not is_asked and not told.total:
        return ""
    shown = {"told": told, "is_asked": is_asked, "notice": notice}
    return render_to_string("updates/parts/outage_still_off.html", shown)


def staff_notice(context: dict[str, Any], notice: Notice) -> str:
    """Return the promise, who says it is still off, and the way to the quick update. Two queries."""
    if notice.kind != Kind.OUTAGE or notice.live_edition is None or notice.withdrawn_at or notice.ended_at:
        return ""
    user = context.get("user")
    shown = {
        "row": duty.row_of(notice.live_edition, timezone.now(), staying_off.told(notice)),
        "notice": notice,
        "told": staying_off.told(notice),
        "may_write": permissions.may_write(user, notice.team, notice.kind),
    }
    return render_to_string("desk/parts/outage_notice.html", shown)


def desk(context: dict[str, Any], _about: Any) -> str:
    """Return the live outages of the person's teams, the longest due first. Two queries."""
    rows = duty.rows_for(context["user"], timezone.now())
    return render_to_string("desk/parts/outages.html", {"rows": rows}) if rows else ""
