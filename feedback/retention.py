"""How long what residents left about themselves is kept here, and its removal; the one place that says so."""

from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from outbox import decisions
from outbox.enums import Status as MailStatus
from updates import keeping
from updates.keeping import Rule, Term

from . import identity
from .enums import LetterPurpose, ResponseState, Stage, Status
from .listing import IS_OPEN
from .models import Feedback, Letter, MeToo, Note, Objection, Photo, Question, Remark, Response, Voice

_NOBODY = {"name": "", "email": "", "handle": "", "source_url": ""}
_KNOWN = ~Q(**_NOBODY)
_DONE_MAIL = (MailStatus.SENT, MailStatus.CANCELLED)
# What keeps these from being written twice is made of the address (Letter.once).
_ONCE_BY_ADDRESS = (LetterPurpose.ANSWER, LetterPurpose.OUTCOME, LetterPurpose.COME_BACK)


def months_kept() -> int:
    """Return for how many months a name and an address are kept, as told on the form and the receipt."""
    return int(settings.FEEDBACK_CONTACT_MONTHS)


def _contact() -> Term:
    return Term.months(months_kept())


def _unfinished() -> Term:
    return Term(settings.FEEDBACK_UNFINISHED_DAYS)


def _letter() -> Term:
    return Term(settings.FEEDBACK_LETTER_DAYS)


def _questions(before: datetime) -> dict[str, QuerySet[Any]]:
    answered = Q(current_answer__published_at__lt=before)
    hidden = Q(status=Status.HIDDEN, moderated_at__lt=before)
    over = Question.objects.filter(_KNOWN).filter(answered | hidden).values("pk")
    # One never confirmed is deleted instead (_unsent): it was never counted, nor must it be once it is empty.
    answered_too = Q(question__current_answer__published_at__lt=before, confirmed_at__isnull=False)
    together = MeToo.objects.filter(answered_too).exclude(email="")
    # The subquery keeps the UPDATE free of joins.
    return {"addresses": Voice.objects.filter(pk__in=over), "me_toos": together}


def _feedback(before: datetime) -> dict[str, QuerySet[Any]]:
    return {"addresses": Feedback.objects.filter(_KNOWN, received_at__lt=before)}


def _photos(before: datetime) -> dict[str, QuerySet[Any]]:
    return {"originals": Photo.objects.filter(sent_at__lt=before).exclude(original="")}


def _responses(before: datetime) -> dict[str, QuerySet[Any]]:
    over = (
        Q(consultation__outcome__published_at__lt=before)
        | Q(consultation__stage=Stage.CANCELLED, sent_at__lt=before)
        | Q(consultation__stage=Stage.ARCHIVED, consultation__archived_at__lt=before)
    )
    known = Response.objects.filter(over).exclude(email="")
    remarks = Remark.objects.filter(_KNOWN, response__in=Response.objects.filter(over)).values("pk")
    return {
        "remarks": Voice.objects.filter(pk__in=remarks),
        "addresses": Response.objects.filter(pk__in=known.values("pk")),
    }


def _originals(before: datetime) -> dict[str, QuerySet[Any]]:
    decided = Voice.objects.filter(moderated_at__lt=before, original_deleted_at=None)
    # A decision about an objection starts the term anew, and an open one keeps the words it is about.
    objected = Objection.objects.filter(Q(decided_at=None) | Q(decided_at__gte=before))
    decided = decided.exclude(pk__in=objected.values("voice"))
    shown = decided.filter(status=Status.PUBLISHED).exclude(text=F("public_text"))
    return {"shown": shown, "hidden": decided.filter(status=Status.HIDDEN)}


def _objections(before: datetime) -> dict[str, QuerySet[Any]]:
    return {"words": Objection.objects.filter(decided_at__lt=before).exclude(text="")}


def _unsent(before: datetime) -> dict[str, QuerySet[Any]]:
    states = (ResponseState.STARTED, ResponseState.UNCONFIRMED)
    return {
        "responses": Response.objects.filter(state__in=states, consultation__closes_at__lt=before),
        "me_toos": MeToo.objects.filter(created_at__lt=before, confirmed_at__isnull=True).exclude(email=""),
    }


def _letters(before: datetime) -> dict[str, QuerySet[Any]]:
    done = Letter.objects.filter(created_at__lt=before, status__in=_DONE_MAIL).exclude(payload={})
    return {"contents": done}


def _undelivered(before: datetime) -> dict[str, QuerySet[Any]]:
    stuck = Letter.objects.filter(created_at__lt=before).exclude(status__in=_DONE_MAIL)
    return {"letters": stuck.exclude(payload={})}


def _notes(before: datetime) -> dict[str, QuerySet[Any]]:
    in_work = Voice.objects.filter(Q(status=Status.WAITING) | IS_OPEN)
    return {"notes": Note.objects.filter(at__lt=before).exclude(voice__in=in_work)}


def forget_who(rows: QuerySet[Any]) -> None:
    """Empty names, addresses, handles and links of voices, and cut the tie between what one person wrote.

    Whoever wrote several pieces stays one person in the counts of these rows, under a new random sign.
    """
    signs = {person: identity.nobody() for person in set(rows.values_list("person", flat=True))}
    pks = list(rows.values_list("pk", "person"))
    for person, sign in signs.items():
        mine = [pk for pk, of in pks if of == person]
        Voice.objects.filter(pk__in=mine).update(**_NOBODY, person=sign, anonymised_at=timezone.now())


