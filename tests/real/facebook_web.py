"""Serves the stand-in for Facebook over HTTP in threads of this process, and spoils what it is told to."""

import contextlib
import json
import threading
import time
from collections.abc import Iterator
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from .facebook import Facebook, Form, Refusal


def _handler(facebook: Facebook) -> type[BaseHTTPRequestHandler]:
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
            if parsed.path.endswith("/dialog/oauth"):
                self._send_back(query)
                return
            path = parsed.path.removeprefix("/v26.0/")
            fault = next(
                (f for f in facebook.faults if f.method == self.command and path.endswith(f.path)), None
            )
            if fault:
                facebook.faults.remove(fault)
                time.sleep(fault.delay)
            if fault is None or fault.does_it:
                said = self._carried_out(path, query, body)
            if fault is None:
                self._write(*said)
            elif fault.refusal:
                self._write(fault.refusal.status, fault.refusal.headers, fault.refusal.body())
            elif fault.raw is not None:
                self._write(200, {}, fault.raw)

        def _carried_out(self, path: str, query: Form, body: bytes) -> tuple[int, dict[str, str], bytes]:
            form, files = _parsed(self.headers.get("content-type", ""), body)
            token = self.headers.get("authorization", "").removeprefix("Bearer ")
            try:
                said = facebook.answer(self.command, path, query, form, files, token)
            except Refusal as refusal:
                return refusal.status, refusal.headers, refusal.body()
            return 200, {}, json.dumps(said).encode()

        def _send_back(self, query: Form) -> None:
            """Agree at once, as the person would."""
            back = {"code": facebook.agree(query.get("code_challenge", "")), "state": query["state"]}
            self._write(302, {"location": f"{query['redirect_uri']}?{urlencode(back)}"}, b"")

        def _write(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in {**headers, "content-length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    return Handler


def _parsed(kind: str, body: bytes) -> tuple[Form, dict[str, bytes]]:
    if not kind.startswith("multipart/"):
        return dict(parse_qsl(body.decode(), keep_blank_values=True)), {}
    form, files = {}, {}
    for part in message_from_bytes(b"content-type: " + kind.encode() + b"\r\n\r\n" + body).get_payload():
        name = part.get_param("name", header="content-disposition")
        data = part.get_payload(decode=True)
        if part.get_filename():
            files[name] = data
        else:
            form[name] = data.decode()
    return form, files


@contextlib.contextmanager
def server() -> Iterator[Facebook]:
    """Serve a fresh Facebook in threads of this process."""
    listening = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    facebook = Facebook(f"http://127.0.0.1:{listening.server_address[1]}")
    listening.RequestHandlerClass = _handler(facebook)
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield facebook
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join(5)
