"""The mail about an edition that went live: what it says, and that it goes to each once."""

import pytest

from subscriptions.models import Batch, Mailing
from tests import factories
from updates.enums import Urgency
from updates.transitions import Action
from updates.workflow import perform

from .conftest import at, body, deliver, publish_next, recipients, subscriber

pytestmark = pytest.mark.django_db


def test_mail_has_the_answer_the_reason_and_the_links(cast, mail_server):
    subscriber()
    edition = factories.published(cast)
    deliver()

    (message,) = mail_server.box
    assert message["Subject"] == "Burst main in Quay Street (investigating)"
    for words in (body(message), body(message, "html")):
        assert "Low or no water in Quayside until this evening." in words
        assert "Boil it first." in words
        assert f"https://riverbank.example{edition.notice.get_absolute_url()}" in words
        assert "because you follow the whole borough" in words
        assert "https://riverbank.example/subscriptions/leave/" in words
        assert "⟦" not in words


def test_words_of_staff_are_escaped_in_html_and_plain_in_text(cast, mail_server):
    subscriber()
    factories.published(cast, title="Water & <b>power</b>")
    deliver()

    (message,) = mail_server.box
    assert "Water & <b>power</b>" in body(message)
    assert "Water &amp; &lt;b&gt;power&lt;/b&gt;" in body(message, "html")


def test_mail_loads_nothing_and_counts_nobody(cast, mail_server):
    subscriber()
    factories.published(cast, body="See [the map](https://riverbank.example/map).")
    deliver()

    html = body(mail_server.box[0], "html")
    assert [sign for sign in ("<img", "<script", "<link", "url(", "utm_") if sign in html] == []
    assert 'href="https://riverbank.example/map"' in html


def test_both_headers_of_one_click_are_on_each_mail(cast, mail_server):
    subscriber("a@mail.example")
    subscriber("b@mail.example")
    factories.published(cast)
    deliver()

    assert recipients(mail_server) == ["a@mail.example", "b@mail.example"]
    for message in mail_server.box:
        assert (
            message["List-Unsubscribe"].strip().startswith("<https://riverbank.example/subscriptions/leave/")
        )
        assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert message["List-Id"] == "<notices.riverbank.example>"
        assert message["X-Sink-From"].startswith("bounces+")


def test_two_matching_subscriptions_bring_one_mail_that_names_both(cast, mail_server):
    quayside = factories.ward("Quayside")
    subscriber()
    subscriber(**at("Quayside"))
    factories.published(cast, wards=[quayside])
    deliver()

    (message,) = mail_server.box
    assert "because you follow the whole borough and Quayside." in body(message)


def test_minor_edition_mails_nobody(cast, mail_server):
    subscriber()
    live = factories.published(cast)
    deliver()
    publish_next(cast, live, is_minor=True)
    deliver()

    assert (len(mail_server.box), Mailing.objects.count()) == (1, 1)


def test_nobody_to_tell_leaves_no_mailing(cast):
    factories.published(cast)

    assert Mailing.objects.count() == 0


def test_next_edition_says_what_changed(cast, mail_server):
    subscriber()
    live = factories.published(cast)
    publish_next(cast, live, change_note="The crew has found the leak.")
    deliver()

    (message,) = mail_server.box
    assert "What changed: The crew has found the leak." in body(message)


def test_edition_overtaken_before_it_left_is_cancelled(cast, mail_server):
    subscriber()
    live = factories.published(cast)
    publish_next(cast, live)

    assert [(batch.status, batch.last_error) for batch in Batch.objects.order_by("pk")] == [
        ("cancelled", "Replaced by edition 2 before it was sent."),
        ("queued", ""),
    ]


def test_emergency_is_told_in_the_subject(cast, mail_server):
    subscriber(lowest_urgency=Urgency.EMERGENCY)
    factories.published(cast, urgency=Urgency.EMERGENCY)
    deliver()

    assert mail_server.box[0]["Subject"] == "Emergency: Burst main in Quay Street (investigating)"


def test_whoever_was_told_of_the_emergency_is_told_that_it_is_over(cast, mail_server):
    subscriber(lowest_urgency=Urgency.EMERGENCY)
    live = factories.published(cast, urgency=Urgency.EMERGENCY)
    deliver()
    calm = publish_next(cast, live, urgency=Urgency.NORMAL)
    deliver()
    publish_next(cast, calm)
    deliver()

    assert len(mail_server.box) == 2


def test_ended_notice_is_not_sent_any_more(cast, mail_server):
    subscriber()
    live = factories.published(cast)
    perform(Action.END, live, by=cast.approver)
    deliver()

    assert mail_server.box == []


def test_all_clear_is_sent_even_after_the_end(cast, mail_server):
    subscriber()
    live = factories.published(cast)
    live.outage.state = "restored"
    live.outage.save()
    perform(Action.END, live, by=cast.approver)
    deliver()

    assert len(mail_server.box) == 1


def test_whoever_left_meanwhile_gets_nothing(cast, mail_server):
    from subscriptions import leaving

    gone, stays = subscriber("gone@mail.example"), subscriber("stays@mail.example")
    factories.published(cast)
    leaving.leave(gone, [])
    deliver()

    assert recipients(mail_server) == [stays.address]


def test_pausing_subscriber_gets_nothing(cast, mail_server):
    from subscriptions import leaving

    leaving.pause(subscriber(), 7)
    factories.published(cast)
    deliver()

    assert mail_server.box == []


def test_follower_of_the_notice_gets_each_edition_whatever_it_is_about(cast, mail_server):
    live = factories.published(cast, "project")
    subscriber(notice=live.notice)
    publish_next(cast, live)
    factories.published(cast, "project")
    deliver()

    (message,) = mail_server.box
    assert "because you follow Burst main in Quay Street." in body(message)


def test_title_of_two_lines_still_becomes_a_mail(cast, mail_server):
    subscriber()
    factories.published(cast, title="Burst main\nBcc: everybody@riverbank.example")
    deliver()

    (message,) = mail_server.box
    assert message["Subject"] == "Burst main Bcc: everybody@riverbank.example (investigating)"
    assert message["Bcc"] is None


def test_mark_of_ours_in_the_words_of_staff_is_nobodys_link(cast, mail_server):
    subscriber()
    factories.published(cast, summary="See https://elsewhere.example/⟦manage⟧ and ⟦leave⟧.")
    deliver()

    (message,) = mail_server.box
    assert "https://elsewhere.example/[manage] and [leave]." in body(message)