def forget_responses(rows: QuerySet[Any]) -> None:
    """Empty the addresses of answers to consultations; what was chosen stays counted."""
    for pk in list(rows.values_list("pk", flat=True)):
        Response.objects.filter(pk=pk).update(email="", person=identity.nobody(), wants_outcome=False)


def remove_originals(rows: QuerySet[Any]) -> None:
    """Delete the files as they were sent; what a moderator showed stays."""
    for photo in rows:
        photo.original.delete(save=False)
        Photo.objects.filter(pk=photo.pk).update(original="")


def empty_letters(rows: QuerySet[Any]) -> None:
    """Empty what mails said and to whom; that they went, and why, stays."""
    signed = rows.filter(purpose__in=_ONCE_BY_ADDRESS)
    signed.update(once=Concat(Value("emptied-"), Cast("pk", CharField())))
    rows.update(payload={}, person="")


def give_up_letters(rows: QuerySet[Any]) -> None:
    """Empty mails wherever they stand: what has not gone never will; what the mail server said goes too."""
    said = gettext("The address was removed, so it is not sent.")
    mine = Letter.objects.filter(pk__in=list(rows.values_list("pk", flat=True)))
    for letter in mine.exclude(status__in=_DONE_MAIL):
        decisions.give_up(letter, said)
    mine.exclude(last_error="").update(last_error=said)
    empty_letters(mine)


def keep_what_is_shown(rows: QuerySet[Any]) -> None:
    """Put in place of words as they were sent what residents read."""
    rows.update(text=F("public_text"), text_print="", original_deleted_at=timezone.now())


def empty_hidden(rows: QuerySet[Any]) -> None:
    """Delete hidden words; that something was hidden, and why, stays."""
    rows.update(text="", public_text="", text_print="", original_deleted_at=timezone.now())


def delete(rows: QuerySet[Any]) -> None:
    """Delete rows one by one, so that whatever counts them hears of each."""
    for row in list(rows):
        row.delete()


def delete_responses(rows: QuerySet[Any]) -> None:
    """Delete answers to consultations; mails about them stay until their own time is over."""
    pks = list(rows.values_list("pk", flat=True))
    Letter.objects.filter(response__in=pks).update(response=None)
    delete(Response.objects.filter(pk__in=pks))


_ENDS = {
    "questions.addresses": forget_who,
    "questions.me_toos": lambda rows: rows.update(email=""),
    "feedback.addresses": forget_who,
    "photos.originals": remove_originals,
    "responses.remarks": forget_who,
    "responses.addresses": forget_responses,
    "unfinished.responses": delete_responses,
    "unfinished.me_toos": delete,
    "letters.contents": empty_letters,
    "undelivered.letters": give_up_letters,
    "originals.shown": keep_what_is_shown,
    "originals.hidden": empty_hidden,
    "objections.words": lambda rows: rows.update(text=""),
    "notes.notes": lambda rows: rows.delete(),
}


def _end(rule: str, what: str, rows: QuerySet[Any]) -> None:
    _ENDS[f"{rule}.{what}"](rows)


_SPECS: list[tuple[Any, ...]] = [
    (
        "questions",
        _("Your name and e-mail address with a question, or with “me too”; your name on a platform"),
        _("the answer, or being hidden"),
        _("they are deleted; your words and the answer stay"),
        _contact,
        _questions,
    ),
    (
        "feedback",
        _("Your name and e-mail address with feedback; your name on a platform"),
        _("we received it"),
        _("they are deleted; your words stay"),
        _contact,
        _feedback,
    ),
    (
        "photos",
        _("A photo as you sent it"),
        _("we received it"),
        _("it is deleted; what a moderator showed, with faces and number plates blurred, stays"),
        _contact,
        _photos,
    ),
    (
        "originals",
        _("Your words as you sent them, where a moderator took something out or hid them"),
        _("a moderator decided, or decided about your objection"),
        _("they are deleted; what was shown, or why they were hidden, stays"),
        _contact,
        _originals,
    ),
    (
        "objections",
        _("What you wrote to object to a decision"),
        _("somebody decided about it"),
        _("it is deleted; that you objected, and what was decided, stays"),
        _contact,
        _objections,
    ),
    (
        "responses",
        _("Your e-mail address with an answer to a consultation"),
        _("the outcome was published, or the consultation was called off"),
        _("it is deleted; what you answered stays counted"),
        _contact,
        _responses,
    ),
    (
        "unfinished",
        _("Answers to a consultation that were saved and not sent, and addresses never confirmed"),
        _("the consultation closed, or you left the address"),
        _("they are deleted"),
        _unfinished,
        _unsent,
    ),
    (
        "letters",
        _("What we wrote to you by e-mail about your question, feedback or answer"),
        _("we sent it"),
        _("its words and your address are deleted; that it went stays"),
        _letter,
        _letters,
    ),
    (
        "undelivered",
        _("What we wrote to you by e-mail and could not send"),
        _("we wrote it"),
        _("its words and your address are deleted"),
        _contact,
        _undelivered,
    ),
    (
        "notes",
        _("What colleagues noted about your words"),
        _("they noted it, and your words were dealt with"),
        _("it is deleted"),
        _contact,
        _notes,
    ),
]


def register_rules() -> None:
    """Make the rules known to the privacy page and to the nightly job."""
    for order, (name, what, since, then, term, rows) in enumerate(_SPECS):
        keeping.register(Rule(name, order, what, since, then, term, rows, partial(_end, name)))
