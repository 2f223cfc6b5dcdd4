"""Writing: what is kept, what is refused and how, and two people at once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.enums import Kind
from tests import factories
from tests.factories import Cast
from updates.enums import Status
from updates.models import Edition, Picture
from updates.transitions import Action
from updates.workflow import perform

WORDS = {
    "title": "Burst main in Quay Street",
    "summary": "Low or no water.",
    "body": "",
    "urgency": "0",
    "is_borough_wide": "on",
}


def fresh(edition: Edition) -> Edition:
    return Edition.objects.select_related("notice").get(pk=edition.pk)


@pytest.fixture
def draft(cast: Cast) -> Edition:
    return factories.draft(cast, "general")


@pytest.fixture
def save(cast: Cast, draft, signed_in, address):
    """Post the editor's form of the draft as the author."""

    def posted(by=None, **fields):
        data = {**WORDS, "version": draft.version, **fields}
        return signed_in(by or cast.author).post(address(draft, "edit"), data)

    return posted


def test_saved_words_are_kept_and_the_writer_counts_as_contributor(cast: Cast, draft, save):
    ward = factories.ward("Quayside")
    response = save(cast.second_author, title="Burst main, Millgate", is_borough_wide="", wards=[ward.pk])

    saved = fresh(draft)
    assert (response.status_code, saved.title, saved.version, list(saved.wards.all())) == (
        302,
        "Burst main, Millgate",
        draft.version + 1,
        [ward],
    )
    assert saved.contributions.filter(person=cast.second_author).exists()


def test_streets_are_kept_by_name_within_the_chosen_wards(draft, save):
    here, there = factories.ward("Quayside"), factories.ward("Fairfield")
    quay, mill = factories.street(here, "Quay Street"), factories.street(here, "Mill Lane")
    factories.street(there, "Mill Lane")

    save(is_borough_wide="", wards=[here.pk], streets="quay street\r\n\r\nMill Lane\r\nQuay Street")

    assert set(fresh(draft).streets.all()) == {quay, mill}


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("Quay Stret", "We know no street called “Quay Stret”. Did you mean Quay Street?"),
        ("Zzz", "We know no street called “Zzz”."),
        ("Oxford Street", "We know no street called “Oxford Street”."),
        ("Long Row", "Long Row is in Fairfield. Choose that ward as well."),
    ],
)
def test_street_that_cannot_be_meant_is_explained(draft, save, seen, typed, problem):
    here = factories.ward("Quayside")
    factories.street(here, "Quay Street")
    factories.street(factories.ward("Fairfield"), "Long Row")

    page = seen(save(is_borough_wide="", wards=[here.pk], streets=typed))

    assert page.problems == [f"Streets: {problem}"]
    assert page.value("streets").strip() == typed
    assert not fresh(draft).streets.exists()


def test_address_follows_the_title_until_it_is_public(draft, save):
    save(title="Water is back!")

    assert fresh(draft).notice.slug == "water-is-back"


@pytest.mark.parametrize(
    ("field", "text", "problem"),
    [
        ("title", "x" * 91, "Title: Too long by 1: the most is 90 characters."),
        ("summary", "y" * 100_000, "Summary: Too long by 99780: the most is 220 characters."),
        ("title", "Burst\x00main", "Title: Null characters are not allowed."),
        ("title", "", "Title: Give the notice a title."),
        ("expires_at_0", "31", "Ends: Add the month and the year and the time too."),
    ],
    ids=["title too long", "100,000 characters", "NUL", "no title", "half a time"],
)
def test_refused_words_say_why_and_stay_typed(draft, save, seen, field, text, problem):
    page = seen(save(**{field: text, "body": "Kept words."}))

    assert (page.problems, page.value("body").strip()) == ([problem], "Kept words.")
    assert fresh(draft).version == draft.version


def test_error_stands_above_its_control_too_and_once_in_the_summary(save, seen):
    page = seen(save(title=""))

    assert (len(page.problems), page.texts("//*[@id='id_title_error']//p")) == (
        1,
        ["Error: Give the notice a title."],
    )


