"""What every text that staff type has in common; must not know which text it is."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# They turn the direction of what follows round, unseen: words can be made to read as others
# (Unicode Technical Report 36, 2.5). The marks that right-to-left writing itself needs are not among them.
DIRECTION_OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def no_hidden_direction(text: str) -> None:
    """Refuse characters that turn the reading direction round without being seen."""
    if any(character in DIRECTION_OVERRIDES for character in text):
        raise ValidationError(
            _(
                "This text holds invisible characters that turn its reading direction round. "
                "Delete it and type it again, or paste it as plain text."
            ),
            code="hidden_direction",
        )


def on_one_line(text: str) -> None:
    """Refuse a line break where a browser lets nobody type one: after it a heading could be smuggled in."""
    if len(text.splitlines()) > 1:
        raise ValidationError(_("Write this on one line."), code="line_break")


def guard(form: forms.Form) -> None:
    """Refuse such characters in every text of `form`, and line breaks in those of one line."""
    for field in form.fields.values():
        if isinstance(field, forms.CharField):
            field.validators.append(no_hidden_direction)
            if isinstance(field.widget, forms.TextInput):
                field.validators.append(on_one_line)
