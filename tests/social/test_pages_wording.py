"""What each account will say: saved words, contributors, and the preview that is exactly what goes out."""

import pytest
from django.urls import reverse

from outbox.enums import Status
from social import locks
from social.delivery import deliver_one
from social.models import Delivery, SandboxPost, Wording
from tests import factories
from tests.accounts.signing_in import sign_in
from tests.outbox.rows import account
from updates import drafting
from updates.content import content_hash
from updates.transitions import Action
from updates.workflow import perform

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(cast):
    """Two accounts of the cast's team."""
    made = [account(handle="one"), account(handle="two")]
    for each in made:
        each.teams.add(cast.team)
    return made


def address(edition):
    return reverse("social:wording", args=[edition.pk])


def typed(edition, accounts, texts=("", ""), included=(True, True), **more):
    fresh = type(edition).objects.get(pk=edition.pk)
    data = {"version": fresh.version}
    for each, text, is_included in zip(accounts, texts, included, strict=True):
        data[f"text_{each.pk}"] = text
        if is_included:
            data[f"include_{each.pk}"] = "on"
    return data | more


def contributors(edition):
    return {each.person for each in edition.contributions.all()}


def test_saved_words_are_kept_and_make_a_contributor(client, cast, two):
    edition = factories.draft(cast)
    sign_in(client, cast.second_author)

    client.post(address(edition), typed(edition, two, ("Boil your water.", ""), (True, False)))

    kept = {(w.account, w.text, w.is_included) for w in Wording.objects.all()}
    assert kept == {(two[0], "Boil your water.", True), (two[1], "", False)}
    assert contributors(edition) == {cast.author, cast.second_author}


def test_saving_nothing_new_makes_no_contributor(client, cast, two):
    edition = factories.draft(cast)
    sign_in(client, cast.second_author)

    client.post(address(edition), typed(edition, two))

    assert contributors(edition) == {cast.author}
    assert not Wording.objects.exists()


def test_emptied_words_give_the_generated_text_again(client, cast, two):
    edition = factories.draft(cast)
    Wording.objects.create(edition=edition, account=two[0], text="Boil.")
    sign_in(client, cast.author)

    client.post(address(edition), typed(edition, two))

    assert not Wording.objects.exists()


def test_the_preview_saves_nothing_and_keeps_what_was_typed(client, cast, two):
    edition = factories.draft(cast)
    sign_in(client, cast.author)

    shown = client.post(
        address(edition), typed(edition, two, ("Boil <b>your</b> water.", ""), preview="1")
    ).content.decode()

    assert shown.count("Boil &lt;b&gt;your&lt;/b&gt; water.") == 2  # in the box and in the preview
    assert "<b>your</b>" not in shown
    assert not Wording.objects.exists()


def test_words_that_are_too_long_are_saved_and_said(client, cast, two):
    edition = factories.draft(cast)
    sign_in(client, cast.author)

    shown = client.post(address(edition), typed(edition, two, ("x" * 450, "")), follow=True).content.decode()

    assert "Saved, but this would be refused: Practice network: one." in shown
    assert "The text is too long" in shown
    assert Wording.objects.get().text == "x" * 450


def test_words_longer_than_any_platform_takes_are_refused(client, cast, two):
    edition = factories.draft(cast)
    sign_in(client, cast.author)

    shown = client.post(address(edition), typed(edition, two, ("x" * 5001, ""))).content.decode()

    assert "Too long by 1: the most is 5000 characters." in shown
    assert not Wording.objects.exists()


def test_somebody_elses_save_in_between_is_told_and_loses_nothing(client, cast, two):
    edition = factories.draft(cast)
    old = typed(edition, two, ("Boil your water.", ""))
    drafting.save_draft(edition, seen_version=edition.version, by=cast.second_author, fields={"title": "New"})
    sign_in(client, cast.author)

    answer = client.post(address(edition), old)

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody saved this edition while you were writing." in shown
    assert "Boil your water." in shown
    assert f'name="version" value="{old["version"] + 1}"' in shown
    assert not Wording.objects.exists()


def test_a_submitted_edition_refuses_words_and_keeps_them_on_the_page(client, cast, two):
    edition = factories.submitted(cast)
    sign_in(client, cast.author)

    answer = client.post(address(edition), typed(edition, two, ("Boil your water.", "")))

    assert answer.status_code == 409
    assert "Boil your water." in answer.content.decode()
    assert client.get(address(edition)).status_code == 302
    assert not Wording.objects.exists()


@pytest.mark.parametrize("who", ["outsider", "approver", "lead", "moderator", "administrator"])
def test_only_authors_of_the_team_choose_the_words(client, cast, two, who):
    edition = factories.draft(cast)
    sign_in(client, getattr(cast, who))

    assert client.get(address(edition)).status_code == 403
    assert client.post(address(edition), typed(edition, two)).status_code == 403


def test_an_account_of_another_team_cannot_be_smuggled_in(client, cast, two):
    theirs = account(handle="theirs")
    edition = factories.draft(cast)
    sign_in(client, cast.author)

    data = typed(edition, two, ("Boil.", "")) | {
        f"text_{theirs.pk}": "Mine now.",
        f"include_{theirs.pk}": "on",
    }
    client.post(address(edition), data)

    assert [wording.account for wording in Wording.objects.all()] == [two[0]]


