"""Calendars as programs of other people read them: vobject, and icalendar with dateutil."""

import re
from datetime import UTC, datetime
from typing import Any

import icalendar
import vobject
from dateutil.rrule import rruleset, rrulestr

from look import times


def read_by_vobject(content: bytes) -> dict[str, list[tuple[datetime, datetime]]]:
    """Return the times of each UID as vobject expands them, exceptions and single odd dates included."""
    found: dict[str, dict[datetime, tuple[datetime, datetime]]] = {}
    masters, odd = _split(vobject.readOne(content.decode()).contents.get("vevent", []))
    for entry in masters:
        starts = _starts_by_vobject(entry)
        length = _utc(entry.dtend.value) - _utc(entry.dtstart.value)
        found[entry.uid.value] = {start: (start, start + length) for start in starts}
    for entry in odd:
        instead_of = _utc(entry.contents["recurrence-id"][0].value)
        assert instead_of in found[entry.uid.value], "a date that the rule does not know"
        span = (_utc(entry.dtstart.value), _utc(entry.dtend.value))
        found[entry.uid.value][instead_of] = span
    return {uid: sorted(spans.values()) for uid, spans in found.items()}


def read_by_dateutil(content: bytes) -> dict[str, list[tuple[datetime, datetime]]]:
    """Return the same as icalendar reads it and dateutil expands it."""
    found: dict[str, dict[datetime, tuple[datetime, datetime]]] = {}
    entries = list(icalendar.Calendar.from_ical(content).walk("VEVENT"))
    for entry in (each for each in entries if "RECURRENCE-ID" not in each):
        starts = _expanded(entry)
        length = _utc(entry.end) - _utc(entry.start)
        found[str(entry["UID"])] = {start: (start, start + length) for start in starts}
    for entry in (each for each in entries if "RECURRENCE-ID" in each):
        span = (_utc(entry.start), _utc(entry.end))
        found[str(entry["UID"])][_utc(entry["RECURRENCE-ID"].dt)] = span
    return {uid: sorted(spans.values()) for uid, spans in found.items()}


def _expanded(entry: Any) -> list[datetime]:
    if "RRULE" not in entry:
        return [_utc(entry.start)]
    rules = rruleset()
    rules.rrule(rrulestr(entry["RRULE"].to_ical().decode(), dtstart=entry.start))
    excepted = entry.get("EXDATE", [])
    for several in excepted if isinstance(excepted, list) else [excepted]:
        for each in several.dts:
            rules.exdate(each.dt)
    return [_utc(start) for start in rules]


def _split(entries: list[Any]) -> tuple[list[Any], list[Any]]:
    odd = [entry for entry in entries if "recurrence-id" in entry.contents]
    return [entry for entry in entries if entry not in odd], odd


def _starts_by_vobject(entry: Any) -> list[datetime]:
    """Expand a rule by the clock on the wall: vobject's zones would keep the first date's offset."""
    first = entry.dtstart.value
    if "rrule" not in entry.contents:
        return [_utc(first)]
    rule, until = re.sub(r";UNTIL=(\w+)", "", entry.rrule.value), re.search(r"UNTIL=(\w+)", entry.rrule.value)
    last = datetime.strptime(until[1], "%Y%m%dT%H%M%S%z").astimezone(times.zone()).replace(tzinfo=None)
    rules = rruleset()
    rules.rrule(rrulestr(rule, dtstart=first.replace(tzinfo=None)).replace(until=last))
    for line in entry.contents.get("exdate", []):
        for day in line.value:
            rules.exdate(day.replace(tzinfo=None))
    return [_utc(first.tzinfo.localize(naive)) for naive in rules]


def _utc(moment: datetime) -> datetime:
    return moment.astimezone(UTC)


class Subscriber:
    """A calendar program that keeps what it fetched: by UID, the entry with the highest SEQUENCE."""

    def __init__(self) -> None:
        """Start empty."""
        self.kept: dict[str, Any] = {}

    def take(self, content: bytes) -> None:
        """Take in a file as RFC 5546 (2.1.5) says: only what is newer replaces what is there."""
        for entry in icalendar.Calendar.from_ical(content).walk("VEVENT"):
            uid = str(entry["UID"])
            if uid not in self.kept or entry["SEQUENCE"] > self.kept[uid]["SEQUENCE"]:
                self.kept[uid] = entry