def test_hidden_turn_of_direction_is_refused(save, seen):
    page = seen(save(title="Safe \u202egnihton\u202c link"))

    assert (len(page.problems), "invisible characters" in page.problems[0]) == (1, True)


@pytest.mark.parametrize(
    "title",
    ["انقطاع المياه في الشارع", "🚰" * 90, "Ärger & <b>Ölpest</b> ‘daheim’"],
    ids=["Arabic", "emoji", "angle brackets"],
)
def test_right_to_left_emoji_and_angle_brackets_are_kept_as_typed(
    cast: Cast, draft, save, seen, signed_in, address, title
):
    save(title=title)

    assert seen(signed_in(cast.author).get(address(draft))).texts("//h1") == [title]


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        (["28", "3", "2027", "1:30am"], "The clocks go forward then"),
        (["25", "10", "2026", "1:30am"], "this time happens twice"),
    ],
)
def test_time_the_clock_change_skips_or_repeats_is_explained(save, seen, day, problem):
    page = seen(save(**{f"expires_at_{place}": text for place, text in enumerate(day)}))

    assert [problem in sentence for sentence in page.problems] == [True]


def test_picture_is_kept_while_another_answer_is_refused(draft, save, seen, picture_bytes):
    upload = SimpleUploadedFile("main.jpg", picture_bytes("JPEG"), "image/jpeg")
    refused = seen(save(title="", picture=upload, alt_text="A wet street"))
    assert (refused.problems, Picture.objects.count()) == (["Title: Give the notice a title."], 1)

    save(kept_picture=refused.value("kept_picture"), alt_text="A wet street")

    saved = fresh(draft)
    assert (saved.picture, saved.alt_text) == (Picture.objects.get(), "A wet street")


def test_picture_stays_when_nothing_is_uploaded_and_goes_when_removed(draft, save, picture_bytes):
    save(picture=SimpleUploadedFile("main.jpg", picture_bytes("JPEG")), alt_text="A street")
    save(version=fresh(draft).version, alt_text="A street")
    kept = fresh(draft).picture
    save(**{"version": fresh(draft).version, "picture-clear": "on"})

    assert (kept is not None, fresh(draft).picture) == (True, None)


def test_forged_picture_is_not_taken(cast: Cast, draft, save):
    Picture.objects.create(file="pictures/other.jpg", width=1, height=1, sha256="x", uploaded_by=cast.lead)

    save(kept_picture=f"{Picture.objects.get().pk}:forged")

    assert fresh(draft).picture is None


def test_file_that_is_no_picture_is_refused_in_words(save, seen):
    page = seen(save(picture=SimpleUploadedFile("evil.jpg", b"<?php echo 1;", "image/jpeg")))

    assert page.problems == ["Picture: This file is not a picture we can read. Use JPEG, PNG, WebP or GIF."]


def test_upload_of_fifty_megabytes_is_refused_in_words_and_nothing_typed_is_lost(save, seen):
    upload = SimpleUploadedFile("huge.jpg", b"\xff\xd8\xff" + bytes(50 * 1024 * 1024), "image/jpeg")

    page = seen(save(picture=upload, body="Kept words."))

    assert (page.problems, page.value("body").strip()) == (
        ["Picture: The picture is larger than 12 MB. Choose a smaller one."],
        "Kept words.",
    )


def test_second_to_save_sees_both_texts_and_loses_none(cast: Cast, draft, save, seen):
    save(cast.second_author, summary="Tom's words.")

    page = seen(save(cast.author, summary="Amira's words."))

    assert (page.status, page.value("summary").strip(), fresh(draft).summary) == (
        409,
        "Amira's words.",
        "Tom's words.",
    )
    assert page.texts("//table//td") == ["Tom's words.", "Amira's words."]
    assert page.says("Tom Field saved this while you were writing")


