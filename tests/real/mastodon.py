"""Runs mastodon-mock on loopback and counts what reached it; its own handlers are not ours to change."""

import contextlib
import html
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx

from .parts import PartMissing
from .process import answers, folder, free_port, start, stop, wait_for

TOKEN = "mock_token"


class Mastodon:
    """A server with one signed-in account, whose token is `token`."""

    token = TOKEN

    def __init__(self, port: int) -> None:
        self.port, self.base_url = port, f"http://127.0.0.1:{port}"
        self._http = httpx.Client(
            base_url=self.base_url, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=20
        )

    def statuses(self) -> list[dict[str, Any]]:
        """Return every status of the account, newest first."""
        me = self._get("/api/v1/accounts/verify_credentials")["id"]
        found: list[dict[str, Any]] = []
        while page := self._get(f"/api/v1/accounts/{me}/statuses", limit=40, **_older_than(found)):
            found += page
        return found

    def words(self) -> list[str]:
        """Return the account's posts as they were written, newest first."""
        return [_written(status["content"]) for status in self.statuses()]

    def make_account(self, username: str) -> str:
        """Open an account and return its token."""
        made = self._http.post("/api/v1/_mock/dev_user", json={"username": username})
        return str(made.raise_for_status().json()["access_token"])

    def say(self, token: str, text: str, parent: str = "") -> str:
        """Post as the owner of `token`, under the post `parent` if given; return the post's id."""
        mine = {"Authorization": f"Bearer {token}"}
        body = {"status": text} | ({"in_reply_to_id": parent} if parent else {})
        made = self._http.post("/api/v1/statuses", json=body, headers=mine)
        return str(made.raise_for_status().json()["id"])

    def revise(self, token: str, status_id: str, text: str) -> None:
        """Give a post of the owner of `token` other words."""
        mine = {"Authorization": f"Bearer {token}"}
        self._http.put(
            f"/api/v1/statuses/{status_id}", json={"status": text}, headers=mine
        ).raise_for_status()

    def reset(self) -> None:
        """Forget every status and every fault."""
        self._http.post("/api/v1/_mock/reset").raise_for_status()

    def fault(
        self, kind: str, *, method: str = "POST", path: str = "/api/v1/statuses", count: int = 1, **more: Any
    ) -> None:
        """Make the next `count` matching calls fail before anything is done.

        `kind` is status (with status=, body=, headers=), ratelimit, latency (with delay_ms=), malformed
        or timeout.
        """
        body = {
            "match": {"methods": [method], "path": path},
            "effect": {"type": kind, **more},
            "count": count,
        }
        self._http.post("/api/v1/_mock/faults", json=body).raise_for_status()

    def close(self) -> None:
        """Close the connections that counted."""
        self._http.close()

    def _get(self, path: str, **query: Any) -> Any:
        return self._http.get(path, params=query).raise_for_status().json()


def _written(content: str) -> str:
    """Turn a status's HTML back into what was written."""
    lines = content.replace("</p><p>", "\n\n").replace("<br />", "\n").replace("<br>", "\n")
    return html.unescape(re.sub(r"<[^>]*>", "", lines))


def _older_than(found: list[dict[str, Any]]) -> dict[str, str]:
    return {"max_id": found[-1]["id"]} if found else {}


@contextlib.contextmanager
def server() -> Iterator[Mastodon]:
    """Give a running server. Raises PartMissing."""
    program = Path(sys.executable).with_name("mastodon_mock")
    if not program.exists():
        raise PartMissing("the mastodon-mock package is not installed")
    with folder("mastodon") as place:
        port, log = free_port(), place / "log"
        # Run through Python: in a moved or very deep folder the program's first line is no use.
        command = [
            sys.executable,
            program,
            "serve",
            "--in-memory",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
        ]
        process = start(command, log=log)
        mastodon = Mastodon(port)
        try:
            wait_for(process, lambda: answers(port), log=log, what="mastodon-mock")
            yield mastodon
        finally:
            mastodon.close()
            stop(process)
