"""What residents read of a consultation, without clock or visitor; must not take answers."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import retention
from ..enums import Access, ItemKind, ResponseState, Stage
from ..models import Consultation, Extension, Item, Outcome, Remark
from . import results, stages

# Where it stands for residents: (word, tone of the tag). The beat's row tells "coming" from "open".
STANDINGS: dict[str, tuple[str | Promise, str]] = {
    "coming": (gettext_lazy("Opens soon"), "project"),
    "open": (gettext_lazy("Open"), "ok"),
    "closed": (gettext_lazy("Closed: we owe you the outcome"), "warn"),
    "decided": (gettext_lazy("Decided"), "brand"),
    "cancelled": (gettext_lazy("Called off"), "neutral"),
}
_HOW_OFTEN: dict[str, str | Promise] = {
    Access.OPEN: gettext_lazy("Anybody may answer, once from each browser. You need no account."),
    Access.EMAIL: gettext_lazy(
        "One answer for each e-mail address. It counts once you have confirmed the address, before it closes."
    ),
    Access.CODE: gettext_lazy(
        "You need the code from the letter we sent you. Each code is good for one answer."
    ),
}
# Some of what people wrote stands under its question; the rest has pages of its own.
WORDS_SHOWN = 3


def public() -> QuerySet[Consultation]:
    """Return every consultation residents may read of, with what its line in a list shows."""
    rows = stages.was_public(Consultation.objects.all())
    return rows.select_related("notice__live_edition", "notice__team", "team", "outcome")


def standing(consultation: Consultation) -> str:
    """Return where it stands, as a key of STANDINGS; before publication as if it were to open."""
    if consultation.stage == Stage.CANCELLED:
        return "cancelled"
    if consultation.stage in (Stage.DECIDED, Stage.ARCHIVED):
        return "decided"
    if consultation.stage == Stage.CLOSED:
        return "closed"
    return "open" if consultation.opened_at else "coming"


def line(consultation: Consultation) -> dict[str, Any]:
    """Return what a card or a line in a list shows of it."""
    word, tone = STANDINGS[standing(consultation)]
    return {
        "consultation": consultation,
        "notice": consultation.notice,
        "word": word,
        "tone": tone,
        "outcome": outcome_of(consultation),
    }


def outcome_of(consultation: Consultation) -> Outcome | None:
    """Return its outcome once it is public."""
    outcome = getattr(consultation, "outcome", None)
    return outcome if outcome and outcome.published_at else None


def items_of(consultation: Consultation) -> list[Item]:
    """Return its questions with their options. Two queries."""
    return list(consultation.items.prefetch_related("options"))


def page(consultation: Consultation) -> dict[str, Any]:
    """Return all that a consultation's page shows; the same for its preview. Twelve queries at most."""
    stands = standing(consultation)
    word, tone = STANDINGS[stands]
    is_over = stands in ("closed", "decided")
    return {
        "consultation": consultation,
        "notice": consultation.notice,
        "items": items_of(consultation),
        "standing": stands,
        "standing_word": word,
        "standing_tone": tone,
        "takes_answers": stands in ("coming", "open"),
        "how_often": _HOW_OFTEN[consultation.access],
        "extensions": _extensions(consultation),
        "outcome": outcome_of(consultation),
        "results": shown_results(consultation) if is_over else [],
        "taken": results.taken_part(consultation) if is_over else None,
        "nav": "say",
        "months_kept": retention.months_kept(),
        "crumbs": [
            (_("Home"), "/"),
            (consultation.notice.title, consultation.notice.get_absolute_url()),
            (consultation.title, None),
        ],
    }


def _extensions(consultation: Consultation) -> list[Extension]:
    return list(consultation.extensions.filter(agreed_at__isnull=False).order_by("agreed_at"))


def shown_results(consultation: Consultation) -> list[tuple[results.ItemResult, list[Remark]]]:
    """Return what came of each question, with the newest words under those asked for in words."""
    found = results.of_items(consultation)
    ids = [each.item.pk for each in found if each.item.kind == ItemKind.TEXT]
    words: dict[int, list[Remark]] = {pk: list(_newest(remarks(consultation).filter(item=pk))) for pk in ids}
    return [(each, words.get(each.item.pk, [])) for each in found]


def remarks(consultation: Consultation) -> QuerySet[Any]:
    """Return what moderators decided about the words of counted answers: shown, or hidden with a reason."""
    return Remark.objects.told().filter(
        response__consultation=consultation, response__state=ResponseState.COUNTED
    )


def _newest(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.filter(hidden_reason="").order_by("-received_at", "-id")[:WORDS_SHOWN]
