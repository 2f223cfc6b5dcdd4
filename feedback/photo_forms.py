"""The form with which a moderator shows a photo; it changes nothing."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .photo_grid import Area, Grid

_BLOCK = re.compile(r"([A-Za-z]\d{1,2})(?:-([A-Za-z]\d{1,2}))?")
# Longer lists of blocks say nothing that ticks could not.
_BLOCKS_MAX = 200


class PhotoForm(forms.Form):
    """What the photo shows, and which squares of the grid must not be recognisable."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    squares = forms.MultipleChoiceField(
        label=gettext_lazy("What must not be recognisable?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    blocks = forms.CharField(
        label=gettext_lazy("Or type squares and blocks"),
        help_text=gettext_lazy(
            "From the left, columns are A to L; from the top, rows are 1, 2, 3. For example B3, or D2-F5 for "
            "a block. They are added to what is ticked."
        ),
        required=False,
        max_length=_BLOCKS_MAX,
    )
    alt_text = forms.CharField(
        label=gettext_lazy("What does the photo show?"),
        help_text=gettext_lazy("For people who cannot see it. Name nobody."),
        max_length=500,
        error_messages={"required": gettext_lazy("Say what the photo shows, for people who cannot see it.")},
    )

    def __init__(self, *args: Any, grid: Grid, **kwargs: Any) -> None:
        """Offer the squares of one photo's grid."""
        super().__init__(*args, **kwargs)
        self.grid = grid
        self.fields["squares"].choices = [(name, name) for name in grid.names]  # type: ignore[attr-defined]

    def clean_blocks(self) -> list[str]:
        """Return the squares that were typed, or say which word names none."""
        names: list[str] = []
        for word in self.cleaned_data["blocks"].replace(",", " ").split():
            names += self._named(word)
        return names

    @property
    def chosen(self) -> list[str]:
        """Return the squares that were ticked or typed, each once. Only of a valid form."""
        return list(dict.fromkeys([*self.cleaned_data["squares"], *self.cleaned_data["blocks"]]))

    @property
    def areas(self) -> list[Area]:
        """Return where the chosen squares lie. Only of a valid form."""
        return [self.grid.area(name) for name in self.chosen]

    def _named(self, word: str) -> list[str]:
        found = _BLOCK.fullmatch(word)
        names = found and self.grid.block(found[1].upper(), (found[2] or found[1]).upper())
        if not names:
            raise forms.ValidationError(_("“%(word)s” is not a square of the grid.") % {"word": word})
        return names
