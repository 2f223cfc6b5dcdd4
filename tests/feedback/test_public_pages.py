"""What residents read of each other's words: safe, whole, with a trace of what is hidden, and no cookie."""

import pytest

from feedback import answering, moderation
from tests import factories
from tests.feedback.conftest import asked, shown, told

pytestmark = pytest.mark.django_db
XSS = '<script>alert(1)</script>\n"><img src=x onerror=alert(2)>'


def page(client, path) -> str:
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies
    return response.content.decode()


def test_notice_page_shows_question_with_attributed_answer(cast, notice, client):
    question = shown(asked(notice), cast.moderator)
    answering.answer_publicly(question, by=cast.author, seen_version=2, text="Yes.\nNumbers 1 to 40.")
    html = page(client, notice.get_absolute_url())
    assert f'id="{question.anchor}"' in html
    assert "Yes.<br>Numbers 1 to 40." in html
    assert "Water and Drainage, Riverbank Borough Council" in html
    assert f"/notices/{notice.reference}/ask/" in html


def test_residents_text_is_escaped_everywhere(cast, notice, client):
    question = shown(asked(notice, XSS), cast.moderator)
    shown(told(notice, XSS), cast.moderator)
    paths = [
        notice.get_absolute_url(),
        question.get_absolute_url(),
        f"/notices/{notice.reference}/questions/",
        question.receipt_path,
    ]
    for path in paths:
        html = page(client, path)
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>" in html


def test_hidden_words_leave_the_reason_in_their_place(cast, notice, client):
    question = asked(notice, "Mrs Miller of number 4 did it.")
    moderation.hide(question, by=cast.moderator, seen_version=1, reason="personal_data")
    html = page(client, notice.get_absolute_url())
    assert "A question is hidden: it names or describes a private person." in html
    assert "Miller" not in html


def test_hidden_comments_are_one_line_after_real_words(cast, notice, client):
    shown(told(notice, "Thank you."), cast.moderator)
    for reason in ("abusive", "abusive", "off_topic", "spam"):
        moderation.hide(told(notice, "Secret."), by=cast.moderator, seen_version=1, reason=reason)
    html = page(client, notice.get_absolute_url())
    assert html.index("Thank you.") < html.index("3 comments are hidden")
    assert "<li>2: it is abusive</li><li>1: it is not about this notice</li>" in html
    assert "A comment is hidden" not in html
    assert "Secret." not in html


def test_comments_on_the_notice_are_the_newest(cast, notice, client):
    for number in range(7):
        shown(told(notice, f"Words {number}."), cast.moderator)
    html = page(client, notice.get_absolute_url())
    assert [number for number in range(7) if f"Words {number}." in html] == [3, 4, 5, 6]
    assert html.index("Words 6.") < html.index("Words 3.")
    assert "All questions and comments" in html


def test_advertising_leaves_no_trace(cast, notice, client):
    question = asked(notice, "Cheap watches")
    moderation.hide(question, by=cast.moderator, seen_version=1, reason="spam")
    assert question.anchor not in page(client, notice.get_absolute_url())
    assert client.get(question.get_absolute_url()).status_code == 404


def test_waiting_words_names_and_addresses_are_nowhere(cast, notice, client):
    asked(notice, "Secret so far")
    shown(asked(notice, "Is it safe?", name="Jan Kowalski", email="jan@mail.example"), cast.moderator)
    for path in (notice.get_absolute_url(), f"/notices/{notice.reference}/questions/"):
        html = page(client, path)
        assert "Is it safe?" in html
        assert "Secret so far" not in html
        assert "Kowalski" not in html
        assert "jan@mail" not in html


def test_block_costs_two_queries_whatever_was_asked(cast, notice, django_assert_num_queries):
    from feedback.blocks import notice_main

    for number in range(30):
        question = shown(asked(notice, f"Question {number}?"), cast.moderator)
        answering.answer_publicly(question, by=cast.author, seen_version=2, text="Yes.")
    with django_assert_num_queries(2):
        html = notice_main({}, notice)
    assert "All questions and comments" in html


def test_list_of_everything_is_paged_in_a_fixed_number_of_queries(
    cast, notice, client, django_assert_max_num_queries
):
    for number in range(25):
        shown(asked(notice, f"Question {number}?"), cast.moderator)
        shown(told(notice, f"Words {number}."), cast.moderator)
    path = f"/notices/{notice.reference}/questions/"
    # The last two are every page's: emergencies, and accounts something is wrong with.
    with django_assert_max_num_queries(7):
        html = page(client, f"{path}?page=3")
    assert html.count('class="cp-question"') == 10
    assert page(client, f"{path}?page=nonsense%00").count('class="cp-question"') == 20


def test_draft_has_no_list(cast, client):
    reference = factories.draft(cast).notice.reference
    assert client.get(f"/notices/{reference}/questions/").status_code == 404
