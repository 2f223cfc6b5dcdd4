"""The form with a tick for each piece of personal data found in words; it puts words together, no more."""

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import masking


class PiecesForm(forms.Form):
    """Which of the pieces that look like personal data are taken out; sent by GET, so it changes nothing."""

    chosen = forms.CharField(widget=forms.HiddenInput, initial="1")
    # Nothing has to be ticked, and saying "optional" would be taken for not having to look.
    out = forms.MultipleChoiceField(
        label=gettext_lazy("Take out"),
        help_text=gettext_lazy("What the portal found. A name of somebody in public office may stay."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, text: str, handle: str, asked: QueryDict, *, is_all: bool) -> None:
        """List the pieces of `text`; until somebody `asked`, all of them are ticked, or none."""
        self.text, self.handle = text, handle
        found = masking.found(text, handle)
        self.is_asked = "chosen" in asked
        every = [str(number) for number in range(len(found))]
        self.taken = asked.getlist("out") if self.is_asked else every if is_all else []
        super().__init__(initial={"out": self.taken}, auto_id="pieces_%s")
        choices = [
            (str(number), _("%(words)s (%(what)s)") % {"words": match.text, "what": match.label})
            for number, match in enumerate(found)
        ]
        self.fields["out"].choices = choices  # type: ignore[attr-defined]
        self.has_any = bool(found)

    def words(self) -> str:
        """Return the words without what is ticked; a number nobody was offered takes out nothing."""
        return masking.without(self.text, self.taken, self.handle)
