"""Asks the addresses that notices link to whether they still answer; no page waits for it.

Its one way out is `ask`: public addresses only, looked up once a hop, nothing sent but the question.
"""

import logging
import ssl
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from urllib.parse import urljoin

import httpx
from django.conf import settings
from django.db.models import Prefetch, Q
from django.utils import timezone

from outbox.addresses import AddressPrivate, NameUnknown, permitted_address

from .checks import dead_links, texts
from .enums import OPEN_STATUSES, LinkState, Status
from .models import Document, Edition, LinkCheck

TIMEOUT = httpx.Timeout(connect=5, read=10, write=5, pool=5)
_MOST_HOPS = 5
# How many addresses one run asks, and for how long nobody else asks the same one meanwhile.
BATCH = 20
_CLAIM = timedelta(minutes=10)
# After an answer: a week. After one failure: an hour, for a server may be restarting. Then once a day.
_AGAIN = {
    LinkState.ANSWERS: timedelta(days=7),
    LinkState.UNSURE: timedelta(hours=1),
    LinkState.DEAD: timedelta(days=1),
    LinkState.NOT_ASKED: timedelta(days=7),
}
_GONE = {404, 410}
_SERVER_FAULT = 500
# Names that exist in no network (RFC 2606): a demo town links to them.
_NOWHERE = (".example", ".test", ".invalid", ".localhost")
_DETAILS = ("notice__team", "outage", "event", "project")
# Their text may be long, and the links in it lead nowhere from the notice.
_DOCUMENTS = Prefetch("documents", Document.objects.defer("text"))
_WATCHED = [*OPEN_STATUSES, Status.PUBLISHED]

# Nothing of a call belongs into the log.
logging.getLogger("httpx").setLevel(logging.WARNING)


def want(edition: Edition, now: datetime | None = None) -> int:
    """Have the links of `edition` asked that nobody has asked yet; return how many it has."""
    linked = dead_links.asked_about(texts.of_edition(edition))
    urls = {link.url for link in linked if not _is_nowhere(link.url)}
    at = now or timezone.now()
    rows = [LinkCheck(url=url, next_check_at=at) for url in sorted(urls)]
    LinkCheck.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def renew() -> None:
    """Watch the links of everything live or being written, and forget those that stand nowhere any more."""
    wanted: set[str] = set()
    editions = Edition.objects.filter(status__in=_WATCHED).select_related(*_DETAILS)
    editions = editions.prefetch_related("milestones", "decisions", _DOCUMENTS)
    for edition in editions.iterator(chunk_size=200):
        wanted |= {link.url for link in dead_links.asked_about(texts.of_edition(edition))}
        want(edition)
    gone = [pk for pk, url in LinkCheck.objects.values_list("pk", "url").iterator() if url not in wanted]
    for start in range(0, len(gone), 500):
        LinkCheck.objects.filter(pk__in=gone[start : start + 500]).delete()


def ask_due(now: datetime | None = None) -> int:
    """Ask the addresses that are due, at most BATCH; return how many. Safe to run twice at once."""
    now = now or timezone.now()
    due = LinkCheck.objects.filter(next_check_at__lte=now).order_by("next_check_at")[:BATCH]
    return sum(_ask_one(row, now) for row in due)


def broken(editions: Iterable[Edition]) -> list[tuple[Edition, list[str]]]:
    """Return those of `editions` that link to what does not answer, with the addresses."""
    found = ((edition, dead_links.check(edition)) for edition in editions)
    return [
        (edition, [one.excerpts[0].found for one in dead if one.excerpts]) for edition, dead in found if dead
    ]


def linking_to_dead(team_ids: Iterable[int], most: int = 10) -> list[tuple[Edition, list[str]]]:
    """Return up to `most` live editions of these teams with dead links. One query where no link is dead."""
    dead = list(LinkCheck.objects.filter(state=LinkState.DEAD).values_list("url", flat=True)[:50])
    if not dead:
        return []
    holds = Q(pk__in=[])
    for url in dead:
        holds |= Q(body__contains=url) | Q(summary__contains=url) | Q(event__booking_url=url)
    live = Edition.objects.filter(holds, status=Status.PUBLISHED, notice__team_id__in=list(team_ids))
    return broken(live.select_related(*_DETAILS)[:most])


def _ask_one(row: LinkCheck, now: datetime) -> bool:
    mine = LinkCheck.objects.filter(pk=row.pk, next_check_at=row.next_check_at)
    if not mine.update(next_check_at=now + _CLAIM):
        return False
    state, status = ask(row.url)
    if state == LinkState.UNSURE:
        row.failures += 1
        state = LinkState.DEAD if row.failures > 1 else LinkState.UNSURE
    elif state != LinkState.DEAD:
        row.failures = 0
    LinkCheck.objects.filter(pk=row.pk).update(
        state=state, status=status, failures=row.failures, checked_at=now, next_check_at=now + _AGAIN[state]
    )
    return True


def ask(url: str) -> tuple[LinkState, int | None]:
    """Return how `url` answers, and with which status: DEAD for gone, UNSURE for no answer this time."""
    try:
        for _hop in range(_MOST_HOPS):
            status, onward = _look(url)
            if not onward:
                return _judged(status), status
            url = urljoin(url, onward)
    except AddressPrivate:
        return LinkState.NOT_ASKED, None
    except (NameUnknown, httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, ValueError):
        return LinkState.UNSURE, None
    return LinkState.UNSURE, None


def _judged(status: int) -> LinkState:
    if status in _GONE:
        return LinkState.DEAD
    # Somebody answers; that they ask for a password, or for fewer questions, is their right.
    return LinkState.UNSURE if status >= _SERVER_FAULT else LinkState.ANSWERS


def _look(url: str) -> tuple[int, str]:
    """Ask for one address without following; return the status and where it sends us on to, if it does."""
    parsed = httpx.URL(url)
    if parsed.scheme not in ("http", "https"):
        raise httpx.UnsupportedProtocol(parsed.scheme)
    port = parsed.port or (443 if parsed.scheme == "https" else 80)
    loopback_allowed = settings.SOCIAL_ALLOW_PRIVATE_ADDRESSES
    address = permitted_address(parsed.host, port, loopback_allowed=loopback_allowed)
    request = _client().build_request(
        "GET",
        parsed.copy_with(host=address, fragment=None),
        headers={"host": parsed.netloc.decode(), "user-agent": f"council-portal ({settings.PORTAL_URL})"},
        extensions={"sni_hostname": parsed.host},
    )
    response = _client().send(request, stream=True, follow_redirects=False)
    # The head says enough: the body is never read.
    response.close()
    return response.status_code, response.headers.get("location", "") if response.is_redirect else ""


@lru_cache(maxsize=1)
def _client() -> httpx.Client:
    # No connection is kept: we connect to the address we looked at, and two names may share one address.
    limits = httpx.Limits(max_connections=20, max_keepalive_connections=0)
    return httpx.Client(timeout=TIMEOUT, trust_env=False, limits=limits)


def _is_nowhere(url: str) -> bool:
    try:
        return httpx.URL(url).host.endswith(_NOWHERE)
    except (httpx.InvalidURL, UnicodeError):
        # No name at all, or one in letters that names may not have ("xn--ls8h.la").
        return True
