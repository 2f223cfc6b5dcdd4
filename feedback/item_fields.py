"""One field or group for each question of a consultation, as residents and typists see it; keeps nothing."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crispy_forms.layout import LayoutObject
from crispy_forms.utils import TEMPLATE_PACK
from django import forms
from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from .consultations import money
from .consultations.answering import Said
from .enums import ItemKind
from .forms import words_field
from .models import Item, Option

# As much as feedback may say; a longer statement is a letter, which the page says where to send.
REMARK_MAX = 3000
RATINGS = range(1, 6)


class ItemFields(forms.Form):
    """One field for each question of a consultation, numbered as on paper; a ranking has one per option.

    Staff who type in an answer from paper use the same fields.
    """

    items: Sequence[Item] = ()

    def add_items(self, items: Sequence[Item], given: Mapping[int, Said]) -> None:
        """Add the fields of `items` (with their options prefetched), filled in with what was said before."""
        self.items = items
        for item in items:
            for name, field in _fields(item, given.get(item.pk, Said())):
                self.fields[name] = field

    def clean(self) -> dict[str, Any]:
        """Refuse an order in which two options share a place."""
        cleaned = super().clean() or {}
        for item in self.items:
            if item.kind == ItemKind.RANKING:
                self._clean_order(item, cleaned)
        return cleaned

    def _clean_order(self, item: Item, cleaned: dict[str, Any]) -> None:
        seen: dict[str, str] = {}
        for option in item.options.all():
            name = _place_name(item, option)
            place = cleaned.get(name, "")
            if place and place in seen:
                words = _("You gave place %(place)s twice: “%(other)s” has it too. Give each place once.")
                self.add_error(name, words % {"place": place, "other": seen[place]})
            seen.setdefault(place, option.words)
        first = _place_name(item, item.options.all()[0])
        if item.is_required and self.is_sending and not any(place for place in seen):
            self.add_error(first, _("Give at least one of them a place."))

    # Whether what must be answered is asked for: not while somebody only saves.
    is_sending = True

    def said(self) -> dict[int, Said]:
        """Return what was answered, by the id of the question, once the form is valid."""
        return {item.pk: self._said(item) for item in self.items}

    def _said(self, item: Item) -> Said:
        if item.kind == ItemKind.RANKING:
            placed = [(self.cleaned_data[_place_name(item, each)], each.pk) for each in item.options.all()]
            return Said(tuple(pk for _place, pk in sorted((int(at), pk) for at, pk in placed if at)))
        value = self.cleaned_data[_name(item)]
        if item.kind == ItemKind.TEXT:
            return Said(text=value)
        if item.kind == ItemKind.RATING:
            return Said(number=int(value) if value else None)
        chosen = value if item.kind == ItemKind.SEVERAL else [value] if value else []
        return Said(tuple(int(pk) for pk in chosen))

    def item_layout(self) -> list[Any]:
        """Return the questions in order, as parts of a layout."""
        return [_part(item) for item in self.items]


def first_control(item: Item) -> str:
    """Return the id of the first control of a question's field or group."""
    if item.kind == ItemKind.TEXT:
        return f"id_{_name(item)}"
    return f"id_{_name(item)}_{1 if item.kind == ItemKind.RANKING else 0}"


def _name(item: Item) -> str:
    return f"q{item.number}"


def _place_name(item: Item, option: Option) -> str:
    return f"q{item.number}_{option.number}"


