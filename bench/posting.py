"""Measures from publishing to the last of 50 accounts having accepted, 200 ms a call, and our own part."""

import http.server
import json
import multiprocessing
import socket
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING

from ._scratch import portal

if TYPE_CHECKING:
    from accounts.models import Team
    from tests.factories import Cast

SIZES = (50,)
LATENCY = 0.2
"""Seconds the pretend server thinks about each post."""
WORKERS = (4, 16, 50)
"""How many posts may be on their way at once; four is what docs/operating.md starts with."""


class Server(http.server.BaseHTTPRequestHandler):
    """Takes a post as a Mastodon server does, after thinking about it."""

    numbers = count(1)
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Read the post, think, and give it an id."""
        self.rfile.read(int(self.headers["content-length"]))
        time.sleep(LATENCY)
        number = next(self.numbers)
        body = json.dumps({"id": str(number), "url": f"http://127.0.0.1/@council/{number}"}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


def _serve(port: int) -> None:
    http.server.ThreadingHTTPServer(("127.0.0.1", port), Server).serve_forever()


@contextmanager
def server() -> Iterator[str]:
    """Run the server in a process of its own; gives its address."""
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
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.join()


def main(sizes: Sequence[int] = SIZES) -> None:
    """Publish once for each number of workers and print one table."""
    with server() as address, portal():
        _run(address, sizes[0])


def _run(address: str, accounts: int) -> None:
    from django.db import connection

    from tests import factories

    print(f"Database: {connection.vendor}. {accounts} accounts, {LATENCY * 1000:.0f} ms a call.\n")
    print(f"{'at once':>8}{'seconds':>10}{'ratio':>8}{'ideal':>8}{'our CPU a post':>18}")
    cast = factories.Cast.make()
    _connect(cast.team, address, accounts)
    _publish(cast, accounts)  # the first of everything is slow
    for workers in WORKERS:
        seconds, cpu = _publish(cast, workers)
        ideal = -(-accounts // workers)
        times = f"{seconds:>10.2f}{seconds / LATENCY:>8.1f}"
        print(f"{workers:>8}{times}{ideal:>8}{cpu * 1000:>15.1f} ms")


def _connect(team: "Team", address: str, accounts: int) -> None:
    from social.credentials import seal
    from tests.outbox.rows import account

    token = seal({"token": "bench"})
    for number in range(accounts):
        given = {"base_url": address, "handle": f"council{number}", "sealed_secrets": token}
        account("mastodon", **given).teams.add(team)


def _publish(cast: "Cast", workers: int) -> tuple[float, float]:
    """Return the seconds from publishing until the last had accepted, and our CPU seconds for each."""
    from social.delivery import deliver_one
    from social.models import Delivery
    from tests import factories
    from updates.transitions import Action
    from updates.workflow import perform

    edition = factories.approved(cast)
    began, cpu = time.perf_counter(), time.process_time()
    perform(Action.PUBLISH, edition, by=edition.author)
    rows = list(Delivery.objects.filter(edition=edition).values_list("pk", flat=True))
    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(deliver_one, rows))
    seconds = time.perf_counter() - began
    cpu = (time.process_time() - cpu) / len(rows)
    unsent = Delivery.objects.filter(edition=edition).exclude(status="sent").count()
    if unsent:
        raise SystemExit(f"{unsent} of {len(rows)} posts were not accepted.")
    return seconds, cpu
