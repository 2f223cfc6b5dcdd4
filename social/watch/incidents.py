"""Opens and closes incidents: keeps evidence, stops the account, has people called; looks at no post."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.recorder import record
from outbox.storable import storable

from .. import locks
from ..alarms import calling
from ..enums import IncidentKind, Outcome
from ..models import Account, Drill, Evidence, Incident, KnownPost


@dataclass(frozen=True)
class Clue:
    """One piece of evidence: what was seen, in words and as the platform gave it."""

    label: str
    text: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """Something about an account that nobody here did; `subject` is the post or the part it is about."""

    kind: IncidentKind
    summary: str
    subject: str = ""
    url: str = ""
    happened_at: datetime | None = None
    stops: bool = False
    clues: Sequence[Clue] = ()


def open_one(account: Account, finding: Finding) -> Incident | None:
    """Open an incident, keep its evidence, stop the account if it should, and call people: all or nothing.

    Returns None when the same one is open already. Whom to call is written as rows; workers call them.
    """
    with transaction.atomic():
        # First the account, then the trail: in this order everything that stops an account takes them.
        Account.objects.select_for_update(no_key=True).get(pk=account.pk)
        drill = Drill.objects.filter(account=account, ended_at__isnull=True).first()
        incident, is_new = Incident.objects.get_or_create(
            account=account,
            kind=finding.kind,
            subject=finding.subject[:500],
            closed_at=None,
            defaults=_columns(finding, is_drill=drill is not None),
        )
        if not is_new:
            return None
        hashes = [_keep(incident, clue) for clue in finding.clues]
        if finding.stops and locks.lock(account, by=None, reason=finding.summary):
            Incident.objects.filter(pk=incident.pk).update(has_stopped=True)
        if drill:
            _noticed(drill, incident)
        record("incident.opened", target=incident, account=str(account), kind=finding.kind, evidence=hashes)
        calling.call_about(incident)
    return incident


def close(incident: Incident, *, by: User | None, outcome: Outcome, note: str) -> bool:
    """Say what an incident was (by=None: the portal saw it pass); False when it was closed already.

    A post that turns out to be ours is remembered, and never again an incident.
    """
    with transaction.atomic():
        Account.objects.select_for_update(no_key=True).get(pk=incident.account_id)
        still_open = Incident.objects.filter(pk=incident.pk, closed_at__isnull=True)
        closed = still_open.update(
            closed_at=timezone.now(), closed_by=by, outcome=outcome, closing_note=storable(note, 2000)
        )
        if closed:
            record("incident.closed", actor=by, target=incident, outcome=outcome, note=note)
            if outcome == Outcome.OURS and incident.kind == IncidentKind.UNKNOWN_POST and by:
                KnownPost.objects.get_or_create(
                    account_id=incident.account_id, remote_id=incident.subject, defaults={"accepted_by": by}
                )
    return bool(closed)


def has_been(account: Account, kind: IncidentKind, subject: str) -> bool:
    """Say whether this very thing was an incident before, open or closed: nobody is called twice about it."""
    return Incident.objects.filter(account=account, kind=kind, subject=subject[:500]).exists()


def _columns(finding: Finding, *, is_drill: bool) -> dict[str, Any]:
    return {
        "summary": storable(finding.summary, 2000),
        "url": finding.url if finding.url.startswith(("https://", "http://")) else "",
        "happened_at": finding.happened_at,
        "is_drill": is_drill,
    }


def _keep(incident: Incident, clue: Clue) -> str:
    """Store one piece of evidence and return its hash: of the platform's answer and the words together."""
    data = json.loads(json.dumps(dict(clue.data), default=str).replace("\\u0000", ""))
    text = storable(clue.text, 100_000)
    exact = json.dumps({"text": text, "data": data}, sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(exact.encode("utf-8", "replace")).hexdigest()
    Evidence.objects.create(incident=incident, label=clue.label[:120], text=text, data=data, sha256=digest)
    return digest


def _noticed(drill: Drill, incident: Incident) -> None:
    """Write on the drill that the watch has found something; the first incident counts."""
    Drill.objects.filter(pk=drill.pk, detected_at__isnull=True).update(
        incident=incident, detected_at=incident.opened_at
    )
