"""The Atom feed of notices; every address in it is absolute and comes from a setting, not the request."""

from datetime import UTC, datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from accounts.enums import Kind
from places.models import Ward

from .. import cards, filters, queries
from ..models import Notice
from .xml import told

ENTRIES = 30
# What was withdrawn lately; older ones nobody has in their reader any more.
WITHDRAWN = 5


class StillAtom(Atom1Feed):
    """Atom whose date never comes from the clock, not even when there is no entry."""

    def latest_post_date(self) -> datetime:
        """Return the date of the latest entry; of an empty feed, the beginning of time."""
        return super().latest_post_date() if self.items else datetime(1970, 1, 1, tzinfo=UTC)


class NoticesFeed(Feed):
    """The latest current notices and withdrawals, newest first."""

    feed_type = StillAtom

    def get_object(self, request: HttpRequest) -> filters.Chosen:
        """Return what the address narrows the feed by."""
        return filters.read(request.GET)

    def title(self, chosen: filters.Chosen) -> str:
        """Name the council, and the kind and the ward if one was chosen."""
        return title_of(chosen.kind, chosen.ward)

    def subtitle(self, chosen: filters.Chosen) -> str:
        """Say what the feed holds."""
        return _("Outages, events and plans, straight from the council.")

    def link(self, chosen: filters.Chosen) -> str:
        """Return the address of the list the feed follows."""
        return _absolute("updates:list", chosen)

    def feed_url(self, chosen: filters.Chosen) -> str:
        """Return the feed's own address."""
        return _absolute("updates:atom", chosen)

    def feed_guid(self, chosen: filters.Chosen) -> str:
        """Return what names this feed for good."""
        return _absolute("updates:atom", chosen)

    def author_name(self, chosen: filters.Chosen) -> str:
        """Return who speaks."""
        return settings.COUNCIL.name

    def items(self, chosen: filters.Chosen) -> list[Notice]:
        """Return the latest notices and withdrawals: whoever read those has to hear it. Four queries."""
        found = queries.listed(kind=chosen.kind, ward=chosen.ward, state=chosen.state)
        standing = list(found.with_live_edition()[:ENTRIES])
        gone = queries.withdrawn(kind=chosen.kind, ward=chosen.ward)
        told_back = [] if chosen.state == "ended" else list(gone.with_live_edition()[:WITHDRAWN])
        return sorted([*standing, *told_back], key=_changed_at, reverse=True)[:ENTRIES]

    def item_title(self, item: Notice) -> str:
        """Return the live edition's title; of a withdrawn notice, that it was."""
        title = cards.live_edition(item).headline
        return told(_("Withdrawn: %(title)s") % {"title": title} if item.withdrawn_at else title)

    def item_description(self, item: Notice) -> str:
        """Say what changed, then the summary; of a withdrawn notice, why."""
        if item.withdrawn_at:
            return told(item.withdrawn_reason)
        edition = cards.live_edition(item)
        return told(" ".join(part for part in (edition.change_note, edition.summary) if part))

    def item_link(self, item: Notice) -> str:
        """Return the lasting address."""
        return f"{settings.PORTAL_URL}{item.get_absolute_url()}"

    def item_guid(self, item: Notice) -> str:
        """Return the short link: it never changes, whatever happens to the title."""
        return item.short_url

    def item_pubdate(self, item: Notice) -> datetime | None:
        """Return when residents first read it."""
        return item.first_published_at

    def item_updateddate(self, item: Notice) -> datetime:
        """Return when they last had something new to read: a minor edition changes the words alone."""
        return _changed_at(item)

    def item_categories(self, item: Notice) -> list[str]:
        """Return the kind."""
        return [item.get_kind_display()]


def title_of(kind: str = "", ward: Ward | None = None) -> str:
    """Return what a feed is called: "Riverbank Borough Council: events for Quayside"."""
    words = {"council": settings.COUNCIL.name, "what": _what(kind), "ward": ward.name if ward else ""}
    return (_("%(council)s: %(what)s for %(ward)s") if ward else _("%(council)s: %(what)s")) % words


def _what(kind: str) -> str:
    said = {
        Kind.OUTAGE: _("outages and works"),
        Kind.EVENT: _("events"),
        Kind.PROJECT: _("projects"),
        Kind.GENERAL: _("news"),
    }
    return said[Kind(kind)] if kind else _("notices")


def _changed_at(notice: Notice) -> datetime:
    changed_at = notice.withdrawn_at or notice.updated_at
    assert changed_at is not None  # whatever was published has a time at which it was
    return changed_at


def _absolute(url_name: str, chosen: filters.Chosen) -> str:
    return f"{settings.PORTAL_URL}{reverse(url_name)}{chosen.for_feed}"
