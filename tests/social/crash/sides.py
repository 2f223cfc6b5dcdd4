"""One account on every platform, each server behind a proxy that loses answers; reads back what they hold."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.real import facebook_web, lossy, pds, receiver, x_web
from tests.real import mastodon as mastodon_mock

if TYPE_CHECKING:
    from accounts.models import Team
    from social.models import Account
    from social.publishers.base import Identity

BACK = "https://riverbank.example/back/"


@dataclass
class Side:
    """An account and the other side's own list of its posts' words; `proxy` None: nothing is called."""

    account: "Account"
    shown: Callable[[], list[str]]
    proxy: lossy.Lossy | None = None


@dataclass
class Servers:
    """What runs on this machine in the platforms' place."""

    pds: pds.Pds
    mastodon: mastodon_mock.Mastodon
    facebook: facebook_web.Facebook
    x: x_web.X
    receiver: receiver.Receiver


@contextlib.contextmanager
def running() -> Iterator[Servers]:
    """Start every server. Raises PartMissing."""
    with contextlib.ExitStack() as stack:
        enter = stack.enter_context
        yield Servers(
            enter(pds.server()),
            enter(mastodon_mock.server()),
            enter(facebook_web.server()),
            enter(x_web.server()),
            enter(receiver.server()),
        )


@contextlib.contextmanager
def connected(team: "Team", servers: Servers) -> Iterator[list[Side]]:
    """Connect an account of `team` on every platform, behind proxies that lose nothing yet."""
    makers = (_bluesky, _mastodon, _facebook, _x, _webhook)
    with contextlib.ExitStack() as stack:
        made = [_sandbox()] + [make(servers, stack) for make in makers]
        for side in made:
            side.account.teams.add(team)
        yield made


def _kept(channel: str, identity: "Identity", base_url: str = "") -> "Account":
    from social.credentials import seal
    from tests.outbox.rows import account

    return account(
        channel,
        base_url=base_url,
        handle=identity.handle,
        remote_account_id=identity.remote_account_id,
        sealed_secrets=seal(identity.secrets),
    )


def _signed_in(channel: str, base_url: str, handle: str, secret: str) -> "Account":
    from social.publishers.registry import publisher_for

    return _kept(channel, publisher_for(channel).sign_in(base_url, handle, secret), base_url)


def _sandbox() -> Side:
    from social.models import SandboxPost

    account = _signed_in("sandbox", "", "riverbank-faults", "")
    mine = SandboxPost.objects.on_show().filter(handle=account.remote_account_id)
    return Side(account, lambda: list(mine.values_list("text", flat=True)))


def _bluesky(servers: Servers, stack: contextlib.ExitStack) -> Side:
    did, _password = servers.pds.make_account("faults")
    proxy = stack.enter_context(lossy.before(servers.pds.port))
    account = _signed_in("bluesky", proxy.base_url, did, servers.pds.make_app_password(did, "Portal"))
    return Side(account, lambda: [each["value"]["text"] for each in servers.pds.records(did)], proxy)


def _mastodon(servers: Servers, stack: contextlib.ExitStack) -> Side:
    proxy = stack.enter_context(lossy.before(servers.mastodon.port))
    account = _signed_in("mastodon", proxy.base_url, "", servers.mastodon.token)
    return Side(account, servers.mastodon.words, proxy)


def _facebook(servers: Servers, stack: contextlib.ExitStack) -> Side:
    from social.publishers.base import AppRegistration
    from social.publishers.facebook import Facebook

    graph, page = servers.facebook, servers.facebook.make_page("faults")
    app = AppRegistration(graph.base_url, graph.app_id, graph.app_secret)
    found = Facebook().identities(app, BACK, graph.agree(), "")
    mine = next(each for each in found if each.remote_account_id == page.id)
    proxy = stack.enter_context(lossy.before(_port(graph.base_url)))
    return Side(_kept("facebook", mine, proxy.base_url), lambda: graph.words(page), proxy)


def _x(servers: Servers, stack: contextlib.ExitStack) -> Side:
    from social.publishers.base import AppRegistration
    from social.publishers.x import X

    mine = servers.x.make_account("faults")
    # X lets an account post 100 times in a quarter of an hour; this run is about other troubles.
    mine.posts_left = 100_000
    app = AppRegistration(servers.x.base_url, servers.x.client_id, servers.x.client_secret)
    [found] = X().identities(app, BACK, servers.x.agree(mine), "")
    proxy = stack.enter_context(lossy.before(_port(servers.x.base_url)))
    return Side(_kept("x", found, proxy.base_url), lambda: servers.x.words(mine), proxy)


def _webhook(servers: Servers, stack: contextlib.ExitStack) -> Side:
    proxy = stack.enter_context(lossy.before(_port(servers.receiver.base_url)))
    path = "/hooks/faults"
    account = _signed_in("webhook", f"{proxy.base_url}{path}", "", servers.receiver.secret)
    return Side(account, lambda: [each["text"] for each in servers.receiver.posts[path].values()], proxy)


def _port(base_url: str) -> int:
    return int(base_url.rpartition(":")[2])
