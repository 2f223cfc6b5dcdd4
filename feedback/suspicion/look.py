"""Says what the portal itself doubts about new words; must not hide, refuse or save anything."""

from collections import Counter
from collections.abc import Sequence

from ..enums import Suspicion
from ..models import Voice
from . import classifier, flood, repeated

# One network's words of every kind count together, whatever notice they are about.
_EVERYTHING = "voices"


def of(voice: Voice, *, network: str = "") -> Suspicion | str:
    """Return why to doubt a voice that is about to be kept, or "".

    `network` is the address it came from, "" where there is none; it is counted and not kept. A press without
    words is never doubted here. At most one query.
    """
    in_flood = bool(network) and is_flooding(network)
    if not voice.text:
        return ""
    found = _of_words(voice, repeated.earlier([voice]))
    return found or (Suspicion.FLOOD if in_flood else "")


def of_each(voices: Sequence[Voice]) -> list[Suspicion | str]:
    """Return why to doubt each of several voices that came together, such as a platform's.

    Copies among themselves count too, from the first to the last.
    """
    seen = repeated.earlier(voices)
    found = []
    for voice in voices:
        found.append(_of_words(voice, seen))
        seen[voice.text_print] += 1
    return found


def is_flooding(network: str) -> bool:
    """Count one thing said from `network` and say whether it came with many others."""
    return flood.is_burst(_EVERYTHING, network)


def _of_words(voice: Voice, seen: Counter[str]) -> Suspicion | str:
    if classifier.looks_like_advertising(voice.text):
        return Suspicion.ADVERTISING
    if repeated.is_worth_counting(voice.text) and seen[voice.text_print] >= repeated.MANY:
        return Suspicion.REPEATED
    return ""