def test_second_to_save_may_save_over_knowingly(cast: Cast, draft, save, seen):
    save(cast.second_author, summary="Tom's words.")
    page = seen(save(cast.author, summary="Amira's words."))

    response = save(cast.author, summary="Amira's words.", version=page.value("version"))

    assert (response.status_code, fresh(draft).summary) == (302, "Amira's words.")


def test_words_typed_while_it_was_sent_on_stay_on_the_page(cast: Cast, draft, save, seen):
    perform(Action.SUBMIT, draft, by=cast.second_author)

    page = seen(save(summary="Too late."))

    assert (page.status, page.says("Too late."), page.says("Waiting for approval")) == (409, True, True)


def test_frozen_edition_opens_no_editor(cast: Cast, signed_in, address):
    edition = factories.submitted(cast)

    response = signed_in(cast.author).get(address(edition, "edit"))

    assert (response.status_code, response["Location"]) == (302, address(edition))


def test_author_of_another_team_is_refused(cast: Cast, draft, signed_in, address):
    assert signed_in(cast.outsider).get(address(draft, "edit")).status_code == 403


@pytest.mark.parametrize("kind", Kind.values)
def test_every_kind_is_shown_and_saved_as_it_stood(cast: Cast, signed_in, address, seen, kind):
    edition = factories.draft(cast, kind)
    client = signed_in(cast.author)
    page = seen(client.get(address(edition, "edit")))
    form = page.tree.xpath("//main//form[@enctype]")[0]
    before = _detail(edition)

    response = client.post(address(edition, "edit"), dict(form.form_values()))

    assert (response.status_code, _detail(fresh(edition))) == (302, before)


def _detail(edition: Edition) -> dict:
    from django.forms.models import model_to_dict

    found = model_to_dict(edition.detail) if edition.detail else {}
    return {
        name: value.replace(second=0, microsecond=0) if hasattr(value, "microsecond") else value
        for name, value in found.items()
    }


def test_estimate_that_contradicts_itself_is_refused(cast: Cast, signed_in, address, seen):
    edition = factories.draft(cast, "outage")
    times = {
        f"{name}_{place}": text
        for name, clock in (("estimate_from_at", "6pm"), ("estimate_to_at", "4pm"))
        for place, text in enumerate(["22", "11", "2026", clock])
    }
    data = {**WORDS, **times, "service": "water", "state": "restored", "estimate_stage": "assessing"}

    page = seen(signed_in(cast.author).post(address(edition, "edit"), {**data, "version": edition.version}))

    assert [problem.partition(":")[0] for problem in page.problems] == [
        "Back by",
        "How sure is that?",
        "Restored",
    ]


def test_start_asks_kind_then_team_and_opens_the_editor(cast: Cast, signed_in):
    factories.Membership.objects.create(
        user=cast.author, team=factories.team("Roads", ["outage"]), role="author"
    )
    client = signed_in(cast.author)

    asked = client.post("/staff/notices/new/", {"kind": "outage"})
    started = client.post(asked["Location"], {"team": cast.team.slug})

    edition = Edition.objects.get()
    assert (asked["Location"], started["Location"], edition.notice.team) == (
        "/staff/notices/new/outage/",
        f"/staff/notices/{edition.notice.reference}/1/edit/",
        cast.team,
    )


def test_start_skips_the_team_where_there_is_one(cast: Cast, signed_in):
    response = signed_in(cast.author).post("/staff/notices/new/", {"kind": "event"})

    assert (response.status_code, Edition.objects.get().status) == (302, Status.DRAFT)


def test_team_outside_ones_own_cannot_be_chosen(cast: Cast, signed_in):
    other = factories.team("Roads")

    response = signed_in(cast.author).post("/staff/notices/new/outage/", {"team": other.slug})

    assert (response.status_code, Edition.objects.count()) == (200, 0)


def test_approver_alone_starts_nothing(cast: Cast, signed_in):
    assert signed_in(cast.approver).get("/staff/notices/new/").status_code == 403


def test_title_of_two_lines_is_refused(draft, save):
    response = save(title="Burst main\nBcc: everybody@example.org")

    assert "Write this on one line." in response.content.decode()
    assert fresh(draft).title == draft.title
