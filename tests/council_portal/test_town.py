"""The demo town, loaded whole: that its history is one the portal's own rules allow."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.enums import Kind, Role
from accounts.models import Membership, User
from audit.verify import verify
from council_portal.town import load
from feedback.enums import Objected, Stage, SummaryScope, Via
from feedback.models import (
    Answer,
    AnswerTemplate,
    Consultation,
    Feedback,
    MeToo,
    Objection,
    Photo,
    Question,
    Response,
    Summary,
    Theme,
)
from places.models import Postcode, Seat, Ward
from social.models import Account, AnswerPost, Delivery, Reply, SandboxPost
from updates.enums import Status
from updates.models import Edition, Notice

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module", autouse=True)
def _town(django_db_setup, django_db_blocker):
    """One town for all tests of this file, rolled back at the end."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        load.load()
        yield
        transaction.set_rollback(True)


def test_town_asks_and_hears_what_came_of_it():
    assert Counter(Consultation.objects.values_list("stage", flat=True)) == {
        Stage.OPEN: 1,
        Stage.CLOSED: 2,
        Stage.DECIDED: 1,
    }
    assert Response.objects.filter(via=Via.PAPER).exists()
    assert Summary.objects.filter(scope=SummaryScope.CONSULTATION).count() > 1
    assert Theme.objects.count() > 3


def test_town_has_its_places_and_people():
    assert Ward.objects.count() == 12
    assert Postcode.objects.count() > 100
    assert Seat.objects.count() == 24
    assert set(Membership.objects.values_list("role", flat=True)) == set(Role.values)
    assert User.objects.filter(is_active=False).exists()


def test_town_has_notices_of_every_kind_and_status():
    assert Notice.objects.count() >= 60
    assert set(Notice.objects.values_list("kind", flat=True)) == set(Kind.values)
    assert set(Edition.objects.values_list("status", flat=True)) == set(Status.values)


def test_town_says_a_lot():
    said = Question.objects.count() + Feedback.objects.count()
    assert said >= 380
    assert Answer.objects.count() >= 70


def test_town_has_what_stands_around_words():
    assert MeToo.objects.count() > 100
    assert set(Photo.objects.values_list("is_shown", flat=True)) == {True, False}
    assert set(Objection.objects.values_list("outcome", flat=True)) == {Objected.OPEN, Objected.REFUSED}
    assert AnswerTemplate.objects.count() == 3
    today = timezone.localdate()
    promises = Answer.objects.exclude(promise="").values_list("promise_kept_at", "promised_on")
    assert {(kept is not None, on < today) for kept, on in promises} == {
        (True, True),
        (False, True),
        (False, False),
    }


def test_many_of_the_town_say_the_same_in_their_own_words():
    summary = Summary.objects.filter(scope=SummaryScope.NOTICE).order_by("-people_represented")[0]
    assert summary.people_represented > 30
    assert {"Cycle lanes", "Library", "Lorries"} <= {str(theme) for theme in Theme.objects.all()}
    said = Feedback.objects.values_list("text", flat=True)
    assert len(set(said)) == len(said)


def test_town_is_never_from_the_future():
    soon = timezone.now() + timedelta(minutes=1)

    assert not Notice.objects.filter(first_published_at__gt=soon).exists()
    assert not Question.objects.filter(received_at__gt=soon).exists()
    assert not Feedback.objects.filter(received_at__gt=soon).exists()


def test_town_remembers_when_things_were_said():
    days = {said.received_at.date() for said in Feedback.objects.all()}
    assert len(days) > 20
    assert len({answer.published_at.date() for answer in Answer.objects.all()}) > 10


def test_town_posts_everything_it_published_once():
    ours = Account.objects.values("handle")
    on_show = SandboxPost.objects.filter(removed_at=None, handle__in=ours).count()
    # An edit of ours is a row of its own and the same post.
    standing = Delivery.objects.filter(status__in=["sent", "removing"]).order_by()

    assert {*Delivery.objects.values_list("status", flat=True)} <= {
        "sent",
        "removed",
        "removing",
        "cancelled",
    }
    assert on_show == standing.values("remote_id").distinct().count() + AnswerPost.objects.count()


def test_what_people_wrote_on_the_network_came_home():
    came = Reply.objects.exclude(notice=None)
    voices = {*Question.objects.exclude(source="").values_list("reference", flat=True)}
    voices |= {*Feedback.objects.exclude(source="").values_list("reference", flat=True)}

    assert {*came.values_list("voice", flat=True)} == voices
    assert (
        Reply.objects.count()
        == SandboxPost.objects.exclude(handle__in=Account.objects.values("handle")).count()
    )
    assert Reply.objects.filter(notice=None).count() == 2
    assert {*AnswerPost.objects.values_list("status", flat=True)} == {"sent"}


def test_town_leaves_a_whole_audit_trail():
    assert verify().problem == ""


def test_demo_town_outside_debug_is_refused(settings):
    settings.DEBUG = False

    with pytest.raises(CommandError, match="only for DEBUG"):
        call_command("demo_town")
