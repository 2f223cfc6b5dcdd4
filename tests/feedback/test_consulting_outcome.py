"""The outcome of a consultation at the desk: owed, written by one or two, sent on, told."""

import pytest
from django.utils import timezone

from feedback.enums import Stage
from feedback.models import Consultation, Letter, Outcome

from . import consulted
from .test_consulting_desk import desk, url

pytestmark = pytest.mark.django_db


def test_outcome_is_told_to_everybody_who_wanted_to_know(cast):
    made = consulted.consultation(cast)
    consulted.item(made)
    consulted.answered(made, email="kim@mail.example", email_confirmed_at=timezone.now(), wants_outcome=True)
    consulted.answered(made, email="jo@mail.example", email_confirmed_at=timezone.now())
    consulted.closed(made)
    outcome = {"version": "0", "said": "Yes.", "decided": "So be it.", "is_no_change": "on"}
    author = desk(cast.author)

    lacking = author.post(url("outcome", made), {**outcome, "offer": "1"})
    author.post(url("outcome", made), {**outcome, "not_changed": "It was right as it was.", "offer": "1"})
    desk(cast.approver).post(url("decide_outcome", made), {"version": "2", "decision": "publish"})

    assert "Say why nothing changed." in lacking.content.decode()
    assert [letter.payload["to"] for letter in Letter.objects.filter(purpose="outcome")] == [
        "kim@mail.example"
    ]


def test_outcome_that_lacks_something_is_kept_and_goes_on_from_there(cast):
    made = consulted.closed(consulted.consultation(cast))
    typed = {"version": "0", "said": "Mend it.", "decided": "It is mended.", "offer": "1"}
    author = desk(cast.author)

    lacking = author.post(url("outcome", made), typed)
    version = lacking.context["form"]["version"].value()
    again = author.post(url("outcome", made), {**typed, "version": version, "changed": "The roof first."})

    assert [lacking.status_code, version, again.status_code] == [409, "1", 302]
    assert "It is saved as a draft. Say what changed, or that nothing did." in lacking.content.decode()
    assert Outcome.objects.get().offered_at is not None


def test_two_who_write_one_outcome_see_each_others_words(cast):
    made = consulted.closed(consulted.consultation(cast))
    first, second = desk(cast.author), desk(cast.second_author)
    first.post(url("outcome", made), {"version": "0", "said": "Amira’s words.", "decided": "Yes."})

    late = second.post(url("outcome", made), {"version": "0", "said": "Tom’s words.", "decided": "Yes."})
    page, version = late.content.decode(), late.context["form"]["version"].value()
    over = {"version": version, "said": "Tom’s words.", "decided": "Yes."}

    assert [late.status_code, "Amira’s words." in page, "Tom’s words." in page] == [409, True, True]
    assert second.post(url("outcome", made), over).status_code == 302
    assert Outcome.objects.get().said == "Tom’s words."


def test_desk_tells_which_outcomes_are_owed_and_what_waits(cast):
    owed = consulted.closed(consulted.consultation(cast, title="The Corn Hall"))
    Consultation.objects.filter(pk=owed.pk).update(owed_in_public_at=timezone.now())
    not_public = {"published_at": None, "published_by": None, "opened_at": None}
    consulted.consultation(cast, title="The crossing", stage=Stage.SUBMITTED, **not_public)

    mine, second = (desk(person).get("/staff/").content.decode() for person in (cast.author, cast.approver))

    assert [url("outcome", owed) in page for page in (mine, second)] == [True, True]
    assert "residents read that it is" in mine
    assert ["Waits for you as the second person" in page for page in (mine, second)] == [False, True]


def test_no_button_archives_what_owes_its_outcome(cast):
    owed = consulted.closed(consulted.consultation(cast))
    before = desk(cast.author).get(url("page", owed)).content.decode()
    consulted.outcome(owed, cast)
    after = desk(cast.author).get(url("page", owed)).content.decode()

    assert [url("move", owed, act="archived") in page for page in (before, after)] == [False, True]
