"""The form with which a moderator shows a photo; it changes nothing."""

import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .photo_moderation import COLUMNS, ROWS, Area, square

_SQUARES = re.compile(r"([A-Za-z])(\d{1,2})(?:-([A-Za-z])(\d{1,2}))?")


class PhotoForm(forms.Form):
    """What the photo shows, and which squares of the grid must not be recognisable."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    alt_text = forms.CharField(
        label=gettext_lazy("What does the photo show?"),
        help_text=gettext_lazy("For people who cannot see it. Name nobody."),
        max_length=500,
        error_messages={"required": gettext_lazy("Say what the photo shows, for people who cannot see it.")},
    )
    squares = forms.CharField(
        label=gettext_lazy("Squares to make unrecognisable"),
        help_text=gettext_lazy(
            "Faces, number plates, house numbers. For example: B3 C3, or D2-F5 for a block."
        ),
        required=False,
        max_length=1000,
    )

    def clean_squares(self) -> list[Area]:
        """Return the squares as areas, or say which word names none."""
        areas: dict[Area, None] = {}
        for word in self.cleaned_data["squares"].replace(",", " ").split():
            areas.update(dict.fromkeys(_areas(word)))
        return list(areas)


def _areas(word: str) -> list[Area]:
    found = _SQUARES.fullmatch(word)
    if found is None:
        raise forms.ValidationError(_("“%(word)s” is not a square of the grid.") % {"word": word})
    first = _place(found[1], found[2])
    last = _place(found[3], found[4]) if found[3] else first
    columns, rows = sorted((first[0], last[0])), sorted((first[1], last[1]))
    if columns[1] >= COLUMNS or rows[0] < 0 or rows[1] >= ROWS:
        raise forms.ValidationError(_("“%(word)s” is not a square of the grid.") % {"word": word})
    return [square(x, y) for x in range(columns[0], columns[1] + 1) for y in range(rows[0], rows[1] + 1)]


def _place(letter: str, number: str) -> tuple[int, int]:
    return ord(letter.upper()) - ord("A"), int(number) - 1
