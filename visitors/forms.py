"""The guard every form for visitors shares: an empty box, a signed stamp; keeps nothing about anybody."""

import uuid
from typing import Any, cast

from crispy_forms.layout import HTML
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import stamps


class GuardedForm(forms.Form):
    """A form that machines find hard and people never notice; what it refuses is kept and can be sent again.

    `sort` names the form; `about` the thing it was opened for, so that one's stamp is no good for another.
    """

    sort: str

    # People do not see this box; machines fill it in.
    website = forms.CharField(
        label=gettext_lazy("Leave this box empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, about: str = "", **kwargs: Any) -> None:
        """Make the form with a fresh stamp."""
        super().__init__(*args, **kwargs)
        self.about = about
        self.fields["stamp"].initial = stamps.issue(self.sort, about)

    @property
    def key(self) -> uuid.UUID | None:
        """The key of this form, if its stamp was ours: one form leaves one row."""
        read = stamps.read(str(self.data.get("stamp", "")), self.sort, self.about)
        return read.key if read else None

    def full_clean(self) -> None:
        """Check the form; what is refused may be corrected as quickly as its writer likes."""
        super().full_clean()
        if not self.is_bound or not self.errors:
            return
        stamp = str(self.data.get("stamp", ""))
        if stamps.read(stamp, self.sort, self.about):
            self.replace("stamp", stamps.refused(stamp))

    def clean(self) -> dict[str, Any]:
        """Refuse what a machine sent, kindly: each refusal keeps the words and can be sent again."""
        cleaned = super().clean() or {}
        if cleaned.get("website"):
            # A browser may have filled it in for a person, so it is emptied and not held against them.
            self.replace("website", "")
            raise ValidationError(
                _("A box that must stay empty was filled in. We emptied it: please send again.")
            )
        stamp = stamps.read(str(cleaned.get("stamp", "")), self.sort, self.about)
        if stamp is None or stamp.is_too_old:
            self.replace("stamp", stamps.issue(self.sort, self.about))
            raise ValidationError(
                _("This page was open for a long time. Your words are still here: please send them again.")
            )
        if stamp.is_too_quick:
            raise ValidationError(_("Your words are still here. Please press the button once more."))
        return cleaned

    def replace(self, field: str, value: str) -> None:
        """Show `value` the next time the form is drawn, instead of what came in."""
        # A copy keeps every one of several ticked boxes.
        data = cast("QueryDict", self.data).copy()
        data[field] = value
        self.data = data


def guard() -> list[Any]:
    """Return the guard's part of a layout: the empty box out of everybody's way, and the stamp."""
    return [
        HTML('<div class="govuk-visually-hidden" aria-hidden="true">'),
        "website",
        HTML("</div>"),
        "stamp",
    ]
