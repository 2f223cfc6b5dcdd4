"""The search finds what is live, by the same rules on either database."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django.utils.html import strip_tags

from accounts.enums import Kind
from look import times
from tests import factories
from updates import due
from updates.content import content_hash
from updates.models import Notice, SearchEntry
from updates.search.asked import Asked
from updates.search.finding import extracts, search
from updates.search.indexing import rebuild
from updates.transitions import Action
from updates.workflow import perform

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> factories.Cast:
    return factories.Cast.make()


def live(cast, title, summary="Nothing else.", kind=Kind.GENERAL, **fields):
    return factories.published(cast, kind, title=title, summary=summary, **fields).notice


def found(text, **more):
    return search(Asked(text, **more)).keys


@pytest.mark.parametrize(
    "typed",
    ["burst main", "BURST", "main burst", "bursts", "  burst \n main ", '"burst main"'],
)
def test_words_of_the_title_find_the_notice_however_they_are_typed(cast, typed):
    notice = live(cast, "Burst main in Quay Street")
    live(cast, "Food market on Sunday")

    assert found(typed) == [notice.pk]


def test_title_comes_before_the_body(cast):
    in_body = live(cast, "Works in Mill Lane", body="The library stays open.")
    in_title = live(cast, "Library closed on Monday")
    in_body_too = live(cast, "Bridge painted", body="Meet at the library.")

    keys = found("library")

    assert (keys[0], sorted(keys[1:])) == (in_title.pk, sorted([in_body.pk, in_body_too.pk]))


@pytest.mark.parametrize(
    ("typed", "corrected"), [("libary", "library"), ("librarry closd", "library closed")]
)
def test_slip_of_the_keyboard_is_led_to_the_nearest_word(cast, typed, corrected):
    notice = live(cast, "Library closed on Monday")

    result = search(Asked(typed))

    assert (result.keys, result.corrected) == ([notice.pk], corrected)


def test_word_that_resembles_nothing_finds_nothing_and_corrects_nothing(cast):
    live(cast, "Library closed on Monday")

    result = search(Asked("xyzzyplugh"))

    assert (result.keys, result.corrected) == ([], "")


@pytest.mark.parametrize(
    "typed", ["", "   ", "\x00", '"', "&|!():*<->", "' OR 1=1 --", "🦆", "%", "_", "a" * 5000]
)
def test_nonsense_is_harmless(cast, typed):
    live(cast, "Library closed on Monday")

    result = search(Asked(typed))

    assert result.keys in ([], [Notice.objects.get().pk])


def test_withdrawn_draft_and_older_words_are_not_found(cast):
    factories.draft(cast, title="Draft about otters")
    withdrawn = factories.published(cast, title="Badgers withdrawn")
    perform(Action.WITHDRAW, withdrawn, by=cast.approver, note="Wrong.")

    assert (found("otters"), found("badgers")) == ([], [])


def test_newer_edition_is_what_is_found(cast):
    first = factories.published(cast, title="Burst main in Quay Street")
    draft = factories.next_edition(cast, first, title="Water returns to Quay Street")
    sent = perform(Action.SUBMIT, draft, by=cast.author)
    seen = content_hash(sent)
    perform(Action.APPROVE, sent, by=cast.approver, seen_hash=seen, note="Read it.")
    perform(Action.PUBLISH, sent, by=cast.author)

    assert (found("returns"), found("burst")) == ([first.notice_id], [])


def test_ended_is_found_only_when_asked_for(cast):
    edition = factories.published(
        cast, title="Concert by the river", expires_at=timezone.now() + timedelta(hours=1)
    )
    due.run_due(timezone.now() + timedelta(hours=2))

    answers = {state: found("concert", state=state) for state in ("current", "ended", "all")}

    assert answers == {"current": [], "ended": [edition.notice_id], "all": [edition.notice_id]}


def test_kind_ward_and_days_narrow(cast):
    quayside, millgate = factories.ward("Quayside"), factories.ward("Millgate")
    here = live(cast, "Closed path", wards=[quayside], kind=Kind.GENERAL)
    there = live(cast, "Closed path", wards=[millgate], kind=Kind.GENERAL)
    outage = live(cast, "Closed path", wards=[quayside], kind=Kind.OUTAGE)
    everywhere = live(cast, "Closed path", kind=Kind.GENERAL)
    today = timezone.now().astimezone(times.zone()).date()

    assert sorted(found("closed", kind=Kind.GENERAL, ward=quayside)) == sorted([here.pk, everywhere.pk])
    assert found("closed", ward=millgate, kind=Kind.OUTAGE) == []
    assert sorted(found("closed", ward=millgate)) == sorted([there.pk, everywhere.pk])
    assert sorted(found("closed", since=today, until=today)) == sorted(
        [here.pk, there.pk, outage.pk, everywhere.pk]
    )
    assert found("closed", since=today + timedelta(days=1)) == []
    assert found("closed", until=today - timedelta(days=1)) == []


def test_ward_street_and_reference_are_words_too(cast):
    quayside = factories.ward("Quayside")
    factories.street(quayside, "Bell Yard")
    notice = live(cast, "Low water pressure", wards=[quayside])

    assert [found("quayside"), found(notice.reference)] == [[notice.pk], [notice.pk]]


def test_extract_marks_the_words_and_escapes_the_rest(cast):
    notice = live(cast, "Library <b>closed</b>", summary="The library & its café are closed.")

    extract = extracts([notice], "library")[notice.pk]

    assert "<mark>Library</mark> &lt;b&gt;" in extract.title
    assert "<mark>library</mark> &amp;" in extract.text


def test_rebuild_writes_what_is_missing(cast):
    notice = live(cast, "Library closed on Monday")
    SearchEntry.objects.all().delete()

    assert (rebuild(), rebuild(), found("library")) == (1, 0, [notice.pk])


def test_search_takes_the_same_queries_however_much_is_found(cast, django_assert_num_queries):
    for number in range(12):
        live(cast, f"Library notice {number}")

    with django_assert_num_queries(1):
        keys = found("library")
    assert len(keys) == 12


def test_command_writes_what_is_missing_and_says_how_many(cast, capsys):
    live(cast, "Library closed on Monday")
    SearchEntry.objects.all().delete()

    call_command("index_search")

    assert (capsys.readouterr().out.strip(), len(found("library"))) == (
        "1 notices were added to the search.",
        1,
    )


def test_extract_of_a_long_text_cuts_no_word(cast):
    before, after = "nightingale " * 60, "hippopotamus " * 60
    notice = live(cast, "Animals", summary="Read on.", body=f"{before}otter {after}")

    words = strip_tags(extracts([notice], "otter")[notice.pk].text).replace("…", " ").split()

    assert set(words) <= {"nightingale", "otter", "hippopotamus", "Read", "on."}
    assert "otter" in words


def test_extract_runs_no_heading_into_the_words_after_it(cast):
    notice = live(cast, "Roads", summary="Read on.", body="## Come and look\n\nBoth otters are there")

    text = strip_tags(extracts([notice], "otters")[notice.pk].text)

    assert "Come and look. Both otters are there" in text
