"""Runs the reference Bluesky PDS (npm) on loopback and reads its repositories back to count posts."""

import contextlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import httpx

from . import app_view
from .parts import NODE_MODULES, PDS, node_program
from .process import folder, free_port, start, stop, wait_for

START = __file__.replace("pds.py", "start.cjs")
PASSWORD = "for-tests-only"


class Pds:
    """A server on which anyone may open an account under `.test`."""

    def __init__(self, port: int, service: app_view.AppView) -> None:
        self._service = service
        # The server knows itself as localhost; so do the session tokens it gives.
        self.port, self.base_url = port, f"http://localhost:{port}"
        self._http = httpx.Client(base_url=f"{self.base_url}/xrpc/", timeout=20)

    def make_account(self, handle: str) -> tuple[str, str]:
        """Open an account and return (DID, password); a handle has 3 to 18 letters, ".test" is added."""
        full = handle if handle.endswith(".test") else f"{handle}.test"
        body = {"handle": full, "email": f"{full}@riverbank.example", "password": PASSWORD}
        made = self._http.post("com.atproto.server.createAccount", json=body)
        return str(made.raise_for_status().json()["did"]), PASSWORD

    def make_app_password(self, did: str, name: str) -> str:
        """Make an app password of that name and return it."""
        made = self._as(did, "com.atproto.server.createAppPassword", {"name": name})
        return str(made["password"])

    def put(self, did: str, record: dict[str, Any], rkey: str, collection: str = "app.bsky.feed.post") -> str:
        """Write a record as the account's owner would with another program; return its address."""
        body = {"repo": did, "collection": collection, "rkey": rkey, "record": record}
        return str(self._as(did, "com.atproto.repo.putRecord", body)["uri"])

    def delete(self, did: str, uri: str) -> None:
        """Delete a record as the account's owner."""
        _empty, collection, rkey = uri.removeprefix("at://").split("/")
        self._as(did, "com.atproto.repo.deleteRecord", {"repo": did, "collection": collection, "rkey": rkey})

    def say(self, author: str, text: str, *, to: str, parent: str = "") -> str:
        """Post as `author` and let the account `to` know; under `parent` if given. Return the address."""
        now = datetime.now(UTC).isoformat()
        record: dict[str, Any] = {"$type": "app.bsky.feed.post", "text": text, "createdAt": now}
        if parent:
            above = self.record(parent)
            ref = {"uri": above["uri"], "cid": above["cid"]}
            record["reply"] = {"root": above["value"].get("reply", {}).get("root", ref), "parent": ref}
        body = {"repo": author, "collection": "app.bsky.feed.post", "record": record}
        made = self._as(author, "com.atproto.repo.createRecord", body)
        note = {
            "uri": made["uri"],
            "cid": made["cid"],
            "author": {"did": author, "handle": self._handle(author)},
            "reason": "reply" if parent else "mention",
            "record": record,
            "isRead": False,
            "indexedAt": now,
        }
        self._service.notifications[to].append(note)
        return str(made["uri"])

    def notifications_of(self, did: str) -> list[dict[str, Any]]:
        """Return the list the app's stand-in reads for an account, newest last, to add to."""
        return self._service.notifications[did]

    def record(self, uri: str) -> dict[str, Any]:
        """Return one record ({uri, cid, value})."""
        did, collection, rkey = uri.removeprefix("at://").split("/")
        query = {"repo": did, "collection": collection, "rkey": rkey}
        found = self._http.get("com.atproto.repo.getRecord", params=query).raise_for_status()
        return dict(found.json())

    def records(self, did: str, collection: str = "app.bsky.feed.post") -> list[dict[str, Any]]:
        """Return every record of a repository ({uri, cid, value}), newest key first."""
        found: list[dict[str, Any]] = []
        query = {"repo": did, "collection": collection, "limit": "100"}
        while True:
            page = self._http.get("com.atproto.repo.listRecords", params=query).raise_for_status().json()
            found += page["records"]
            if not page.get("cursor"):
                return found
            query["cursor"] = page["cursor"]

    def is_up(self) -> bool:
        """Return whether the server answers its health check."""
        with contextlib.suppress(httpx.HTTPError):
            return self._http.get("_health").status_code == httpx.codes.OK
        return False

    def _as(self, did: str, method: str, body: dict[str, Any]) -> dict[str, Any]:
        """Have the server do something as the account's owner."""
        who = {"identifier": did, "password": PASSWORD}
        session = self._http.post("com.atproto.server.createSession", json=who).raise_for_status().json()
        mine = {"Authorization": f"Bearer {session['accessJwt']}"}
        return dict(self._http.post(method, json=body, headers=mine).raise_for_status().json())

    def _handle(self, did: str) -> str:
        found = self._http.get("com.atproto.repo.describeRepo", params={"repo": did}).raise_for_status()
        return str(found.json()["handle"])

    def close(self) -> None:
        """Close the connections that counted."""
        self._http.close()


@contextlib.contextmanager
def server(*, rate_limits: bool = False) -> Iterator[Pds]:
    """Give a running server, with the real rate limits if wanted. Raises PartMissing."""
    node = node_program(PDS)
    with folder("pds") as place, app_view.server() as service:
        port, log = free_port(), place / "log"
        env = {
            **os.environ,
            "NODE_PATH": str(NODE_MODULES),
            "PDS_PORT": str(port),
            "PLC_PORT": str(free_port()),
            "PDS_DATA_DIRECTORY": str(place / "data"),
            "PDS_RATE_LIMITS_ENABLED": str(rate_limits).lower(),
            "PDS_BSKY_APP_VIEW_URL": service.url,
            "PDS_BSKY_APP_VIEW_DID": app_view.DID,
        }
        process = start([node, START], log=log, env=env)
        pds = Pds(port, service)
        try:
            wait_for(process, pds.is_up, log=log, what="the Bluesky PDS")
            yield pds
        finally:
            pds.close()
            stop(process)
