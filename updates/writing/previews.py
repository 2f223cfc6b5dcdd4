"""Links by which people without an account read an edition before it is public; the link is kept nowhere."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.models import User
from audit.recorder import record

from ..enums import OPEN_STATUSES
from ..models import Edition, PreviewLink

LONGEST_DAYS = 14
# More links than this to one edition are a mailing list, not a preview.
MOST_LINKS = 20


class LinkRefused(Exception):
    """No link is made; its text says why, fit for the person who asked."""


def may_share(user: User, edition: Edition) -> bool:
    """Return whether `user` may make and revoke links: a writer who took part in it, or an approver."""
    team, kind = edition.notice.team, edition.notice.kind
    if permissions.may_approve(user, team, kind):
        return True
    return permissions.may_write(user, team, kind) and edition.contributions.filter(person=user).exists()


@transaction.atomic
def make_link(edition: Edition, *, by: User, purpose: str, days: int) -> tuple[PreviewLink, str]:
    """Make a link that works for `days` days (1 to 14) and return it with its token, kept nowhere.

    Raises PermissionDenied for somebody who may not share it, LinkRefused once it is public or discarded.
    """
    current = Edition.objects.select_for_update().get(pk=edition.pk)
    if not may_share(by, edition):
        raise PermissionDenied
    if current.status not in OPEN_STATUSES:
        raise LinkRefused(_("This edition is not being worked on any more, so there is nothing to preview."))
    if not 1 <= days <= LONGEST_DAYS:
        raise LinkRefused(_("A preview link works for 1 to 14 days."))
    if sum(is_alive(link, timezone.now()) for link in links_of(current)) >= MOST_LINKS:
        raise LinkRefused(_("There are many links to this edition already. Revoke some first."))
    token = secrets.token_urlsafe(32)
    link = PreviewLink.objects.create(
        edition=current,
        token_hash=_hash(token),
        purpose=purpose,
        made_by=by,
        expires_at=timezone.now() + timedelta(days=days),
    )
    record("preview.make", actor=by, target=edition, link=link.pk, purpose=purpose, days=days)
    return link, token


@transaction.atomic
def revoke(link: PreviewLink, *, by: User) -> None:
    """End `link` at once; ending it twice changes nothing. Raises PermissionDenied."""
    if not may_share(by, link.edition):
        raise PermissionDenied
    ended = PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
    if ended:
        record("preview.revoke", actor=by, target=link.edition, link=link.pk, purpose=link.purpose)


def find(token: str, now: datetime) -> PreviewLink | None:
    """Return the link behind `token` while it works; None for every other reason alike."""
    links = PreviewLink.objects.select_related("edition__notice__team", "edition__picture")
    link = links.filter(token_hash=_hash(token)).first()
    return link if link and is_alive(link, now) else None


def is_alive(link: PreviewLink, now: datetime) -> bool:
    """Return whether `link` opens the preview: it ends with its days, when revoked, and with the draft."""
    return link.revoked_at is None and link.expires_at > now and link.edition.status in OPEN_STATUSES


def count_opening(link: PreviewLink) -> None:
    """Count that the page was opened; by whom is not asked."""
    PreviewLink.objects.filter(pk=link.pk).update(openings=F("openings") + 1)


def links_of(edition: Edition) -> list[PreviewLink]:
    """Return every link to `edition`, newest first, with who made it."""
    links = list(edition.preview_links.select_related("made_by"))
    for link in links:
        link.edition = edition
    return links


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
