"""How an account's posts look: the council's template, the link, the cap; and what changing them does."""

import pytest
from django.urls import reverse

from audit.models import Event
from social.models import Account
from tests import factories
from tests.accounts.signing_in import sign_in
from tests.outbox.rows import account
from updates.content import content_hash

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice(cast):
    """An account of the cast's team on a platform that is free."""
    made = account(handle="one")
    made.teams.add(cast.team)
    return made


@pytest.fixture
def lead(client, cast):
    """The communications lead's browser."""
    sign_in(client, cast.lead)
    return client


def address(account):
    return reverse("social:posts", args=[account.pk])


def kept(account):
    fresh = Account.objects.get(pk=account.pk)
    return fresh.template, fresh.includes_link, fresh.monthly_cap


def test_a_template_is_kept_and_traced(lead, practice):
    lead.post(address(practice), {"template": "{kind}: {headline}\r\n{link}", "includes_link": "on"})

    assert kept(practice) == ("{kind}: {headline}\n{link}", True, None)
    event = Event.objects.get(action="account.posts_changed")
    assert event.detail["after"]["template"] == "{kind}: {headline}\n{link}"


def test_the_portals_own_template_is_kept_as_none(lead, practice):
    lead.post(
        address(practice), {"template": "{headline}\r\n\r\n{text}\r\n\r\n{link}", "includes_link": "on"}
    )

    assert kept(practice) == ("", True, None)
    assert not Event.objects.filter(action="account.posts_changed").exists()


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        ("{headline} {town}", "There is no {town}. Use {headline}, {text}, {link}, {reference}, {kind}."),
        ("{headline} {", "A brace stands alone. Write placeholders like {headline}."),
        ("{text} {link}", "Keep {headline}: it also says when a post is an update or a correction."),
    ],
)
def test_a_template_that_cannot_be_used_is_refused_and_stays_on_the_page(lead, practice, template, sentence):
    shown = lead.post(address(practice), {"template": template}).content.decode()

    assert sentence in shown
    assert template in shown
    assert kept(practice) == ("", True, None)


def test_the_sample_shows_a_recent_notice_and_saves_nothing(lead, cast, practice):
    live = factories.published(cast)

    shown = lead.post(
        address(practice), {"template": "Ref {reference}. {headline}", "includes_link": "on", "preview": "1"}
    ).content.decode()

    words = f"Ref {live.notice.reference}. {live.headline}\n\n{live.notice.short_url}"
    assert f'<p class="cp-post__words">{words}</p>' in shown
    assert kept(practice) == ("", True, None)


def test_without_a_notice_the_page_says_so(lead, practice):
    assert "No notice of its teams is out yet." in lead.get(address(practice)).content.decode()


def test_another_template_voids_the_approval_of_other_posts(lead, cast, practice):
    edition = factories.approved(cast)
    before = content_hash(edition)

    lead.post(address(practice), {"template": "{headline} {link}", "includes_link": "on"})

    assert content_hash(edition) != before


def test_a_free_platform_has_no_cap(lead, practice):
    assert "monthly_cap" not in lead.get(address(practice)).content.decode()
    lead.post(address(practice), {"template": "", "includes_link": "on", "monthly_cap": "5"})

    assert kept(practice) == ("", True, None)


@pytest.mark.parametrize("who", ["author", "approver", "administrator", "moderator"])
def test_only_the_communications_lead_decides(client, cast, practice, who):
    sign_in(client, getattr(cast, who))

    assert client.post(address(practice), {"template": "{headline}"}).status_code == 403
    assert kept(practice) == ("", True, None)
