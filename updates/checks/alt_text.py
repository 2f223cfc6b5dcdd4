"""Checks that a picture's description is one (WCAG 2.2, 1.1.1); must not look at the picture."""

import re

from django.utils.translation import gettext as _

from ..finding import BLOCK, HINT, WARN, Finding
from .texts import Words

FEWEST_WORDS = 3
# A screen reader reads it in one go and nobody can stop halfway (characters).
LONG = 250
_FILE = re.compile(
    r"\.(?:jpe?g|png|gif|webp|heic|tiff?|bmp)$|^(?:img|dsc|dscf|image|photo|pxl)[_-]?\d+", re.I
)
_NAMES_OF_NOTHING = frozenset(["image", "photo", "picture", "photograph", "graphic", "logo", "banner", "map"])
_SAYS_IT_IS_ONE = re.compile(
    r"(?:an? |the )?(?:image|photo|picture|photograph|graphic) (?:of|showing)\b", re.I
)


def check(words: Words) -> list[Finding]:
    """Return what is wrong with the description; nothing where there is no picture."""
    alt = words["alt_text"].strip()
    if not words.has_picture:
        return []
    if not alt:
        return [Finding("no_alt_text", BLOCK, _("Describe the picture in words."), "alt_text")]
    if sentence := _useless(alt, words["title"].strip()):
        return [Finding("useless_alt_text", WARN, sentence, "alt_text")]
    if len(alt) > LONG:
        sentence = _("This is long to listen to. Keep what matters here and put the rest into the text.")
        return [Finding("long_alt_text", HINT, sentence, "alt_text")]
    if _SAYS_IT_IS_ONE.match(alt):
        sentence = _("No need to say that it is a picture: screen readers do.")
        return [Finding("alt_text_says_picture", HINT, sentence, "alt_text")]
    return []


def _useless(alt: str, title: str) -> str:
    said = alt.rstrip(".").casefold()
    if _FILE.search(alt):
        return _("This is the name of a file. Say what the picture shows.")
    if said == title.rstrip(".").casefold():
        return _("This repeats the title. Say what the picture shows.")
    if said in _NAMES_OF_NOTHING or len(said.split()) < FEWEST_WORDS:
        return _("This says too little. Say what the picture shows to somebody who cannot see it.")
    return ""
