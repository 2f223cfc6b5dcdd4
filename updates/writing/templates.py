"""Templates for notices: keeping, approving and retiring them; an approval is of exactly these words."""

import hashlib
import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.models import Team, User
from audit.recorder import record

from ..models import NoticeTemplate
from .slots import Slot

WORDS = ["title", "summary", "body", "reason", "advice"]
# What residents or the workflow would notice; its name and when to use it are for staff alone.
CONTENT = [*WORDS, "kind", "urgency", "severity", "is_borough_wide", "service", "state", "slots"]


class TemplateRefused(Exception):
    """It cannot be done with this template; its text says why, fit for the person who asked."""


def may_manage(user: Any, team: Team, kind: str) -> bool:
    """Return whether `user` may write templates: an approver of the team's kind, or a communications lead."""
    return permissions.may_approve(user, team, kind) or permissions.leads_communications(user)


def template_hash(template: NoticeTemplate) -> str:
    """Return the SHA-256 of everything a notice takes over from `template`, as 64 hexadecimal digits."""
    content = {name: getattr(template, name) for name in CONTENT}
    canonical = json.dumps({**content, "team": template.team_id}, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def is_approved(template: NoticeTemplate) -> bool:
    """Return whether a second person vouches for `template` exactly as it stands, and it is still in use."""
    return template.retired_at is None and template.approved_hash == template_hash(template)


def slots_of(template: NoticeTemplate) -> list[Slot]:
    """Return the declared slots of `template`."""
    return [Slot.read(stored) for stored in template.slots]


@transaction.atomic
def start_template(*, team: Team, kind: str, by: User, fields: dict[str, Any]) -> NoticeTemplate:
    """Keep a new template of `team`, not yet approved. Raises PermissionDenied and TemplateRefused."""
    _may(by, team, kind)
    _refuse_namesake(team, fields["name"])
    template = NoticeTemplate(team=team, kind=kind, started_by=by, changed_by=by, changed_at=timezone.now())
    _write(template, fields)
    template.writers.add(by)
    record("template.start", actor=by, target=template, name=template.name, content=template_hash(template))
    return template


@transaction.atomic
def save_template(
    template: NoticeTemplate, *, seen_version: int, by: User, fields: dict[str, Any]
) -> NoticeTemplate:
    """Write `fields` over a template still at `seen_version`; any change voids its approval.

    Raises PermissionDenied, and TemplateRefused when it was retired or somebody else saved first.
    """
    current = _locked(template)
    _may(by, current.team, current.kind)
    if current.version != seen_version:
        sentence = _("%(name)s saved this template while you were writing. Look at it before you save again.")
        raise TemplateRefused(sentence % {"name": current.changed_by})
    _refuse_namesake(current.team, fields.get("name", current.name), apart_from=current)
    if all(getattr(current, name) == value for name, value in fields.items()):
        return current
    current.version += 1
    current.changed_by, current.changed_at = by, timezone.now()
    _void(current)
    _write(current, fields)
    current.writers.add(by)
    record("template.save", actor=by, target=current, name=current.name, content=template_hash(current))
    return current


def why_not_approve(template: NoticeTemplate, by: User) -> str:
    """Return the sentence that tells `by` why they may not approve `template`, or an empty text."""
    if template.retired_at:
        return _("This template is retired.")
    if not permissions.may_approve(by, template.team, template.kind):
        return _("You are not an approver of this team for this kind of notice.")
    if template.writers.filter(pk=by.pk).exists():
        return _("You wrote or changed part of this, so somebody else has to approve it.")
    if is_approved(template):
        return _("It is approved as it stands.")
    return ""


@transaction.atomic
def approve(template: NoticeTemplate, *, by: User, seen_hash: str) -> NoticeTemplate:
    """Let `by` vouch for the words they read; raises TemplateRefused for a writer of them, or newer words."""
    current = _locked(template)
    if sentence := why_not_approve(current, by):
        raise TemplateRefused(sentence)
    if seen_hash != template_hash(current):
        raise TemplateRefused(_("This has changed since you opened it. Read it again before you decide."))
    current.approved_by, current.approved_at, current.approved_hash = by, timezone.now(), seen_hash
    current.save(update_fields=["approved_by", "approved_at", "approved_hash"])
    record("template.approve", actor=by, target=current, name=current.name, content=seen_hash)
    return current


@transaction.atomic
def retire(template: NoticeTemplate, *, by: User) -> NoticeTemplate:
    """Take `template` out of use for good; what was made from it stays. Raises as `save_template` does."""
    current = _locked(template)
    _may(by, current.team, current.kind)
    current.retired_at = timezone.now()
    _void(current)
    current.save()
    record("template.retire", actor=by, target=current, name=current.name)
    return current


def _locked(template: NoticeTemplate) -> NoticeTemplate:
    current = (
        NoticeTemplate.objects.select_for_update(of=("self",)).select_related("team").get(pk=template.pk)
    )
    if current.retired_at:
        raise TemplateRefused(_("This template is retired. Start a new one."))
    return current


def _may(by: User, team: Team, kind: str) -> None:
    if not may_manage(by, team, kind):
        raise PermissionDenied


def _refuse_namesake(team: Team, name: str, apart_from: NoticeTemplate | None = None) -> None:
    others = team.templates.filter(name=name, retired_at=None)
    if apart_from:
        others = others.exclude(pk=apart_from.pk)
    if others.exists():
        raise TemplateRefused(_("Your team has a template of this name. Give this one another."))


def _write(template: NoticeTemplate, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(template, name, value)
    template.save()


def _void(template: NoticeTemplate) -> None:
    template.approved_by, template.approved_at, template.approved_hash = None, None, ""
