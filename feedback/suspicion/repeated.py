"""Counts how often the same words came lately, whoever sent them and about whichever notice."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from django.utils import timezone

from ..models import Voice

# A campaign's postcards come within days; the same complaint a season later is a complaint.
WINDOW = dt.timedelta(days=7)
# From the fourth copy on. Two neighbours may well send the same sentence.
MANY = 3
# Residents say "Still no water" in the same words without knowing of each other (letters and figures).
_SHORTEST = 25


def earlier(voices: Iterable[Voice]) -> Counter[str]:
    """Return how often each of the voices' words was kept within the window, by print, up to MANY.

    One query for each text worth counting; a campaign's thousandth copy costs no more than its fourth.
    """
    prints = {voice.text_print for voice in voices if voice.text_print and is_worth_counting(voice.text)}
    since = timezone.now() - WINDOW
    kept = Voice.objects.filter(received_at__gte=since).order_by()
    return Counter({each: len(kept.filter(text_print=each).values("pk")[:MANY]) for each in prints})


def is_worth_counting(text: str) -> bool:
    """Say whether a text is long enough that people do not write it alike by chance."""
    return sum(sign.isalnum() for sign in text) >= _SHORTEST
