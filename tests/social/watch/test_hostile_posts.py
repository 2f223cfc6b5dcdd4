"""Posts and profiles written so that the watch cannot write them down: the account stops all the same."""

import pytest
from django.db import IntegrityError

from outbox.enums import Status
from social.enums import Act, IncidentKind
from social.models import Evidence, Incident
from social.publishers.base import Profile
from social.sandbox import network
from social.watch import incidents, looking, presence
from social.watch.incidents import Clue, Finding
from tests.outbox.rows import edition, fresh, row
from tests.social.watch.seeing import is_locked, kinds, look, ours, placed, saying, watched

pytestmark = pytest.mark.django_db


def nested(levels):
    made = "x"
    for _level in range(levels):
        made = [made]
    return made


@pytest.mark.parametrize("text", [r"Free money! \u0000", r"Free \\u0000 money", r"\ud800"])
def test_no_spelling_of_a_rogue_post_keeps_the_account_from_being_stopped(mine, text):
    network.say(mine.remote_account_id, text)

    look(mine)

    assert kinds() == [IncidentKind.UNKNOWN_POST]
    assert is_locked(mine)


def test_evidence_keeps_what_looks_like_an_escape(mine):
    incidents.open_one(mine, not_ours({"text": r"Free \u0000 money"}))

    assert Evidence.objects.get().data == {"text": r"Free \u0000 money"}


@pytest.mark.parametrize(
    "raw",
    [
        {"text": "\ud800"},
        {"a": [{"b\x00": "\x00"}]},
        {"n": float("nan")},
        {"n": float("inf")},
        {"deep": nested(900)},
    ],
)
def test_evidence_no_database_takes_as_it_is_stops_the_account(mine, raw):
    assert incidents.open_one(mine, not_ours(raw)) is not None

    assert is_locked(mine)


@pytest.mark.parametrize("url", ["https://example.org/" + "x" * 2000, "https://example.org/\x00"])
def test_a_link_that_cannot_be_kept_does_not_keep_the_account_from_being_stopped(mine, url):
    assert incidents.open_one(mine, not_ours({}, url=url)) is not None

    assert is_locked(mine)


def test_a_profile_that_cannot_be_kept_is_compared_all_the_same(mine):
    watch = watched_again(mine)
    said = Profile(handle="a", name="Council", about="Free\x00 \ud800money", link="", picture="")

    assert list(presence.changed(watch, said)) == []
    watch.refresh_from_db()

    assert list(presence.changed(watch, said)) == []


def test_an_app_password_with_a_name_that_cannot_be_kept_is_reported(mine):
    watch = watched_again(mine)
    list(presence.new_passwords(watch, []))
    watch.refresh_from_db()

    [finding] = presence.new_passwords(watch, ["thief\x00"])

    assert incidents.open_one(mine, finding) is not None


def test_a_strange_post_is_never_the_answer_to_an_edit_on_its_way(mine):
    before = ours(mine, "Burst main")
    edit = row(
        Status.UNKNOWN,
        account=mine,
        payload=saying("Burst main, corrected"),
        act=Act.EDIT,
        about=before,
        edition=edition(),
    )
    placed(mine, "Burst main, corrected")

    look(mine)

    assert fresh(edit).status == Status.UNKNOWN
    assert Incident.objects.filter(kind=IncidentKind.UNKNOWN_POST).count() == 1


def test_a_finding_that_cannot_be_written_down_stops_the_account_all_the_same(mine):
    with pytest.raises(IntegrityError):
        looking.act_on(mine, Finding(None, "Not ours.", stops=True))

    assert is_locked(mine)


def not_ours(raw, **more):
    clue = Clue("The post", "Free money!", raw)
    return Finding(IncidentKind.UNKNOWN_POST, "Not ours.", "p1", stops=True, clues=[clue], **more)


def watched_again(mine):
    return mine.watch if hasattr(mine, "watch") else watched(mine)
