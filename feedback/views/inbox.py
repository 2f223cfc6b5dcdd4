"""One question or piece of feedback: decisions about showing it; the rules live in moderation."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import role_required

from .. import moderation, turning
from ..permissions import INBOX_ROLES
from ..staff_forms import HideForm, PublishForm
from .item_page import act, after, find, page


@role_required(*INBOX_ROLES)
@require_GET
def item(request: HttpRequest, reference: str) -> HttpResponse:
    """Show one question or piece of feedback with everything that can be done about it."""
    return page(request, find(request, reference))


@role_required(*INBOX_ROLES)
@require_POST
def publish(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the words to residents."""
    voice = find(request, reference)
    form = PublishForm(request.POST)
    return act(
        request,
        voice,
        form,
        "publish_form",
        lambda: moderation.publish(
            voice,
            by=request.user,
            seen_version=form.cleaned_data["version"],
            public_text=form.cleaned_data["public_text"],
        ),
        _("%(reference)s is shown on the notice's page."),
    )


@role_required(*INBOX_ROLES)
@require_POST
def redact(request: HttpRequest, reference: str) -> HttpResponse:
    """Take something out of words that are shown already."""
    voice = find(request, reference)
    form = PublishForm(request.POST, auto_id="redact_%s")
    return act(
        request,
        voice,
        form,
        "redact_form",
        lambda: moderation.redact(
            voice,
            by=request.user,
            seen_version=form.cleaned_data["version"],
            public_text=form.cleaned_data["public_text"],
        ),
        _("Residents read the new words of %(reference)s."),
    )


@role_required(*INBOX_ROLES)
@require_POST
def hide(request: HttpRequest, reference: str) -> HttpResponse:
    """Hide the words and say why."""
    voice = find(request, reference)
    form = HideForm(request.POST)
    return act(
        request,
        voice,
        form,
        "hide_form",
        lambda: moderation.hide(
            voice,
            by=request.user,
            seen_version=form.cleaned_data["version"],
            reason=form.cleaned_data["reason"],
        ),
        _("%(reference)s is hidden. You can undo this."),
    )


class _VersionForm(forms.Form):
    version = forms.IntegerField()


@role_required(*INBOX_ROLES)
@require_POST
def look(request: HttpRequest, reference: str) -> HttpResponse:
    """Leave what was shown on trust as it is."""
    return _press(request, reference, "look_form", moderation.look, _("%(reference)s stays as it is."))


@role_required(*INBOX_ROLES)
@require_POST
def undo(request: HttpRequest, reference: str) -> HttpResponse:
    """Put it back in the queue."""
    return _press(request, reference, "undo_form", moderation.undo, _("%(reference)s is back in the queue."))


def _press(
    request: HttpRequest, reference: str, name: str, step: Callable[..., object], done: str
) -> HttpResponse:
    """Do a step that needs no more than the version the person saw."""
    voice, form = find(request, reference), _VersionForm(request.POST)
    by = request.user
    return act(
        request,
        voice,
        form,
        name,
        lambda: step(voice, by=by, seen_version=form.cleaned_data["version"]),
        done,
    )


@role_required(*INBOX_ROLES)
@require_POST
def turn(request: HttpRequest, reference: str) -> HttpResponse:
    """Make a question of feedback from a platform, or the other way round."""
    voice = find(request, reference)
    form = _VersionForm(request.POST)
    if not form.is_valid():
        return redirect(after(request, voice))
    try:
        voice = turning.turn(voice, by=request.user, seen_version=form.cleaned_data["version"])
        messages.success(
            request,
            _("This is %(reference)s now: %(sort)s.")
            % {"reference": voice.reference, "sort": voice.get_sort_display().lower()},
        )
    except moderation.Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect(after(request, voice))
