"""A receiver of the portal's webhook, written by its documentation; the example there checks signatures."""

import contextlib
import json
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Any

SECRET = "shared-secret-of-the-tests"
DOCUMENT = Path(__file__).parents[2] / "docs" / "webhooks.md"


def documented() -> Any:
    """Return the example's function, executed as it stands in the documentation."""
    [source] = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(), re.DOTALL)
    names: dict[str, Any] = {}
    exec(source, names)  # noqa: S102
    return names["is_genuine"]


class Receiver:
    """Keeps posts per path, so that every test may have an address of its own; forgets no event."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url
        self.secret = SECRET
        self.posts: dict[str, dict[str, dict[str, Any]]] = {}
        self.events: dict[str, dict[str, Any]] = {}
        self.calls: list[dict[str, Any]] = []
        self.statuses: list[int] = []
        self._is_genuine = documented()
        self._numbers = count(1)

    def hear(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, Any]]:
        """Take one call and return status and answer."""
        if not self._is_genuine(self.secret, headers, body):
            return 401, {"message": "Signature"}
        event = json.loads(body)
        self.calls.append({"path": path, "headers": headers, "event": event})
        if self.statuses:
            return self.statuses.pop(0), {"message": "Told to"}
        if event["id"] not in self.events:
            self.events[event["id"]] = self._done(self.posts.setdefault(path, {}), event)
        return 200, self.events[event["id"]]

    def _done(self, posts: dict[str, dict[str, Any]], event: dict[str, Any]) -> dict[str, Any]:
        if event["kind"] == "post.created":
            number = str(next(self._numbers))
            posts[number] = event["post"]
            return {"id": number, "url": f"{self.base_url}/posts/{number}"}
        if event["kind"] == "post.updated":
            posts[event["post"]["id"]] = event["post"]
        if event["kind"] == "post.removed":
            posts.pop(event["post"]["id"], None)
        return {}


@contextlib.contextmanager
def server() -> Iterator[Receiver]:
    """Serve a receiver in threads of this process."""
    listening = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    receiver = Receiver(f"http://127.0.0.1:{listening.server_address[1]}")
    listening.RequestHandlerClass = _handler(receiver)
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join(5)


def _handler(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_args: Any) -> None:
            """Keep the tests' output clean."""

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            status, said = receiver.hear(self.path, dict(self.headers), body)
            answer = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

    return Handler
