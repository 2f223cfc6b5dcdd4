"""Writes the outcome of a consultation by one person and publishes it by another; must not write mails."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.recorder import record

from .. import permissions
from ..enums import Stage
from ..models import Consultation, Outcome
from . import stages, telling
from .stages import Refused, stale_sentence
from .transitions import Act

WORDS = ("said", "decided", "changed", "not_changed", "is_no_change", "decision_url")


def write(consultation: Consultation, *, by: Any, seen_version: int, fields: Mapping[str, Any]) -> Outcome:
    """Keep the words of the outcome; what waited for a second person is a draft again. Raises Refused.

    `seen_version` is that of the outcome the words are about, 0 for the first.
    """
    with transaction.atomic():
        fresh = _open_to(consultation, by)
        outcome = Outcome.objects.select_for_update(of=("self",)).filter(consultation=fresh).first()
        _check_version(outcome, seen_version)
        if outcome is None:
            outcome = Outcome(consultation=fresh, notice=fresh.notice, written_by=by, version=0)
        for name in WORDS:
            setattr(outcome, name, fields[name])
        outcome.version, outcome.offered_at = outcome.version + 1, None
        outcome.save()
        outcome.contributors.add(by)
        record("consultation.outcome_written", actor=by, target=fresh, version=outcome.version)
    return outcome


@transaction.atomic
def offer(outcome: Outcome, *, by: Any) -> Outcome:
    """Send it to a second person. Raises Refused while something is missing."""

    def change(row: Outcome) -> None:
        if lacking := missing(row):
            raise Refused(" ".join(lacking))
        row.offered_at, row.return_note = timezone.now(), ""
        row.contributors.add(by)

    row = _changed(outcome, by, change)
    record("consultation.outcome_offered", actor=by, target=outcome.consultation, version=row.version)
    return row


@transaction.atomic
def return_(outcome: Outcome, *, by: Any, note: str) -> Outcome:
    """Send it back to its writer with a reason. Raises Refused."""

    def change(row: Outcome) -> None:
        _check_second(row, by)
        if not note.strip():
            raise Refused(_("Write the reason."))
        row.offered_at, row.return_note = None, note.strip()[:1000]

    row = _changed(outcome, by, change)
    record("consultation.outcome_returned", actor=by, target=outcome.consultation, note=row.return_note)
    return row


def publish(outcome: Outcome, *, by: Any, seen_version: int) -> Outcome:
    """Make it public as a second person, and write to everybody who took part and wants to know.

    Whoever wrote a word of it may not. Raises Refused.
    """
    with transaction.atomic():
        fresh = _open_to(outcome.consultation, by)
        row = Outcome.objects.select_for_update(of=("self",)).get(pk=outcome.pk)
        _check_version(row, seen_version)
        _check_second(row, by)
        row.published_at, row.published_by = timezone.now(), by
        row.save(update_fields=["published_at", "published_by"])
        stages.perform(Act.DECIDE, fresh, by=by)
        telling.begin(row)
    return row


def why_not_publish(outcome: Outcome, by: Any) -> str:
    """Return the sentence that tells `by` why they may not publish it, or an empty text."""
    consultation = outcome.consultation
    if consultation is not None and not permissions.may_let_out(by, consultation.team):
        return _("An approver of %(team)s has to read and publish it.") % {"team": consultation.team}
    if outcome.written_by_id == by.pk or outcome.contributors.filter(pk=by.pk).exists():
        return _("You wrote a part of this, so somebody else has to publish it.")
    return ""


def missing(outcome: Outcome) -> list[str]:
    """Return what the outcome lacks before anybody else need read it, as sentences."""
    needed = [
        (outcome.said, _("Say what people said.")),
        (outcome.decided, _("Say what was decided.")),
        (outcome.is_no_change or outcome.changed, _("Say what changed, or that nothing did.")),
        (not outcome.is_no_change or outcome.not_changed, _("Say why nothing changed.")),
    ]
    return [sentence for value, sentence in needed if not value]


def _changed(outcome: Outcome, by: Any, change: Callable[[Outcome], None]) -> Outcome:
    """Make one change to the locked row, in the caller's transaction, and return it."""
    _open_to(outcome.consultation, by)
    row = Outcome.objects.select_for_update(of=("self",)).get(pk=outcome.pk)
    change(row)
    row.version += 1
    row.save()
    return row


def _check_version(outcome: Outcome | None, seen_version: int) -> None:
    if (outcome.version if outcome else 0) != seen_version:
        raise Refused(stale_sentence())


def _check_second(outcome: Outcome, by: Any) -> None:
    if outcome.offered_at is None:
        raise Refused(_("It is being written and does not wait for a second person."))
    if sentence := why_not_publish(outcome, by):
        raise Refused(sentence)


def _open_to(consultation: Consultation | None, by: Any) -> Consultation:
    """Return the consultation, locked, if its outcome may be written by this person now."""
    assert consultation is not None
    fresh = stages.locked(consultation)
    if not permissions.may_consult(by, fresh.team):
        raise Refused(_("Your roles do not allow this for %(team)s.") % {"team": fresh.team})
    if fresh.stage == Stage.DECIDED:
        raise Refused(_("The outcome is public, and is not changed any more."))
    if fresh.stage != Stage.CLOSED:
        raise Refused(_("First it has to close: an outcome before that would take no answer into account."))
    return fresh
