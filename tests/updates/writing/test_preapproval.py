"""What an approved template allows somebody without the urgent right: itself, filled, and nothing more."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.enums import Role
from tests import factories
from tests.factories import Cast
from tests.updates import stages
from updates import drafting
from updates.content import content_hash
from updates.enums import Status, Urgency
from updates.models import Edition, NoticeTemplate
from updates.transitions import Action
from updates.workflow import TransitionRefused, available, perform
from updates.writing import templates
from updates.writing.filling import start_from
from updates.writing.templates import TemplateRefused

from .conftest import WORDS

URGENT = Action.PUBLISH_URGENTLY


def _offered(edition: Edition, by) -> bool:
    return URGENT in {move.action for move in available(edition, by)}


def _fresh(edition: Edition) -> Edition:
    return Edition.objects.select_related("notice__team").get(pk=edition.pk)


def test_filled_template_is_a_complete_draft(approved_template, fill):
    until = timezone.now() + timedelta(hours=2)

    edition = fill(approved_template, until=until)

    street = edition.streets.get()
    assert (edition.status, edition.title, edition.body) == (
        Status.DRAFT,
        "Burst main in Quay Street",
        "The cause is a burst main.",
    )
    assert (list(edition.wards.all()), street.name) == ([street.ward], "Quay Street")
    assert (edition.outage.estimate_to_at, edition.outage.estimate_stage) == (until, "area")
    assert edition.outage.reason == "a burst main"
    assert edition.filling.values["street"] == "Quay Street"


def test_author_without_the_right_publishes_the_template_and_owes_the_second_check(
    cast: Cast, approved_template, fill
):
    edition = fill(approved_template)

    live = perform(URGENT, edition, by=cast.author, seen_hash=content_hash(edition))

    assert (live.status, live.is_urgent, live.second_check_at) == (Status.PUBLISHED, True, None)
    assert live.second_check_due_at is not None


# person → may they publish a filled, approved template urgently? Whoever may write.
MAY = {
    "author": True,
    "second author": True,
    "urgent author": True,
    "author and approver": True,
    "author and approver who wrote some": True,
    "approver": False,
    "moderator": False,
    "lead": False,
    "councillor": False,
    "administrator": False,
    "outsider": False,
    "former approver": False,
    "beat": False,
}


@pytest.mark.parametrize("who", MAY)
def test_who_may_publish_an_approved_template(cast: Cast, approved_template, fill, who):
    edition, person = fill(approved_template), stages.people(cast)[who]

    if MAY[who]:
        assert perform(URGENT, edition, by=person).status == Status.PUBLISHED
    else:
        with pytest.raises(TransitionRefused):
            perform(URGENT, edition, by=person)
        assert person is None or not _offered(edition, person)


def _edit_words(edition, template, cast):
    drafting.save_draft(
        edition, seen_version=edition.version, by=cast.author, fields={"summary": "All is well."}
    )


def _edit_detail(edition, template, cast):
    drafting.save_draft(
        edition, seen_version=edition.version, by=cast.author, fields={}, detail={"advice": "Drink it."}
    )


def _edit_places(edition, template, cast):
    drafting.save_draft(
        edition, seen_version=edition.version, by=cast.author, fields={"is_borough_wide": True}, wards=[]
    )


def _edit_template(edition, template, cast):
    templates.save_template(
        template, seen_version=1, by=template.started_by, fields={**WORDS, "advice": "Drink it."}
    )


def _edit_and_approve_template(edition, template, cast):
    changed = templates.save_template(
        template, seen_version=1, by=template.started_by, fields={**WORDS, "advice": "Drink it."}
    )
    templates.approve(changed, by=cast.approver, seen_hash=templates.template_hash(changed))


def _retire(edition, template, cast):
    templates.retire(template, by=cast.lead)


def _behind_the_portal(edition, template, cast):
    NoticeTemplate.objects.update(advice="Drink it.")


CHANGES = [
    _edit_words,
    _edit_detail,
    _edit_places,
    _edit_template,
    _edit_and_approve_template,
    _retire,
    _behind_the_portal,
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_anything_that_changes_takes_the_right_away(cast: Cast, approved_template, fill, change):
    edition = fill(approved_template)
    change(edition, approved_template, cast)

    with pytest.raises(TransitionRefused, match="approve"):
        perform(URGENT, _fresh(edition), by=cast.author)
    assert not _offered(_fresh(edition), cast.author)
    assert _offered(_fresh(edition), cast.urgent_author)


def test_words_put_back_as_they_were_may_go_again(cast: Cast, approved_template, fill):
    edition = fill(approved_template)
    summary = edition.summary
    for words in ("Something else.", summary):
        edition = drafting.save_draft(
            edition, seen_version=edition.version, by=cast.author, fields={"summary": words}
        )

    assert perform(URGENT, edition, by=cast.author).status == Status.PUBLISHED


def test_template_nobody_approved_gives_no_right(cast: Cast, template, fill):
    edition = fill(template)

    assert not _offered(edition, cast.author)
    with pytest.raises(TransitionRefused, match="not approved any more"):
        perform(URGENT, edition, by=cast.author)


def test_approval_that_comes_after_the_filling_counts(cast: Cast, template, fill):
    edition = fill(template)
    templates.approve(template, by=cast.approver, seen_hash=templates.template_hash(template))

    assert perform(URGENT, edition, by=cast.author).status == Status.PUBLISHED


def test_only_outages_and_emergencies_go_before_the_check(cast: Cast):
    event = {**WORDS, "title": "Fair", "summary": "A fair.", "body": "", "slots": [], "is_borough_wide": True}
    writer = factories.member(cast.team, Role.APPROVER, "Wanda Writer")
    made = {}
    for name, urgency in [("Fair", Urgency.NORMAL), ("Flood", Urgency.EMERGENCY)]:
        words = {**event, "name": name, "urgency": urgency, "service": "", "state": "", "reason": ""}
        template = templates.start_template(team=cast.team, kind="general", by=writer, fields=words)
        templates.approve(template, by=cast.approver, seen_hash=templates.template_hash(template))
        made[name] = start_from(template, by=cast.author, values={}, wards=[], seen_version=1)

    assert {name: _offered(edition, cast.author) for name, edition in made.items()} == {
        "Fair": False,
        "Flood": True,
    }


def test_next_edition_of_a_filled_notice_is_not_the_template(cast: Cast, approved_template, fill):
    live = perform(URGENT, fill(approved_template), by=cast.author)

    assert not _offered(factories.next_edition(cast, live), cast.author)


def test_second_check_is_made_by_the_templates_approver_but_not_by_the_publisher(
    cast: Cast, approved_template, fill
):
    live = perform(URGENT, fill(approved_template), by=cast.author)

    checked = perform(Action.SECOND_CHECK, live, by=cast.approver, seen_hash=content_hash(live))

    assert checked.second_check_by == cast.approver


def test_template_changed_or_retired_while_it_is_filled_in_is_told(cast: Cast, approved_template, fill):
    _edit_template(None, approved_template, cast)
    with pytest.raises(TemplateRefused, match="changed while you filled it in"):
        fill(approved_template)
    _retire(None, approved_template, cast)
    with pytest.raises(TemplateRefused, match="retired while you filled it in"):
        fill(approved_template)
    assert not Edition.objects.exists()


def test_words_that_do_not_fit_are_told_and_start_nothing(approved_template, fill):
    with pytest.raises(TemplateRefused, match="205 characters; 200 fit"):
        fill(approved_template, cause="x" * 205)
    assert not Edition.objects.exists()


def test_outsider_starts_nothing_from_the_template(cast: Cast, approved_template, fill):
    with pytest.raises(PermissionDenied):
        fill(approved_template, by=cast.outsider)
    assert not Edition.objects.exists()
