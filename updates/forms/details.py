"""The form fields of each kind's typed detail, made from the models; must not save them."""

from typing import Any

from django import forms
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Kind
from look.fields import DayField, MomentField

from ..drafting import DETAIL_MODELS
from ..enums import EstimateStage, OutageState
from ..models import Edition
from . import recurring
from .texts import no_hidden_direction

# Long texts have no limit in the database; beyond this nobody reads on (characters).
LONGEST_TEXT = 3000
_HINTS: dict[str, str | Promise] = {
    "estimate_from_at": gettext_lazy("The earliest it may be back. Leave both empty while nobody knows."),
    "estimate_to_at": gettext_lazy("The latest it should be back. Residents plan by this time."),
    "reason": gettext_lazy("For example: a burst main. Say nothing rather than guess."),
    "advice": gettext_lazy("What residents should do or not do. One thing a line."),
    "next_update_by_at": gettext_lazy("When you will say more, even if there is nothing new."),
    "restored_at": gettext_lazy("Only once it is back."),
    "planned_from_at": gettext_lazy("Only for planned works. Moved works say so in the title."),
    "planned_to_at": gettext_lazy("When the works should be over."),
    "venue": gettext_lazy("Name and street."),
    "access": gettext_lazy("Steps, toilets, hearing loop, parking."),
    "cost": gettext_lazy("For example: Free, or £4 for adults."),
    "booking_url": gettext_lazy("The full address, starting with https://"),
    "event_status": gettext_lazy(
        "Moved: give the new time or place; the old one stays on the page, struck through. "
        "Postponed: leave the old time; residents read that a new date will be announced."
    ),
    "repeats": gettext_lazy("At the same clock time as the first one, also when the clocks change."),
    "repeats_until_on": gettext_lazy("Only if it repeats: the day of its last time."),
    "can_change": gettext_lazy("What residents’ views may still alter."),
    "progress_percent": gettext_lazy("A whole number from 0 to 100."),
}


def fields_for(kind: str) -> dict[str, forms.Field]:
    """Return the form fields of a kind's detail by name; none for a general notice."""
    model = DETAIL_MODELS.get(kind)
    if model is None:
        return {}
    written = [field for field in model._meta.concrete_fields if field.editable and not field.primary_key]
    return {field.name: _form_field(field) for field in written}


def initial_of(edition: Edition) -> dict[str, Any]:
    """Return what the fields show for the edition as it stands."""
    names = fields_for(edition.notice.kind)
    return {name: getattr(edition.detail, name) for name in names} if edition.detail else {}


def faults(kind: str, data: dict[str, Any]) -> dict[str, str]:
    """Return what contradicts itself among the cleaned `data`: field's name → sentence."""
    if kind == Kind.OUTAGE:
        return _outage_faults(data)
    return recurring.faults(data) if kind == Kind.EVENT else {}


def _outage_faults(data: dict[str, Any]) -> dict[str, str]:
    begin, end = data.get("estimate_from_at"), data.get("estimate_to_at")
    found = {}
    if begin and end and end < begin:
        found["estimate_to_at"] = _("“Back by” is earlier than “back from”.")
    if begin and not end:
        found["estimate_to_at"] = _("Say by when it should be back.")
    if end and data.get("estimate_stage") == EstimateStage.ASSESSING:
        found["estimate_stage"] = _("You gave a time, so say how sure it is; or leave the time empty.")
    works_begin, works_end = data.get("planned_from_at"), data.get("planned_to_at")
    if works_begin and works_end and works_end < works_begin:
        found["planned_to_at"] = _("The works end before they begin.")
    if works_end and not works_begin:
        found["planned_from_at"] = _("Say when the works begin.")
    if data.get("state") == OutageState.RESTORED and not data.get("restored_at"):
        found["restored_at"] = _("Say when it was restored.")
    return found


def _form_field(field: Any) -> forms.Field:
    hint = str(_HINTS.get(field.name, ""))
    if field.name == "except_on":
        return recurring.except_on_field()
    if isinstance(field, models.DateTimeField):
        return MomentField(label=capfirst(field.verbose_name), required=not field.blank, help_text=hint)
    if isinstance(field, models.DateField):
        return DayField(label=capfirst(field.verbose_name), required=not field.blank, help_text=hint)
    made: Any
    if isinstance(field, models.TextField):
        made = forms.CharField(
            label=capfirst(field.verbose_name),
            required=not field.blank,
            help_text=hint,
            max_length=LONGEST_TEXT,
            widget=forms.Textarea(attrs={"rows": 4}),
        )
    elif isinstance(field, models.URLField):
        made = field.formfield(help_text=hint, assume_scheme="https")
    else:
        made = field.formfield(help_text=hint)
    if field.choices:
        blank = field.blank or not field.has_default()
        made.choices = field.get_choices(include_blank=blank, blank_choice=[("", _("Choose one"))])
    if isinstance(made, forms.CharField):
        made.validators.append(no_hidden_direction)
    return made
