"""Mentions without a notice: who sorts them out, and what joining and setting aside do."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from feedback.models import Feedback, Question
from social.models import Reply, Watch
from tests import factories
from tests.social.replies.conftest import collect, say
from updates import keeping

pytestmark = pytest.mark.django_db
URL = "/staff/inbox/mentions/"


@pytest.fixture
def mention(account):
    say("@riverbank When is the market?")
    collect(account)
    return Reply.objects.get()


def join(client, mention, typed):
    return client.post(reverse("social:mention_join", args=[mention.pk]), {"notice": typed})


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("moderator", 200),
        ("lead", 200),
        ("author", 403),
        ("approver", 403),
        ("councillor", 403),
        ("administrator", 403),
    ],
)
def test_who_sorts_mentions_out(cast, mention, as_, who, status):
    assert as_(getattr(cast, who)).get(URL).status_code == status


def test_mention_waits_on_its_page_and_the_inbox_leads_there(cast, mention, as_):
    client = as_(cast.moderator)
    assert "When is the market?" in client.get(URL).content.decode()
    inbox = client.get("/staff/inbox/").content.decode()
    assert "1 mention on a platform belongs to no notice yet." in inbox
    assert Question.objects.count() == 0


def test_moderator_of_another_team_sees_none_of_it(mention, as_):
    client = as_(factories.member(factories.team("Roads"), "moderator"))
    assert "Nothing to sort out" in client.get(URL).content.decode()
    assert join(client, mention, "AAAAA").status_code == 404


@pytest.mark.parametrize(
    "form", ["{}", " {} ", "{lower}", "https://{host}/n/{}/", "https://{host}/notices/{}/x/"]
)
def test_joined_mention_is_in_the_inbox_of_its_notice(cast, mention, as_, settings, form):
    notice = factories.published(cast, "event").notice
    host = settings.PORTAL_URL.partition("//")[2]
    typed = form.format(notice.reference, lower=notice.reference.lower(), host=host)
    join(as_(cast.moderator), mention, typed)
    question = Question.objects.get()
    assert (question.notice, question.text) == (notice, "When is the market?")
    assert Event.objects.get(action="reply.joined").detail["notice"] == notice.reference


@pytest.mark.parametrize("typed", ["", "ZZZZZ", "nonsense\x00", "https://evil.example/n/AAAAA/", "x" * 600])
def test_wrong_reference_is_refused_and_kept(cast, mention, as_, typed):
    response = join(as_(cast.moderator), mention, typed)
    assert response.status_code in (400, 409)
    assert 'role="alert"' in response.content.decode()
    assert Reply.objects.get().notice is None


def test_draft_notice_takes_no_mention(cast, mention, as_):
    assert join(as_(cast.moderator), mention, factories.draft(cast).notice.reference).status_code == 409


def test_set_aside_mention_is_gone_for_good(cast, mention, account, as_):
    client = as_(cast.moderator)
    client.post(reverse("social:mention_set_aside", args=[mention.pk]))
    collect(account)
    assert "Nothing to sort out" in client.get(URL).content.decode()
    assert Reply.objects.get().set_aside_by == cast.moderator
    assert join(client, mention, factories.published(cast).notice.reference).status_code == 409


def test_second_person_is_told(cast, mention, as_):
    client, notice = as_(cast.moderator), factories.published(cast).notice
    join(client, mention, notice.reference)
    assert join(client, mention, notice.reference).status_code == 409
    assert Question.objects.count() == 1


def test_platform_that_cannot_be_asked_is_told(cast, account, as_):
    Watch.objects.create(account=account, replies_error="The server could not be reached.")
    client = as_(cast.moderator)
    for address in (URL, "/staff/inbox/"):
        assert (
            "replies cannot be collected. The server could not be reached."
            in client.get(address).content.decode()
        )


def test_hostile_mention_is_shown_as_words(cast, account, as_):
    say("@riverbank <script>alert(1)</script>", handle="<b>kim</b>")
    collect(account)
    page = as_(cast.moderator).get(URL).content.decode()
    assert ("<script>alert(1)" in page, "<b>kim" in page) == (False, False)


def test_list_costs_the_same_for_one_and_thirty(cast, mention, account, as_):
    client, counts = as_(cast.moderator), []
    for number in (1, 25):
        for other in range(number):
            say(f"@riverbank Number {other}")
        collect(account)
        with CaptureQueriesContext(connection) as asked:
            client.get(URL)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_who_wrote_is_forgotten_when_the_time_is_over(mention, account):
    say("@riverbank Thanks")
    collect(account)
    later = timezone.now() + timedelta(days=190)
    done = [keeping.forget(at)["replies.replies"] for at in (timezone.now(), later, later)]
    assert done == [0, 2, 0]
    assert set(Reply.objects.values_list("author_handle", "text", "url")) == {("", "", "")}
    collect(account)
    assert (Reply.objects.count(), Feedback.objects.count()) == (2, 0)
