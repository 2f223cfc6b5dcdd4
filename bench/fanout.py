"""Measures 100,000 mails about one edition into a local sink, beside bare smtplib loops, and the memory."""

import multiprocessing
import os
import smtplib
import socket
import socketserver
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from typing import TYPE_CHECKING

from ._scratch import portal

if TYPE_CHECKING:
    from subscriptions.models import Mailing

SIZES = (100_000,)
# The bare loops say their speed long before so many.
BARE = 5_000
# The memory after the last tenth may be so much more than after the first (megabytes).
MOST_GROWTH = 15
# Beside a loop that writes each mail, ours looks whether it is still wanted, signs its reader's links and
# records it in the database before the next.
MOST_RATIO = 6


class Sink(socketserver.StreamRequestHandler):
    """Answers a mail server's words as fast as Python can, and keeps nothing."""

    def handle(self) -> None:
        """Talk until the other side says goodbye."""
        self._say(b"220 sink\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self._say(b"354 go on\r\n")
                while self.rfile.readline() != b".\r\n":
                    pass
            self._say(b"250 fine\r\n" if word != b"QUIT" else b"221 bye\r\n")

    def _say(self, words: bytes) -> None:
        self.wfile.write(words)


def _serve(port: int) -> None:
    with socketserver.ThreadingTCPServer(("127.0.0.1", port), Sink) as server:
        server.serve_forever()


@contextmanager
def sink() -> Iterator[int]:
    """Run the sink in a process of its own; gives its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(port,), daemon=True)
    process.start()
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.05)
    try:
        yield port
    finally:
        process.kill()
        process.join()


def main(sizes: Sequence[int] = SIZES) -> None:
    """Build the subscribers in a scratch database, measure both, print one table; exits 1 on growth."""
    from django.test import override_settings

    # No broker runs here: this process is the worker.
    with sink() as port, portal():
        mail = {"EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend", "EMAIL_HOST": "127.0.0.1"}
        with override_settings(**mail, EMAIL_PORT=port):
            _run(port, sizes[0])


def _run(port: int, subscribers: int) -> None:
    from django.db import connection

    print(f"Database: {connection.vendor}. {subscribers:,} subscribers, one worker, one line to the sink.\n")
    make_subscribers(subscribers)
    seconds_to_publish = publish()
    same, written = bare_loop(port, written=False), bare_loop(port, written=True)
    memory, ours = deliver()
    ratio = written / ours
    print(f"{'publishing, batches and all':<40}{seconds_to_publish:>8.1f} s")
    print(f"{'smtplib loop, the same bytes to all':<40}{same:>8,.0f} mails a second{ours / same:>8.2f}")
    print(f"{'smtplib loop that writes each mail':<40}{written:>8,.0f} mails a second{ours / written:>8.2f}")
    print(f"{'the portal':<40}{ours:>8,.0f} mails a second{1:>8.2f}")
    print(f"{'memory after each tenth':<40}{' '.join(f'{each:.0f}' for each in memory)} MB")
    grown = memory[-1] - memory[0]
    if grown > MOST_GROWTH or ratio > MOST_RATIO:
        raise SystemExit(f"\nMemory grew by {grown:.0f} MB, or it took {ratio:.1f} times a loop's time.")
    print(f"\nMemory grew by {max(0, grown):.0f} MB over {subscribers:,} mails.")


def make_subscribers(count: int) -> None:
    """Let everybody follow the whole borough."""
    from subscriptions.models import Subscriber, Subscription

    for start in range(0, count, 5000):
        numbers = range(start, min(start + 5000, count))
        people = Subscriber.objects.bulk_create(
            [Subscriber(address=f"resident{number}@mail.example") for number in numbers]
        )
        Subscription.objects.bulk_create([Subscription(subscriber=each, target="borough") for each in people])


def publish() -> float:
    """Publish one edition through the workflow; return how long the transaction took (seconds)."""
    from tests import factories
    from updates.transitions import Action
    from updates.workflow import perform

    edition = factories.approved(factories.Cast.make())
    began = time.perf_counter()
    perform(Action.PUBLISH, edition, by=edition.author)
    return time.perf_counter() - began


def bare_loop(port: int, *, written: bool) -> float:
    """Return how many mails with the mailing's words a bare smtplib loop hands over in a second."""
    from subscriptions.models import Mailing, Subscriber

    mailing = Mailing.objects.get()
    same = _message(mailing, "everybody@mail.example").as_bytes()
    number = min(BARE, Subscriber.objects.count())
    with smtplib.SMTP("127.0.0.1", port) as line:
        began = time.perf_counter()
        for each in range(number):
            to = f"resident{each}@mail.example"
            words = _message(mailing, to).as_bytes() if written else same
            line.sendmail("portal@riverbank.example", [to], words)
        return number / (time.perf_counter() - began)


def _message(mailing: "Mailing", to: str) -> MIMEMultipart:
    message = MIMEMultipart("alternative")
    message["From"], message["To"] = "portal@riverbank.example", to
    message["Subject"] = mailing.subject
    message.attach(MIMEText(mailing.text, "plain", "utf-8"))
    message.attach(MIMEText(mailing.html, "html", "utf-8"))
    return message


def deliver() -> tuple[list[float], float]:
    """Send every batch; return the memory after each tenth (megabytes) and the mails a second."""
    from subscriptions import delivery, sweeping
    from subscriptions.enums import Result
    from subscriptions.models import Batch, Copy, Subscriber

    batches = list(Batch.objects.order_by("pk").values_list("pk", flat=True))
    tenth = max(1, len(batches) // 10)
    memory = []
    began = time.perf_counter()
    for number, pk in enumerate(batches, start=1):
        delivery.deliver_one(pk)
        if number % tenth == 0:
            memory.append(resident_megabytes())
            # As the beat does: what has waited for long is still due.
            sweeping.collect_batches()
    seconds = time.perf_counter() - began
    sent = Copy.objects.filter(result=Result.SENT).count()
    assert sent == Subscriber.objects.count()
    return memory, sent / seconds


def resident_megabytes() -> float:
    """Return the memory this process holds (Linux)."""
    with open("/proc/self/statm") as file:  # noqa: PTH123
        pages = int(file.read().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000
