"""Opens and closes incidents: keeps evidence, stops the account, has people called; looks at no post."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.recorder import record
from outbox.storable import storable, storable_json

from .. import locks
from ..alarms import calling
from ..enums import IncidentKind, Outcome
from ..models import Account, Drill, Evidence, Incident, KnownPost

QUIET = timedelta(minutes=10)
"""For so long nobody is called again about another incident of the same kind on the same account."""
LONGEST_URL = 1000
FLOOD = "more"
"""The subject of the one incident that stands for all posts beyond those with an incident of their own."""


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
            subject=storable(finding.subject, 500),
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
        if not _was_called_lately(incident):
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
            if (
                outcome == Outcome.OURS
                and incident.kind == IncidentKind.UNKNOWN_POST
                and by
                and (incident.subject != FLOOD)
            ):
                KnownPost.objects.get_or_create(
                    account_id=incident.account_id, remote_id=incident.subject, defaults={"accepted_by": by}
                )
    return bool(closed)


def subjects_of(account: Account, kind: IncidentKind, subjects: Collection[str]) -> set[str]:
    """Return those of these that were such an incident before, open or closed. One query."""
    before = Incident.objects.filter(account=account, kind=kind, subject__in=subjects)
    return set(before.values_list("subject", flat=True))


def open_count(account: Account, kind: IncidentKind) -> int:
    """Return how many such incidents are open. One query."""
    return Incident.objects.filter(account=account, kind=kind, closed_at__isnull=True).count()


def _was_called_lately(incident: Incident) -> bool:
    """People are called about the first of a flood, and again when it goes on; not for each drop."""
    lately = Incident.objects.filter(
        account=incident.account_id,
        kind=incident.kind,
        is_drill=incident.is_drill,
        closed_at__isnull=True,
        opened_at__gt=incident.opened_at - QUIET,
        alarms__isnull=False,
    )
    return lately.exclude(pk=incident.pk).exists()


def _columns(finding: Finding, *, is_drill: bool) -> dict[str, Any]:
    return {
        "summary": storable(finding.summary, 2000),
        "url": _web_page(finding.url),
        "happened_at": finding.happened_at,
        "is_drill": is_drill,
    }


def _web_page(url: str) -> str:
    """Return an address people may be led to; empty when it is none, or longer than any honest one."""
    clean = storable(url, LONGEST_URL + 1)
    return clean if len(clean) <= LONGEST_URL and clean.startswith(("https://", "http://")) else ""


def _keep(incident: Incident, clue: Clue) -> str:
    """Store one piece of evidence and return its hash: of the platform's answer and the words together."""
    data = storable_json(clue.data)
    text = storable(clue.text, 100_000)
    exact = json.dumps({"text": text, "data": data}, sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(exact.encode("utf-8", "replace")).hexdigest()
    Evidence.objects.create(
        incident=incident, label=storable(clue.label, 120), text=text, data=data, sha256=digest
    )
    return digest


def _noticed(drill: Drill, incident: Incident) -> None:
    """Write on the drill that the watch has found something; the first incident counts."""
    Drill.objects.filter(pk=drill.pk, detected_at__isnull=True).update(
        incident=incident, detected_at=incident.opened_at
    )
