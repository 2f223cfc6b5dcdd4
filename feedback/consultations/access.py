"""Who may answer a consultation and how often: codes, the mark, bursts; must not take answers in."""

import unicodedata

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.crypto import salted_hmac

from visitors.limits import Limit

from .. import identity, suspicion
from ..enums import Access, ResponseState
from ..models import AccessCode, Consultation, Response

_SALT = "feedback.access_code"
# A letter is typed wrongly a few times; a machine guesses thousands of times. A code has about 50 bits, so
# thirty guesses a day from one network find none.
GUESSES = (Limit(10, 600), Limit(30, 86400))
# More than a household or a small office sends: counted all the same, and marked for a person to look at.
BURST = (Limit(5, 600), Limit(30, 86400))
# Starting answers and mailing oneself their address.
STARTS = (Limit(60, 600), Limit(400, 86400))
# The mark in the browser outlives the longest consultation (seconds).
_MARK_KEPT = 400 * 86400


def normalised(typed: str) -> str:
    """Return a code as it is hashed: capitals and figures only, however it was spaced or written."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", typed[:200]).upper() if sign.isalnum())


def code_hash(consultation: Consultation, typed: str) -> str:
    """Return what is kept of a code: its keyed hash, good for this consultation only."""
    words = f"{consultation.reference}:{normalised(typed)}"
    return salted_hmac(_SALT, words, algorithm="sha256").hexdigest()


def find_code(consultation: Consultation, typed: str) -> AccessCode | None:
    """Return the code somebody typed, or None. One query."""
    return AccessCode.objects.filter(
        consultation=consultation, code_hash=code_hash(consultation, typed)
    ).first()


def answer_of(code: AccessCode) -> Response:
    """Return the one answer of a code, begun now if it has none; two at once get the same."""
    made, _is_new = Response.objects.get_or_create(
        code=code, defaults={"consultation": code.consultation, "person": identity.nobody()}
    )
    return made


def is_used(code: AccessCode) -> bool:
    """Say whether the answer of a code was sent. One query."""
    return Response.objects.filter(code=code).exclude(state=ResponseState.STARTED).exists()


def is_in_burst(consultation: Consultation, address: str) -> bool:
    """Count one answer from a visitor's network and say whether it came with many others from there."""
    return suspicion.is_burst(f"consultation-{consultation.reference}", address, BURST)


def has_answered(request: HttpRequest, consultation: Consultation) -> bool:
    """Say whether an answer was sent from this browser, where that is what keeps people to one answer."""
    return consultation.access == Access.OPEN and _mark(consultation) in request.COOKIES


def mark(response: HttpResponse, consultation: Consultation) -> None:
    """Leave a mark in the browser that answered: the same in every browser, so it tells nobody apart.

    It is sent back to the pages of answering this consultation only.
    """
    if consultation.access == Access.OPEN:
        response.set_cookie(
            _mark(consultation),
            "1",
            max_age=_MARK_KEPT,
            path=reverse("consultations:answer", args=[consultation.reference]),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _mark(consultation: Consultation) -> str:
    return f"answered_{consultation.reference}"
