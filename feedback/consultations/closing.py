"""Closes consultations at their time, or later if two people agree; moves no stage by itself."""

import datetime as dt
import logging
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recorder import record

from .. import permissions
from ..enums import Stage
from ..models import Consultation, Extension
from . import stages
from .stages import Refused
from .transitions import Act
from .waiting import open_extension

logger = logging.getLogger(__name__)


def close_due(at: dt.datetime | None = None) -> int:
    """Close every open consultation whose closing time has come by `at` (now); return how many.

    Only the row changes here: an answer is compared with closes_at itself, so a late beat lets none in. One
    consultation's trouble never keeps another open.
    """
    at = at or timezone.now()
    due = Consultation.objects.filter(stage=Stage.OPEN, closes_at__lte=at).order_by("closes_at", "pk")
    return sum(_closed(consultation, at) for consultation in due)


def _closed(consultation: Consultation, at: dt.datetime) -> bool:
    try:
        stages.perform(Act.CLOSE, consultation, by=None, at=at)
    except Refused:
        # Somebody closed it, or let it stay open longer, at this very moment.
        return False
    except Exception:
        logger.exception("%s could not be closed", consultation)
        return False
    return True


def ask_longer(consultation: Consultation, *, closes_at: dt.datetime, reason: str, by: Any) -> Extension:
    """Ask a second person to keep it open until `closes_at`; the reason will be public. Raises Refused."""
    with transaction.atomic():
        fresh = stages.locked(consultation)
        _check_open(fresh)
        if not permissions.may_consult(by, fresh.team):
            raise Refused(_("Your roles do not allow this for %(team)s.") % {"team": fresh.team})
        if closes_at <= fresh.closes_at:
            raise Refused(_("It can only close later, never earlier: people rely on the day they were told."))
        if open_extension(fresh):
            raise Refused(_("A later closing time waits for a second person already."))
        made = Extension.objects.create(
            consultation=fresh,
            closes_at=closes_at,
            closed_before_at=fresh.closes_at,
            reason=reason,
            asked_by=by,
        )
        record("consultation.longer_asked", actor=by, target=fresh, until=closes_at, reason=reason)
    return made


def agree(extension: Extension, *, by: Any) -> Consultation:
    """Let it stay open longer, as a second person; the page says so from now on. Raises Refused."""
    with transaction.atomic():
        fresh, row = _locked(extension, by)
        _check_open(fresh)
        if row.asked_by_id == by.pk:
            raise Refused(_("You asked for this, so somebody else has to agree."))
        row.agreed_by, row.agreed_at = by, timezone.now()
        row.save(update_fields=["agreed_by", "agreed_at"])
        fresh.closes_at, fresh.version = row.closes_at, fresh.version + 1
        fresh.save(update_fields=["closes_at", "version"])
        record("consultation.longer_agreed", actor=by, target=fresh, until=row.closes_at, reason=row.reason)
    return fresh


def refuse(extension: Extension, *, by: Any) -> None:
    """Leave the closing time as it is: a second person says no, or the one who asked takes it back."""
    with transaction.atomic():
        fresh, row = _locked(extension, by)
        row.refused_at = timezone.now()
        row.save(update_fields=["refused_at"])
        record("consultation.longer_refused", actor=by, target=fresh, until=row.closes_at)


def _locked(extension: Extension, by: Any) -> tuple[Consultation, Extension]:
    # The consultation first, everywhere: two people can never wait for each other.
    fresh = stages.locked(extension.consultation)
    row = Extension.objects.select_for_update(of=("self",)).get(pk=extension.pk)
    if row.agreed_at or row.refused_at:
        raise Refused(_("This was decided already."))
    if not permissions.may_let_out(by, fresh.team) and row.asked_by_id != by.pk:
        raise Refused(_("An approver of %(team)s has to agree.") % {"team": fresh.team})
    return fresh, row


def _check_open(consultation: Consultation) -> None:
    if consultation.stage != Stage.OPEN or consultation.closes_at <= timezone.now():
        raise Refused(_("It is closed. What is closed is not opened again."))
