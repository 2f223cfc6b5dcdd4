"""The forms with which staff write a consultation and decide about it; they clean input and move no stage."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Team, User
from look.fields import DayField, MomentField
from places.models import Ward
from updates.forms.texts import guard
from updates.models import Notice

from .consultations import writing
from .enums import Access, Stage, Via
from .forms import WordsField, words_field
from .models import Consultation
from .staff_forms import FilterForm

NOTE_MAX, REASON_MAX = 1000, 300
_INTRODUCTION_MAX, _PART_MAX = 8000, 4000
_ACCESS_HINTS = {
    Access.OPEN: gettext_lazy("Easiest for people. Answers that come in bursts from one network are marked."),
    Access.EMAIL: gettext_lazy("An answer counts when the person has followed the link in an e-mail."),
    Access.CODE: gettext_lazy("You make codes here and print them in letters; each is good for one answer."),
}


class ConsultationFilter(FilterForm):
    """What the list of consultations shows."""

    stage = forms.ChoiceField(
        label=gettext_lazy("Stage"),
        choices=[("", gettext_lazy("Every stage")), *Stage.choices],
        required=False,
    )
    team = forms.ModelChoiceField(
        Team.objects.none(),
        label=gettext_lazy("Team"),
        required=False,
        empty_label=gettext_lazy("All my teams"),
    )

    def __init__(self, *args: Any, team_ids: Iterable[int], **kwargs: Any) -> None:
        """Offer only the person's own teams."""
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = Team.objects.filter(pk__in=team_ids)  # type: ignore[attr-defined]


class ResultsFilter(FilterForm):
    """Of which answers the results are shown."""

    via = forms.ChoiceField(
        label=gettext_lazy("How they came in"),
        choices=[("", gettext_lazy("All ways")), *Via.choices],
        required=False,
    )
    ward = forms.ModelChoiceField(
        Ward.objects.all(),
        label=gettext_lazy("Ward"),
        required=False,
        empty_label=gettext_lazy("The whole borough"),
    )


class _ProjectField(forms.ModelChoiceField):
    """A project by its title."""

    def label_from_instance(self, obj: Any) -> str:
        """Return what residents read, and the reference."""
        return f"{obj.live_edition.headline} ({obj.reference})"


class StartForm(forms.Form):
    """What starts a consultation: about which project, what it is called, how long it is meant to be."""

    notice = _ProjectField(
        Notice.objects.none(),
        label=gettext_lazy("About which project?"),
        to_field_name="reference",
        empty_label=gettext_lazy("Choose a project"),
        error_messages={"required": gettext_lazy("Choose the project it is about.")},
    )
    sort = forms.ChoiceField(
        label=gettext_lazy("What do you want to ask?"),
        choices=[("consultation", gettext_lazy("A consultation")), ("poll", gettext_lazy("A poll"))],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose one of the two.")},
    )
    title = WordsField(
        label=gettext_lazy("Title"),
        max_length=120,
        help_text=gettext_lazy("What you ask, in plain words: “Where should the new crossing go?”"),
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"required": gettext_lazy("Give it a title.")},
    )

    def __init__(self, *args: Any, notices: QuerySet[Notice], **kwargs: Any) -> None:
        """Offer the projects the person may ask about."""
        super().__init__(*args, **kwargs)
        self.fields["notice"].queryset = notices  # type: ignore[attr-defined]
        self.fields["sort"].widget.hints = {
            "consultation": _(
                "A decision is ahead. It says what can change, what options cost and who decides."
            ),
            "poll": _("One or a few quick questions about something small."),
        }
        guard(self)


