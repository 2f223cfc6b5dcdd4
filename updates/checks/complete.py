"""Checks that what residents need first is there: a title, a summary, a place, the kind's own facts."""

from django.utils.translation import gettext as _

from accounts.enums import Kind

from ..finding import BLOCK, Finding
from ..models import Edition


def check(edition: Edition) -> list[Finding]:
    """Return what is still missing."""
    missing = [
        ("title", not edition.title.strip(), _("Give the notice a title.")),
        (
            "summary",
            not edition.summary.strip(),
            _("Say in one or two sentences what residents need to know."),
        ),
        (
            "wards",
            not edition.is_borough_wide and not edition.wards.exists(),
            _("Say where: choose wards, or the whole borough."),
        ),
        ("change_note", edition.number > 1 and not edition.change_note.strip(), _("Say what changed.")),
        (
            "kind",
            edition.notice.kind != Kind.GENERAL and edition.detail is None,
            _("Fill in the details of this kind of notice."),
        ),
    ]
    return [
        Finding(f"missing_{where}", BLOCK, message, where)
        for where, is_missing, message in missing
        if is_missing
    ]
