"""From a template to a draft: its slots filled, through the same doors as every other draft."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.enums import Kind
from accounts.models import User
from audit.recorder import record
from look import times
from places.models import Street, Ward

from .. import drafting, richtext
from ..content import content_hash
from ..enums import EstimateStage, Fills, SlotKind
from ..models import Edition, Filling, NoticeTemplate
from . import slots
from .templates import TemplateRefused, slots_of, template_hash

# The names under which an edition's own limits are known to people (characters).
LIMITS = {"title": 90, "summary": 220, "reason": 200}


@dataclass(frozen=True)
class Filled:
    """A template with everything in place: what `drafting.save_draft` takes."""

    fields: dict[str, Any]
    wards: list[Ward]
    streets: list[Street]
    detail: dict[str, Any] | None


def fill_in(template: NoticeTemplate, values: dict[str, Any], wards: list[Ward]) -> Filled:
    """Put `values` into the slots of `template`.

    By the slot's name: a text for words and choices, an aware datetime for a time, a list of namesake
    streets for a street. `wards` are those the person chose; streets bring their own.
    """
    declared = slots_of(template)
    words = {slot.name: _in_words(values[slot.name]) for slot in declared}
    streets = [street for slot in declared if slot.kind == SlotKind.STREET for street in values[slot.name]]
    # A whole borough needs no wards beside it.
    places = [] if template.is_borough_wide else [*wards, *(street.ward for street in streets)]
    facts = {slot.fills: values[slot.name] for slot in declared if slot.fills}
    fields = {name: slots.filled(getattr(template, name), words) for name in ("title", "summary", "body")}
    return Filled(
        fields={
            **fields,
            "urgency": template.urgency,
            "severity": template.severity,
            "is_borough_wide": template.is_borough_wide,
            "expires_at": facts.pop(Fills.ENDS, None),
        },
        wards=list(dict.fromkeys(places)),
        streets=streets,
        detail=_outage(template, words, facts) if template.kind == Kind.OUTAGE else None,
    )


def too_long(made: Filled) -> dict[str, str]:
    """Return what does not fit once filled: the text's name → a sentence."""
    texts = {**made.fields, **(made.detail or {})}
    sentence = _("With what you filled in this has %(count)s characters; %(most)s fit. Say it shorter.")
    return {
        name: sentence % {"count": len(texts[name]), "most": most}
        for name, most in LIMITS.items()
        if len(texts.get(name, "")) > most
    }


@transaction.atomic
def start_from(
    template: NoticeTemplate, *, by: User, values: dict[str, Any], wards: list[Ward], seen_version: int
) -> Edition:
    """Start a notice from `template`, filled, and remember that it is nothing else yet.

    Raises PermissionDenied when `by` may not write for the team, TemplateRefused when the template was
    changed or retired while it was being filled in, or does not fit.
    """
    current = (
        NoticeTemplate.objects.select_for_update(of=("self",)).select_related("team").get(pk=template.pk)
    )
    if current.retired_at:
        raise TemplateRefused(_("This template was retired while you filled it in. Choose another."))
    if current.version != seen_version:
        raise TemplateRefused(_("This template was changed while you filled it in. Read it again."))
    made = fill_in(current, values, wards)
    if sentences := too_long(made):
        raise TemplateRefused(" ".join(sentences.values()))
    if _links_in(made.fields["body"]) > _links_in(current.body):
        raise TemplateRefused(
            _("What you filled in makes a link the template does not have. Leave out brackets and addresses.")
        )
    started = drafting.start_notice(team=current.team, kind=current.kind, by=by)
    edition = drafting.save_draft(
        started,
        seen_version=started.version,
        by=by,
        fields=made.fields,
        wards=made.wards,
        streets=made.streets,
        detail=made.detail,
    )
    _remember(edition, current, values, by)
    return edition


def _links_in(body: str) -> int:
    """Count the links of a text as it is shown: two slots beside each other may make one together."""
    return richtext.render(body).count("<a ")


def _remember(edition: Edition, template: NoticeTemplate, values: dict[str, Any], by: User) -> None:
    filling = Filling.objects.create(
        edition=edition,
        template=template,
        values={name: _stored(value) for name, value in values.items()},
        template_hash=template_hash(template),
        filled_hash=content_hash(edition),
    )
    record(
        "edition.fill",
        actor=by,
        target=edition,
        notice=edition.notice.reference,
        number=edition.number,
        template=template.name,
        values=filling.values,
        content=filling.filled_hash,
    )


def _outage(template: NoticeTemplate, words: dict[str, str], facts: dict[str, Any]) -> dict[str, Any]:
    # An estimate that stands in a template is for the area: nobody has looked at this very place yet.
    stage = {"estimate_stage": EstimateStage.AREA} if Fills.ESTIMATE in facts else {}
    return {
        "service": template.service,
        "state": template.state,
        "reason": slots.filled(template.reason, words),
        "advice": slots.filled(template.advice, words),
        **facts,
        **stage,
    }


def _in_words(value: Any) -> str:
    if isinstance(value, datetime):
        return times.words(value)
    return str(value[0].name) if isinstance(value, list) else str(value)


def _stored(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else _in_words(value)
