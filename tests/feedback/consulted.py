"""Dull makers of consultations: one of each kind of question, public and open unless said otherwise."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from feedback import identity
from feedback.consultations import answering
from feedback.consultations.answering import Said
from feedback.enums import ItemKind, Stage
from feedback.models import Consultation, Item, Option, Outcome, Response
from tests import factories
from tests.factories import Cast

WORDS = {
    "title": "What should become of the Corn Hall?",
    "introduction": "The Corn Hall needs a new roof.",
    "can_change": "What the hall is used for.",
    "is_decided": "That it stays open.",
    "impact": "Groups that meet there; the lift is kept.",
    "decided_by": "the cabinet",
}


def consultation(cast: Cast, **fields: Any) -> Consultation:
    """Make a consultation on a project that opened an hour ago and closes in an hour."""
    now = timezone.now()
    words = {
        **WORDS,
        "opens_at": now - timedelta(hours=1),
        "closes_at": now + timedelta(hours=1),
        "stage": Stage.OPEN,
        "published_at": now - timedelta(hours=1),
        "published_by": cast.approver,
        "opened_at": now - timedelta(hours=1),
        **fields,
    }
    notice = words.pop("notice", None) or factories.live(cast, "project").notice
    return Consultation.objects.create(
        notice=notice, team=cast.team, owner=cast.author, written_by=cast.author, **words
    )


def item(of: Consultation, kind: str = ItemKind.TEXT, *options: str, **fields: Any) -> Item:
    """Add the next question, with its options."""
    number = of.items.count() + 1
    made = Item.objects.create(
        consultation=of, number=number, kind=kind, **{"words": f"Question {number}?", **fields}
    )
    for place, words in enumerate(options, start=1):
        Option.objects.create(item=made, number=place, words=words)
    return made


def all_kinds(of: Consultation) -> list[Item]:
    """Add one question of each kind; the first must be answered."""
    return [
        item(of, ItemKind.CHOICE, "Repair it", "Sell it", is_required=True),
        item(of, ItemKind.SEVERAL, "Theatre", "Library", "Market"),
        item(of, ItemKind.RATING, low_label="not at all", high_label="very much"),
        item(of, ItemKind.RANKING, "Roof", "Heating", "Lift"),
        item(of, ItemKind.TEXT),
    ]


def started(of: Consultation, said: dict[int, Said] | None = None, **fields: Any) -> Response:
    """Save an answer without sending it."""
    row = Response(consultation=of, person=identity.nobody(), **fields)
    return answering.save(row, said or {})


def answered(of: Consultation, said: dict[int, Said] | None = None, **fields: Any) -> Response:
    """Save an answer and send it now."""
    return answering.send(started(of, said, **fields), at=timezone.now())


def closed(of: Consultation) -> Consultation:
    """Close it as the beat does, an hour after now or earlier."""
    of.stage, of.closed_at = Stage.CLOSED, timezone.now()
    of.opens_at, of.closes_at = of.opens_at - timedelta(hours=2), timezone.now() - timedelta(minutes=1)
    of.save()
    return of


def outcome(of: Consultation, cast: Cast, **fields: Any) -> Outcome:
    """Make a public outcome of a closed consultation."""
    words = {
        "said": "Repair it.",
        "decided": "It is repaired.",
        "changed": "The roof comes first.",
        "published_at": timezone.now(),
        "published_by": cast.approver,
        **fields,
    }
    made = Outcome.objects.create(consultation=of, notice=of.notice, written_by=cast.author, **words)
    Consultation.objects.filter(pk=of.pk).update(stage=Stage.DECIDED)
    return made
