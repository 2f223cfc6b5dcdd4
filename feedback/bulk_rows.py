"""Knows which voices a person may decide in bulk, and why not the others; decides nothing."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from . import hidden_mail, listing, masking
from .bulk import What
from .enums import Status, Suspicion
from .models import Voice
from .moderation import Decision
from .permissions import moderated_teams
from .suspicion.repeated import is_worth_counting

_RELATED = ("notice__live_edition", "notice__team", "team", "moderated_by", "photo")


def read(rows: QuerySet[Any], most: int) -> list[Any]:
    """Return the first `most` of `rows`, what is due first on top, with all a decision needs. One query."""
    return list(rows.select_related(*_RELATED).order_by(*listing.DUE_FIRST)[:most])


def of_references(references: Iterable[str]) -> QuerySet[Any]:
    """Return what stands under `references`, whoever looks after it."""
    return listing.every().filter(reference__in=list(references))


def same_words(voice: Voice, teams: frozenset[int]) -> QuerySet[Any]:
    """Return what waits for one of `teams` in the same words as `voice`, itself included."""
    waiting = listing.every().filter(status=Status.WAITING, team__in=teams)
    return waiting.filter(text_print=voice.text_print) if _counts(voice) else waiting.filter(pk=voice.pk)


def times(voices: Iterable[Voice], teams: frozenset[int]) -> dict[str, int]:
    """Return how often the words of each waiting voice wait for `teams`, by print. One query, or none."""
    prints = {each.text_print for each in voices if each.status == Status.WAITING and _counts(each)}
    if not prints:
        return {}
    rows = listing.every().filter(status=Status.WAITING, team__in=teams, text_print__in=prints).order_by()
    return dict(rows.values_list("text_print").annotate(times=Count("pk")))


def _counts(voice: Voice) -> bool:
    return bool(voice.text_print) and is_worth_counting(voice.text)


def obstacles(voices: Sequence[Voice], what: What | None, user: Any) -> dict[Voice, str]:
    """Return the voices of `voices` that cannot be decided so, with why; without `what`, not in any way.

    Each must have been read with read().
    """
    teams = moderated_teams(user)
    are_same = len({each.text_print for each in voices}) == 1 and _counts(voices[0])
    found = ((each, _obstacle(each, what, teams, are_same=are_same)) for each in voices)
    return {voice: why for voice, why in found if why}


def _obstacle(voice: Voice, what: What | None, teams: frozenset[int], *, are_same: bool) -> str:
    if voice.team_id not in teams:
        return _("You are no moderator of the team that looks after it: %(team)s.") % {"team": voice.team}
    if voice.is_on_trust:
        return _("It is shown on trust. Look at it by itself.")
    if voice.status != Status.WAITING:
        return _("It does not wait for a decision: %(status)s.") % {"status": voice.get_status_display()}
    if voice.is_information_request:
        return _("It asks for recorded information, which has the law’s clock. Look at it by itself.")
    return _not_shown(voice, are_same=are_same) if what and what.decision is Decision.PUBLISH else ""


def _not_shown(voice: Voice, *, are_same: bool) -> str:
    # Copies doubt each other. Whoever decides about exactly these words has read them.
    if voice.suspicion == Suspicion.REPEATED and not are_same:
        return _(
            "The same words came many times. Decide about them alone: “The same words wait” leads there."
        )
    if voice.suspicion and voice.suspicion != Suspicion.REPEATED:
        doubt = voice.get_suspicion_display()
        return _("The portal doubts it, so it is shown only by itself: %(doubt)s.") % {"doubt": doubt}
    if hasattr(voice, "photo"):
        return _("A photo came with it. Look at both together.")
    pieces = masking.pieces(voice.text, voice.handle)
    if not any(sign.isalnum() for piece in pieces if not piece.label for sign in piece.text):
        return _("Nothing is left of its words once personal details are taken out.")
    return ""


def is_masked(voice: Voice) -> bool:
    """Say whether something is taken out of its words before they are shown."""
    return masking.has_personal_data(voice.text, voice.handle)


def told_by_mail(voices: Iterable[Voice]) -> int:
    """Return how many writers get a mail when these are hidden."""
    return sum(hidden_mail.may_be_told(each) for each in voices)


def by_words(voices: Iterable[Voice]) -> list[tuple[Voice, list[Voice]]]:
    """Return the voices in order, those in exactly the same words under the first of them."""
    groups: dict[tuple[str, str], list[Voice]] = {}
    for each in voices:
        name = each.handle if each.handle and each.handle.lower() in each.text.lower() else ""
        groups.setdefault((each.text, name), []).append(each)
    return [(group[0], group) for group in groups.values()]


def by_reason(refused: dict[Voice, str]) -> list[tuple[str, list[Voice]]]:
    """Return why rows are left out, each reason with its rows."""
    groups: dict[str, list[Voice]] = {}
    for voice, why in refused.items():
        groups.setdefault(why, []).append(voice)
    return list(groups.items())
