"""Inviting people: the link, its two days, accepting it; must not know pages."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.recorder import record

from . import mail, permissions
from .models import Invitation, InvitedMembership, Membership, User
from .services import Place, Refused, in_words

SALT = "accounts.invitation"


class LinkDead(Exception):
    """The link was used, revoked, replaced, is older than two days, or its sender may not invite any more."""


@transaction.atomic
def invite(email: str, name: str, job_title: str, places: Collection[Place], *, by: User) -> Invitation:
    """Keep a place for `email`; the caller sends the mail afterwards. Raises Refused."""
    if User.objects.filter(email__iexact=email).exists():
        raise Refused(str(_("Somebody with this e-mail address is here already. Look them up under People.")))
    if Invitation.objects.filter(email__iexact=email, accepted_at=None, revoked_at=None).exists():
        raise Refused(
            str(_("This address was invited already. Send that invitation again, or revoke it first."))
        )
    invitation = Invitation.objects.create(
        email=email, name=name, job_title=job_title, invited_by=by, nonce=secrets.token_urlsafe(24)
    )
    InvitedMembership.objects.bulk_create(
        InvitedMembership(invitation=invitation, **place._asdict()) for place in places
    )
    record("invitation.made", actor=by, target=invitation, roles=in_words(places))
    return invitation


@transaction.atomic
def renew(invitation: Invitation, *, by: User) -> Invitation:
    """Give an open invitation a new link and two more days; the old link stops working. Raises Refused.

    From now on `by` vouches for it.
    """
    locked = _open(invitation)
    locked.nonce, locked.sent_at, locked.invited_by = secrets.token_urlsafe(24), timezone.now(), by
    locked.save(update_fields=["nonce", "sent_at", "invited_by"])
    record("invitation.renewed", actor=by, target=locked)
    return locked


@transaction.atomic
def revoke(invitation: Invitation, *, by: User) -> None:
    """Make the link useless. Raises Refused when it was accepted or revoked meanwhile."""
    locked = _open(invitation)
    locked.revoked_at = timezone.now()
    locked.save(update_fields=["revoked_at"])
    record("invitation.revoked", actor=by, target=locked)


def send(invitation: Invitation) -> None:
    """Send the link. Call it outside a transaction. Raises OSError or SMTPException if the mail cannot go."""
    mail.send("invitation", invitation.email, invitation=invitation, link=link(invitation), hours=_hours())


def link(invitation: Invitation) -> str:
    """Return the absolute address that accepts this invitation."""
    token = signing.dumps([invitation.pk, invitation.nonce], salt=SALT)
    return settings.PORTAL_URL + reverse("accounts:accept", args=[token])


def lapses_at(invitation: Invitation) -> datetime:
    """Return when the link stops working."""
    return invitation.sent_at + timedelta(seconds=settings.INVITATION_SECONDS)


def has_lapsed(invitation: Invitation) -> bool:
    """Return whether an open invitation's link is too old to work."""
    return timezone.now() > lapses_at(invitation)


def opened_by(token: str) -> Invitation:
    """Return the invitation this link accepts. Raises LinkDead."""
    try:
        pk, nonce = signing.loads(token, salt=SALT, max_age=settings.INVITATION_SECONDS)
    except (signing.BadSignature, ValueError) as error:
        raise LinkDead from error
    invitation = Invitation.objects.select_related("invited_by").filter(pk=pk).first()
    if invitation is None or not invitation.is_open or not secrets.compare_digest(invitation.nonce, nonce):
        raise LinkDead
    # Whoever had to leave must not come back by a door they left ajar.
    if not permissions.is_administrator(invitation.invited_by):
        raise LinkDead
    return invitation


@transaction.atomic
def accept(token: str, name: str, password: str) -> User:
    """Make the person the link was sent to, with the roles kept for them. Works once. Raises LinkDead."""
    invitation = Invitation.objects.select_for_update().get(pk=opened_by(token).pk)
    if not invitation.is_open or User.objects.filter(email__iexact=invitation.email).exists():
        raise LinkDead
    user = User.objects.create_user(invitation.email, name, password, job_title=invitation.job_title)
    for row in invitation.memberships.all():
        Membership.objects.create(
            user=user, team_id=row.team_id, role=row.role, may_publish_urgently=row.may_publish_urgently
        )
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    record("invitation.accepted", actor=user, target=invitation)
    return user


def _open(invitation: Invitation) -> Invitation:
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not locked.is_open:
        raise Refused(str(_("This invitation was accepted or revoked in the meantime.")))
    return locked


def _hours() -> int:
    return int(settings.INVITATION_SECONDS // 3600)
