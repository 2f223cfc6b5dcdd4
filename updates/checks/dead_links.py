"""Checks what became of a notice's links when a worker last asked; must not touch the network itself."""

from django.conf import settings
from django.utils.translation import gettext as _

from ..enums import LinkState
from ..finding import WARN, Finding, excerpt
from ..models import Edition, LinkCheck
from . import links, texts
from .links import Link
from .texts import Words

LONGEST = 500


def check(edition: Edition) -> list[Finding]:
    """Return the links that gave no good answer. Four queries, and three where nothing is linked."""
    words = texts.of_edition(edition)
    linked = asked_about(words)
    if not linked:
        return []
    bad = LinkCheck.objects.filter(
        url__in={link.url for link in linked}, state__in=[LinkState.DEAD, LinkState.NOT_ASKED]
    )
    known = {row.url: row for row in bad}
    return [_finding(link, known[link.url], words) for link in linked if link.url in known]


def asked_about(words: Words) -> list[Link]:
    """Return the links of a notice that a worker may follow: to the web, and not refused by their address."""
    return [
        link
        for link in links.links_of(words)
        if link.url.startswith(("http://", "https://"))
        and not f"{link.url}/".startswith(f"{settings.PORTAL_URL}/")
        and len(link.url) <= LONGEST
        and not links.is_refused(link)
    ]


def _finding(link: Link, row: LinkCheck, words: Words) -> Finding:
    if row.state == LinkState.NOT_ASKED:
        sentence = _("This link leads to a private network, where residents cannot follow.")
    elif row.status:
        sentence = _("This link did not answer (%(status)s).") % {"status": row.status}
    else:
        sentence = _("This link did not answer.")
    text = words.texts.get(link.where) or words.urls.get(link.where, "")
    at = text.find(link.url)
    places = (excerpt(text, at, at + len(link.url)),) if at >= 0 else ()
    return Finding("dead_link", WARN, sentence, link.where, places)