class WordsForm(forms.Form):
    """The words and times of a consultation."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = WordsField(
        label=gettext_lazy("Title"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    introduction = words_field(
        _INTRODUCTION_MAX,
        label=gettext_lazy("What it is about"),
        required=gettext_lazy("Say what it is about."),
        hint=gettext_lazy("Enough for somebody who hears of it for the first time to answer with reason."),
    )
    can_change = words_field(
        _PART_MAX,
        label=gettext_lazy("What can still change"),
        required="",
        rows=4,
        hint=gettext_lazy("If nothing can, do not ask: give notice instead."),
    )
    is_decided = words_field(_PART_MAX, label=gettext_lazy("What is decided already"), required="", rows=4)
    impact = words_field(
        _PART_MAX,
        label=gettext_lazy("Whom it affects, and how"),
        required="",
        rows=4,
        hint=gettext_lazy(
            "Also people of different ages, disabled people, and others the Equality Act protects."
        ),
    )
    decided_by = WordsField(
        label=gettext_lazy("Who decides"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("A committee or a person: “Transport Committee”."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    decides_on = DayField(label=gettext_lazy("When they decide"), required=False)
    opens_at = MomentField(label=gettext_lazy("Opens"))
    closes_at = MomentField(
        label=gettext_lazy("Closes"),
        help_text=gettext_lazy("An answer counts if it arrives before this moment."),
    )
    access = forms.ChoiceField(
        label=gettext_lazy("Who may answer"), choices=Access.choices, widget=forms.RadioSelect
    )
    other_formats = words_field(
        _PART_MAX,
        label=gettext_lazy("Other ways to take part"),
        required="",
        rows=3,
        hint=gettext_lazy(
            "Where the paper form goes back to, a telephone number, meetings, other languages. "
            "It is printed on the paper form."
        ),
    )
    owner = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Who looks after it"),
        empty_label=None,
        help_text=gettext_lazy("They are reminded until the outcome is public."),
    )

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        """Fill in what is kept; a poll is asked for less."""
        kept = {name: getattr(consultation, name) for name in writing.WORDS}
        super().__init__(*args, **{"initial": {**kept, "version": consultation.version}, **kwargs})
        for name, field in self.fields.items():
            if isinstance(field, WordsField) and name not in ("title", "introduction"):
                field.required = False
        people = User.objects.filter(is_active=True, memberships__team=consultation.team).distinct()
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]
        self.fields["access"].widget.hints = _ACCESS_HINTS
        guard(self)

    def clean(self) -> dict[str, Any]:
        """Refuse a closing time that is not after the opening."""
        data = super().clean() or self.cleaned_data
        opens_at, closes_at = data.get("opens_at"), data.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", _("It has to close after it opens."))
        return data


class MoveForm(forms.Form):
    """What comes with a decision: which version was read, and a reason where one is needed."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = WordsField(
        label=gettext_lazy("Reason"),
        max_length=NOTE_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Refuse what nobody sees."""
        super().__init__(*args, **kwargs)
        guard(self)


class LongerForm(forms.Form):
    """A later closing time and its public reason."""

    closes_at = MomentField(label=gettext_lazy("Closes now at"))
    reason = WordsField(
        label=gettext_lazy("Why it stays open longer"),
        max_length=REASON_MAX,
        help_text=gettext_lazy("Everybody can read this on the page."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"required": gettext_lazy("Say why, for everybody to read.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Refuse what nobody sees."""
        super().__init__(*args, **kwargs)
        guard(self)


class OutcomeForm(forms.Form):
    """What people said, what was decided, what changed because of it and what did not, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    said = words_field(
        _PART_MAX,
        label=gettext_lazy("What people said"),
        required=gettext_lazy("Say what people said."),
        hint=gettext_lazy("Also what only a few said, if it bears on the decision."),
    )
    decided = words_field(
        _PART_MAX, label=gettext_lazy("What was decided"), required=gettext_lazy("Say what was decided.")
    )
    changed = words_field(_PART_MAX, label=gettext_lazy("What changed because of it"), required="", rows=5)
    is_no_change = forms.BooleanField(
        label=gettext_lazy("Nothing changed because of it"),
        required=False,
        help_text=gettext_lazy("That may be right; then say why below."),
    )
    not_changed = words_field(
        _PART_MAX, label=gettext_lazy("What did not change, and why"), required="", rows=5
    )
    decision_url = forms.URLField(
        label=gettext_lazy("Link to the decision"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("Minutes or a report, for whoever wants to read more."),
    )

    def __init__(self, *args: Any, kept: dict[str, Any], **kwargs: Any) -> None:
        """Fill in what is kept."""
        super().__init__(*args, **{"initial": kept, **kwargs})
        for name in ("changed", "not_changed"):
            self.fields[name].required = False
        guard(self)

    def clean(self) -> dict[str, Any]:
        """Refuse "nothing changed" without a reason, and with something that changed."""
        data = super().clean() or self.cleaned_data
        if data.get("is_no_change") and not data.get("not_changed"):
            self.add_error("not_changed", _("Say why nothing changed."))
        if data.get("is_no_change") and data.get("changed"):
            self.add_error("is_no_change", _("You wrote what changed. Take out one of the two."))
        return data
