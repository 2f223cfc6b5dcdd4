"""The one way out to platforms: time-outs, no redirects, size cap, no private addresses, no token logged."""

import json
import logging
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import httpx
from django.conf import settings
from django.utils.translation import gettext as _

from outbox.addresses import AddressPrivate, NameUnknown, permitted_address
from outbox.errors import AccountBroken, NotSent, OutcomeUnknown, SendError

from .platform_clock import retry_at

TIMEOUT = httpx.Timeout(connect=5, read=20, write=20, pool=5)
WHOLE_CALL = 60
"""Seconds for one call altogether: a server that drips bytes cannot hold a worker."""
LARGEST_ANSWER = 2_000_000
"""Bytes; a platform's answer is a few kilobytes."""

# httpx logs whole addresses at INFO; ours never hold tokens, but nothing of a call belongs into the log.
logging.getLogger("httpx").setLevel(logging.WARNING)
logging.getLogger("httpcore").setLevel(logging.WARNING)


@dataclass(frozen=True)
class Answer:
    """What a server said: status, headers, and the body within the size cap."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)

    @property
    def is_success(self) -> bool:
        """Say whether the server claims success."""
        return 200 <= self.status < 300  # noqa: PLR2004

    def json(self) -> dict[str, Any]:
        """Return the body's JSON object, or an empty one when it is anything else."""
        found = self.json_value()
        return found if isinstance(found, dict) else {}

    def json_value(self) -> Any:
        """Return whatever JSON the body holds, or None when it holds none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None


def call(
    method: str,
    url: str,
    *,
    makes_post: bool = False,
    token: str = "",
    headers: Mapping[str, str] | None = None,
    **content: Any,
) -> Answer:
    """Make one request and return the answer, whatever its status.

    `makes_post` says that the call creates something residents see: then a failure after the first byte
    left is OutcomeUnknown, otherwise NotSent. A redirect is never followed. `content` goes to httpx
    (json, files…).
    """
    target, extra = _target(url)
    sent = {**(headers or {}), "host": extra["host"], "user-agent": "council-portal"}
    if token:
        sent["authorization"] = f"Bearer {token}"
    request = _client().build_request(
        method, target, headers=sent, extensions={"sni_hostname": extra["name"]}, **content
    )
    try:
        return _exchange(request)
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
        raise NotSent(
            _("The server could not be reached (%s).") % type(error).__name__, is_away=True
        ) from None
    except (httpx.HTTPError, _AnswerTooLong, ssl.SSLError) as error:
        raise _broke_off(error, makes_post) from None


def refuse_failure(answer: Answer, *, makes_post: bool = False) -> None:
    """Raise what a failure status means on any platform; returns when the status is left to the publisher.

    429: turned away unread. 5xx: on a call that makes a post nobody knows, otherwise nothing happened.
    3xx: the address of the account is wrong.
    """
    if answer.status == 429:  # noqa: PLR2004
        raise NotSent(
            _("The platform asks us to wait: too many requests."),
            retry_at=retry_at(answer.headers),
            is_away=True,
        )
    if answer.status >= 500:  # noqa: PLR2004
        sentence = _("The platform answered with a fault of its own (%d).") % answer.status
        raise (
            OutcomeUnknown(sentence) if makes_post else NotSent(sentence, retry_at=retry_at(answer.headers))
        )
    if 300 <= answer.status < 400:  # noqa: PLR2004
        raise AccountBroken(_("The server sends us to another address. Check the account's server address."))


class _AnswerTooLong(Exception):
    """The answer was larger, or took longer, than any honest one."""


def _broke_off(error: Exception, makes_post: bool) -> SendError:
    sentence = _("The connection broke off (%s).") % type(error).__name__
    return OutcomeUnknown(sentence) if makes_post else NotSent(sentence)


def _exchange(request: httpx.Request) -> Answer:
    deadline = time.monotonic() + WHOLE_CALL
    response = _client().send(request, stream=True, follow_redirects=False)
    try:
        body = bytearray()
        for chunk in response.iter_bytes():
            body += chunk
            if len(body) > LARGEST_ANSWER or time.monotonic() > deadline:
                raise _AnswerTooLong
        return Answer(response.status_code, {k.lower(): v for k, v in response.headers.items()}, bytes(body))
    finally:
        response.close()


@lru_cache(maxsize=1)
def _client() -> httpx.Client:
    # No connection is kept: we connect to the address we looked at, and two names may share one address.
    return httpx.Client(
        timeout=TIMEOUT,
        trust_env=False,
        limits=httpx.Limits(max_connections=20, max_keepalive_connections=0),
        headers={"accept": "application/json"},
    )


def _target(url: str) -> tuple[httpx.URL, dict[str, str]]:
    """Look the host up once, refuse private addresses, and return the address to connect to."""
    parsed = httpx.URL(url)
    private_allowed = settings.SOCIAL_ALLOW_PRIVATE_ADDRESSES
    if parsed.scheme != "https" and not (parsed.scheme == "http" and private_allowed):
        raise AccountBroken(_("The server's address must begin with https://."))
    port = parsed.port or (443 if parsed.scheme == "https" else 80)
    address = _permitted_address(parsed.host, port, private_allowed)
    name = parsed.host
    return parsed.copy_with(host=address), {"host": parsed.netloc.decode(), "name": name}


def _permitted_address(host: str, port: int, private_allowed: bool) -> str:
    try:
        return permitted_address(host, port, loopback_allowed=private_allowed)
    except NameUnknown:
        raise NotSent(_("The server's name could not be looked up."), is_away=True) from None
    except AddressPrivate:
        raise AccountBroken(
            _("The server's address lies inside a private network, which is not allowed.")
        ) from None
