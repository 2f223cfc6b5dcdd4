"""The one box of the page that says whether a post is genuine."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.utils.translation import gettext_lazy as _

from .verifying import LONGEST


class VerifyForm(forms.Form):
    """A link, a post's words, or what a screenshot says."""

    q = forms.CharField(
        label=_("A link, or the words of a post"),
        help_text=_("Paste the post’s address or its text. From a screenshot, type what it says."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Paste a link or the words of a post."),
            "max_length": _("That is very long. Paste the first part of the post."),
        },
    )

    @property
    def helper(self) -> FormHelper:
        """Return how the form is drawn."""
        helper = FormHelper()
        helper.form_method = "post"
        helper.add_input(Submit("", str(_("Is it genuine?"))))
        return helper
