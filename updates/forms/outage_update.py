"""The short form of an update from a phone: state, estimate, when more, one sentence; it saves nothing."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from look import times
from look.fields import MomentField

from ..enums import EstimateStage, OutageState
from ..models import OutageDetail
from ..outages import choices
from ..outages.quick import Said
from .texts import no_hidden_direction

_STATE_HINTS = {
    OutageState.INVESTIGATING: gettext_lazy("We are looking for the cause."),
    OutageState.IDENTIFIED: gettext_lazy("We know the cause."),
    OutageState.REPAIRING: gettext_lazy("People are working on it."),
    OutageState.MONITORING: gettext_lazy("It is mended, and we are watching it."),
    OutageState.RESTORED: gettext_lazy("It is back for everybody."),
}


class OutageUpdateForm(forms.Form):
    """What changed? `now` is the moment the quick answers count from."""

    state = forms.ChoiceField(label=gettext_lazy("How far is it?"), widget=forms.RadioSelect)
    sentence = forms.CharField(
        label=gettext_lazy("What changed, in one sentence"),
        max_length=220,
        help_text=gettext_lazy("Residents read this first. “Nothing new yet” is news too."),
        error_messages={"required": gettext_lazy("Say in one sentence what changed.")},
        validators=[no_hidden_direction],
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_summary_too = forms.BooleanField(
        label=gettext_lazy("Make this sentence the notice’s summary, too"), required=False
    )
    estimate = forms.ChoiceField(
        label=gettext_lazy("When will it be back?"),
        error_messages={"required": gettext_lazy("Choose when it will be back, or “We do not know yet”.")},
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Not asked once it is restored."),
    )
    estimate_from_at = MomentField(label=gettext_lazy("Back from, at the earliest"), required=False)
    estimate_to_at = MomentField(label=gettext_lazy("Back by, at the latest"), required=False)
    next_update = forms.ChoiceField(
        label=gettext_lazy("When will you say more?"),
        error_messages={"required": gettext_lazy("Choose when you will say more, or “No promise”.")},
        widget=forms.RadioSelect,
        help_text=gettext_lazy("You get a reminder at half the time. A missed promise shows on the page."),
    )
    next_update_by_at = MomentField(label=gettext_lazy("Next update by"), required=False)
    restored_at = MomentField(
        label=gettext_lazy("When was it restored?"),
        required=False,
        help_text=gettext_lazy("Only if it is restored. Leave it empty for “just now”."),
    )

    def __init__(self, *args: Any, live: OutageDetail, now: datetime, **kwargs: Any) -> None:
        """Offer the answers that make sense after `live`."""
        super().__init__(*args, **kwargs)
        self.live, self.now = live, now
        self._offer("state", _states(live))
        self.fields["state"].widget.hints = _STATE_HINTS
        self._offer("estimate", choices.estimate_choices(now, _kept(live)))
        self._offer("next_update", choices.next_choices(now))
        self.fields["estimate"].required = self._is_asked("estimate_from_at", "estimate_to_at")
        self.fields["next_update"].required = self._is_asked("next_update_by_at")
        ahead = live.estimate_to_at is not None and live.estimate_to_at > now and bool(_kept(live))
        self.initial = {
            "state": live.state,
            "estimate": choices.KEEP if ahead else "",
            **self.initial,
        }

    def _offer(self, name: str, offered: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = offered

    def _is_asked(self, *typed: str) -> bool:
        """Say whether a quick answer must be chosen: not once it is restored, nor where a time was typed."""
        boxes = [f"{name}_{number}" for name in typed for number in range(4)]
        is_restored = self.data.get("state") == OutageState.RESTORED
        return not is_restored and not any(self.data.get(box) for box in boxes)

    @property
    def said(self) -> Said:
        """Return what the cleaned form says."""
        data = self.cleaned_data
        return Said(
            state=data["state"],
            sentence=data["sentence"],
            next_update_by_at=data.get("said_next"),
            estimate=data.get("said_estimate"),
            restored_at=data.get("restored_at"),
            is_summary_too=data["is_summary_too"],
        )

    def clean(self) -> dict[str, Any]:
        """Read the answers together: what is restored needs no estimate, everything else needs both."""
        data = super().clean() or {}
        if data.get("state") == OutageState.RESTORED:
            self._clean_restored(data)
        elif data.get("state"):
            self._clean_estimate(data)
            self._clean_next(data)
        return data

    def _clean_restored(self, data: dict[str, Any]) -> None:
        if "restored_at" not in data:
            return
        at = data["restored_at"] or self.now
        if at > self.now:
            self.add_error("restored_at", _("That is still ahead. Say when it came back."))
        elif self.live.since_at and at < self.live.since_at:
            since = times.words(self.live.since_at)
            self.add_error("restored_at", _("It has been off since %(since)s.") % {"since": since})
        data["restored_at"] = at

    def _clean_estimate(self, data: dict[str, Any]) -> None:
        choice = data.get("estimate") or ""
        start, end = data.get("estimate_from_at"), data.get("estimate_to_at")
        if self._has_error_in("estimate", "estimate_from_at", "estimate_to_at"):
            return
        if start or end:
            data["said_estimate"] = self._typed_range(start, end)
        elif choice == choices.OTHER:
            self.add_error("estimate_to_at", _("Write by when it should be back."))
        elif choice != choices.KEEP:
            data["said_estimate"] = (None, choices.estimate_at(choice, self.now))

    def _typed_range(
        self, start: datetime | None, end: datetime | None
    ) -> tuple[datetime | None, datetime | None]:
        if end is None:
            self.add_error("estimate_to_at", _("Say by when it should be back."))
        elif start and end < start:
            self.add_error("estimate_to_at", _("“Back by” is earlier than “back from”."))
        elif end <= self.now:
            self.add_error("estimate_to_at", _("That time is over. Choose one that is still ahead."))
        return start, end

    def _clean_next(self, data: dict[str, Any]) -> None:
        choice, typed = data.get("next_update") or "", data.get("next_update_by_at")
        if self._has_error_in("next_update", "next_update_by_at"):
            return
        if typed and typed <= self.now:
            self.add_error("next_update_by_at", _("That time is over. Choose one that is still ahead."))
        elif typed:
            data["said_next"] = typed
        elif choice == choices.OTHER:
            self.add_error("next_update_by_at", _("Write by when you will say more."))
        else:
            data["said_next"] = choices.next_at(choice, self.now)

    def _has_error_in(self, *names: str) -> bool:
        return any(self.has_error(name) for name in names)


def _states(live: OutageDetail) -> list[tuple[str, Any]]:
    before = live.state == OutageState.PLANNED
    return [(state.value, state.label) for state in OutageState if before or state != OutageState.PLANNED]


def _kept(live: OutageDetail) -> str:
    """Return the present estimate in words, "" where there is none."""
    if live.estimate_to_at is None or live.estimate_stage == EstimateStage.ASSESSING:
        return ""
    by = _("by %(time)s") % {"time": times.words(live.estimate_to_at)}
    if live.estimate_from_at is None:
        return by
    ends = {"from": times.words(live.estimate_from_at), "to": times.words(live.estimate_to_at)}
    return _("%(from)s to %(to)s") % ends
