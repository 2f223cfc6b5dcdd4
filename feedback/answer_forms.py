"""The forms with which staff answer and look after what came in; they clean input and decide nothing."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Team, User
from look.fields import DayField
from updates.conversation import speaker

from .answering import Words
from .enums import Status
from .forms import WordsField, words_field
from .models import ANSWER_MAX, NOTE_MAX, AnswerDraft, AnswerTemplate, Question
from .working_days import today

PROMISE_MAX, NAME_MAX = 300, 80


class AnswerForm(forms.Form):
    """The official answer; for a correction, also what was corrected; what is posted where it was asked."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    draft_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    template = forms.ModelChoiceField(
        AnswerTemplate.objects.none(),
        label=gettext_lazy("Ready-made answer"),
        required=False,
        empty_label=gettext_lazy("Choose one"),
    )
    text = words_field(
        ANSWER_MAX,
        label=gettext_lazy("Answer"),
        required=gettext_lazy("Write the answer."),
        hint=gettext_lazy("Say the answer in the first sentence. It is signed with your team's name."),
    )
    change_note = forms.CharField(
        label=gettext_lazy("What did you correct?"),
        max_length=300,
        help_text=gettext_lazy("Everybody can read this under the answer."),
        error_messages={"required": gettext_lazy("Say what you corrected.")},
    )
    is_posted = forms.BooleanField(required=False, initial=True)
    post = words_field(ANSWER_MAX, label=gettext_lazy("What the post says"), required="", rows=3)
    promise = WordsField(
        label=gettext_lazy("What do you promise?"),
        required=False,
        max_length=PROMISE_MAX,
        help_text=gettext_lazy("Councillors see whether it was kept. Leave it empty if you promise nothing."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    promised_on = DayField(label=gettext_lazy("By when?"), required=False)

    def __init__(
        self,
        *args: Any,
        question: Question,
        templates: QuerySet[AnswerTemplate] | None = None,
        is_draft: bool = False,
        **kwargs: Any,
    ) -> None:
        """Ask what was corrected only when something is, and for a post only where there is a platform."""
        super().__init__(*args, **kwargs)
        self._question, self._is_draft = question, is_draft
        self._is_correction = question.current_answer_id is not None
        if not self._is_correction:
            del self.fields["change_note"]
        if question.source_key and question.status == Status.PUBLISHED:
            self._offer_post(question.source, speaker().most_characters(question.source_key))
        else:
            del self.fields["is_posted"], self.fields["post"]
        if templates:
            self.fields["template"].queryset = templates  # type: ignore[attr-defined]
        else:
            del self.fields["template"]

    def full_clean(self) -> None:
        """Let a draft lack its words for now; what an answer needs is still asked for."""
        needed = [field for field in self.fields.values() if field.required and self._is_draft]
        for field in needed:
            field.required = False
        super().full_clean()
        for field in needed:
            field.required = True

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
        if data["post"] and not self._is_draft:
            for sentence in speaker().problems(str(self._question.source_key), data["post"]):
                self.add_error("post", sentence)
        if data.get("promised_on") and not data.get("promise"):
            self.add_error("promise", _("Say what you promise by that day, or leave the day empty."))
        if not self._is_draft and self._is_over(data.get("promised_on")):
            self.add_error("promised_on", _("That day is over. Promise a day to come."))
        return data

    def _is_over(self, day: dt.date | None) -> bool:
        """Say whether a promise is made for a day that has gone; a correction may repeat an old one."""
        given = self._question.current_answer
        return day is not None and day < today() and (given is None or given.promised_on != day)

    def words(self, *, is_private: bool) -> Words:
        """Return what a valid form says."""
        data = self.cleaned_data
        return Words(
            text=data["text"],
            change_note=data.get("change_note", ""),
            post=data["post"],
            is_private=is_private,
            promise=data["promise"],
            promised_on=data["promised_on"],
        )

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


def initial_answer(question: Question, draft: AnswerDraft | None) -> dict[str, Any]:
    """Return what the form starts with: the draft, else the answer that is corrected, else nothing."""
    start: dict[str, Any] = {"version": question.version, "draft_version": draft.version if draft else 0}
    if draft:
        names = ("text", "change_note", "post", "promise", "promised_on")
        is_posted = bool(draft.post) or not draft.text
        return {**start, "is_posted": is_posted, **{name: getattr(draft, name) for name in names}}
    if given := question.current_answer:
        start |= {"text": given.text, "promise": given.promise, "promised_on": given.promised_on}
    return start


class SeenForm(forms.Form):
    """What the person had in front of them: the question's version and the draft's."""

    version = forms.IntegerField()
    draft_version = forms.IntegerField()


class SendBackForm(forms.Form):
    """Why an offered answer goes back to its writer."""

    draft_version = forms.IntegerField(widget=forms.HiddenInput)
    note = words_field(
        NOTE_MAX, label=gettext_lazy("What should change?"), required=_("Say what should change."), rows=3
    )


class AssignForm(forms.Form):
    """Who of the team looks after it."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    to = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Who looks after it?"),
        required=False,
        empty_label=gettext_lazy("Nobody yet"),
    )

    def __init__(self, *args: Any, colleagues: QuerySet[User], **kwargs: Any) -> None:
        """Offer those who answer for the team."""
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = colleagues  # type: ignore[attr-defined]


class HandOverForm(forms.Form):
    """Which team gets it, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    to = forms.ModelChoiceField(
        Team.objects.none(),
        label=gettext_lazy("To which team?"),
        empty_label=gettext_lazy("Choose a team"),
        error_messages={"required": gettext_lazy("Choose the team that gets it.")},
    )
    why = words_field(
        NOTE_MAX,
        label=gettext_lazy("Why?"),
        required=gettext_lazy("Say why: the other team reads it."),
        rows=3,
        hint=gettext_lazy("Only colleagues read this."),
    )

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        """Offer every team but the one it lies with."""
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = Team.objects.exclude(pk=team.pk)  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    """A line for colleagues."""

    text = words_field(
        NOTE_MAX,
        label=gettext_lazy("Note for colleagues"),
        required=gettext_lazy("Write the note."),
        rows=3,
        hint=gettext_lazy("Never public; deleted with the words."),
    )


class TemplateForm(forms.Form):
    """A ready-made answer."""

    team = forms.ModelChoiceField(
        Team.objects.none(), label=gettext_lazy("Whose is it?"), required=False, empty_label=None
    )
    name = WordsField(
        label=gettext_lazy("Name"),
        max_length=NAME_MAX,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        error_messages={"required": gettext_lazy("Give it a name by which colleagues find it.")},
    )
    text = words_field(
        ANSWER_MAX,
        label=gettext_lazy("Answer"),
        required=gettext_lazy("Write the answer."),
        hint=gettext_lazy("{reference}, {notice} and {due} are filled in when it is used."),
    )

    def __init__(self, *args: Any, team_ids: Iterable[int], for_all: bool, **kwargs: Any) -> None:
        """Offer the teams the person answers for, and "all teams" to those who may write for all."""
        super().__init__(*args, **kwargs)
        team = self.fields["team"]
        team.queryset = Team.objects.filter(pk__in=team_ids)  # type: ignore[attr-defined]
        team.required = not for_all
        if for_all:
            team.empty_label = _("All teams")  # type: ignore[attr-defined]


class RuleForm(forms.Form):
    """Which of the teams want a second person."""

    teams = forms.ModelMultipleChoiceField(
        Team.objects.none(),
        label=gettext_lazy("Where does a second person see every answer first?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, among: QuerySet[Team], **kwargs: Any) -> None:
        """Offer the teams the person sets this for."""
        super().__init__(*args, **kwargs)
        self.fields["teams"].queryset = among  # type: ignore[attr-defined]
