"""Turns what the demo town's council asks and its people answer into steps of history."""

import random
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from feedback import moderation
from feedback.consultations import answering, closing, outcomes, stages, writing
from feedback.consultations.answering import Said
from feedback.consultations.transitions import Act
from feedback.enums import ItemKind, Via
from feedback.masking import mask
from feedback.models import Consultation, Item, Response

from . import data
from .notices import Step, Town

_WORDS = (
    "title introduction can_change impact decided_by other_formats access is_poll".split()  # noqa: SIM905
)
_MODERATORS = ("rosa.delgado", "femi.adebayo", "kit.barraclough")


def steps(town: Town) -> list[Step]:
    """Return everything that happened to each consultation, as steps to be run in the order of time."""
    return [
        step for number, row in enumerate(data.consultations()) for step in _Story(town, number, row).steps()
    ]


class _Story:
    """One consultation's way from the first draft to its outcome."""

    def __init__(self, town: Town, number: int, row: dict[str, Any]) -> None:
        self.town, self.row, self.label = town, row, f"consultation on {row['on']}"
        # The same town has the same answers.
        self.chance = random.Random(f"consultation {number}")  # noqa: S311 nothing secret hangs on it
        self.row_of: Consultation | None = None

    @property
    def consultation(self) -> Consultation:
        """The row, once it is written."""
        assert self.row_of is not None
        return Consultation.objects.get(pk=self.row_of.pk)

    def steps(self) -> Iterator[Step]:
        """Give its steps: written, published, answered, closed, decided."""
        moment = self.town.calendar.moment
        opens, closes = moment(self.row["opens"]), moment(self.row["closes"])
        yield Step(opens - timedelta(hours=3), 3, self.label, self.write)
        yield Step(opens - timedelta(hours=1), 3, self.label, self.publish)
        last = min(closes, self.town.calendar.now) - timedelta(minutes=40)
        for number in range(self.row["answers"]):
            part = (number + self.chance.random()) / self.row["answers"]
            at = opens + (last - opens) * part
            yield Step(at, 4, self.label, partial(self.answer, number, at))
        if closes < self.town.calendar.now:
            yield Step(closes, 5, self.label, self.close)
        if outcome := self.row.get("outcome"):
            yield Step(moment(outcome["written"]), 6, self.label, self.write_outcome)
            yield Step(moment(outcome["published"]), 6, self.label, self.publish_outcome)

    def write(self) -> None:
        """An officer writes it and sends it to a second person."""
        row, moment = self.row, self.town.calendar.moment
        writer = self.town.people[row["written_by"]]
        begun = writing.start(
            self.town.notices[row["on"]], by=writer, title=row["title"], is_poll=row.get("is_poll", False)
        )
        self.row_of = begun
        fields = {name: row[name] for name in _WORDS if name in row} | {
            "is_decided": row.get("decided", ""),
            "decides_on": moment(row["decides_on"]).date() if row.get("decides_on") else None,
            "opens_at": moment(row["opens"]),
            "closes_at": moment(row["closes"]),
        }
        writing.change(begun, by=writer, fields=fields, seen_version=begun.version)
        for item in row["item"]:
            writing.add_item(self.consultation, by=writer, fields=_item(item))
        stages.perform(Act.SUBMIT, self.consultation, by=writer)

    def publish(self) -> None:
        """A second person lets it out."""
        seen = self.consultation
        by = self.town.people[self.row["published_by"]]
        stages.perform(Act.PUBLISH, seen, by=by, seen_version=seen.version)

    def answer(self, number: int, at: Any) -> None:
        """Somebody answers; a moderator reads their words within the hour."""
        via = self._via(number)
        typist = None if via == Via.WEB else self.town.people[self.row["typed_by"]]
        ward = self.town.wards[self.row["wards"][number % len(self.row["wards"])]]
        row = Response(consultation=self.consultation, ward=ward, wants_outcome=number % 3 == 0)
        row.email = f"resident.{self.consultation.pk}.{number}@post.example" if number % 3 == 0 else ""
        said = {
            item.pk: self._said(item, number) for item in self.consultation.items.prefetch_related("options")
        }
        answering.save(row, {pk: each for pk, each in said.items() if each})
        paper = f"{number + 1:03}" if via == Via.PAPER else ""
        sent = answering.send(row, at=at, via=via, entered_by=typist, paper_number=paper)
        for remark in sent.remarks.all() if number % 9 else ():
            by = self.town.people[_MODERATORS[number % len(_MODERATORS)]]
            moderation.publish(remark, by=by, seen_version=remark.version, public_text=mask(remark.text))

    def _via(self, number: int) -> Via:
        paper, phone = self.row.get("paper", 0), self.row.get("phone", 0)
        return Via.PAPER if number < paper else Via.PHONE if number < paper + phone else Via.WEB

    def _said(self, item: Item, number: int) -> Said:
        row = self.row["item"][item.number - 1]
        options = list(item.options.all())
        weights = [option["weight"] for option in row.get("options", [])]
        if item.kind == ItemKind.CHOICE:
            return Said(options=(self.chance.choices(options, weights)[0].pk,))
        if item.kind == ItemKind.SEVERAL:
            picked = {option.pk for option in self.chance.choices(options, weights, k=2)}
            return Said(options=tuple(option.pk for option in options if option.pk in picked))
        if item.kind == ItemKind.RANKING:
            order = sorted(options, key=lambda option: -self.chance.random() * weights[option.number - 1])
            return Said(options=tuple(option.pk for option in order))
        if item.kind == ItemKind.RATING:
            return Said(number=self.chance.choices((1, 2, 3, 4, 5), (1, 2, 4, 4, 2))[0])
        return Said(text=row["said"][number] if number < len(row["said"]) else "")

    def close(self) -> None:
        """The minute beat closes it."""
        closing.close_due()

    def write_outcome(self) -> None:
        """The owner says what came of it, and offers it to a second person."""
        row, by = self.row["outcome"], self.town.people[self.row["written_by"]]
        fields = {
            name: row.get(name, "") for name in ("said", "decided", "changed", "not_changed", "decision_url")
        }
        outcome = outcomes.write(
            self.consultation, by=by, seen_version=0, fields={**fields, "is_no_change": False}
        )
        outcomes.offer(outcome, by=by)

    def publish_outcome(self) -> None:
        """The second person lets it out, and everybody who asked to hear is told."""
        outcome = self.consultation.outcome
        outcomes.publish(outcome, by=self.town.people[self.row["published_by"]], seen_version=outcome.version)


def _item(row: dict[str, Any]) -> dict[str, Any]:
    """Return a question as the form of the portal gives it."""
    names = ("kind", "words", "hint", "is_required", "low_label", "high_label")
    options = [
        {
            "words": option["words"],
            "details": "",
            "cost": option.get("cost"),
            "cost_note": option.get("cost_note", ""),
        }
        for option in row.get("options", [])
    ]
    return {
        **{name: row.get(name, "") for name in names},
        "is_required": row.get("is_required", False),
        "options": options,
    }
