"""Finds and removes everything this room holds about one e-mail address; must not decide whether to."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from updates.keeping import Held

from . import identity, lost_words, mentions, retention
from .enums import LetterPurpose, ResponseState
from .models import Answer, Letter, MeToo, Photo, Response, Voice

ROOM = "feedback"


class Voices:
    """What feedback does for whoever asks about a person (updates.keeping.Holder)."""

    def find(self, address: str) -> Iterable[Held]:
        """Return their words, answers to consultations, "me too" and mails, and where others name them."""
        voices, me_toos, responses, letters = _everything(address)
        yield from map(_voice, voices.select_related("notice"))
        yield from map(_me_too, me_toos.select_related("question"))
        yield from map(_response, responses.select_related("consultation"))
        yield from map(_letter, letters)
        yield from mentions.find(address.strip(), without=set(voices.values_list("pk", flat=True)))

    def erase(self, address: str, *, words: bool) -> dict[str, int]:
        """Remove name and address everywhere; with `words` their words, photos and answers too.

        Whoever else wrote the address keeps their words without it. Mails that wait are not sent any more.
        """
        voices, me_toos, responses, letters = _everything(address)
        counts = {
            "voices": voices.count(),
            "me_toos": me_toos.count(),
            "responses": responses.count(),
            "letters": letters.count(),
        }
        retention.give_up_letters(letters)
        # An address that was never confirmed was never counted, and must not be once it is empty.
        me_toos.filter(confirmed_at__isnull=True).delete()
        me_toos.update(email="")
        if words:
            _delete(voices, responses)
        else:
            retention.forget_who(voices)
            retention.forget_responses(responses)
        return {**counts, "mentions": mentions.take_out(address.strip())}


def _everything(address: str) -> tuple[QuerySet[Any], ...]:
    """Return voices, me-toos, responses and letters of one address, however it is written.

    An answer to a consultation that was only saved is theirs when they had its address mailed to them.
    """
    address = address.strip()
    letters = Letter.objects.filter(Q(person=identity.person(address)) | Q(payload__to__iexact=address))
    saved = Q(
        state=ResponseState.STARTED, email="", letters__in=letters.filter(purpose=LetterPurpose.COME_BACK)
    )
    responses = Response.objects.filter(Q(email__iexact=address) | saved)
    voices = Voice.objects.filter(
        Q(email__iexact=address) | Q(response__in=responses) | Q(handle__iexact=address) & ~Q(handle="")
    )
    return (
        _by_id(Voice, voices),
        _by_id(MeToo, MeToo.objects.filter(email__iexact=address)),
        _by_id(Response, responses),
        _by_id(Letter, letters),
    )


def _by_id(model: Any, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Fix which rows are meant: emptying an address must not take a row out of the set half way."""
    return model.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))


def _delete(voices: QuerySet[Any], responses: QuerySet[Any]) -> None:
    for voice in list(voices):
        _delete_files(voice)
        lost_words.note(voice)
        Voice.objects.filter(pk=voice.pk).update(current_answer=None)
        # Mails to others who asked the same carry the words too.
        answers = Letter.objects.filter(answer__question=voice).values_list("pk", flat=True)
        told = Letter.objects.filter(pk__in=list(answers))
        retention.give_up_letters(told)
        told.update(answer=None)
        Answer.objects.filter(question=voice).delete()
        voice.delete()
    retention.delete_responses(responses)


def _delete_files(voice: Voice) -> None:
    """Delete the files once the rows are gone for good: an erasure that fails must leave both."""
    for photo in Photo.objects.filter(voice=voice):
        for file in (photo.original, photo.shown):
            if file:
                transaction.on_commit(partial(file.storage.delete, str(file.name)))


def _voice(voice: Voice) -> Held:
    draft = getattr(voice, "draft", None)
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
        "why it is hidden": voice.get_hidden_reason_display(),
        "answers": [answer.text for answer in voice.answers.all()],
        "draft of an answer": draft.text if draft else "",
        "objections": [objection.text for objection in voice.objections.all()],
        "notes": [note.text for note in voice.notes.all()],
        "quoted in summaries": [sentence.text for sentence in voice.sentences.all()],
        "asks the same as": str(voice.asked_with or ""),
    }
    return Held(ROOM, "words", voice.reference, voice.received_at, content, _files(voice))


def _files(voice: Voice) -> tuple[Path, ...]:
    photo = getattr(voice, "photo", None)
    return tuple(Path(file.path) for file in (photo.original, photo.shown) if file) if photo else ()


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
