"""Keeps staff's own words for accounts, as part of a draft; composes nothing and sends nothing."""

from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from updates import drafting
from updates.models import Edition

from .models import Wording
from .planning import accounts_for, wordings_of


@dataclass(frozen=True)
class Words:
    """What is decided for an account: own words (empty: the generated ones), in several posts, or none."""

    text: str = ""
    is_included: bool = True
    is_thread: bool = False


@transaction.atomic
def save_wordings(edition: Edition, chosen: dict[int, Words], *, seen_version: int, by: User) -> bool:
    """Write what was chosen, by account id; returns whether anything changed.

    A change makes `by` a contributor, who then may not approve the edition. Raises drafting.DraftChanged when
    somebody saved the draft first, drafting.DraftClosed when it is not editable, PermissionDenied.
    """
    current = drafting.locked_draft(edition, seen_version=seen_version, by=by)
    changed = _changed(current, chosen)
    for account_id, words in changed.items():
        _write(current, account_id, words)
    if changed:
        drafting.touch(current, by=by)
    return bool(changed)


def words_of(edition: Edition) -> dict[int, Words]:
    """Return what is decided now, for every account the edition goes to, by account id."""
    kept = wordings_of(edition)
    return {
        account.pk: _as_words(kept[account.pk]) if account.pk in kept else Words()
        for account in accounts_for(edition)
    }


def _as_words(kept: Wording) -> Words:
    return Words(kept.text, kept.is_included, kept.is_thread)


def _changed(edition: Edition, chosen: dict[int, Words]) -> dict[int, Words]:
    """Return what differs from what stands; accounts the edition does not go to are left out."""
    now = words_of(edition)
    return {pk: words for pk, words in chosen.items() if pk in now and words != now[pk]}


def _write(edition: Edition, account_id: int, words: Words) -> None:
    if words == Words():
        Wording.objects.filter(edition=edition, account_id=account_id).delete()
        return
    Wording.objects.update_or_create(
        edition=edition,
        account_id=account_id,
        defaults={"text": words.text, "is_included": words.is_included, "is_thread": words.is_thread},
    )
