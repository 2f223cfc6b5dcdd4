"""Finds and removes everything this room holds about one e-mail address; must not decide whether to."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from updates.keeping import Held

from . import identity, retention
from .models import Answer, Letter, MeToo, Photo, Response, Voice

ROOM = "feedback"


class Voices:
    """What feedback does for whoever asks about a person (updates.keeping.Holder)."""

    def find(self, address: str) -> Iterable[Held]:
        """Return their words, their answers to consultations, their "me too" and the mails they got."""
        voices, me_toos, responses, letters = _everything(address)
        yield from map(_voice, voices.select_related("notice"))
        yield from map(_me_too, me_toos.select_related("question"))
        yield from map(_response, responses.select_related("consultation"))
        yield from map(_letter, letters)

    def erase(self, address: str, *, words: bool) -> dict[str, int]:
        """Remove name and address everywhere; with `words` their words, photos and answers too."""
        voices, me_toos, responses, letters = _everything(address)
        counts = {
            "voices": voices.count(),
            "me_toos": me_toos.count(),
            "responses": responses.count(),
            "letters": letters.count(),
        }
        retention.empty_letters(letters)
        # An address that was never confirmed was never counted, and must not be once it is empty.
        me_toos.filter(confirmed_at__isnull=True).delete()
        me_toos.update(email="")
        if words:
            _delete(voices, responses)
        else:
            retention.forget_who(voices)
            retention.forget_responses(responses)
        return counts


def _everything(address: str) -> tuple[QuerySet[Any], ...]:
    """Return voices, me-toos, responses and letters of one address, however it is written."""
    address = address.strip()
    person = identity.person(address)
    responses = Response.objects.filter(email__iexact=address)
    voices = Voice.objects.filter(
        Q(email__iexact=address) | Q(response__in=responses) | Q(handle__iexact=address) & ~Q(handle="")
    )
    return (
        _by_id(Voice, voices),
        _by_id(MeToo, MeToo.objects.filter(email__iexact=address)),
        _by_id(Response, responses),
        _by_id(Letter, Letter.objects.filter(Q(person=person) | Q(payload__to__iexact=address))),
    )


def _by_id(model: Any, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Fix which rows are meant: emptying an address must not take a row out of the set half way."""
    return model.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))


def _delete(voices: QuerySet[Any], responses: QuerySet[Any]) -> None:
    for voice in list(voices):
        _delete_files(voice)
        Voice.objects.filter(pk=voice.pk).update(current_answer=None)
        Letter.objects.filter(answer__question=voice).update(answer=None)
        Answer.objects.filter(question=voice).delete()
        voice.delete()
    retention.delete(responses)


def _delete_files(voice: Voice) -> None:
    for photo in Photo.objects.filter(voice=voice):
        for file in (photo.original, photo.shown):
            if file:
                file.delete(save=False)


def _voice(voice: Voice) -> Held:
    content = {
        "sort": voice.get_sort_display(),
        "notice": voice.notice.reference,
        "words": voice.text,
        "words as shown": voice.public_text,
        "name": voice.name,
        "address": voice.email,
        "name on a platform": voice.handle,
        "ward": str(voice.ward or ""),
        "status": voice.get_status_display(),
        "answers": [answer.text for answer in voice.answers.all()],
        "objections": [objection.text for objection in voice.objections.all()],
        "photo": photo.original.name if (photo := getattr(voice, "photo", None)) else "",
    }
    return Held(ROOM, "words", voice.reference, voice.received_at, content)


def _me_too(row: MeToo) -> Held:
    return Held(ROOM, "me too", row.question.reference, row.created_at, {"address": row.email})


def _response(row: Response) -> Held:
    chosen = [
        {
            "question": str(reply.item),
            "option": str(reply.option or ""),
            "number": reply.number,
            "words": reply.text,
        }
        for reply in row.replies.select_related("item", "option")
    ]
    content = {"address": row.email, "state": row.get_state_display(), "answers": chosen}
    return Held(ROOM, "answer to a consultation", row.consultation.reference, row.saved_at, content)


def _letter(row: Letter) -> Held:
    content = {"subject": row.payload.get("subject", ""), "text": row.payload.get("text", "")}
    return Held(ROOM, "mail", row.get_purpose_display(), row.created_at, content)
