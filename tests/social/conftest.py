"""The platforms the contract runs against, each as the same small thing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

import pytest

from social.publishers.base import AppRegistration, Credentials, Publisher, Receipt
from social.publishers.registry import PUBLISHERS
from tests.real import facebook_web
from tests.real import receiver as webhook_receiver
from tests.social.posts import signed_in

_numbers = count(1)


def _nobody(text: str, parent: str = "") -> str:
    raise NotImplementedError("On this platform nobody else can write to us.")


@dataclass
class Platform:
    """A real server with one account of ours on it.

    `shown`: the words of every post of ours on show, answers among them, read without the publisher.
    `says_as_other(text, parent)`: somebody else writes `text` to us, under the post or answer with the id
    `parent`, or out of the blue; returns the id of theirs. Platforms that cannot reply leave it out.
    """

    publisher: Publisher
    credentials: Credentials
    shown: Callable[[], list[str]]
    says_as_other: Callable[..., str] = _nobody

    def link_of(self, receipt: Receipt) -> str:
        """Return the address a person sees in the browser."""
        if self.publisher.channel == "mastodon":
            # mastodon-mock calls itself by another name than the one it answers to.
            return f"{self.credentials.base_url}/@council/{receipt.remote_id}"
        return receipt.remote_url or f"https://riverbank.example/sandbox/{receipt.remote_id}/"

    def revoked(self) -> Credentials:
        """Return credentials the server does not know."""
        wrong = dict.fromkeys(self.credentials.secrets, "no-such-token")
        mine = self.credentials
        return Credentials(mine.base_url, mine.handle, mine.remote_account_id, wrong)


@pytest.fixture
def bluesky(pds):
    """An account of its own on the reference PDS, by an app password, and somebody else's."""
    did, _password = pds.make_account(f"council{next(_numbers)}")
    other, _password = pds.make_account(f"resident{next(_numbers)}")
    publisher = PUBLISHERS["bluesky"]
    credentials = signed_in(publisher, pds.base_url, did, pds.make_app_password(did, "Portal"))

    def says(text: str, parent: str = "") -> str:
        return pds.say(other, text, to=did, parent=parent)

    return Platform(
        publisher, credentials, lambda: [post["value"]["text"] for post in pds.records(did)], says
    )


@pytest.fixture
def toots(mastodon):
    """The account of mastodon-mock, and somebody else's."""
    publisher = PUBLISHERS["mastodon"]
    credentials = signed_in(publisher, mastodon.base_url, "", mastodon.token)
    token = mastodon.make_account(f"resident{next(_numbers)}")

    def says(text: str, parent: str = "") -> str:
        # An answer on Mastodon names whom it answers; only that brings it to them.
        return mastodon.say(token, f"@{credentials.handle} {text}", parent)

    return Platform(publisher, credentials, mastodon.words, says)


@pytest.fixture(scope="session")
def graph():
    """A stand-in for Facebook; Meta's own tables have the last word on what was asked of it."""
    with facebook_web.server() as facebook:
        yield facebook
        assert facebook.problems == []


@pytest.fixture
def facebook(graph):
    """A Page of its own, connected as a person would."""
    publisher, page = PUBLISHERS["facebook"], graph.make_page("council")
    app = AppRegistration(graph.base_url, graph.app_id, graph.app_secret)
    found = publisher.identities(app, "https://riverbank.example/back/", graph.agree(), "")
    mine = next(each for each in found if each.remote_account_id == page.id)
    credentials = Credentials(graph.base_url, mine.handle, page.id, mine.secrets)

    def says(text: str, parent: str = "") -> str:
        if parent:
            return graph.comment_as_other(page, text, parent)
        return graph.write_on_wall(page, text)

    return Platform(publisher, credentials, lambda: graph.words(page), says)


@pytest.fixture
def x_account(x_api):
    """An account of its own on X, connected as a person would, and somebody else's."""
    publisher, mine = PUBLISHERS["x"], x_api.make_account("council")
    other = x_api.make_account("resident")
    app = AppRegistration(x_api.base_url, x_api.client_id, x_api.client_secret)
    [found] = publisher.identities(app, "https://riverbank.example/back/", x_api.agree(mine), "")
    credentials = Credentials(x_api.base_url, found.handle, found.remote_account_id, found.secrets)

    def says(text: str, parent: str = "") -> str:
        return x_api.say(other, text if parent else f"@{mine.username} {text}", parent)

    return Platform(publisher, credentials, lambda: x_api.words(mine), says)


