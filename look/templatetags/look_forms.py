"""What the council template pack asks about a form field; must not change a form."""

from typing import Any

from django import forms, template
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.widgets import Input
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from look.widgets import Boxes

register = template.Library()

_CLASSES: list[tuple[type[forms.Widget], str]] = [
    (forms.Textarea, "govuk-textarea"),
    (forms.SelectMultiple, "govuk-select"),
    (forms.Select, "govuk-select"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (Input, "govuk-input"),
]
_ASKS = {
    "checkbox": gettext_lazy("Tick this to go on."),
    "file": gettext_lazy("Choose a file."),
    "boxes": gettext_lazy("Fill in the date."),
}
_GROUPS = (forms.RadioSelect, forms.CheckboxSelectMultiple, Boxes)


@register.filter
def kind(field: BoundField) -> str:
    """Return what draws this field: radios, checkboxes, checkbox, boxes, file or control."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checkboxes"
    if isinstance(widget, forms.RadioSelect):
        return "radios"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, Boxes | forms.MultiWidget):
        return "boxes"
    return "file" if isinstance(widget, forms.FileInput) else "control"


@register.filter
def control_id(field: BoundField) -> str:
    """Return the id of the control that an error should land on: in a group, the first one."""
    widget = field.field.widget
    if isinstance(widget, (*_GROUPS, forms.MultiWidget)):
        return f"{field.auto_id}_0"
    return field.id_for_label or field.auto_id


@register.filter
def described_by(field: BoundField) -> str:
    """Return the ids of the hint, the error, the count and the findings of a field, in reading order."""
    parts = []
    if field.help_text:
        parts.append(f"{field.auto_id}_hint")
    if field.errors:
        parts.append(f"{field.auto_id}_error")
    if counted(field):
        parts.append(f"{field.auto_id}_count")
    if getattr(field.field, "findings", None):
        parts.append(f"{field.auto_id}_findings")
    return " ".join(parts)


@register.filter
def counted(field: BoundField) -> int | None:
    """Return how many characters a long text may have, where a count helps; None elsewhere."""
    if not isinstance(field.field.widget, forms.Textarea) and "data-count" not in field.field.widget.attrs:
        return None
    return getattr(field.field, "max_length", None)


@register.filter
def control(field: BoundField) -> SafeString:
    """Render the control of a field with its class and its links to hint and error.

    `maxlength` is left out where a count is shown: cutting what somebody pastes loses their words in silence.
    """
    widget = field.field.widget
    attrs: dict[str, Any] = {"class": f"{_class_of(widget)} {widget.attrs.get('class', '')}".strip()}
    if described := described_by(field):
        attrs["aria-describedby"] = described
    if field.errors:
        attrs["aria-invalid"] = "true"
    if counted(field):
        attrs["maxlength"] = False
        attrs["data-limit"] = str(counted(field))
    if isinstance(widget, forms.ClearableFileInput):
        # The pack draws the current file and its "remove" box; the widget's own drawing would repeat them.
        return field.as_widget(widget=forms.FileInput(attrs=widget.attrs), attrs=attrs)
    return field.as_widget(attrs=attrs)


@register.filter
def choice_hint(field: BoundField, value: Any) -> str:
    """Return the hint of one choice, where the widget carries `hints`."""
    hints: dict[str, str] = getattr(field.field.widget, "hints", {})
    return hints.get(str(value), "")


@register.filter
def plain_errors(field: BoundField) -> list[str]:
    """Return the field's errors as sentences that say what to do, where Django's own only state a rule."""
    return [_in_plain_words(error, field) for error in field.errors.as_data()]


def _in_plain_words(error: ValidationError, field: BoundField) -> str:
    if error.code == "required" and error.message == forms.Field.default_error_messages["required"]:
        return (
            _("Choose an answer.") if _chosen(field) else str(_ASKS.get(kind(field), _("Write an answer.")))
        )
    if error.code == "max_length" and error.params:
        over = {"over": error.params["show_value"] - error.params["limit_value"], **error.params}
        return _("Too long by %(over)s: the most is %(limit_value)s characters.") % over
    return str(error.messages[0])


def _chosen(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.Select | forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.filter
def first_control_id(form: forms.BaseForm) -> str:
    """Return the id of the form's first visible control, where an error about the whole form lands."""
    visible = form.visible_fields()
    return control_id(visible[0]) if visible else "main"


@register.filter
def current_file(field: BoundField) -> dict[str, Any] | None:
    """Return what a file field holds now (name, url, is_picture, clear_name, clear_id); None when nothing."""
    widget, now = field.field.widget, field.initial
    if not now or not hasattr(now, "url"):
        return None
    clears = isinstance(widget, forms.ClearableFileInput) and not field.field.required
    name = widget.clear_checkbox_name(field.html_name) if clears else ""
    return {
        "name": now.name.rsplit("/", 1)[-1],
        "url": now.url,
        "is_picture": isinstance(field.field, forms.ImageField),
        "clear_name": name,
        "clear_id": widget.clear_checkbox_id(name) if clears else "",
    }


@register.filter
def govuk_only(classes: str) -> str:
    """Drop the classes crispy-forms gives buttons for other packs."""
    return " ".join(word for word in classes.split() if word.startswith(("govuk-", "cp-")))


@register.filter
def says_optional(field: BoundField) -> bool:
    """Return whether the label should say "(optional)": need not be answered, and is not a tick."""
    return not field.field.required and not isinstance(field.field.widget, forms.CheckboxInput)


@register.simple_tag
def error_prefix(form: forms.BaseForm | None) -> str:
    """Return "Error: " for the page's title when the form was refused."""
    return _("Error: ") if form is not None and form.is_bound and form.errors else ""


def _class_of(widget: forms.Widget) -> str:
    return next((css for widget_type, css in _CLASSES if isinstance(widget, widget_type)), "")
