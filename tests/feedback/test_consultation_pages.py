"""Residents read a consultation, answer it without signing in, come back, check, send and get a receipt."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from lxml import html

from feedback import moderation
from feedback.consultations import access, answering, confirming
from feedback.consultations.answering import Said
from feedback.enums import Access, ItemKind, ResponseState, Stage
from feedback.models import AccessCode, Consultation, Letter, Remark, Response

from . import consulted
from .conftest import stamp

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast):
    """An open consultation with one question of each kind."""
    made = consulted.consultation(cast)
    consulted.all_kinds(made)
    return made


def url(name, of, *more):
    return reverse(f"consultations:{name}", args=[of.reference, *more])


def typed(asked: Consultation, button: str = "check", **more) -> dict:
    """Return the form of `all_kinds` as a browser sends it."""
    options = [[str(option.pk) for option in item.options.all()] for item in asked.items.all()]
    return {
        "stamp": stamp("answer", asked.reference),
        "q1": options[0][0],
        "q2": [options[1][0], options[1][2]],
        "q3": "4",
        "q4_1": "2",
        "q4_2": "",
        "q4_3": "1",
        "q5": "Keep the stage.",
        "place": "",
        "email": "",
        button: "pressed",
        **more,
    }


def text_of(answer) -> str:
    return " ".join(html.fromstring(answer.content.decode()).text_content().split())


class TestPage:
    """What residents read of it, without a clock."""

    def test_open_consultation_says_what_can_change_and_leads_to_the_form(self, client, asked):
        text = text_of(client.get(asked.get_absolute_url()))

        for words in ("What the hall is used for.", "That it stays open.", "the lift is kept", "the cabinet"):
            assert words in text
        assert "Repair it" in text
        assert url("answer", asked) in client.get(asked.get_absolute_url()).content.decode()

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"opened_at": None}, "You can answer from"),
            ({}, "You can answer until"),
            ({"stage": Stage.CLOSED, "closed_at": timezone.now()}, "Closed, and the outcome is owed"),
            ({"stage": Stage.CANCELLED, "cancelled_because": "The hall burnt down."}, "The hall burnt down."),
        ],
    )
    def test_page_says_where_it_stands(self, client, cast, fields, words):
        made = consulted.consultation(cast, **fields)

        assert words in text_of(client.get(made.get_absolute_url()))

    @pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.SUBMITTED, Stage.CANCELLED])
    def test_what_was_never_published_is_not_found(self, client, cast, stage):
        made = consulted.consultation(cast, stage=stage, published_at=None, published_by=None)

        assert client.get(made.get_absolute_url()).status_code == 404
        assert client.get(url("answer", made)).status_code == 404
        assert made.title not in text_of(client.get(reverse("consultations:list")))

    def test_decided_consultation_shows_outcome_results_and_moderated_words(self, client, cast, asked):
        row = consulted.answered(
            asked,
            {
                asked.items.first().pk: Said((asked.items.first().options.first().pk,)),
                asked.items.last().pk: Said(text="Keep the stage."),
            },
        )
        remark = row.remarks.get()
        moderation.publish(remark, by=cast.moderator, seen_version=1, public_text="Keep the stage.")
        consulted.closed(asked)
        consulted.outcome(asked, cast)

        text = text_of(client.get(asked.get_absolute_url()))

        for words in (
            "One person answered.",
            "1 person answered this.",
            "Keep the stage.",
            "It is repaired.",
        ):
            assert words in text

    def test_results_are_not_shown_while_it_is_open(self, client, asked):
        consulted.answered(asked, {asked.items.first().pk: Said((asked.items.first().options.first().pk,))})

        assert "answered." not in text_of(client.get(asked.get_absolute_url()))
        assert client.get(url("words", asked, 5)).status_code == 404

    def test_hidden_words_leave_their_place_and_set_aside_ones_nothing(self, client, cast, asked):
        one, two = (
            consulted.answered(
                asked,
                {
                    asked.items.first().pk: Said((asked.items.first().options.first().pk,)),
                    asked.items.last().pk: Said(text=words),
                },
            )
            for words in ("My neighbour Kim steals.", "Words of a copy.")
        )
        moderation.hide(one.remarks.get(), by=cast.moderator, seen_version=1, reason="personal_data")
        moderation.publish(
            two.remarks.get(), by=cast.moderator, seen_version=1, public_text="Words of a copy."
        )
        answering.set_aside(two, "It was sent twice.")
        consulted.closed(asked)

        text = text_of(client.get(url("words", asked, 5)))

        assert "it names or describes a private person" in text
        assert "Kim" not in text
        assert "Words of a copy." not in text
        assert "1 answer is not counted: It was sent twice." in text_of(client.get(asked.get_absolute_url()))

    def test_page_of_a_choice_question_has_no_words(self, client, asked):
        consulted.closed(asked)

        assert client.get(url("words", asked, 1)).status_code == 404

    def test_hostile_words_are_shown_as_words(self, client, cast):
        made = consulted.consultation(cast, title="<script>alert(1)</script>", introduction="<b onclick=x>")
        consulted.item(made, ItemKind.CHOICE, "<img src=x onerror=alert(2)>", "B", words="<i>?", hint="<u>")
        page = client.get(made.get_absolute_url()).content.decode()
        form = client.get(url("answer", made)).content.decode()

        for bad in ("<script>alert(1)", "<b onclick", "<img src=x", "<i>?", "<u>"):
            assert bad not in page
            assert bad not in form

    def test_words_are_never_read_as_a_template(self, client, cast):
        made = consulted.consultation(cast)
        code = "{% now 'Y' %}{{ form }}{% endverbatim %}"
        for kind in (ItemKind.RANKING, ItemKind.CHOICE):
            consulted.item(made, kind, code, "B", words=code, hint=code)

        assert text_of(client.get(url("answer", made))).count(code) == 6


class TestAnswering:
    """From the form to the receipt."""

    def test_answer_is_checked_sent_and_receipted(self, client, asked):
        check = client.post(url("answer", asked), typed(asked))
        row = Response.objects.get()
        assert check.url == url("check", asked, row.token)
        assert "Keep the stage." in text_of(client.get(check.url))

        receipt = client.post(check.url)

        row.refresh_from_db()
        assert (receipt.url, row.state) == (url("received", asked, row.token), ResponseState.COUNTED)
        assert "Your answer counts" in text_of(client.get(receipt.url))
        ranking = asked.items.get(number=4)
        assert [
            option.words for option in ranking.options.filter(pk__in=answering.said(row)[ranking.pk].options)
        ]
        assert answering.said(row)[ranking.pk].options == (
            ranking.options.get(number=3).pk,
            ranking.options.get(number=1).pk,
        )

    def test_button_pressed_twice_is_one_answer(self, client, asked):
        form = typed(asked)

        assert client.post(url("answer", asked), form).url == client.post(url("answer", asked), form).url
        row = Response.objects.get()
        client.post(url("check", asked, row.token))
        again = client.post(url("check", asked, row.token))

        assert again.url == url("received", asked, row.token)
        assert Remark.objects.count() == 1

    def test_whoever_leaves_an_address_is_told_the_outcome_ticked_or_not(self, client, asked):
        client.post(url("answer", asked), typed(asked, email="kim@mail.example"))
        row = Response.objects.get()
        assert (row.email, row.wants_outcome) == ("kim@mail.example", True)

    def test_form_keeps_everything_when_something_is_missing(self, client, asked):
        answer = client.post(url("answer", asked), typed(asked, q1="", q4_1="1", q5="x" * 3001))
        page = html.fromstring(answer.content.decode())

        assert answer.status_code == 200
        links = page.xpath("//*[@data-error-summary]//a/@href")
        assert links == ["#id_q1_0", "#id_q4_3", "#id_q5"]
        assert [page.xpath(f"//*[@id='{link[1:]}']")[0].tag for link in links] == [
            "input",
            "select",
            "textarea",
        ]
        assert page.xpath("//textarea[@name='q5']")[0].text_content().strip() == "x" * 3001
        assert page.xpath("//input[@name='q3'][@checked]/@value") == ["4"]
        assert not Response.objects.exists()

    def test_saving_asks_for_nothing_and_leads_back(self, client, asked):
        saved = client.post(url("answer", asked), typed(asked, "save", q1=""))
        row = Response.objects.get()
        assert saved.url == url("saved", asked, row.token)
        assert url("go_on", asked, row.token) in client.get(saved.url).content.decode()

        page = html.fromstring(client.get(url("go_on", asked, row.token)).content.decode())

        assert page.xpath("//textarea[@name='q5']")[0].text_content().strip() == "Keep the stage."
        assert page.xpath("//select[@name='q4_3']/option[@selected]/@value") == ["1"]

    def test_unfinished_answer_cannot_be_sent(self, client, asked):
        client.post(url("answer", asked), typed(asked, "save", q1=""))
        row = Response.objects.get()

        page = client.get(url("check", asked, row.token))
        sent = client.post(url("check", asked, row.token))

        assert "These must be answered" in text_of(page)
        assert (sent.status_code, Response.objects.get().state) == (409, ResponseState.STARTED)

    def test_address_of_a_saved_answer_is_mailed(self, client, asked):
        row = consulted.started(asked)
        form = {"stamp": stamp("come_back", row.token), "email": "kim@mail.example"}

        answers = [client.post(url("saved", asked, row.token), form) for _press in range(2)]

        letter = Letter.objects.get()
        assert [each.status_code for each in answers] == [200, 200]
        assert letter.payload["to"] == "kim@mail.example"
        assert url("go_on", asked, row.token) in letter.payload["text"]
        assert Response.objects.get().email == ""

    def test_ward_that_no_longer_exists_is_refused_kindly(self, client, asked):
        answer = client.post(url("answer", asked), typed(asked, place="Old Harbour Ward"))

        assert answer.status_code == 200
        assert "We do not know the place “Old Harbour Ward”" in text_of(answer)

    def test_what_no_longer_stands_to_choose_is_refused(self, client, asked):
        answer = client.post(url("answer", asked), typed(asked, q1="999999"))

        assert answer.status_code == 200
        assert not Response.objects.exists()

    @pytest.mark.parametrize("text", ["😀😀😀", "<script>alert(1)</script>", "ab\x00cd", "=1+1", "نص عربي"])
    def test_any_words_are_taken_as_they_are(self, client, asked, text):
        row = Response.objects.get(
            token=client.post(url("answer", asked), typed(asked, q5=text)).url.split("/")[-3]
        )
        client.post(url("check", asked, row.token))

        assert Remark.objects.get().text == text.replace("\x00", "")
        assert "<script>alert" not in client.get(url("received", asked, row.token)).content.decode()

    def test_hundred_thousand_characters_are_refused_and_kept_on_the_page(self, client, asked):
        answer = client.post(url("answer", asked), typed(asked, q5="y" * 100_000))

        assert "Too long by 97000" in text_of(answer)
        assert "y" * 100_000 in answer.content.decode()

    def test_second_answer_from_the_same_browser_is_refused(self, client, asked):
        client.post(url("answer", asked), typed(asked))
        first = Response.objects.get()
        sent = client.post(url("check", asked, first.token))
        cookie = sent.cookies[f"answered_{asked.reference}"]
        second = consulted.started(asked, answering.said(first))

        assert (cookie.value, cookie["path"]) == ("1", url("answer", asked))
        assert client.get(url("answer", asked)).status_code == 409
        assert client.post(url("check", asked, second.token)).status_code == 409
        assert Client().get(url("answer", asked)).status_code == 200

    def test_burst_from_one_network_is_counted_and_marked(self, asked):
        said = {asked.items.first().pk: Said((asked.items.first().options.first().pk,))}
        rows = [consulted.started(asked, said) for _number in range(8)]
        for row in rows:
            assert Client().post(url("check", asked, row.token)).status_code == 302

        marks = [Response.objects.get(pk=row.pk) for row in rows]
        assert [row.state for row in marks] == [ResponseState.COUNTED] * 8
        assert [row.is_in_burst for row in marks] == [False] * 5 + [True] * 3

    def test_somebody_elses_token_is_not_found(self, client, asked, cast):
        other = consulted.consultation(cast, notice=asked.notice)
        row = consulted.started(other)

        for name in ("go_on", "check", "saved", "received"):
            assert client.get(url(name, asked, row.token)).status_code == 404


class TestClosingSecond:
    """Posted to when it closes: refused, and nothing typed is lost."""

    @pytest.fixture
    def over(self, asked):
        Consultation.objects.update(closes_at=timezone.now())
        return asked

    def test_form_posted_too_late_keeps_what_was_typed(self, client, over):
        answer = client.post(url("answer", over), typed(over))
        page = html.fromstring(answer.content.decode())

        assert answer.status_code == 410
        assert page.xpath("//textarea[@name='q5']")[0].text_content().strip() == "Keep the stage."
        assert "What you wrote is still here" in text_of(answer)
        assert not Response.objects.exists()

    def test_checked_answer_sent_too_late_is_kept_on_the_page(self, client, asked):
        client.post(url("answer", asked), typed(asked))
        Consultation.objects.update(closes_at=timezone.now())
        row = Response.objects.get()

        answer = client.post(url("check", asked, row.token))

        assert (answer.status_code, Response.objects.get().state) == (410, ResponseState.STARTED)
        assert "Keep the stage." in text_of(answer)

    def test_saved_answer_is_still_readable_after_closing(self, client, asked):
        client.post(url("answer", asked), typed(asked, "save"))
        Consultation.objects.update(closes_at=timezone.now())

        answer = client.get(url("go_on", asked, Response.objects.get().token))

        assert answer.status_code == 410
        assert "It was not sent, so it is not counted." in text_of(answer)
        assert "Keep the stage." in text_of(answer)

    def test_before_opening_the_form_says_when(self, client, cast):
        later = consulted.consultation(
            cast,
            opens_at=timezone.now() + timedelta(days=1),
            closes_at=timezone.now() + timedelta(days=9),
            opened_at=None,
        )

        assert "Not open yet" in text_of(client.get(url("answer", later)))


class TestConfirming:
    """The letter's link opens a page; its button counts the answer."""

    @pytest.fixture
    def waiting(self, asked):
        Consultation.objects.update(access=Access.EMAIL)
        asked.refresh_from_db()
        said = {asked.items.first().pk: Said((asked.items.first().options.first().pk,))}
        return confirming.hand_in(consulted.started(asked, said, email="kim@mail.example"), at=timezone.now())

    @pytest.fixture
    def link(self, waiting):
        return "/consultations/" + Letter.objects.get().payload["text"].split("/consultations/")[1].split()[0]

    def test_opening_the_link_changes_nothing_and_the_button_counts(self, client, waiting, link):
        page = client.get(link)
        waiting.refresh_from_db()
        assert (page.status_code, waiting.state) == (200, ResponseState.UNCONFIRMED)

        pressed = client.post(link)

        waiting.refresh_from_db()
        assert (pressed.url, waiting.state) == (
            url("received", waiting.consultation, waiting.token),
            ResponseState.COUNTED,
        )
        assert "Already confirmed" in text_of(client.get(link))

    def test_pressed_after_closing_it_says_so(self, client, waiting, link):
        Consultation.objects.update(closes_at=timezone.now())

        answer = client.post(link)

        assert answer.status_code == 410
        assert "closed before the address was confirmed" in text_of(answer)

    def test_receipt_says_that_it_does_not_count_yet(self, client, waiting):
        text = text_of(client.get(url("received", waiting.consultation, waiting.token)))

        assert "One step is left" in text
        assert "kim@mail.example" in text

    def test_outcome_by_mail_is_ticked_and_may_be_left_out(self, client, asked):
        Consultation.objects.update(access=Access.EMAIL)
        form = client.get(url("answer", asked)).context["form"]
        assert form["wants_outcome"].value()
        client.post(url("answer", asked), typed(asked, email="other@mail.example"))
        assert not Response.objects.get(email="other@mail.example").wants_outcome

    def test_form_asks_for_the_address(self, client, asked):
        Consultation.objects.update(access=Access.EMAIL)
        asked.refresh_from_db()

        answer = client.post(url("answer", asked), typed(asked))

        assert "one answer for each address" in text_of(answer)


