"""The choice of two places and times to be set side by side; must not read rows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .staff_forms import FilterForm


class CompareFilter(FilterForm):
    """Two places and two times to be set side by side."""

    ward = forms.ChoiceField(label=_("Where"), required=False)
    week = forms.ChoiceField(label=_("When"), required=False)
    ward2 = forms.ChoiceField(label=_("Beside where"), required=False)
    week2 = forms.ChoiceField(label=_("Beside when"), required=False)

    def __init__(self, *args: Any, wards: Any, weeks: Any, **kwargs: Any) -> None:
        """Offer the same wards and weeks on both sides, each as (value, words)."""
        super().__init__(*args, **kwargs)
        for ending in ("", "2"):
            self.fields[f"ward{ending}"].choices = wards  # type: ignore[attr-defined]
            self.fields[f"week{ending}"].choices = weeks  # type: ignore[attr-defined]
