"""Finds who says much the same as a sentence, and leaves out who says its opposite; pure functions."""

from . import copies
from .field import NEAR, Field
from .vectors import cosine

# Only who is so near may have written the same words turned into their opposite.
_MAY_BE_OPPOSITE = 0.5
# Of a letter's copies, those with so much of a sentence's letters stand behind it.
_HAS_IT = 0.5


def links(field: Field) -> list[dict[int, float]]:
    """Return who is near whom, without those who wrote the same words turned into their opposite."""
    found = field.links()
    for text, near in enumerate(found):
        words = field.texts[text].words
        for other in [other for other, by in near.items() if by >= _MAY_BE_OPPOSITE]:
            if _feel_opposite(field, text, other) or copies.are_opposite(words, field.texts[other].words):
                del near[other]
    return found


def _feel_opposite(field: Field, text: int, other: int) -> bool:
    """Say whether two texts are nearly the same, and one is pleased and the other not."""
    if {field.mood(text), field.mood(other)} != copies.FEELINGS:
        return False
    return copies.share(field.texts[text].words, field.texts[other].words) >= copies.SAME_LETTERS


def agreeing(field: Field, unit: int) -> dict[int, float]:
    """Return the texts that say much the same as a sentence, with how near, and not its opposite."""
    own = field.units[unit].text
    near = field.near_unit(unit).items()
    return {text: by for text, by in near if text == own or not _turned_round(field, unit, text)}


def _turned_round(field: Field, unit: int, text: int) -> bool:
    """Say whether what a text says of the same is the sentence turned into its opposite."""
    if _feel_opposite(field, field.units[unit].text, text):
        return True
    sentence, near = field.units[unit].words, field.vectors[unit]
    same = [other for other in field.units_of(text) if cosine(field.vectors[other], near) >= NEAR]
    return bool(same) and all(copies.is_turned_round(field.units[other].words, sentence) for other in same)


def as_written(sentence: str, text: str, nearness: float) -> float:
    """Return how near a comment is to a sentence, given how near its letter is; 0 if its copy lacks it."""
    if nearness < 1 or sentence in text:
        return nearness
    has = copies.share(sentence, text)
    return has if has >= _HAS_IT else 0.0
