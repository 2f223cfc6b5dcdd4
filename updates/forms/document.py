"""The form that adds a document to a notice; must not read the file."""

from django import forms
from django.utils.translation import gettext_lazy

from .texts import no_hidden_direction


class DocumentForm(forms.Form):
    """A PDF and what residents call it."""

    title = forms.CharField(
        label=gettext_lazy("What is it called?"),
        max_length=120,
        help_text=gettext_lazy(
            "Residents read it instead of the file’s name, such as “Plan of the diversion”."
        ),
        error_messages={"required": gettext_lazy("Say what the document is called.")},
        validators=[no_hidden_direction],
    )
    file = forms.FileField(
        label=gettext_lazy("PDF"),
        help_text=gettext_lazy(
            "Up to 10 MB. Comments, the author’s name and earlier versions are taken out of it. "
            "Put what matters on the notice itself too: not everybody can read a PDF."
        ),
        error_messages={
            "required": gettext_lazy("Choose a PDF."),
            "empty": gettext_lazy("This file is empty. Choose another."),
        },
        widget=forms.FileInput(attrs={"accept": "application/pdf,.pdf"}),
    )
