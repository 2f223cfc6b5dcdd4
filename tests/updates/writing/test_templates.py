"""Templates: four eyes over exactly these words, two people at once, and the database's own word."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.enums import Role
from audit.models import Event
from tests import factories
from tests.factories import Cast
from updates.models import Edition, NoticeTemplate
from updates.writing import templates
from updates.writing.templates import TemplateRefused

from .conftest import CAUSE, REST, WORDS


def _fresh(template: NoticeTemplate) -> NoticeTemplate:
    return NoticeTemplate.objects.get(pk=template.pk)


def test_template_is_written_by_approvers_and_communications_leads_alone(cast: Cast):
    people = ["author", "approver", "moderator", "lead", "councillor", "administrator", "outsider"]
    may = {
        name: templates.may_manage(getattr(cast, name), cast.team, "outage")
        for name in [*people, "urgent_author"]
    }

    assert {name for name, allowed in may.items() if allowed} == {"approver", "lead"}


def test_template_of_somebody_without_the_right_is_not_kept(cast: Cast):
    with pytest.raises(PermissionDenied):
        templates.start_template(team=cast.team, kind="outage", by=cast.author, fields=WORDS)


def test_approval_by_another_holds_and_is_in_the_trail(cast: Cast, approved_template):
    event = Event.objects.order_by("-sequence").first()

    assert templates.is_approved(_fresh(approved_template))
    assert (event.action, event.actor_id) == ("template.approve", cast.approver.pk)


def test_nobody_approves_what_they_wrote_part_of(cast: Cast, template):
    changed = templates.save_template(
        template,
        seen_version=template.version,
        by=cast.approver,
        fields={**WORDS, "advice": "Use bottled water."},
    )
    with pytest.raises(TemplateRefused, match="You wrote or changed part of this"):
        templates.approve(changed, by=cast.approver, seen_hash=templates.template_hash(changed))
    with pytest.raises(TemplateRefused, match="You wrote or changed part of this"):
        templates.approve(changed, by=template.started_by, seen_hash=templates.template_hash(changed))


@pytest.mark.parametrize("who", ["author", "lead", "administrator", "urgent_author", "outsider"])
def test_only_an_approver_of_the_team_vouches(cast: Cast, template, who):
    with pytest.raises(TemplateRefused, match="not an approver"):
        templates.approve(template, by=getattr(cast, who), seen_hash=templates.template_hash(template))


def test_approval_of_words_that_changed_meanwhile_is_refused(cast: Cast, template):
    seen = templates.template_hash(template)
    templates.save_template(
        template, seen_version=1, by=template.started_by, fields={**WORDS, "advice": "Drink it."}
    )

    with pytest.raises(TemplateRefused, match="changed since you opened it"):
        templates.approve(template, by=cast.approver, seen_hash=seen)


@pytest.mark.parametrize("change", [{"advice": "Drink it."}, {"name": "Burst pipe"}, {"slots": []}])
def test_any_edit_voids_the_approval(cast: Cast, approved_template, change):
    templates.save_template(approved_template, seen_version=1, by=cast.approver, fields={**WORDS, **change})

    stands = _fresh(approved_template)
    assert (templates.is_approved(stands), stands.approved_by, stands.approved_hash) == (False, None, "")


def test_saving_the_same_again_changes_nothing(cast: Cast, approved_template):
    templates.save_template(approved_template, seen_version=1, by=cast.approver, fields=WORDS)

    stands = _fresh(approved_template)
    assert (templates.is_approved(stands), stands.version, stands.changed_by) == (
        True,
        1,
        approved_template.started_by,
    )


def test_second_of_two_who_save_at_once_is_told(cast: Cast, template):
    templates.save_template(template, seen_version=1, by=cast.approver, fields={**WORDS, "advice": "Mine."})

    with pytest.raises(TemplateRefused, match="Ben Achterberg saved this template"):
        templates.save_template(template, seen_version=1, by=cast.lead, fields={**WORDS, "advice": "Ours."})
    assert _fresh(template).advice == "Mine."


def test_words_changed_behind_the_portal_are_not_approved(approved_template):
    NoticeTemplate.objects.update(advice="Drink it.")

    assert not templates.is_approved(_fresh(approved_template))


def test_retired_template_is_changed_and_approved_by_nobody(cast: Cast, approved_template):
    templates.retire(approved_template, by=cast.lead)

    with pytest.raises(TemplateRefused, match="retired"):
        templates.save_template(approved_template, seen_version=1, by=cast.approver, fields=WORDS)
    with pytest.raises(TemplateRefused, match="retired"):
        templates.approve(approved_template, by=cast.approver, seen_hash="x")
    assert not templates.is_approved(_fresh(approved_template))


def test_name_is_free_again_once_its_template_is_retired(cast: Cast, template):
    with pytest.raises(TemplateRefused, match="another"):
        templates.start_template(team=cast.team, kind="outage", by=cast.lead, fields=WORDS)

    templates.retire(template, by=cast.lead)

    assert templates.start_template(team=cast.team, kind="outage", by=cast.lead, fields=WORDS).pk


@pytest.mark.parametrize("role", ["started_by", "changed_by"])
def test_database_refuses_an_approver_who_wrote_it(cast: Cast, template, role):
    writer = factories.member(cast.team, Role.APPROVER, "Somebody Else")
    approved = {"approved_by": writer, "approved_at": timezone.now(), "approved_hash": "a" * 64}

    with pytest.raises(IntegrityError, match="template_approver_is_not_its_writer"), transaction.atomic():
        NoticeTemplate.objects.filter(pk=template.pk).update(**{role: writer}, **approved)


def test_database_refuses_an_approval_without_a_name(template):
    with pytest.raises(IntegrityError, match="approved_template_names_its_approver"), transaction.atomic():
        NoticeTemplate.objects.filter(pk=template.pk).update(approved_hash="a" * 64)


def test_two_slots_that_make_a_link_together_are_refused(cast, fill):
    words = {**WORDS, "body": "The cause is {cause}{more}."}
    words["slots"] = [*WORDS["slots"], {**REST, **CAUSE, "name": "more", "label": "More"}]
    made = templates.start_template(team=cast.team, kind="outage", by=cast.approver, fields=words)

    with pytest.raises(TemplateRefused, match="makes a link"):
        fill(made, cause="[a burst main", more="](https://elsewhere.example)")

    assert Edition.objects.count() == 0
