"""A mail server in this process that keeps what it is sent and refuses two kinds of address."""

import contextlib
import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any, cast

from .parts import PartMissing
from .process import free_port


class Sink:
    """Takes mail on `host`:`port` into `box`; refuses nobody@… for good and busy@… for now."""

    host = "127.0.0.1"

    def __init__(self) -> None:
        self.port = free_port()
        self.box: list[EmailMessage] = []

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Answer for one recipient, as a real server answers for an unknown or a full mailbox."""
        if address.startswith("nobody@"):
            return "550 5.1.1 No such user"
        if address.startswith("busy@"):
            return "451 4.3.0 Try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep one message."""
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.box.append(cast(EmailMessage, message))
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