class TestCodes:
    """A code from a letter opens one answer, and leads back to it."""

    @pytest.fixture
    def asked(self, cast):
        made = consulted.consultation(cast, access=Access.CODE)
        consulted.all_kinds(made)
        AccessCode.objects.create(
            consultation=made,
            code_hash=access.code_hash(made, "ABCD-2345-XYZ"),
            batch="1",
            made_by=cast.author,
        )
        return made

    def typed(self, asked, code):
        return {"stamp": stamp("code", asked.reference), "code": code}

    def test_code_opens_an_answer_and_leads_back_to_it(self, client, asked):
        first = client.post(url("answer", asked), self.typed(asked, "abcd 2345 xyz"))
        again = client.post(url("answer", asked), self.typed(asked, "ABCD-2345-XYZ"))

        row = Response.objects.get()
        assert first.url == again.url == url("go_on", asked, row.token)
        assert client.post(first.url, typed(asked)).url == url("check", asked, row.token)

    def test_used_code_is_refused_kindly(self, client, asked):
        client.post(url("answer", asked), self.typed(asked, "ABCD2345XYZ"))
        row = Response.objects.get()
        client.post(url("go_on", asked, row.token), typed(asked))
        client.post(url("check", asked, row.token))

        answer = Client().post(url("answer", asked), self.typed(asked, "ABCD2345XYZ"))

        assert answer.status_code == 409
        assert "An answer was sent with this code already." in text_of(answer)
        assert row.token not in answer.content.decode()

    def test_unknown_code_is_refused_and_guessing_slows_down(self, client, asked):
        answers = [client.post(url("answer", asked), self.typed(asked, f"AAAA{n}")) for n in range(12)]

        assert [each.status_code for each in answers] == [200] * 10 + [429] * 2
        assert "We do not know this code." in text_of(answers[0])
        assert not Response.objects.exists()

    def test_code_of_another_consultation_is_not_known(self, client, asked, cast):
        other = consulted.consultation(cast, notice=asked.notice, access=Access.CODE)

        assert access.find_code(other, "ABCD2345XYZ") is None
