"""Takes in what people wrote on social platforms, many at once and each once; must not moderate."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from updates.conversation import Heard
from updates.drafting import REFERENCE_ATTEMPTS
from updates.models import new_reference

from . import suspicion
from .models import FEEDBACK_MAX, Feedback, Question, Voice

NAME_MAX = 120


class Inbox:
    """What feedback does for the room that collects (updates.conversation.Listener)."""

    def receive(self, heard: Sequence[Heard]) -> dict[str, str]:
        """Keep each of `heard` for a moderator, once; return the reference each has, by its key."""
        for _attempt in range(REFERENCE_ATTEMPTS):
            known = references([each.key for each in heard])
            new = [each for each in heard if each.key not in known]
            try:
                with transaction.atomic():
                    return known | _keep(Question, new) | _keep(Feedback, new)
            except IntegrityError:
                # Somebody took in the same words, or drew the same reference, at this moment: look again.
                continue
        raise RuntimeError("No free reference was found: the alphabet or the length has to grow.")


def references(keys: list[str]) -> dict[str, str]:
    """Return the references of what was taken in under `keys`. One query."""
    rows = Voice.objects.filter(source_key__in=keys).values_list("source_key", "reference")
    return {str(key): reference for key, reference in rows}


def _keep(model: type[Voice], heard: list[Heard]) -> dict[str, str]:
    """Write one row for each of `heard` that belongs into `model`."""
    mine = {each.key: each for each in heard if each.is_question == (model is Question)}
    drawn = _free_references(model, len(mine))
    rows = [_row(model, each, reference) for each, reference in zip(mine.values(), drawn, strict=True)]
    for row, doubt in zip(rows, suspicion.of_each(rows), strict=True):
        row.suspicion = doubt
    Voice.objects.bulk_create(rows)
    return {str(row.source_key): row.reference for row in rows}


def _row(model: type[Voice], heard: Heard, reference: str) -> Voice:
    row = model(
        notice=heard.notice,
        reference=reference,
        text=_words(heard),
        name="" if heard.name == heard.handle else heard.name[:NAME_MAX],
        source=heard.source,
        source_key=heard.key,
        source_url=heard.url,
        handle=heard.handle,
    )
    row.fill_in()
    return row


def _words(heard: Heard) -> str:
    """Return the words for the inbox: never none, and no more than a form here would take."""
    text = heard.text.strip()
    if not text:
        return _("[no words: a picture or a film]")
    if len(text) <= FEEDBACK_MAX:
        return text
    return _("%(beginning)s [… it goes on at %(source)s]") % {
        "beginning": text[:FEEDBACK_MAX].rstrip(),
        "source": heard.source,
    }


def _free_references(model: type[Voice], number: int) -> list[str]:
    """Draw `number` references nobody has yet."""
    drawn: dict[str, None] = {}
    while len(drawn) < number:
        more = {f"{model.prefix}-{new_reference()}" for _each in range(number - len(drawn))}
        taken = Voice.objects.filter(reference__in=more).values_list("reference", flat=True)
        drawn |= dict.fromkeys(more - set(taken))
    return list(drawn)
