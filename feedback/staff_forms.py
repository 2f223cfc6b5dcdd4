"""The forms of the inbox and the summary: they clean input and never write a status."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.enums import Kind
from accounts.models import Team
from places.models import Ward
from updates.conversation import speaker

from .enums import HiddenReason, Sort, State, Status
from .forms import words_field
from .models import ANSWER_MAX, FEEDBACK_MAX, Question

MINE = "mine"
HERE = "portal"
KINDS = [(kind.value, capfirst(kind.label)) for kind in Kind]


class PublishForm(forms.Form):
    """The words as residents will read them."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    public_text = words_field(
        FEEDBACK_MAX + 500,
        label=_("What residents will read"),
        required=_("There are no words left to show. Hide it with a reason instead."),
        hint=_("Take out what could harm somebody. Do not change what the writer means."),
    )


class HideForm(forms.Form):
    """One of the fixed reasons."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label=_("Why is it hidden?"),
        choices=[(reason.value, capfirst(reason.label)) for reason in HiddenReason],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose why it is hidden.")},
    )


class AnswerForm(forms.Form):
    """The official answer; for a correction, also what was corrected; what is posted where it was asked."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = words_field(
        ANSWER_MAX,
        label=_("Answer"),
        required=_("Write the answer."),
        hint=_("Say the answer in the first sentence. It is signed with your team's name."),
    )
    change_note = forms.CharField(
        label=_("What did you correct?"),
        max_length=300,
        help_text=_("Everybody can read this under the answer."),
        error_messages={"required": _("Say what you corrected.")},
    )

    is_posted = forms.BooleanField(required=False, initial=True)
    post = words_field(
        ANSWER_MAX,
        label=_("What the post says"),
        required="",
        rows=3,
    )

    def __init__(self, *args: Any, question: Question, **kwargs: Any) -> None:
        """Ask what was corrected only when something is, and for a post only where there is a platform."""
        super().__init__(*args, **kwargs)
        self._question = question
        self._is_correction = question.current_answer_id is not None
        if not self._is_correction:
            del self.fields["change_note"]
        if question.source_key and question.status == Status.PUBLISHED:
            self._offer_post(question.source, speaker().most_characters(question.source_key))
        else:
            del self.fields["is_posted"], self.fields["post"]

    def _offer_post(self, source: str, most: int) -> None:
        said = {"source": source, "most": most}
        self.fields["is_posted"].label = _("Post it on %(source)s too, under their words") % said
        words = self.fields["post"]
        words.required = False
        words.help_text = (
            _(
                "Leave it empty to post the answer itself. If it has more than the %(most)s characters that "
                "%(source)s takes, a sentence with the link to it goes out instead."
            )
            % said
        )
        # Counted as the platform counts, not as this page would.
        words.max_length = None  # type: ignore[attr-defined]
        words.widget.attrs.pop("maxlength", None)

    def clean(self) -> dict[str, Any]:
        """Settle what is posted, and refuse here what the platform would not take."""
        data = {**(super().clean() or {}), "post": self._post_words()}
        if data["post"]:
            for sentence in speaker().problems(str(self._question.source_key), data["post"]):
                self.add_error("post", sentence)
        return data

    def _post_words(self) -> str:
        data = self.cleaned_data
        if not data.get("is_posted") or not data.get("text"):
            return ""
        return data.get("post") or speaker().usual_words(
            str(self._question.source_key),
            data["text"],
            url=f"{settings.PORTAL_URL}{self._question.get_absolute_url()}",
            is_correction=self._is_correction,
        )


class FilterForm(forms.Form):
    """A filter from the address; a value that means nothing counts as left out."""

    def chosen(self) -> dict[str, Any]:
        """Return what was chosen, the empty value where nothing or nonsense was."""
        self.is_valid()
        return {name: self.cleaned_data.get(name) or "" for name in self.fields}


class InboxFilter(FilterForm):
    """What the inbox shows."""

    state = forms.ChoiceField(label=_("Show"), choices=State.choices, required=False)
    sort = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("Questions and feedback")), *Sort.choices], required=False
    )
    team = forms.ModelChoiceField(
        Team.objects.none(), label=_("Team"), required=False, empty_label=_("All my teams")
    )
    ward = forms.ModelChoiceField(
        Ward.objects.all(), label=_("Ward"), required=False, empty_label=_("The whole borough")
    )

    source = forms.ChoiceField(label=_("Written on"), required=False)

    def __init__(self, *args: Any, team_ids: frozenset[int], sources: list[str], **kwargs: Any) -> None:
        """Offer only the person's own teams, and the places where something was written for them."""
        super().__init__(*args, **kwargs)
        places = [("", _("Everywhere")), (HERE, _("The portal")), *((each, each) for each in sources)]
        self.fields["source"].choices = places  # type: ignore[attr-defined]
        if not sources:
            del self.fields["source"]
        self.fields["team"].queryset = Team.objects.filter(pk__in=team_ids)  # type: ignore[attr-defined]


class SummaryFilter(FilterForm):
    """What the summary counts and shows."""

    ward = forms.ChoiceField(
        label=_("Where"),
        required=False,
        error_messages={"invalid_choice": _("We do not know that ward, so this is the whole borough.")},
    )
    kind = forms.ChoiceField(
        label=_("Kind of notice"), choices=[("", _("Every kind")), *KINDS], required=False
    )
    sort = forms.ChoiceField(
        label=_("What"), choices=[("", _("Questions and feedback")), *Sort.choices], required=False
    )
    week = forms.ChoiceField(label=_("When"), required=False)
    notice = forms.CharField(required=False, max_length=5, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, wards: list[tuple[str, Any]], weeks: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        """Offer the wards and the weeks given, each as (value, words)."""
        super().__init__(*args, **kwargs)
        self.fields["ward"].choices = wards  # type: ignore[attr-defined]
        self.fields["week"].choices = weeks  # type: ignore[attr-defined]
