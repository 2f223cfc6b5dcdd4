"""One page a move: what will happen, what it asks for, one button. The table of transitions decides."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.access import View, second_factor_recent
from accounts.models import User
from updates import consequences, desk, workflow
from updates.content import content_hash
from updates.forms import decide
from updates.models import Edition
from updates.policy import findings
from updates.transitions import TRANSITIONS, Action
from updates.workflow import TransitionRefused, perform

from .page import officers_only, residents_see

CONFLICT = 409
Text = str | Promise


@dataclass(frozen=True)
class Errand:
    """How one move is asked about and confirmed."""

    action: Action
    heading: Text
    button: Text
    done: Text
    what_happens: Callable[[Edition], list[str]]
    form: type[Form] = decide.ConfirmForm
    is_grave: bool = False


def _view_of(errand: Errand) -> View:
    """Return the page of `errand`; moves that residents see ask for a fresh second factor."""
    carry_out = second_factor_recent(_carry_out) if errand.action in _ASKS_SECOND_FACTOR else _carry_out

    @require_http_methods(["GET", "HEAD", "POST"])
    @officers_only
    def view(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
        if request.method == "POST":
            return carry_out(request, errand, reference, number)
        edition = desk.find_edition(reference, number)
        return _page(request, errand, edition, errand.form(initial={"seen": content_hash(edition)}))

    view.__name__ = str(errand.action)
    view.__doc__ = f"Ask about and carry out “{errand.action}”."
    return view


def _carry_out(request: HttpRequest, errand: Errand, reference: str, number: int) -> HttpResponseBase:
    edition = desk.find_edition(reference, number)
    form = errand.form(request.POST)
    if not form.is_valid():
        return _page(request, errand, edition, form)
    try:
        perform(errand.action, edition, by=_person(request), **_brought(form))
    except TransitionRefused as refusal:
        return _refused(request, errand, form, edition, str(refusal))
    messages.success(request, str(errand.done))
    return redirect("desk:edition", reference=reference, number=number)


def _person(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _brought(form: Form) -> dict[str, Any]:
    """Return what the form brings to the move, under the workflow's names."""
    data = form.cleaned_data
    found: dict[str, Any] = {name: data[name] for name in ("note", "publish_at") if name in data}
    return {**found, "seen_hash": data["seen"]} if "seen" in data else found


def _refused(
    request: HttpRequest, errand: Errand, form: Form, edition: Edition, sentence: str
) -> HttpResponseBase:
    """Say why. Where the edition has moved on (a second click, a colleague), its own page says the rest."""
    fresh = desk.find_edition(edition.notice.reference, edition.number)
    if fresh.status not in TRANSITIONS[errand.action].sources:
        messages.info(request, sentence)
        return redirect("desk:edition", reference=fresh.notice.reference, number=fresh.number)
    form.add_error(None, sentence)
    if "seen" in form.fields:
        # What stands there now was not read yet, so the tick is asked for again.
        kept = {name: text for name, text in request.POST.items() if name != "knows"}
        form.data = {**kept, "seen": content_hash(fresh)}
    return _page(request, errand, fresh, form, CONFLICT)


def _page(
    request: HttpRequest, errand: Errand, edition: Edition, form: Form, status: int = 200
) -> HttpResponse:
    offered = {move.action for move in workflow.available(edition, _person(request))}
    context = {
        "errand": errand,
        "edition": edition,
        "notice": edition.notice,
        "form": form,
        "is_offered": errand.action in offered,
        "items": errand.what_happens(edition),
        "findings": findings(edition) if errand.action in _SHOWS_CHECKS else [],
        # Whoever says "I have read it" has it in front of them.
        "shows_words": "seen" in form.fields,
        "residents": residents_see(edition) if "seen" in form.fields else None,
    }
    return render(request, "desk/confirm.html", context, status=status)


_ASKS_SECOND_FACTOR = {
    Action.PUBLISH,
    Action.SCHEDULE,
    Action.PUBLISH_URGENTLY,
    Action.WITHDRAW,
    Action.END,
}
_SHOWS_CHECKS = {Action.SUBMIT, Action.PUBLISH_URGENTLY}

submit = _view_of(
    Errand(
        Action.SUBMIT,
        gettext_lazy("Send this for approval?"),
        gettext_lazy("Send for approval"),
        gettext_lazy("Sent for approval."),
        consequences.of_submitting,
    )
)
take_back = _view_of(
    Errand(
        Action.TAKE_BACK,
        gettext_lazy("Take it back to change it?"),
        gettext_lazy("Take it back"),
        gettext_lazy("Taken back. It is a draft again."),
        consequences.of_taking_back,
    )
)
publish = _view_of(
    Errand(
        Action.PUBLISH,
        gettext_lazy("Publish now?"),
        gettext_lazy("Publish now"),
        gettext_lazy("It is live. Posts to social accounts are on their way."),
        consequences.of_publishing,
    )
)
schedule = _view_of(
    Errand(
        Action.SCHEDULE,
        gettext_lazy("When should it go live?"),
        gettext_lazy("Schedule"),
        gettext_lazy("Scheduled."),
        consequences.of_scheduling,
        decide.ScheduleForm,
    )
)
unschedule = _view_of(
    Errand(
        Action.UNSCHEDULE,
        gettext_lazy("Cancel the schedule?"),
        gettext_lazy("Cancel the schedule"),
        gettext_lazy("The schedule is cancelled. It stays approved."),
        consequences.of_unscheduling,
    )
)
publish_urgently = _view_of(
    Errand(
        Action.PUBLISH_URGENTLY,
        gettext_lazy("Publish before anybody has checked it?"),
        gettext_lazy("Publish urgently"),
        gettext_lazy("It is live. A second person has to check it now."),
        consequences.of_publishing_urgently,
        decide.UrgentForm,
        is_grave=True,
    )
)
withdraw = _view_of(
    Errand(
        Action.WITHDRAW,
        gettext_lazy("Withdraw this notice?"),
        gettext_lazy("Withdraw"),
        gettext_lazy("Withdrawn. The reason stands at the top of the notice."),
        consequences.of_withdrawing,
        decide.WithdrawForm,
        is_grave=True,
    )
)
end = _view_of(
    Errand(
        Action.END,
        gettext_lazy("Mark this notice as ended?"),
        gettext_lazy("End now"),
        gettext_lazy("Marked as ended."),
        consequences.of_ending,
    )
)
discard = _view_of(
    Errand(
        Action.DISCARD,
        gettext_lazy("Discard this edition?"),
        gettext_lazy("Discard"),
        gettext_lazy("Discarded."),
        consequences.of_discarding,
        is_grave=True,
    )
)
