"""Writes events: the only way into the trail; must not know who may do what."""

from typing import Any

from django.db import models, transaction
from django.utils import timezone

from . import chain
from .context import current_address
from .models import ChainHead, Event

SYSTEM = "system"


class ChainBroken(Exception):
    """The trail has events but no believable head: nothing may be added until a person has looked."""


def record(action: str, *, actor: Any = None, target: Any = None, **detail: Any) -> Event:
    """Add one event to the trail, in the caller's transaction if there is one, and return it.

    `action` is `thing.done` ("notice.approved"); `actor` is anything with `pk` and `get_full_name()` or
    `str()`, None for the system itself; `target` is the model instance it was done to; `detail` is what else
    a reader would want to know, never a secret. Locks the head of the chain until the transaction ends, so
    call it last. Raises ChainBroken when the head has been removed.
    """
    with transaction.atomic():
        head = _locked_head()
        event = Event(
            sequence=head.sequence + 1,
            at=timezone.now(),
            action=action,
            ip=current_address()[:45],
            detail=chain.storable(detail),
            prev_hash=head.hash,
            **_actor(actor),
            **_target(target),
        )
        event.hash = chain.event_hash(event.hashed_fields())
        event.save(force_insert=True)
        _advance(head, event)
    return event


def _locked_head() -> ChainHead:
    return _head() or _first_head()


def _head() -> ChainHead | None:
    return ChainHead.objects.select_for_update().filter(pk=ChainHead.ONLY).first()


def _first_head() -> ChainHead:
    """Start the chain; two beginners meet on the primary key, and the second waits for the first."""
    if not Event.objects.exists():
        begin = {"sequence": 0, "hash": chain.GENESIS, "mac": chain.head_mac(0, chain.GENESIS)}
        ChainHead.objects.get_or_create(pk=ChainHead.ONLY, defaults=begin)
    # With events there must be a head: either somebody began while we looked, or it was taken away.
    head = _head()
    if head is None:
        raise ChainBroken("The audit trail has lost its head. Run manage.py verify_audit.")
    return head


def _advance(head: ChainHead, event: Event) -> None:
    head.sequence, head.hash = event.sequence, event.hash
    head.mac = chain.head_mac(event.sequence, event.hash)
    head.save()


def _actor(actor: Any) -> dict[str, Any]:
    if actor is None:
        return {"actor_id": None, "actor_name": SYSTEM}
    name = actor.get_full_name() if hasattr(actor, "get_full_name") else str(actor)
    return {"actor_id": actor.pk, "actor_name": chain.storable_text(name)[:200]}


def _target(target: Any) -> dict[str, str]:
    if target is None:
        return {}
    kind = target._meta.label_lower if isinstance(target, models.Model) else type(target).__name__.lower()
    return {
        "target_type": kind,
        "target_id": str(getattr(target, "pk", ""))[:64],
        "target_label": chain.storable_text(str(target))[:300],
    }