class Ranking(LayoutObject):
    """The selects of one ranking as a group; its words are no template, as crispy's own legends are."""

    def __init__(self, item: Item) -> None:
        """Group the fields of `item`."""
        self.item = item
        self.fields = [_place_name(item, option) for option in item.options.all()]

    def render(self, form: Any, context: Any, template_pack: str = "", **_more: Any) -> str:
        """Draw the group with its legend and hint."""
        item, hint_id = self.item, f"q{self.item.number}_hint"
        hint = item.hint or _("Give the first place to what matters most to you. You may leave some out.")
        return format_html(
            '<fieldset class="govuk-fieldset govuk-form-group" aria-describedby="{}">'
            '<legend class="govuk-fieldset__legend">{}{}</legend>'
            '<div class="govuk-hint" id="{}">{}</div>{}</fieldset>',
            hint_id,
            str(item),
            "" if item.is_required else format_html(' <span class="cp-optional">{}</span>', _("(optional)")),
            hint_id,
            hint,
            mark_safe(self.get_rendered_fields(form, context, template_pack or TEMPLATE_PACK)),
        )


class PlaceSelect(forms.Select):
    """A select browsers do not insist on."""

    def use_required_attribute(self, _initial: Any) -> bool:
        """Let it be left out."""
        return False


class PlaceField(forms.ChoiceField):
    """The place of one option; its group says whether it may be left out, so the field does not."""

    def __init__(self, **more: Any) -> None:
        """Make a select that looks required and takes nothing too."""
        super().__init__(required=True, widget=PlaceSelect, **more)

    def validate(self, value: Any) -> None:
        """Take no place as an answer."""
        if value:
            super().validate(value)


def _part(item: Item) -> Any:
    return Ranking(item) if item.kind == ItemKind.RANKING else _name(item)


def _fields(item: Item, given: Said) -> Iterator[tuple[str, forms.Field]]:
    if item.kind == ItemKind.RANKING:
        yield from _place_fields(item, given)
    elif item.kind == ItemKind.TEXT:
        asked = _("Write your answer to question %(number)s.") % {"number": item.number}
        hint = item.hint or _("Leave out names, telephone numbers and addresses: we may show your words.")
        words = words_field(
            REMARK_MAX, label=str(item), required=asked, hint=escape(hint), initial=given.text
        )
        words.required = item.is_required
        yield _name(item), words
    else:
        yield _name(item), _choice_field(item, given)


def _place_fields(item: Item, given: Said) -> Iterator[tuple[str, forms.Field]]:
    options = list(item.options.all())
    places = [("", _("No place"))] + [(str(place), str(place)) for place in range(1, len(options) + 1)]
    for option in options:
        at = given.options.index(option.pk) + 1 if option.pk in given.options else ""
        field = PlaceField(
            label=option.words,
            choices=places,
            initial=str(at),
            help_text=escape(_about(option)),
        )
        field.widget.attrs["class"] = "govuk-input--width-10"
        yield _place_name(item, option), field


def _choice_field(item: Item, given: Said) -> forms.ChoiceField:
    many = item.kind == ItemKind.SEVERAL
    field = (forms.MultipleChoiceField if many else forms.ChoiceField)(
        label=str(item),
        help_text=escape(item.hint or (_("Tick as many as you like.") if many else "")),
        choices=_choices(item),
        required=item.is_required,
        initial=_chosen(item, given),
        widget=forms.CheckboxSelectMultiple if many else forms.RadioSelect,
    )
    field.widget.hints = {str(option.pk): _about(option) for option in item.options.all()}
    return field


def _choices(item: Item) -> list[tuple[str, str]]:
    if item.kind != ItemKind.RATING:
        return [(str(option.pk), option.words) for option in item.options.all()]
    ends = {1: item.low_label, 5: item.high_label}
    return [(str(n), f"{n}: {ends[n]}" if ends.get(n) else str(n)) for n in RATINGS]


def _chosen(item: Item, given: Said) -> Any:
    if item.kind == ItemKind.SEVERAL:
        return [str(pk) for pk in given.options]
    if item.kind == ItemKind.RATING:
        return str(given.number or "")
    return str(given.options[0]) if given.options else ""


def _about(option: Option) -> str:
    """Return what stands under an option: more about it, and what it costs."""
    return " · ".join(part for part in (option.details, money.cost(option)) if part)
