"""Me too: once for each browser and each confirmed address, and nobody can be told apart by it."""

import uuid

import pytest

from feedback import about_people, answering, me_too, moderation
from feedback.models import Letter, MeToo, Question
from tests.feedback.conftest import asked, shown, stamp

pytestmark = pytest.mark.django_db


@pytest.fixture
def question(cast, notice):
    """A shown question without an answer."""
    return shown(asked(notice, "Is the tap water safe?", email="asker@mail.example"), cast.moderator)


def press(client, question, email="", **fields):
    data = {"email": email, "stamp": stamp("me-too", question.reference), **fields}
    return client.post(f"/questions/{question.reference}/me-too/", data)


def test_press_is_counted_and_shown_on_the_page(client, question):
    assert "You are counted" in press(client, question).content.decode()
    assert me_too.count([question]) == {question.pk: 1}
    assert "1 more person asks this" in client.get(question.get_absolute_url()).content.decode()


def test_same_browser_counts_once(client, question):
    press(client, question)
    assert "You are counted" in press(client, question).content.decode()
    assert MeToo.objects.count() == 1


def test_same_form_sent_twice_counts_once(client, question):
    same = stamp("me-too", question.reference)
    press(client, question, stamp=same)
    client.cookies.clear()
    press(client, question, stamp=same)
    assert MeToo.objects.count() == 1


def test_cookie_says_nothing_and_goes_nowhere_else(client, question):
    cookie = press(client, question).cookies["me_too"]
    assert (cookie.value, cookie["path"], cookie["httponly"], cookie["samesite"]) == (
        "1",
        f"/questions/{question.reference}/me-too/",
        True,
        "Lax",
    )


def test_looking_at_the_form_sets_no_mark_and_counts_nobody(client, question):
    assert "me_too" not in client.get(f"/questions/{question.reference}/me-too/").cookies
    assert MeToo.objects.count() == 0


def test_sixth_press_from_one_network_needs_an_address(client, question):
    for _number in range(5):
        press(client, question)
        client.cookies.clear()
    response = press(client, question)
    assert response.status_code == 429
    assert "Leave an e-mail address" in response.content.decode()
    assert me_too.count([question]) == {question.pk: 5}
    assert press(client, question, email="jan@mail.example").status_code == 200


def test_address_counts_once_it_is_confirmed(client, question):
    press(client, question, email="jan@mail.example")
    row, letter = MeToo.objects.get(), Letter.objects.get()
    link = f"/questions/{question.reference}/me-too/{row.token}/"
    assert (letter.purpose, letter.payload["to"]) == ("me_too", "jan@mail.example")
    assert link in letter.payload["text"]
    assert (me_too.count([question])[question.pk], me_too.people_to_tell(question)) == (0, [])

    assert "Yes, I ask that too" in client.get(link).content.decode()
    assert me_too.count([question])[question.pk] == 0
    client.post(link)
    client.post(link)
    assert (me_too.count([question])[question.pk], me_too.people_to_tell(question)) == (
        1,
        ["jan@mail.example"],
    )


def test_address_is_taken_and_written_to_once_however_it_is_written(client, question):
    for email in ("jan@mail.example", "Jan@Mail.example"):
        press(client, question, email=email)
        client.cookies.clear()
    assert (MeToo.objects.count(), Letter.objects.count()) == (1, 1)


def test_asker_is_not_told_twice(question):
    row = me_too.add(question, key=question.form_key, email="Asker@mail.example")
    me_too.confirm(row)
    assert me_too.people_to_tell(question) == []


@pytest.mark.parametrize("token", ["nothing", "x" * 40])
def test_wrong_link_confirms_nothing(client, question, token):
    me_too.add(question, key=question.form_key, email="jan@mail.example")
    response = client.post(f"/questions/{question.reference}/me-too/{token}/")
    assert response.status_code == 410
    assert me_too.people_to_tell(question) == []


def test_answered_question_shows_its_answer_instead(client, cast, question):
    answering.answer_publicly(question, by=cast.author, seen_version=2, text="Yes.")
    response = press(client, question)
    assert response.status_code == 410
    assert "This question has its answer" in response.content.decode()
    assert MeToo.objects.count() == 0


def test_waiting_and_hidden_questions_take_no_press(client, cast, notice):
    waiting, hidden = asked(notice, "One?"), asked(notice, "Two?")
    moderation.hide(hidden, by=cast.moderator, seen_version=1, reason="abusive")
    assert [press(client, each).status_code for each in (waiting, hidden)] == [404, 404]


def test_wrong_address_is_refused_and_kept(client, question):
    page = press(client, question, email="jan@").content.decode()
    assert "Enter an e-mail address in the right form" in page
    assert 'value="jan@"' in page


def test_erasing_an_address_leaves_the_count_as_it_was(question):
    me_too.confirm(me_too.add(question, key=uuid.uuid4(), email="jan@mail.example"))
    me_too.add(question, key=uuid.uuid4(), email="kim@mail.example")
    for address in ("jan@mail.example", "kim@mail.example"):
        about_people.Voices().erase(address, words=False)
    assert (me_too.count([question]), me_too.people_to_tell(question)) == ({question.pk: 1}, [])


def test_counts_of_many_questions_cost_one_query(cast, notice, question, django_assert_num_queries):
    other = shown(asked(notice, "And at night?"), cast.moderator)
    me_too.add(other, key=other.form_key)
    with django_assert_num_queries(1):
        assert me_too.count([question, other]) == {question.pk: 0, other.pk: 1}
    with django_assert_num_queries(1):
        assert {row.pk: row.others for row in me_too.counted(Question.objects.all())} == {
            question.pk: 0,
            other.pk: 1,
        }
