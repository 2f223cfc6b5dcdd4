"""A mail server in this process that keeps what it is sent and refuses two kinds of address."""

import asyncio
import contextlib
import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any, cast

from .parts import PartMissing
from .process import free_port


class Sink:
    """Takes mail on `host`:`port` into `box`; refuses nobody@… for good and busy@… for now.

    `lines` counts connections. `drop_at_rcpt` (n) drops the line at every n-th recipient named;
    `drop_after_data` names recipients whose mail is kept and whose line is dropped before the answer.
    """

    host = "127.0.0.1"

    def __init__(self) -> None:
        self.port = free_port()
        self.box: list[EmailMessage] = []
        self.lines = 0
        self.drop_at_rcpt = 0
        self.drop_after_data: set[str] = set()
        self._named = 0
        self._loop: asyncio.AbstractEventLoop | None = None
        self._transports: set[Any] = set()

    def hang_up(self) -> None:
        """Drop every line from our end, as a server does with one that was idle; returns once it is done."""
        assert self._loop is not None
        asyncio.run_coroutine_threadsafe(self._abort(), self._loop).result(timeout=5)

    async def _abort(self) -> None:
        for transport in self._transports:
            transport.abort()
        self._transports.clear()

    async def handle_EHLO(  # noqa: N802
        self, server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        """Count the line."""
        self.lines += 1
        self._loop = asyncio.get_running_loop()
        self._transports.add(server.transport)
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802
        self, server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Answer for one recipient, as a real server answers for an unknown or a full mailbox."""
        self._named += 1
        if self.drop_at_rcpt and self._named % self.drop_at_rcpt == 0:
            server.transport.abort()
        if address.startswith("nobody@"):
            return "550 5.1.1 No such user"
        if address.startswith("busy@"):
            return "451 4.3.0 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep one message, with the sender of its envelope."""
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        message["X-Sink-From"] = envelope.mail_from
        self.box.append(cast(EmailMessage, message))
        if self.drop_after_data.intersection(envelope.rcpt_tos):
            server.transport.abort()
        return "250 Kept"


@contextlib.contextmanager
def server() -> Iterator[Sink]:
    """Give a listening sink. Raises PartMissing."""
    try:
        from aiosmtpd.controller import Controller
    except ImportError as missing:
        raise PartMissing("the aiosmtpd package is not installed") from missing
    sink = Sink()
    controller = Controller(sink, hostname=sink.host, port=sink.port, data_size_limit=10_000_000)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()
