"""The site's banner: the emergencies that stand now, the worst first, each ended by the minute beat."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from places import areas
from places.lookup import Place

from . import concerns
from .cards import live_edition
from .enums import Severity
from .models import Edition, Notice

# More would hide the page; the list of notices has all of them, the loudest first.
MOST_SHOWN = 3
# Nobody reads more, and a banner must stay cheap on every page.
_MOST_READ = 50
_MOST_WARDS_NAMED = 4
_DIGEST_LENGTH = 16
_SAID: dict[int, str | Promise] = {
    Severity.SEVERE: gettext_lazy("Severe emergency: danger to life or property"),
    Severity.EXTREME: gettext_lazy("Extreme emergency: great danger to life or property"),
}


@dataclass(frozen=True)
class Message:
    """One emergency as the banner tells it."""

    # How bad it is, in words.
    says: str
    title: str
    text: str
    url: str
    # "Millgate and Quayside only", or "" for the whole borough.
    where: str

    @property
    def digest(self) -> str:
        """Return what stands for exactly these words: a script remembers it when somebody hides them."""
        words = "\n".join([self.says, self.title, self.text, self.url, self.where])
        return hashlib.sha256(words.encode()).hexdigest()[:_DIGEST_LENGTH]


@dataclass(frozen=True)
class Banner:
    """The messages shown, and how many more there are."""

    messages: list[Message] = field(default_factory=list)
    more: int = 0


def standing(*, apart_from: Notice | None = None, places: Sequence[Place] | None = None) -> Banner:
    """Return the banner: of a page about some `places`, only what concerns them.

    A notice's own page shows its emergency already, so `apart_from` is left out. One query when there is
    no emergency, else two, or three for a page about places.
    """
    loud = Notice.objects.current().filter(banner_until_at__isnull=False)
    ordered = loud.order_by("-live_edition__severity", "-updated_at", "-id").select_related("live_edition")
    related = ["live_edition__wards", *(["live_edition__streets"] if places else [])]
    found = [notice for notice in ordered.prefetch_related(*related)[:_MOST_READ] if notice != apart_from]
    if places:
        found = [notice for notice in found if concerns.concerned(live_edition(notice), places)]
    return Banner([_message(notice) for notice in found[:MOST_SHOWN]], max(0, len(found) - MOST_SHOWN))


def _message(notice: Notice) -> Message:
    edition = live_edition(notice)
    return Message(
        says=str(_SAID.get(edition.severity, _("Emergency"))),
        title=edition.headline,
        text=edition.summary,
        url=notice.get_absolute_url(),
        where=_where(edition),
    )


def _where(edition: Edition) -> str:
    wards = list(edition.wards.all())
    if edition.is_borough_wide or not (wards or edition.area):
        return ""
    if edition.area:
        return _("Only %(where)s") % {"where": areas.in_words(edition.area, wards)}
    return _("%(wards)s only") % {"wards": _named([ward.name for ward in wards])}


def _named(names: list[str]) -> str:
    left = len(names) - _MOST_WARDS_NAMED + 1
    if left <= 1:
        return areas.listed(names)
    more = ngettext("%(count)s more ward", "%(count)s more wards", left) % {"count": left}
    return areas.listed([*names[: _MOST_WARDS_NAMED - 1], more])
