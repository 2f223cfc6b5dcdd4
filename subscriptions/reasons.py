"""Says in words what somebody follows and why they get a mail; must not query beyond what it is given."""

from collections.abc import Sequence

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Kind
from updates.enums import Urgency

from .enums import Occasion
from .models import Choice, Subscription

KINDS = {
    Kind.OUTAGE: gettext_lazy("outages and works"),
    Kind.EVENT: gettext_lazy("events"),
    Kind.PROJECT: gettext_lazy("projects"),
    Kind.GENERAL: gettext_lazy("general news"),
}


def why(subscriptions: Sequence[Subscription], occasion: str) -> str:
    """Return the sentence under a mail: which of their wishes it answers."""
    if occasion == Occasion.WITHDRAWN:
        return _("You get this because we had sent you the notice that is now withdrawn.")
    if not subscriptions:
        return _("You get this because we had sent you an earlier version, which was wrong.")
    borough = _("the whole borough")
    labels = dict.fromkeys(borough if each.is_borough else each.label for each in subscriptions)
    return _("You get this because you follow %(what)s.") % {"what": get_text_list(list(labels), _("and"))}


def details(choice: Choice) -> str:
    """Return what of a place is followed: "events and projects; emergencies only"; "" for a notice."""
    if choice.notice_id:
        return ""
    kinds = choice.kinds
    words = (
        _("everything")
        if len(kinds) == len(KINDS)
        else get_text_list([str(KINDS[Kind(k)]) for k in kinds], _("and"))
    )
    limit = {
        Urgency.IMPORTANT: _("important notices and emergencies only"),
        Urgency.EMERGENCY: _("emergencies only"),
    }.get(Urgency(choice.lowest_urgency), "")
    if limit and len(kinds) == len(KINDS):
        return limit
    return _("%(kinds)s; %(limit)s") % {"kinds": words, "limit": limit} if limit else words
