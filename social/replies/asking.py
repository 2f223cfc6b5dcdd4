"""Guesses from the words whether somebody asks something; pure, and a moderator may turn the guess round."""

import unicodedata

import regex
from django.utils.translation import gettext as _

from social.text import URL

# Every script's own sign; the Greek one looks like a semicolon and only counts at the end of words.
_MARKS = "?\u037e\u055e\u061f\u1367\u1945\u2047\u2048\u2049\u203d\u2cfa\u2cfb\u2e2e\ua60f\ua6f7\ufe56\uff1f"
_MENTIONS = regex.compile(r"(?<![\w@./])@\w[\w.@-]*")
_SENTENCES = regex.compile(r"[.!\n]+")


def is_question(text: str) -> bool:
    """Say whether `text` asks something: a question mark of any script, or a sentence that begins as one."""
    words = _MENTIONS.sub(" ", URL.sub(" ", text))
    if any(mark in words for mark in _MARKS):
        return True
    begins = _beginnings()
    return any(_begins(sentence, begins) for sentence in _SENTENCES.split(words))


def _begins(sentence: str, beginnings: list[str]) -> bool:
    plain = unicodedata.normalize("NFKC", sentence).replace("’", "'").casefold()
    plain = f"{' '.join(plain.split())} "
    return any(plain.startswith(f"{beginning} ") for beginning in beginnings)


def _beginnings() -> list[str]:
    """Return the words that begin a question in the council's language."""
    words = _(
        "who|what is|what are|what about|what time|what happens|when|when's|where|where's|why|which|how do"
        "|how can|how long|how much|how many|how far|how soon|is there|are there|is it|is this|can i|can we"
        "|can you|could you|would you|will you|will it|will there|do you|do we|do i|does it|does this|did you"
        "|should i|should we|may i|may we|any idea|any news|any update|anyone know|does anyone|please tell"
    )
    return words.split("|")
