"""Turns the demo notices into steps of history, each made through the portal's real doors."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from accounts.models import Team, User
from places.models import Street, Ward
from updates import drafting
from updates.content import content_hash
from updates.documents import keeping
from updates.enums import Severity, Urgency
from updates.forms import area as area_form
from updates.models import Edition, Notice, Picture
from updates.pictures import take_in
from updates.transitions import Action
from updates.workflow import perform

from . import data, rows
from .moments import Calendar

_WORDS = ["title", "summary", "body", "urgency", "severity"]
_INHERITED = [*_WORDS, "wards", "borough_wide", "streets", "expires"]
_DETAIL_MOMENTS = {
    "since": "since_at",
    "estimate_from": "estimate_from_at",
    "estimate_to": "estimate_to_at",
    "next_update_by": "next_update_by_at",
    "restored": "restored_at",
    "planned_from": "planned_from_at",
    "planned_to": "planned_to_at",
    "starts": "starts_at",
    "ends": "ends_at",
}
_DETAIL_DAYS = {"repeats_until": "repeats_until_on", "except_on": "except_on"}
_WENT_LIVE = {"published", "superseded", "withdrawn", "expired"}


Happening = tuple[datetime, Callable[[], object]]


class Step(NamedTuple):
    """Something that happened at a moment."""

    at: datetime
    order: int
    label: str
    do: Callable[[], object]


@dataclass
class Town:
    """What the steps need to find each other."""

    calendar: Calendar
    wards: dict[str, Ward]
    teams: dict[str, Team]
    people: dict[str, User]
    notices: dict[str, Notice]
    published: Callable[[Edition], None]
    # When each notice first went live, by its slug; filled as its steps are made.
    live_at: dict[str, datetime] = field(default_factory=dict)

    def moment(self, row: dict[str, Any], key: str) -> datetime | None:
        """Return the moment under `key`, if the row has one."""
        return self.calendar.moment(row[key]) if row.get(key) else None


def steps(town: Town, notice: dict[str, Any]) -> list[Step]:
    """Return everything that happened to `notice`, as steps to be run in the order of time."""
    story: list[Step] = []
    inherited: dict[str, Any] = {}
    before: datetime | None = None
    for number, row in enumerate(notice["edition"], start=1):
        details = {**inherited.get(notice["kind"], {}), **row.get(notice["kind"], {})}
        kept = {key: inherited[key] for key in _INHERITED if key in inherited}
        if "wards" in row:
            kept.pop("borough_wide", None)
        if row.get("borough_wide"):
            kept.pop("wards", None)
        inherited = {**kept, **row, notice["kind"]: details}
        edition = _EditionStory(town, notice, inherited | {"number": number}, before)
        story += edition.steps()
        before = edition.times["published"]
        town.live_at.setdefault(notice["slug"], before)
    return story


class _EditionStory:
    """One edition's way through the workflow."""

    def __init__(
        self, town: Town, notice: dict[str, Any], row: dict[str, Any], before: datetime | None
    ) -> None:
        self.town, self.notice, self.row = town, notice, row
        self.times = self._times(before)
        self.author = town.people[row.get("author", notice["author"])]
        self.approver = town.people[row.get("approver", notice.get("approver", notice["author"]))]
        self.edition: Edition | None = None

    def steps(self) -> list[Step]:
        """Return the edition's steps."""
        times = self.times
        story: list[Happening] = [(times["written"], self._write)]
        status = self.row["status"]
        if self.row.get("urgent"):
            story += [(times["published"], self._publish_urgently)]
            story += self._when("second_checked", self._second_check)
        elif status not in ("draft", "discarded"):
            story += [(times["submitted"], self._act(Action.SUBMIT))]
            if status not in ("submitted", "returned"):
                story += [(times["approved"], self._approve)]
            if status in _WENT_LIVE:
                story += [(times["published"], self._act(Action.PUBLISH, after=self.town.published))]
        story += self._when("returned", self._return)
        story += self._when("withdrawn", self._withdraw) if status == "withdrawn" else []
        story += self._when("discarded", self._act(Action.DISCARD))
        if status == "scheduled":
            story += [(times["approved"] + timedelta(minutes=1), self._schedule)]
        if status == "expired":
            story += self._when("expires", self._expire)
        label = f"{self.notice['slug']} {self.row['number']} ({status})"
        return [Step(at, index, label, do) for index, (at, do) in enumerate(story)]

    def _when(self, key: str, do: Callable[[], object]) -> list[Happening]:
        at = self.town.moment(self.row, key)
        return [(at, do)] if at else []

    def _times(self, before: datetime | None) -> dict[str, datetime]:
        """Fill in the moments the data leaves out (see the demo's README); nothing starts before `before`."""
        read = self.town.moment
        live = read(self.row, "published")
        approved = read(self.row, "approved") or (live - timedelta(minutes=10) if live else None)
        anchor = (
            approved or read(self.row, "submitted") or read(self.row, "written") or self.town.calendar.now
        )
        submitted = read(self.row, "submitted") or anchor - timedelta(minutes=25 if approved else 0)
        written = read(self.row, "written") or min(anchor - timedelta(minutes=60), submitted)
        if before:
            written = max(written, before + timedelta(minutes=1))
            submitted = max(submitted, written + timedelta(minutes=1))
        return {
            "written": written,
            "submitted": submitted,
            "approved": approved or anchor,
            "published": live or anchor,
        }

    # --- what happens at each step ---

    def _write(self) -> None:
        slug = self.notice["slug"]
        if self.row["number"] == 1:
            team = self.town.teams[self.notice["team"]]
            started = drafting.start_notice(team=team, kind=self.notice["kind"], by=self.author)
            self.town.notices[slug] = started.notice
        else:
            self.town.notices[slug].refresh_from_db()
            started = drafting.start_edition(self.town.notices[slug], by=self.author)
        area, wards = self._where()
        self.edition = drafting.save_draft(
            started,
            seen_version=started.version,
            by=self.author,
            fields={**self._fields(), "area": area},
            wards=wards,
            streets=Street.objects.filter(name__in=self.row.get("streets", [])),
            detail=self._detail(),
            rows=rows.of(self.row, self.town.calendar),
        )
        for document in self.row.get("documents", []):
            self._add(document)

    def _where(self) -> tuple[dict[str, Any] | None, list[Ward]]:
        """Return the drawn area and the wards, read as the editor's form reads them."""
        named = [self.town.wards[key] for key in self.row.get("wards", [])]
        drawn = self.row.get("area")
        if drawn is None:
            return None, named
        corners = "\n".join(f"{latitude}, {longitude}" for latitude, longitude in drawn.get("corners", []))
        how = area_form.CORNERS if corners else area_form.ROUND
        typed = {"area_how": how, "area_corners": corners}
        area, touched = area_form.read(
            {**typed, "area_metres": drawn.get("metres"), "area_place": drawn.get("around")}
        )
        return area, list({*named, *touched})

    def _add(self, document: dict[str, str]) -> None:
        assert self.edition is not None
        content, seen = data.document(document["file"]), self.edition.version
        upload = io.BytesIO(content)
        keeping.add(self.edition, upload, len(content), document["title"], seen_version=seen, by=self.author)
        self.edition.refresh_from_db()

    def _fields(self) -> dict[str, Any]:
        fill = self.town.calendar.fill
        return {
            "title": fill(self.row["title"]),
            "summary": fill(self.row["summary"]),
            "body": fill(self.row.get("body", "")),
            "change_note": fill(self.row.get("change_note", "")),
            "is_minor": self.row.get("minor", False),
            "is_correction": self.row.get("correction", False),
            "urgency": Urgency[self.row.get("urgency", "normal").upper()],
            "severity": Severity[self.row.get("severity", "moderate").upper()],
            "is_borough_wide": self.row.get("borough_wide", False),
            "expires_at": self.town.moment(self.row, "expires"),
            "review_on": self._review_on(),
            "picture": self._picture(),
            "alt_text": self.notice.get("alt", "") if self.notice.get("picture") else "",
        }

    def _review_on(self) -> date | None:
        at = self.town.moment(self.row, "review")
        return at.astimezone(self.town.calendar.zone).date() if at else None

    def _picture(self) -> Picture | None:
        if not self.notice.get("picture"):
            return None
        path = data.picture(self.notice["picture"])
        with path.open("rb") as file:
            return take_in(file, path.stat().st_size, self.author)

    def _detail(self) -> dict[str, Any] | None:
        raw = self.row.get(self.notice["kind"])
        if not raw:
            return None
        fill, moment = self.town.calendar.fill, self.town.calendar.moment
        plain = {key: value for key, value in raw.items() if key not in _DETAIL_DAYS}
        found = {
            _DETAIL_MOMENTS.get(key, key): (
                (moment(value) if value else None)
                if key in _DETAIL_MOMENTS
                else fill(value)
                if isinstance(value, str)
                else value
            )
            for key, value in plain.items()
        }
        return found | {_DETAIL_DAYS[key]: self._days(raw[key]) for key in raw.keys() - plain.keys()}

    def _days(self, said: str | list[str]) -> date | list[str]:
        """Return one day, or a list of days as the database keeps them."""
        if isinstance(said, list):
            return sorted(self.town.calendar.moment(each).date().isoformat() for each in said)
        return self.town.calendar.moment(said).date()

    def _act(self, action: Action, after: Callable[[Edition], None] | None = None) -> Callable[[], object]:
        def act() -> None:
            assert self.edition is not None
            self.edition = perform(action, self.edition, by=self.author)
            if after:
                after(self.edition)

        return act

    def _approve(self) -> None:
        assert self.edition is not None
        seen = content_hash(self.edition)
        note = self.row.get("approval_reason", "These are the council's own details, meant to be public.")
        self.edition = perform(Action.APPROVE, self.edition, by=self.approver, seen_hash=seen, note=note)

    def _return(self) -> None:
        assert self.edition is not None
        note = self.town.calendar.fill(self.row["return_reason"])
        self.edition = perform(Action.RETURN, self.edition, by=self.approver, note=note)

    def _schedule(self) -> None:
        assert self.edition is not None
        at = self.town.moment(self.row, "publish_at")
        self.edition = perform(Action.SCHEDULE, self.edition, by=self.approver, publish_at=at)

    def _publish_urgently(self) -> None:
        assert self.edition is not None
        self.edition = perform(Action.PUBLISH_URGENTLY, self.edition, by=self.author)
        self.town.published(self.edition)

    def _second_check(self) -> None:
        assert self.edition is not None
        checker = self.town.people[self.row["checked_by"]]
        seen = content_hash(self.edition)
        self.edition = perform(Action.SECOND_CHECK, self.edition, by=checker, seen_hash=seen)

    def _withdraw(self) -> None:
        assert self.edition is not None
        note = self.town.calendar.fill(self.row["withdraw_reason"])
        self.edition = perform(Action.WITHDRAW, self.edition, by=self.approver, note=note)

    def _expire(self) -> None:
        assert self.edition is not None
        self.edition = perform(Action.EXPIRE, self.edition, by=None)