@pytest.fixture(scope="session")
def receiver():
    """Somebody who takes our webhook's calls."""
    with webhook_receiver.server() as listening:
        yield listening


@pytest.fixture
def webhook(receiver):
    """An address of its own at the receiver."""
    publisher, path = PUBLISHERS["webhook"], f"/hooks/{next(_numbers)}"
    credentials = signed_in(publisher, f"{receiver.base_url}{path}", "", receiver.secret)
    return Platform(
        publisher, credentials, lambda: [post["text"] for post in receiver.posts.get(path, {}).values()]
    )


@pytest.fixture
def practice(db):
    """An account on the practice network, and somebody else's."""
    from social.models import SandboxPost
    from social.sandbox import network

    publisher = PUBLISHERS["sandbox"]
    credentials = signed_in(publisher, "", f"riverbank{next(_numbers)}", "")
    mine = SandboxPost.objects.on_show().filter(handle=credentials.remote_account_id)

    def says(text: str, parent: str = "") -> str:
        words = text if parent else f"@{credentials.handle} {text}"
        return network.say("resident", words, Receipt(parent) if parent else None).remote_id

    return Platform(publisher, credentials, lambda: list(mine.values_list("text", flat=True)), says)


# Platforms that show an account's posts to programs only with access to the account.
NOT_PUBLIC = {"facebook", "x"}
FIXTURE_OF = {
    "sandbox": "practice",
    "bluesky": "bluesky",
    "mastodon": "toots",
    "facebook": "facebook",
    "x": "x_account",
    "webhook": "webhook",
}


def _able(can: Callable[[Publisher], bool] = lambda publisher: True) -> list[str]:
    return sorted(channel.value for channel, publisher in PUBLISHERS.items() if can(publisher))


@pytest.fixture(params=_able())
def platform(request, db):
    """Each registered platform in turn; one without a server here fails the contract."""
    return request.getfixturevalue(FIXTURE_OF[request.param])


@pytest.fixture(params=_able(lambda publisher: publisher.needs_server))
def remote(request, db):
    """Each platform outside."""
    return request.getfixturevalue(FIXTURE_OF[request.param])


@pytest.fixture(params=_able(lambda publisher: publisher.repeat_is_safe(timedelta(minutes=1))))
def keyed(request, db):
    """Each platform that itself refuses to make a post twice."""
    return request.getfixturevalue(FIXTURE_OF[request.param])


@pytest.fixture(params=_able(lambda publisher: publisher.watch_every > 0))
def watched(request, db):
    """Each platform that can be read back."""
    return request.getfixturevalue(FIXTURE_OF[request.param])


@pytest.fixture(params=sorted(set(_able(lambda publisher: publisher.watch_every > 0)) - NOT_PUBLIC))
def public(request, db):
    """Each platform that can be read back by anybody."""
    return request.getfixturevalue(FIXTURE_OF[request.param])


@pytest.fixture(params=_able(lambda publisher: publisher.can_edit))
def editable(request, db):
    """Each platform whose posts can be given other words."""
    return request.getfixturevalue(FIXTURE_OF[request.param])


@pytest.fixture(params=_able(lambda publisher: publisher.can_edit and publisher.watch_every > 0))
def editable_in_sight(request, db):
    """Each platform whose posts can be given other words and read back."""
    return request.getfixturevalue(FIXTURE_OF[request.param])


@pytest.fixture(params=_able(lambda publisher: not publisher.can_edit))
def fixed(request, db):
    """Each platform whose posts stay as they are."""
    return request.getfixturevalue(FIXTURE_OF[request.param])


@pytest.fixture(params=_able(lambda publisher: publisher.can_reply))
def answering(request, db):
    """Each platform where posts answer posts."""
    return request.getfixturevalue(FIXTURE_OF[request.param])
