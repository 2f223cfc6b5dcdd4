"""The Atom feed of corrections: what stood wrong, for whoever once read it; must not decide what is one."""

from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from .. import corrections
from ..corrections import Correction
from ..difference import Change
from .atom import ENTRIES, StillAtom
from .xml import told


class CorrectionsFeed(Feed):
    """The latest corrections, one entry each, newest first."""

    feed_type = StillAtom

    def get_object(self, request: HttpRequest) -> None:
        """Return nothing: there is one such feed, and it is not narrowed."""

    def title(self) -> str:
        """Name the council and what the feed holds."""
        return title_of()

    def subtitle(self) -> str:
        """Say what the feed holds."""
        return _("What we told you wrongly, and what is right.")

    def link(self) -> str:
        """Return the address of the page the feed follows."""
        return f"{settings.PORTAL_URL}{reverse('updates:corrections')}"

    def feed_url(self) -> str:
        """Return the feed's own address."""
        return f"{settings.PORTAL_URL}{reverse('updates:corrections_atom')}"

    def feed_guid(self) -> str:
        """Return what names this feed for good."""
        return self.feed_url()

    def author_name(self) -> str:
        """Return who speaks."""
        return settings.COUNCIL.name

    def items(self) -> list[Correction]:
        """Return the latest corrections. Seven queries, or one when there are none."""
        return corrections.tell(list(corrections.published()[:ENTRIES]))

    def item_title(self, item: Correction) -> str:
        """Return the title as it was put right, said to be a correction."""
        return told(_("Correction: %(title)s") % {"title": item.edition.headline})

    def item_description(self, item: Correction) -> str:
        """Say why, then each fact: what we said, and what is right."""
        return told(" ".join([item.edition.change_note, *map(_in_words, item.changes)]))

    def item_link(self, item: Correction) -> str:
        """Return the lasting address of the notice."""
        return f"{settings.PORTAL_URL}{item.edition.notice.get_absolute_url()}"

    def item_guid(self, item: Correction) -> str:
        """Return the short link with the edition: a notice may be put right more than once."""
        return f"{item.edition.notice.short_url}#edition-{item.edition.number}"

    def item_pubdate(self, item: Correction) -> datetime | None:
        """Return when residents first read it."""
        return item.edition.published_at

    def item_updateddate(self, item: Correction) -> datetime | None:
        """Return the same: a published edition never changes."""
        return item.edition.published_at

    def item_categories(self, item: Correction) -> list[str]:
        """Return the kind."""
        return [item.edition.notice.get_kind_display()]


def title_of() -> str:
    """Return what the feed is called."""
    return _("%(council)s: corrections") % {"council": settings.COUNCIL.name}


def _in_words(change: Change) -> str:
    said = {"what": change.label, "wrong": change.old, "right": change.new}
    if not change.old:
        return _("%(what)s: “%(right)s” was missing.") % said
    if not change.new:
        return _("%(what)s: we said “%(wrong)s”, which is wrong.") % said
    return _("%(what)s: we said “%(wrong)s”; right is “%(right)s”.") % said
