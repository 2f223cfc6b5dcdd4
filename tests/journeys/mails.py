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


def arrived_for(sink: Sink, address: str, about: str) -> EmailMessage:
    """Wait for the mail to an address whose subject has these words and return it; others may come before."""

    def theirs() -> list[EmailMessage]:
        return [mail for mail in sink.box if mail["To"] == address and about in str(mail["Subject"])]

    wait_until(lambda: bool(theirs()), what=f"a mail to {address} about {about!r}", seconds=90)
    found = theirs()
    assert len(found) == 1, [str(mail["Subject"]) for mail in found]
    return found[0]


def link(message: EmailMessage, words: str) -> str:
    """Return the address that stands under `words` in a mail's text."""
    found = re.search(rf"{re.escape(words)}\n(http\S+)", body(message))
    assert found, body(message)
    return found[1]
