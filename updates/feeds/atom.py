"""The Atom feed of notices; every address in it is absolute and comes from a setting, not the request."""

from datetime import UTC, datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from .. import cards, filters, queries
from ..models import Notice
from .xml import told

ENTRIES = 30


class StillAtom(Atom1Feed):
    """Atom whose date never comes from the clock, not even when there is no entry."""

    def latest_post_date(self) -> datetime:
        """Return the date of the latest entry; of an empty feed, the beginning of time."""
        return super().latest_post_date() if self.items else datetime(1970, 1, 1, tzinfo=UTC)


class NoticesFeed(Feed):
    """The latest current notices, newest first."""

    feed_type = StillAtom

    def get_object(self, request: HttpRequest) -> filters.Chosen:
        """Return what the address narrows the feed by."""
        return filters.read(request.GET)

    def title(self, chosen: filters.Chosen) -> str:
        """Name the council, and the ward if one was chosen."""
        name = settings.COUNCIL.name
        if chosen.ward:
            return _("%(council)s: notices for %(ward)s") % {"council": name, "ward": chosen.ward.name}
        return _("%(council)s: notices") % {"council": name}

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
        """Return the latest notices. Two queries."""
        found = queries.listed(kind=chosen.kind, ward=chosen.ward, state=chosen.state)
        return list(found.with_live_edition()[:ENTRIES])

    def item_title(self, item: Notice) -> str:
        """Return the live edition's title."""
        return told(cards.live_edition(item).headline)

    def item_description(self, item: Notice) -> str:
        """Say what changed, then the summary."""
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

    def item_updateddate(self, item: Notice) -> datetime | None:
        """Return when they last had something new to read."""
        return item.updated_at

    def item_categories(self, item: Notice) -> list[str]:
        """Return the kind."""
        return [item.get_kind_display()]


def _absolute(url_name: str, chosen: filters.Chosen) -> str:
    query = chosen.query.rstrip("&")
    return f"{settings.PORTAL_URL}{reverse(url_name)}{'?' if query else ''}{query}"
