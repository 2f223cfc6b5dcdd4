"""Drafts that save themselves: nothing is lost, nobody overwritten, nothing changed without a change."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.factories import Cast
from updates import drafting, due
from updates.models import DraftScratch, Edition
from updates.transitions import Action
from updates.workflow import perform
from updates.writing import scratch

WORDS = {
    "title": "Burst main in Quay Street",
    "summary": "Low or no water in Quayside until this evening.",
    "body": "",
    "urgency": "0",
    "is_borough_wide": "on",
}


@pytest.fixture
def draft(cast: Cast) -> Edition:
    return factories.draft(cast, "general")


def _address(edition: Edition, page: str) -> str:
    return f"/staff/notices/{edition.notice.reference}/{edition.number}/{page}/"


@pytest.fixture
def autosave(draft, cast: Cast, signed_in):
    """Post what stands in the editor, as the script does; return status and answer."""
    client = signed_in(cast.author)

    def posted(client: Client = client, **fields):
        data = {**WORDS, "version": draft.version, **fields}
        answer = client.post(_address(draft, "autosave"), data)
        return answer.status_code, answer.json()

    return posted


def _fresh(edition: Edition) -> Edition:
    return Edition.objects.select_related("notice").get(pk=edition.pk)


def test_valid_words_are_saved_and_count_their_writer(cast: Cast, draft, autosave, signed_in):
    with time_machine.travel("2026-11-22T14:02:00+00:00", tick=False):
        status, said = autosave(signed_in(cast.second_author), title="Main mended")

    saved = _fresh(draft)
    assert (status, said["state"], said["sentence"]) == (200, "saved", "Saved at 2:02pm.")
    assert (saved.title, saved.version, said["version"]) == (
        "Main mended",
        draft.version + 1,
        draft.version + 1,
    )
    assert saved.contributions.filter(person=cast.second_author).exists()


def test_unchanged_words_change_nothing(cast: Cast, draft, autosave, signed_in):
    status, said = autosave(signed_in(cast.second_author))

    assert (status, said["state"], said["version"]) == (200, "saved", draft.version)
    assert _fresh(draft).saved_at == draft.saved_at
    assert not _fresh(draft).contributions.filter(person=cast.second_author).exists()


def test_words_that_cannot_be_saved_yet_are_kept_as_typed(cast: Cast, draft, autosave, signed_in, seen_in):
    status, said = autosave(
        title="", summary="Still  without\r\na title", expires_at_0="31", expires_at_1="2"
    )

    assert (status, said["state"], said["version"]) == (200, "kept", draft.version)
    assert "2 things have to be put right (Title, Ends)" in said["sentence"]
    assert (_fresh(draft).summary, _fresh(draft).version) == (draft.summary, draft.version)
    page = seen_in(signed_in(cast.author), draft)
    assert ("This is what you typed last time" in page, "Still  without" in page) == (True, True)
    assert "This is what you typed last time" not in seen_in(signed_in(cast.second_author), draft)


def test_saving_at_last_forgets_what_was_kept(cast: Cast, draft, autosave, signed_in):
    autosave(title="")
    autosave(title="Found a title")

    assert (_fresh(draft).title, DraftScratch.objects.count()) == ("Found a title", 0)


def test_button_forgets_what_was_kept_too(cast: Cast, draft, autosave, signed_in):
    autosave(title="")
    signed_in(cast.author).post(_address(draft, "edit"), {**WORDS, "version": draft.version})

    assert DraftScratch.objects.count() == 0


def test_colleague_is_never_overwritten_and_both_texts_stay(cast: Cast, draft, autosave, signed_in, seen_in):
    drafting.save_draft(
        draft, seen_version=draft.version, by=cast.second_author, fields={"title": "Tom’s title"}
    )

    status, said = autosave(title="Amira’s title")

    assert (status, said["state"]) == (409, "clash")
    assert "Tom Field saved this while you were writing" in said["sentence"]
    assert _fresh(draft).title == "Tom’s title"
    page = seen_in(signed_in(cast.author), draft, status=409)
    assert ("Tom’s title" in page, "Amira’s title" in page) == (True, True)


def test_three_tabs_of_one_person_never_overwrite_each_other(draft, autosave):
    first = autosave(title="From the first tab")
    second = autosave(title="From the second tab")
    third = autosave(title="From the first tab")

    assert [(status, said["state"]) for status, said in (first, second, third)] == [
        (200, "saved"),
        (409, "clash"),
        (200, "saved"),
    ]
    assert _fresh(draft).title == "From the first tab"


def test_draft_sent_on_meanwhile_is_left_alone_and_the_words_are_kept(cast: Cast, draft, autosave, signed_in):
    perform(Action.SUBMIT, draft, by=cast.second_author)

    status, said = autosave(title="Too late")

    assert (status, said["state"]) == (409, "closed")
    assert _fresh(draft).title == draft.title
    shown = signed_in(cast.author).get(_address(draft, "edit"))
    assert ("Too late" in shown.content.decode(), shown.status_code) == (True, 409)


def test_hundred_thousand_characters_are_kept_but_not_saved(draft, autosave):
    status, said = autosave(body="word " * 20_000)

    assert (status, said["state"]) == (200, "kept")
    assert len(DraftScratch.objects.get().typed["body"][0]) == 100_000
    assert _fresh(draft).body == ""


def test_more_than_anybody_types_is_refused_and_what_was_kept_stays(draft, autosave):
    autosave(title="", summary="Kept")
    status, said = autosave(title="", body="x" * (scratch.LONGEST + 1))

    assert (status, said["state"]) == (413, "too_long")
    assert DraftScratch.objects.get().typed["summary"] == ["Kept"]


def test_characters_no_database_keeps_do_no_harm(draft, autosave):
    assert autosave(title="", summary="a\x00b\udc80c".encode("utf-8", "surrogatepass"))[0] == 200


def test_thrown_away_words_are_gone(cast: Cast, draft, autosave, signed_in):
    autosave(title="")
    answer = signed_in(cast.author).post(_address(draft, "autosave/forget"))

    assert (answer.status_code, DraftScratch.objects.count()) == (302, 0)


def test_words_nobody_came_back_for_go_after_a_month(cast: Cast, draft, autosave):
    autosave(title="")
    due.run_due(timezone.now() + timedelta(days=29))
    kept = DraftScratch.objects.count()
    due.run_due(timezone.now() + timedelta(days=31))

    assert (kept, DraftScratch.objects.count()) == (1, 0)


def test_token_is_handed_out_after_signing_in_again(cast: Cast, draft, signed_in):
    answer = signed_in(cast.author).get(_address(draft, "autosave"))

    assert (answer.status_code, set(answer.json())) == (200, {"token", "version"})


@pytest.mark.parametrize(("who", "status"), [("outsider", 403), ("approver", 403), (None, 302)])
def test_whoever_may_not_write_saves_nothing(cast: Cast, draft, signed_in, who, status):
    client = signed_in(getattr(cast, who)) if who else Client()

    answer = client.post(_address(draft, "autosave"), {**WORDS, "title": "Mine", "version": draft.version})

    assert (answer.status_code, _fresh(draft).title) == (status, draft.title)


@pytest.fixture
def seen_in():
    """Return what the editor shows a person."""

    def shown(client: Client, edition: Edition, status: int = 200) -> str:
        answer = client.get(_address(edition, "edit"))
        assert answer.status_code == status
        return answer.content.decode()

    return shown
