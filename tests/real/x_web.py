"""Serves the stand-in for X over HTTP in threads of this process, and spoils what it is told to."""

import contextlib
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from . import x_document
from .x import X
from .x_refusals import Refusal, Said

JSON, PROBLEM = "application/json", "application/problem+json"


def _answered(x: X, method: str, path: str, query: dict[str, str], body: Any, token: str) -> tuple[int, Said]:
    """Carry one call out. Raises Refusal."""
    me = x.signed_in(token)
    one = path.rpartition("/")[2]
    user = x.users.get(path.split("/")[3], me) if path.startswith("/2/users/") else me
    medium = path.split("/")[4] if path.startswith("/2/media/upload/") else ""
    functions: list[tuple[str, str, Callable[[], Said]]] = [
        ("GET", r"users/\w+", lambda: x.user(user)),
        ("GET", r"users/\d+/tweets", lambda: x.listed(query, of=user)),
        ("GET", r"users/\d+/mentions", lambda: x.listed(query, naming=user)),
        ("GET", r"tweets", lambda: x.several(query)),
        ("GET", r"tweets/\d+", lambda: x.one(one)),
        ("POST", r"tweets", lambda: x.create(me, body)),
        ("DELETE", r"tweets/\d+", lambda: x.delete(me, one)),
        ("POST", r"media/upload/initialize", lambda: x.begin(body)),
        ("POST", r"media/upload/\d+/append", lambda: x.append(medium, body["media"])),
        ("POST", r"media/upload/\d+/finalize", lambda: x.finish(medium)),
        ("GET", r"media/upload", lambda: x.state(query["media_id"])),
        ("POST", r"media/metadata", lambda: x.describe(body)),
    ]
    for its_method, pattern, function in functions:
        if its_method == method and re.fullmatch(f"/2/{pattern}", path):
            with x.changing:
                return (201 if (method, pattern) == ("POST", "tweets") else 200), function()
    raise Refusal(404, "Not Found", f"No such function: {path}")


def _handler(x: X) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_args: Any) -> None:
            """Keep the tests' output clean."""

        def do_GET(self) -> None:
            self._serve()

        def do_POST(self) -> None:
            self._serve()

        def do_DELETE(self) -> None:
            self._serve()

        def _serve(self) -> None:
            parsed = urlsplit(self.path)
            query = dict(parse_qsl(parsed.query, keep_blank_values=True))
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            if parsed.path == "/i/oauth2/authorize":
                self._send_back(query)
                return
            fault = next(
                (f for f in x.faults if f.method == self.command and parsed.path.endswith(f.path)), None
            )
            if fault:
                x.faults.remove(fault)
                time.sleep(fault.delay)
            if fault is None or fault.does_it:
                said = self._carried_out(parsed.path, query, body)
            if fault is None:
                self._write(*said)
            elif fault.refusal:
                self._refuse(fault.refusal, parsed.path, query, body)
            elif fault.raw is not None:
                self._write(fault.status, {"content-type": JSON}, fault.raw)

        def _carried_out(
            self, path: str, query: dict[str, str], body: bytes
        ) -> tuple[int, dict[str, str], bytes]:
            try:
                status, said = self._function(path, query, body)
            except Refusal as refusal:
                return self._refused(refusal, path, query, body)
            return self._judged(path, query, body, status, {"content-type": JSON}, json.dumps(said).encode())

        def _function(self, path: str, query: dict[str, str], body: bytes) -> tuple[int, Said]:
            form = _parsed(self.headers.get("content-type", ""), body)
            shown = self.headers.get("authorization", "")
            if path == "/2/oauth2/token":
                return 200, x.token(form, shown.removeprefix("Basic "))
            if path == "/2/oauth2/revoke":
                return 200, x.revoke(form)
            return _answered(x, self.command, path, query, form, shown.removeprefix("Bearer "))

        def _refused(
            self, refusal: Refusal, path: str, query: dict[str, str], body: bytes
        ) -> tuple[int, dict[str, str], bytes]:
            headers = {"content-type": PROBLEM, **refusal.headers}
            said = json.dumps(refusal.body()).encode()
            return self._judged(path, query, body, refusal.status, headers, said)

        def _refuse(self, refusal: Refusal, path: str, query: dict[str, str], body: bytes) -> None:
            self._write(*self._refused(refusal, path, query, body))

        def _judged(
            self,
            path: str,
            query: dict[str, str],
            body: bytes,
            status: int,
            headers: dict[str, str],
            said: bytes,
        ) -> tuple[int, dict[str, str], bytes]:
            asked = {name.lower(): value for name, value in self.headers.items()}
            call = x_document.request(self.command, path, query, asked, body)
            x.problems += x.document.problems(call, status, said, headers["content-type"])
            return status, headers, said

        def _send_back(self, query: dict[str, str]) -> None:
            """Agree at once, as the owner of the newest account would."""
            user = list(x.users.values())[-1]
            back = {"code": x.agree(user, query["code_challenge"]), "state": query["state"]}
            self._write(302, {"location": f"{query['redirect_uri']}?{urlencode(back)}"}, b"")

        def _write(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in {**headers, "content-length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    return Handler


def _parsed(kind: str, body: bytes) -> Any:
    if kind.startswith(JSON):
        return json.loads(body)
    if not kind.startswith("multipart/"):
        return dict(parse_qsl(body.decode(), keep_blank_values=True))
    whole = message_from_bytes(b"content-type: " + kind.encode() + b"\r\n\r\n" + body)
    parts: Any = whole.get_payload()
    return {
        str(part.get_param("name", header="content-disposition")): part.get_payload(decode=True)
        for part in parts
    }


@contextlib.contextmanager
def server() -> Iterator[X]:
    """Serve a fresh X in threads of this process. Raises PartMissing without X's own document."""
    document = x_document.Document()
    listening = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    x = X(f"http://127.0.0.1:{listening.server_address[1]}", document)
    listening.RequestHandlerClass = _handler(x)
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield x
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join(5)
