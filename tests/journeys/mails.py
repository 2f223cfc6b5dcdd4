"""What arrives on the mail server of a journey."""

import re
from email.message import EmailMessage

from tests.real.process import wait_until
from tests.real.smtp import Sink
from tests.subscriptions.conftest import body


def arrived(sink: Sink, number: int) -> EmailMessage:
    """Wait until the mail server has so many mails and return the last."""
    wait_until(lambda: len(sink.box) >= number, what=f"mail number {number}", seconds=90)
    assert len(sink.box) == number, [(mail["To"], mail["Subject"]) for mail in sink.box]
    return sink.box[-1]


def link(message: EmailMessage, words: str) -> str:
    """Return the address that stands under `words` in a mail's text."""
    found = re.search(rf"{re.escape(words)}\n(http\S+)", body(message))
    assert found, body(message)
    return found[1]
