"""The platforms the contract runs against, each as the same small thing."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

import pytest

from social.publishers.base import Credentials, Publisher, Receipt
from social.publishers.registry import PUBLISHERS
from tests.social.posts import signed_in

_numbers = count(1)


def _words(content: str) -> str:
    """Turn a status's HTML back into what was written."""
    lines = content.replace("</p><p>", "\n\n").replace("<br />", "\n").replace("<br>", "\n")
    return html.unescape(re.sub(r"<[^>]*>", "", lines))


@dataclass
class Platform:
    """A real server with one account of ours on it."""

    publisher: Publisher
    credentials: Credentials
    shown: Callable[[], list[str]]

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
    """An account of its own on the reference PDS."""
    did, password = pds.make_account(f"council{next(_numbers)}")
    publisher = PUBLISHERS["bluesky"]
    credentials = signed_in(publisher, pds.base_url, did, password)
    return Platform(publisher, credentials, lambda: [post["value"]["text"] for post in pds.records(did)])


@pytest.fixture
def toots(mastodon):
    """The account of mastodon-mock."""
    publisher = PUBLISHERS["mastodon"]
    credentials = signed_in(publisher, mastodon.base_url, "", mastodon.token)
    return Platform(
        publisher, credentials, lambda: [_words(status["content"]) for status in mastodon.statuses()]
    )


@pytest.fixture
def practice(db):
    """An account on the practice network."""
    from social.models import SandboxPost

    publisher = PUBLISHERS["sandbox"]
    credentials = signed_in(publisher, "", f"riverbank{next(_numbers)}", "")
    return Platform(
        publisher, credentials, lambda: list(SandboxPost.objects.on_show().values_list("text", flat=True))
    )


FIXTURE_OF = {"sandbox": "practice", "bluesky": "bluesky", "mastodon": "toots"}


@pytest.fixture(params=sorted(PUBLISHERS))
def platform(request, db):
    """Each registered platform in turn; one without a server here fails the contract."""
    return request.getfixturevalue(FIXTURE_OF[request.param])
