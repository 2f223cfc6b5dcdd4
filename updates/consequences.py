"""What each move will do, in sentences for the page that asks; must not do it."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Edition


def of_submitting(_edition: Edition) -> list[str]:
    """Sending for approval."""
    return [
        _("It can no longer be changed while it waits. You can take it back."),
        _("An approver who wrote none of it reads it and decides."),
    ]


def of_taking_back(_edition: Edition) -> list[str]:
    """Taking it back from approval."""
    return [_("It becomes a draft again and leaves the approvers’ desks.")]


def of_publishing(edition: Edition) -> list[str]:
    """Publishing."""
    if edition.is_minor:
        return [_("Residents see it at once."), _("It is a minor change: nothing is posted, nobody is told.")]
    replaced = [_("It replaces what residents read now.")] if edition.notice.live_edition_id else []
    return [
        _("Residents see it at once."),
        *replaced,
        _("Posts go to the social accounts that were approved with it."),
    ]


def of_scheduling(_edition: Edition) -> list[str]:
    """Choosing a time."""
    late = settings.LATE_AFTER_MINUTES
    return [
        _("It goes live by itself at that time, exactly as it was approved."),
        ngettext(
            "If the portal is not running then and is more than %(count)s minute late, a person decides.",
            "If the portal is not running then and is more than %(count)s minutes late, a person decides.",
            late,
        )
        % {"count": late},
    ]


def of_unscheduling(_edition: Edition) -> list[str]:
    """Giving the time up."""
    return [_("It stays approved and waits for somebody to publish it.")]


def of_publishing_urgently(_edition: Edition) -> list[str]:
    """Publishing before the second check."""
    hours = settings.SECOND_CHECK_HOURS
    return [
        _("Residents see it at once, and posts go to the social accounts."),
        ngettext(
            "Somebody else has to check it within %(count)s hour. Until then the notice says so.",
            "Somebody else has to check it within %(count)s hours. Until then the notice says so.",
            hours,
        )
        % {"count": hours},
        _("Your name stands beside it in the audit trail."),
    ]


def of_withdrawing(_edition: Edition) -> list[str]:
    """Withdrawing."""
    return [
        _("The notice stays readable, marked as withdrawn, with your reason at the top."),
        _("It leaves every list, and its posts are removed from the social accounts."),
        _("This cannot be undone. To publish again, start a new notice."),
    ]


def of_ending(_edition: Edition) -> list[str]:
    """Ending."""
    return [
        _("The notice is marked as ended and leaves the front page. It stays readable."),
        _("Publishing a new edition opens it again."),
    ]


def of_discarding(edition: Edition) -> list[str]:
    """Discarding."""
    live = [_("What residents read now does not change.")] if edition.notice.live_edition_id else []
    return [_("It leaves every desk. Its words are kept for the record."), *live]