def test_what_is_previewed_is_frozen_and_sent(client, cast, two):
    edition = factories.draft(cast)
    sign_in(client, cast.author)
    client.post(address(edition), typed(edition, two, ("Boil your water. 🚰", ""), (True, False)))
    edition = perform(Action.SUBMIT, edition, by=cast.author)
    sign_in(client, cast.approver)
    read = client.get(reverse("desk:approve", args=[edition.notice.reference, 1])).content.decode()
    perform(Action.APPROVE, edition, by=cast.approver, seen_hash=content_hash(edition))
    perform(Action.PUBLISH, edition, by=cast.author)

    [sent] = Delivery.objects.all()
    deliver_one(sent.pk)

    words = f"Boil your water. 🚰\n\n{edition.notice.short_url}"
    assert f'<p class="cp-post__words">{words}</p>' in read
    assert (sent.payload["text"], SandboxPost.objects.get().text) == (words, words)
    assert "1 of 2 will post" in read
    assert "Left out: nothing is posted here." in read


def test_the_approver_is_told_of_a_stopped_account(client, cast, two):
    edition = factories.submitted(cast)
    locks.lock(two[0], by=cast.lead, reason="Hacked")
    sign_in(client, cast.approver)

    read = client.get(reverse("desk:approve", args=[edition.notice.reference, 1])).content.decode()

    assert "1 of 2 will post" in read
    assert "Hacked. Nothing will be sent." in read


def test_a_minor_edition_says_that_nothing_is_posted(client, cast, two):
    live = factories.published(cast)
    edition = factories.next_edition(cast, live, is_minor=True)
    perform(Action.SUBMIT, edition, by=cast.author)
    sign_in(client, cast.approver)

    read = client.get(reverse("desk:approve", args=[edition.notice.reference, 2])).content.decode()

    assert "Nothing: it is a minor change." in read


def test_the_editor_leads_to_the_words(client, cast, two):
    edition = factories.draft(cast)
    sign_in(client, cast.author)

    shown = client.get(reverse("desk:edit", args=[edition.notice.reference, 1])).content.decode()

    assert address(edition) in shown
    assert "2 of 2 will post" in shown


def test_the_second_check_shows_the_posts_that_went_out(client, cast, two):
    edition = factories.published(cast)
    Delivery.objects.filter(account=two[0]).update(status=Status.FAILED, last_error="Refused.")
    two[1].teams.clear()
    sign_in(client, cast.approver)

    shown = client.get(reverse("desk:second_check", args=[edition.notice.reference, 1])).content.decode()

    assert "What each account was given" in shown
    assert shown.count("cp-post__words") == 2


def test_several_posts_are_a_choice_that_is_kept_shown_and_approved(client, cast, two):
    edition = factories.draft(cast)
    sign_in(client, cast.author)
    words = "Boil your water. " * 40

    refused = client.post(address(edition), typed(edition, two, (words, ""), preview="1")).content.decode()
    ticked = {f"thread_{two[0].pk}": "on"}
    client.post(address(edition), typed(edition, two, (words, ""), (True, False)) | ticked)
    edition = perform(Action.SUBMIT, edition, by=cast.author)
    sign_in(client, cast.approver)
    read = client.get(reverse("desk:approve", args=[edition.notice.reference, 1])).content.decode()
    perform(Action.APPROVE, edition, by=cast.approver, seen_hash=content_hash(edition))
    perform(Action.PUBLISH, edition, by=cast.author)

    sent = [row.payload["text"] for row in Delivery.objects.order_by("part")]
    assert "Shorten it, or tick “Say it whole, in several posts”." in refused
    assert [text.rpartition("\n\n")[2] for text in sent] == ["1/2", "2/2"]
    assert [f'<p class="cp-post__words">{text}</p>' in read for text in sent] == [True, True]
    assert "and 1 more post in answer to it" in read


def test_emptying_the_choice_of_several_posts_is_kept_too(client, cast, two):
    edition = factories.draft(cast)
    Wording.objects.create(edition=edition, account=two[0], is_thread=True)
    sign_in(client, cast.author)

    client.post(address(edition), typed(edition, two))

    assert not Wording.objects.exists()


def test_the_price_is_shown_to_author_and_approver(client, cast, two):
    paid = account("x", handle="riverbank", base_url="https://api.x.com", monthly_cap=10)
    paid.teams.add(cast.team)
    edition = factories.draft(cast)
    said = "X will charge about $0.20. Spent this month: $0.00 of $10.00."
    sign_in(client, cast.author)

    written = client.get(address(edition)).content.decode()
    perform(Action.SUBMIT, edition, by=cast.author)
    sign_in(client, cast.approver)
    read = client.get(reverse("desk:approve", args=[edition.notice.reference, 1])).content.decode()

    assert written.count(said) == 1
    assert read.count(said) == 1
    assert 'data-counts-plainly="no"' in written
