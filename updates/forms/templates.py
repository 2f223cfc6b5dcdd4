"""Forms of the notice templates: writing one, and filling one in; must not save anything."""

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.enums import Kind
from accounts.models import Team
from look import times
from look.fields import MomentField
from places.models import Ward

from .. import richtext
from ..enums import Fills, OutageState, Service, Severity, SlotKind, Urgency
from ..models import NoticeTemplate
from ..writing import filling, slots
from ..writing.slots import Slot
from . import street_names, texts

LONGEST_WORDS = 80
_OUTAGE = ["service", "state", "reason", "advice"]
_TEXTS = ["title", "summary", "body", "reason", "advice"]
# What a slot's name usually means, so that the second question is nearly answered.
_USUAL = {
    SlotKind.STREET: ("street", "road", "lane"),
    SlotKind.TIME: ("from", "until", "by", "since", "time", "when", "at"),
}
_BRACE = gettext_lazy(
    "A brace stands here that belongs to no slot. Write a slot like {street}: small letters between braces."
)


class WhoseForm(forms.Form):
    """For which team and kind is the template?"""

    team = forms.ChoiceField(label=gettext_lazy("Which team uses it?"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=gettext_lazy("What kind of notice?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, teams: list[Team], **kwargs: Any) -> None:
        """Offer the teams the person may write templates for."""
        super().__init__(*args, **kwargs)
        self.teams = {team.slug: team for team in teams}
        team_field, kind_field = self.fields["team"], self.fields["kind"]
        assert isinstance(team_field, forms.ChoiceField) and isinstance(kind_field, forms.ChoiceField)
        team_field.choices = [(team.slug, team.name) for team in teams]
        kind_field.choices = [(kind.value, kind.label.capitalize()) for kind in Kind]

    def clean(self) -> dict[str, Any]:
        """Refuse a kind the team does not publish."""
        data = super().clean() or self.cleaned_data
        team = self.teams.get(data.get("team", ""))
        if team and data.get("kind") and data["kind"] not in team.kind_values:
            values = {"team": team, "kind": Kind(data["kind"]).label}
            self.add_error("kind", _("%(team)s does not publish this kind: %(kind)s.") % values)
        return data


class TemplateForm(forms.Form):
    """The words of a template, and what goes into each slot they name."""

    name = forms.CharField(
        label=gettext_lazy("Name of the template"),
        max_length=60,
        help_text=gettext_lazy("What your colleagues look for, such as “Burst main”."),
    )
    when_to_use = forms.CharField(label=gettext_lazy("When to use it"), max_length=200, required=False)
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=120,
        help_text=gettext_lazy("Name what differs each time between braces: Burst main in {street}"),
    )
    summary = forms.CharField(
        label=gettext_lazy("Summary"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    body = forms.CharField(
        label=gettext_lazy("Full text"),
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    service = forms.ChoiceField(label=gettext_lazy("Service"), choices=Service.choices)
    state = forms.ChoiceField(label=gettext_lazy("State"), choices=OutageState.choices)
    reason = forms.CharField(label=gettext_lazy("Cause"), max_length=200, required=False)
    advice = forms.CharField(
        label=gettext_lazy("What to do"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    is_borough_wide = forms.BooleanField(
        label=gettext_lazy("It always concerns the whole borough"), required=False
    )
    urgency = forms.TypedChoiceField(
        label=gettext_lazy("How urgent is it?"),
        choices=Urgency.choices,
        coerce=int,
        widget=forms.RadioSelect,
        initial=Urgency.NORMAL,
    )
    severity = forms.TypedChoiceField(
        label=gettext_lazy("How bad is it?"),
        choices=Severity.choices,
        coerce=int,
        widget=forms.RadioSelect,
        initial=Severity.MODERATE,
    )

    def __init__(self, *args: Any, kind: str, template: NoticeTemplate | None = None, **kwargs: Any) -> None:
        """Ask about every slot that the texts name."""
        declared = {stored["name"]: Slot.read(stored) for stored in (template.slots if template else [])}
        if template:
            kwargs.setdefault("initial", {name: getattr(template, name) for name in self.base_fields})
        super().__init__(*args, **kwargs)
        self.kind = kind
        if kind != Kind.OUTAGE:
            for name in _OUTAGE:
                del self.fields[name]
        texts.guard(self)
        self.slot_names = slots.names_in(self._typed_texts())[: slots.MOST_SLOTS]
        for name in self.slot_names:
            self._ask_about(name, declared.get(name))
        self.helper = self._helper()

    def clean(self) -> dict[str, Any]:
        """Look for slips in the texts and for slots that are not explained yet."""
        data = super().clean() or self.cleaned_data
        for name in self._text_names():
            if slots.has_stray_brace(data.get(name) or ""):
                self.add_error(name, _BRACE)
        if len(slots.names_in(self._typed_texts())) > slots.MOST_SLOTS:
            sentence = _("A template has at most %(most)s slots; with more, nobody fills it in quickly.")
            self.add_error(None, sentence % {"most": slots.MOST_SLOTS})
        for name in self.slot_names:
            self._check_slot(name, data)
        self._refuse_doubles(data)
        return data

    @property
    def words(self) -> dict[str, Any]:
        """Return the cleaned columns of the template."""
        named = {name: self.cleaned_data[name] for name in self.base_fields if name in self.fields}
        return {**named, "slots": [self._slot(name).stored() for name in self.slot_names]}

    def _text_names(self) -> list[str]:
        return [name for name in _TEXTS if name in self.fields]

    def _typed_texts(self) -> list[str]:
        if self.is_bound:
            return [self.data.get(name) or "" for name in self._text_names()]
        return [self.initial.get(name) or "" for name in self._text_names()]

    def _ask_about(self, name: str, known: Slot | None) -> None:
        fills = [
            choice for choice in Fills.choices if self.kind == Kind.OUTAGE or choice[0] in ("", Fills.ENDS)
        ]
        asked: dict[str, forms.Field] = {
            "label": forms.CharField(label=_("What is asked for?"), max_length=60),
            "kind": forms.ChoiceField(label=_("What goes in?"), choices=SlotKind.choices),
            "example": forms.CharField(label=_("Example"), max_length=LONGEST_WORDS, required=False),
            "choices": forms.CharField(
                label=_("Answers to choose from"),
                help_text=_("One on each line. Only for “one of several answers”."),
                max_length=1000,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            ),
            "fills": forms.ChoiceField(
                label=_("The time is also"),
                help_text=_("Only for “a day and a time”."),
                choices=fills,
                required=False,
            ),
        }
        for part, field in asked.items():
            self.fields[_key(name, part)] = field
        self.initial.update(_initial_of(known or _guess(name)))
        if self.is_bound and _key(name, "kind") not in self.data:
            self._offer_guess(name, known or _guess(name))

    def _offer_guess(self, name: str, guess: Slot) -> None:
        """Fill in what a new slot probably is, for the person to look at; the form is refused this once."""
        shown = QueryDict(mutable=True)
        shown.update(self.data)
        for key, value in _initial_of(guess).items():
            shown[key] = value
        shown[f"new_{name}"] = "1"
        self.data = shown

    def _check_slot(self, name: str, data: dict[str, Any]) -> None:
        if f"new_{name}" in self.data:
            self.add_error(_key(name, "label"), _("Say what goes into {%(slot)s}.") % {"slot": name})
        kind, choices = data.get(_key(name, "kind")), _lines(data.get(_key(name, "choices")) or "")
        if kind == SlotKind.CHOICE and len(choices) < 2:  # noqa: PLR2004 - one answer is no choice
            self.add_error(_key(name, "choices"), _("Write at least two answers, one on each line."))
        if any(len(choice) > LONGEST_WORDS for choice in choices):
            self.add_error(_key(name, "choices"), _("An answer has at most 80 characters."))
        if data.get(_key(name, "fills")) and kind != SlotKind.TIME:
            self.add_error(_key(name, "fills"), _("Only a day and a time can be this."))

    def _refuse_doubles(self, data: dict[str, Any]) -> None:
        seen: set[str] = set()
        for name in self.slot_names:
            fact = data.get(_key(name, "fills")) or ""
            if fact and fact in seen:
                self.add_error(_key(name, "fills"), _("Another slot is this already."))
            seen.add(fact)

    def _slot(self, name: str) -> Slot:
        given = {part: self.cleaned_data[_key(name, part)] for part in ("label", "kind", "example", "fills")}
        is_choice = given["kind"] == SlotKind.CHOICE
        choices = _lines(self.cleaned_data[_key(name, "choices")]) if is_choice else []
        return Slot(name=name, choices=tuple(choices), **given)

    def _helper(self) -> FormHelper:
        helper = FormHelper()
        outage = [Fieldset(_("The outage"), *_OUTAGE)] if self.kind == Kind.OUTAGE else []
        parts = ("label", "kind", "example", "choices", "fills")
        asked = [
            Fieldset("{" + name + "}", *[_key(name, part) for part in parts]) for name in self.slot_names
        ]
        helper.layout = Layout(
            Fieldset(_("The template"), "name", "when_to_use"),
            Fieldset(_("The words"), "title", "summary", "body"),
            *outage,
            *asked,
            Fieldset(_("Where and how loud"), "is_borough_wide", "urgency", "severity"),
        )
        return helper


class FillForm(forms.Form):
    """What goes into the slots of one template, this time."""

    def __init__(self, *args: Any, template: NoticeTemplate, **kwargs: Any) -> None:
        """Ask for each slot, and for the wards where no slot says where."""
        super().__init__(*args, **kwargs)
        self.template = template
        self.declared = [Slot.read(stored) for stored in template.slots]
        for slot in self.declared:
            self.fields[_key(slot.name, "value")] = _field_of(slot)
        has_place = template.is_borough_wide or any(slot.kind == SlotKind.STREET for slot in self.declared)
        if not has_place:
            self.fields["wards"] = forms.ModelMultipleChoiceField(
                label=_("Wards"),
                queryset=Ward.objects.all(),
                widget=forms.CheckboxSelectMultiple,
                error_messages={"required": _("Say where: choose at least one ward.")},
            )
        self.helper = FormHelper()
        names = list(self.fields)
        self.helper.layout = Layout(
            *[Div(name, css_class="cp-wards") if name == "wards" else name for name in names]
        )

    @property
    def values(self) -> dict[str, Any]:
        """Return what was filled in, as `filling.fill_in` takes it."""
        return {slot.name: self.cleaned_data[_key(slot.name, "value")] for slot in self.declared}

    @property
    def wards(self) -> list[Ward]:
        """Return the chosen wards."""
        return list(self.cleaned_data.get("wards") or [])

    def clean(self) -> dict[str, Any]:
        """Refuse what no longer fits once everything is in place."""
        data = super().clean() or self.cleaned_data
        if not self.errors:
            for sentence in filling.too_long(
                filling.fill_in(self.template, self.values, self.wards)
            ).values():
                self.add_error(None, sentence)
        return data


class _WordsField(forms.CharField):
    """A few plain words on one line: what an approver could not read beforehand must stay harmless."""

    def clean(self, value: Any) -> str:
        text = str(super().clean(value))
        texts.no_hidden_direction(text)
        texts.on_one_line(text)
        if richtext.links(text) or "://" in text:
            raise forms.ValidationError(_("Write words only: a link has to be part of the template."))
        return text


class _StreetField(forms.CharField):
    """A street by its name; cleaned to the borough's streets of that name."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return street_names.read(text, []) if text else []


def _field_of(slot: Slot) -> forms.Field:
    hint = _("For example: %(example)s") % {"example": slot.example} if slot.example else ""
    common: dict[str, Any] = {"label": slot.label, "help_text": hint}
    if slot.kind == SlotKind.TIME:
        # Most often it is today: only the time is left to type.
        today = times.in_zone(timezone.now())
        return MomentField(initial=[today.day, today.month, today.year, ""], **common)
    if slot.kind == SlotKind.STREET:
        return _StreetField(max_length=100, **common)
    if slot.kind == SlotKind.CHOICE:
        choices = [(choice, choice) for choice in slot.choices]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **common)
    return _WordsField(max_length=LONGEST_WORDS, **common)


def _key(name: str, part: str) -> str:
    return f"slot_{name}_{part}"


def _initial_of(slot: Slot) -> dict[str, Any]:
    return {
        _key(slot.name, "label"): slot.label,
        _key(slot.name, "kind"): slot.kind,
        _key(slot.name, "example"): slot.example,
        _key(slot.name, "choices"): "\n".join(slot.choices),
        _key(slot.name, "fills"): slot.fills,
    }


def _guess(name: str) -> Slot:
    kind = next((kind for kind, names in _USUAL.items() if name in names), SlotKind.TEXT)
    return Slot(name, name.replace("_", " ").capitalize(), str(kind))


def _lines(text: str) -> list[str]:
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
