"""Stands in for Bluesky's app service behind the real PDS: its list of notifications and nothing else.

The PDS passes app.bsky calls on to it, signed for the account that asks. There is no such service to install,
so what it answers is written from the lexicon (app.bsky.notification.listNotifications).
"""

import base64
import contextlib
import json
import threading
from collections import defaultdict
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

DID = "did:web:app-view.test"
METHOD = "app.bsky.notification.listNotifications"


class AppView:
    """Keeps notifications by the DID they are for, newest last."""

    def __init__(self) -> None:
        self.notifications: dict[str, list[dict[str, Any]]] = defaultdict(list)
        app_view = self

        class Handler(BaseHTTPRequestHandler):
            # The PDS asks several times over one connection.
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                parsed = urlsplit(self.path)
                found = parsed.path == f"/xrpc/{METHOD}"
                asker = _asker(self.headers.get("authorization", ""))
                body = app_view._page(asker, parse_qs(parsed.query)) if found else {"error": "NotFound"}
                data = json.dumps(body).encode()
                self.send_response(200 if found else 404)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_words: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def _page(self, did: str, query: dict[str, list[str]]) -> dict[str, Any]:
        wanted = query.get("reasons")
        mine = [each for each in reversed(self.notifications[did]) if not wanted or each["reason"] in wanted]
        start, limit = int(query.get("cursor", ["0"])[0]), int(query.get("limit", ["50"])[0])
        page = {"notifications": mine[start : start + limit]}
        return page | ({"cursor": str(start + limit)} if start + limit < len(mine) else {})


@contextlib.contextmanager
def server() -> Iterator[AppView]:
    """Give a running service, working in threads of its own."""
    app_view = AppView()
    thread = threading.Thread(target=app_view.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield app_view
    finally:
        app_view.server.shutdown()
        app_view.server.server_close()
        thread.join(5)


def _asker(authorization: str) -> str:
    """Return whom the PDS's signed call is for; a call for another service or method is nobody's."""
    with contextlib.suppress(ValueError, IndexError):
        claims = authorization.split(".")[1]
        said = json.loads(base64.urlsafe_b64decode(claims + "=" * (-len(claims) % 4)))
        if (said.get("aud"), said.get("lxm")) == (DID, METHOD):
            return str(said.get("iss"))
    return ""
