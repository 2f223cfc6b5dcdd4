"""Reads the whole trail and says where it first stops being believable; must not repair anything."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from . import chain, triggers
from .models import ChainHead, Event

CHUNK = 2000


@dataclass(frozen=True)
class Verdict:
    """What checking the trail found: how many events are good, how they end, and the first thing wrong."""

    events: int
    last_hash: str
    problem: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problem


class _Broken(Exception):
    pass


def verify() -> Verdict:
    """Check every event, their links, the head and the triggers. Memory does not grow with the trail."""
    good, last = 0, chain.GENESIS
    try:
        for event in _events():
            _check(event, good, last)
            good, last = event.sequence, event.hash
        _check_head(good, last)
        _check_triggers()
    except _Broken as problem:
        return Verdict(good, last, str(problem))
    return Verdict(good, last)


def _events() -> Iterator[Event]:
    return Event.objects.order_by("sequence").iterator(chunk_size=CHUNK)


def _check(event: Event, good: int, last: str) -> None:
    if event.sequence != good + 1:
        raise _Broken(f"Gap: event {good + 1} is missing (the next one is {event.sequence}).")
    if not chain.same(event.prev_hash, last):
        raise _Broken(f"Event {event.sequence} does not follow from event {good}.")
    if not chain.same(event.hash, chain.event_hash(event.hashed_fields())):
        raise _Broken(f"Event {event.sequence} ({event.action}) was changed after it was written.")


def _check_head(good: int, last: str) -> None:
    head = ChainHead.objects.filter(pk=ChainHead.ONLY).first()
    if head is None:
        if good:
            raise _Broken(f"The head of the chain is gone: what came after event {good} cannot be known.")
        return
    if not chain.same(head.mac, chain.head_mac(head.sequence, head.hash)):
        raise _Broken("The head of the chain was changed by something other than the portal.")
    if head.sequence > good:
        raise _Broken(f"Cut tail: events {good + 1} to {head.sequence} are missing.")
    if head.sequence < good or not chain.same(head.hash, last):
        raise _Broken(f"Event {head.sequence + 1} stands after the head of the chain.")


def _check_triggers() -> None:
    gone = sorted(triggers.missing(connection))
    if gone:
        raise _Broken(f"The database no longer refuses changes: {', '.join(gone)} missing.")
