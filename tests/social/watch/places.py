"""Accounts of ours on every platform that is watched, and somebody else who got into them."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.utils import timezone

from outbox.enums import Status
from social.credentials import seal
from social.delivery import deliver_one
from social.models import Account, Delivery, SandboxPost
from social.publishers.base import AppRegistration, Credentials
from social.publishers.registry import PUBLISHERS
from social.sandbox import network
from tests.outbox.rows import account, row
from tests.real.facebook import Facebook
from tests.real.mastodon import Mastodon
from tests.real.pds import Pds
from tests.real.x import X
from tests.social.posts import composed, signed_in

_numbers = count(1)


@dataclass(frozen=True)
class Place:
    """One account; `say` posts to it past the portal, `revise` gives a post other words in the same way."""

    account: Account
    say: Callable[[str], str]
    revise: Callable[[str, str], Any]

    def post(self) -> Delivery:
        """Send a post of ours the usual way and return its row."""
        payload = composed(PUBLISHERS[self.account.channel]).to_json()
        made = row(Status.QUEUED, account=self.account, payload=payload)
        deliver_one(made.pk)
        return Delivery.objects.get(pk=made.pk, status=Status.SENT)


def practice(_server: object = None) -> Place:
    """Connect an account on the practice network."""
    mine = account()

    def revise(remote_id: str, text: str) -> None:
        there = SandboxPost.objects.filter(remote_id=remote_id)
        there.update(text=text, edited_at=timezone.now())

    return Place(mine, lambda text: network.say(mine.remote_account_id, text).remote_id, revise)


def bluesky(pds: Pds) -> Place:
    """Connect an account on a PDS; the thief has its main password."""
    did, _password = pds.make_account(f"watched{next(_numbers)}")
    secret = pds.make_app_password(did, "portal")
    mine = _kept("bluesky", signed_in(PUBLISHERS["bluesky"], pds.base_url, did, secret))

    def revise(uri: str, text: str) -> str:
        return pds.put(did, pds.record(uri)["value"] | {"text": text}, uri.rpartition("/")[2])

    return Place(mine, lambda text: pds.say(did, text, to=did), revise)


def mastodon(server: Mastodon) -> Place:
    """Connect an account of its own on mastodon-mock; the thief has a token."""
    token = server.make_account(f"watched{next(_numbers)}")
    mine = _kept("mastodon", signed_in(PUBLISHERS["mastodon"], server.base_url, "", token))
    return Place(
        mine, lambda text: server.say(token, text), lambda known, text: server.revise(token, known, text)
    )


def x(server: X) -> Place:
    """Connect an account on X's stand-in; the thief uses the app."""
    user = server.make_account("council")
    app = AppRegistration(server.base_url, server.client_id, server.client_secret)
    [found] = PUBLISHERS["x"].identities(app, "https://riverbank.example/back/", server.agree(user), "")
    known = Credentials(server.base_url, found.handle, found.remote_account_id, found.secrets)
    return Place(_kept("x", known), lambda text: server.say(user, text), server.revise)


def facebook(server: Facebook) -> Place:
    """Connect a Page on Facebook's stand-in; the thief uses a phone."""
    page = server.make_page("council")
    app = AppRegistration(server.base_url, server.app_id, server.app_secret)
    offered = PUBLISHERS["facebook"].identities(app, "https://riverbank.example/back/", server.agree(), "")
    found = next(each for each in offered if each.remote_account_id == page.id)
    known = Credentials(server.base_url, found.handle, page.id, found.secrets)

    def revise(post_id: str, text: str) -> None:
        next(post for post in page.posts if post["id"] == post_id)["message"] = text

    return Place(_kept("facebook", known), lambda text: server.post_by_hand(page, text), revise)


def _kept(channel: str, known: Credentials) -> Account:
    return account(
        channel,
        base_url=known.base_url,
        handle=known.handle,
        remote_account_id=known.remote_account_id,
        sealed_secrets=seal(known.secrets),
    )
