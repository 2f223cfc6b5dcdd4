"""Tags of the desk: where a move leads, what an event of the trail is called; must not query."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from updates import lists
from updates.enums import Status
from updates.finding import Finding
from updates.models import Edition
from updates.transitions import TRANSITIONS, Action, Transition

register = template.Library()

# Decisions that are taken on one page, which shows what is decided on.
_DECIDED_ON = {
    Action.APPROVE: "approve",
    Action.RETURN: "approve",
}
_GRAVE = {Action.WITHDRAW, Action.DISCARD, Action.PUBLISH_URGENTLY}
_FIRST = [Action.SUBMIT, Action.APPROVE, Action.PUBLISH, Action.SECOND_CHECK]


@register.simple_tag
def move_url(edition: Edition, action: str) -> str:
    """Return the page on which `action` is asked about for `edition`."""
    name = _DECIDED_ON.get(Action(action), str(action))
    return reverse(f"desk:{name}", args=[edition.notice.reference, edition.number])


@register.simple_tag(takes_context=True)
def fields_of(context: template.Context, form: Any) -> SafeString:
    """Print the fields of a crispy form in its layout, with their errors but without a summary of its own."""
    with context.push():
        return mark_safe(form.helper.render_layout(form, context))


@register.filter
def in_order(moves: list[Transition]) -> list[Transition]:
    """Sort moves for buttons: what leads on first, what ends things last; one button for each page."""
    may_approve = any(move.action == Action.APPROVE for move in moves)
    shown = [move for move in moves if not (may_approve and move.action == Action.RETURN)]
    return sorted(shown, key=lambda move: (move.action in _GRAVE, move.action not in _FIRST))


@register.filter
def button_class(move: Transition) -> str:
    """Return the button's look: plain for what leads on, warning for what is grave, quiet for the rest."""
    if move.action in _GRAVE - {Action.DISCARD}:
        return "govuk-button--warning"
    return "" if move.action in _FIRST else "govuk-button--secondary"


@register.filter
def place(finding: Finding, edition: Edition) -> str:
    """Return which part of `edition` a finding with places is about, in words ("Full text:")."""
    if not finding.excerpts:
        return ""
    for model in (edition, edition.detail):
        names = {field.name: field.verbose_name for field in model._meta.fields} if model else {}
        if finding.where in names:
            return capfirst(f"{names[finding.where]}:")
    return _row(finding.where)


def _row(where: str) -> str:
    """Return which row of a list a field of the editor belongs to ("Decision 2:"), or nothing."""
    name, _dash, rest = where.partition("-")
    if not rest or name not in lists.MODELS:
        return ""
    at, _dash, _column = rest.partition("-")
    return capfirst(f"{lists.MODELS[name]._meta.verbose_name} {int(at) + 1}:")


@register.filter
def warned(overruled: str) -> str:
    """Return in words what the trail keeps of an overruled warning ("personal_phone in body")."""
    code, _in, where = overruled.partition(" in ")
    known = {
        "personal_email": _("a mail address"),
        "personal_phone": _("a telephone number"),
        "personal_name": _("a person’s name"),
        "personal_postcode_with_name": _("a postcode beside a name"),
        "personal_date_of_birth": _("a date of birth"),
        "personal_number_plate": _("a number plate"),
        "personal_nhs_number": _("what looks like an NHS number"),
        "personal_bank_account": _("what looks like a bank account"),
        "reading_age": _("hard words"),
        "shouting": _("capitals"),
        "exclamation_marks": _("exclamation marks"),
        "useless_alt_text": _("a picture described poorly"),
        "unencrypted_link": _("a link that is not encrypted"),
        "dead_link": _("a link that did not answer"),
        "covered_words": _("words under boxes"),
    }
    if code not in known:
        return overruled.replace("_", " ")
    names = {field.name: field.verbose_name for field in Edition._meta.fields}
    return _("%(what)s (%(where)s)") % {
        "what": known[code],
        "where": names.get(where, where.replace("_", " ")),
    }


@register.filter
def status_label(status: str) -> str:
    """Return a status in words."""
    return str(Status(status).label)


@register.filter
def told(action: str) -> str:
    """Return what an event of the trail is called, in words ("edition.approve" → "Approve")."""
    name = action.removeprefix("edition.")
    known = {
        "start": _("Started"),
        "submit": _("Sent for approval"),
        "take_back": _("Taken back"),
        "return": _("Returned"),
        "approve": _("Approved"),
        "schedule": _("Scheduled"),
        "unschedule": _("Schedule cancelled"),
        "publish": _("Published"),
        "publish_urgently": _("Published urgently"),
        "second_check": _("Second check made"),
        "second_check_overdue": _("Second check became overdue"),
        "withdraw": _("Withdrawn"),
        "end": _("Ended"),
        "discard": _("Discarded"),
        "fill": _("Made from a template"),
        "still_right": _("Read again: still right"),
        "preview.make": _("Preview link made"),
        "preview.revoke": _("Preview link revoked"),
    }
    if name in known:
        return known[name]
    return str(TRANSITIONS[Action(name)].label) if name in set(Action) else action
