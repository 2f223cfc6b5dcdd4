"""Somebody on duty, and what reaches them."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest


@dataclass
class Pager:
    """A paging service: keeps what it is sent and answers as it is told to, then with 204."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    heard: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def pager() -> Iterator[Pager]:
    """A paging service that listens; told 0 it takes the call and hangs up without an answer."""
    made = Pager()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            made.heard.append((dict(self.headers), self.rfile.read(int(self.headers["content-length"]))))
            status = made.answers.pop(0) if made.answers else 204
            if status:
                self.send_response(status)
                self.end_headers()

        def log_message(self, *_words: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.url = f"http://127.0.0.1:{server.server_port}/page"
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def mail(smtp_sink, settings):
    """A mail server that keeps what it is sent."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = smtp_sink.host, smtp_sink.port
    return smtp_sink
