"""Runs the reference Bluesky PDS (npm) on loopback and reads its repositories back to count posts."""

import contextlib
import os
from collections.abc import Iterator
from typing import Any

import httpx

from .parts import NODE_MODULES, PDS, node_program
from .process import folder, free_port, start, stop, wait_for

START = __file__.replace("pds.py", "start.cjs")
PASSWORD = "for-tests-only"


class Pds:
    """A server on which anyone may open an account under `.test`."""

    def __init__(self, port: int) -> None:
        # The server knows itself as localhost; so do the session tokens it gives.
        self.port, self.base_url = port, f"http://localhost:{port}"
        self._http = httpx.Client(base_url=f"{self.base_url}/xrpc/", timeout=20)

    def make_account(self, handle: str) -> tuple[str, str]:
        """Open an account and return (DID, password); a handle has 3 to 18 letters, ".test" is added."""
        full = handle if handle.endswith(".test") else f"{handle}.test"
        body = {"handle": full, "email": f"{full}@riverbank.example", "password": PASSWORD}
        made = self._http.post("com.atproto.server.createAccount", json=body)
        return str(made.raise_for_status().json()["did"]), PASSWORD

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

    def close(self) -> None:
        """Close the connections that counted."""
        self._http.close()


@contextlib.contextmanager
def server(*, rate_limits: bool = False) -> Iterator[Pds]:
    """Give a running server, with the real rate limits if wanted. Raises PartMissing."""
    node = node_program(PDS)
    with folder("pds") as place:
        port, log = free_port(), place / "log"
        env = {
            **os.environ,
            "NODE_PATH": str(NODE_MODULES),
            "PDS_PORT": str(port),
            "PLC_PORT": str(free_port()),
            "PDS_DATA_DIRECTORY": str(place / "data"),
            "PDS_RATE_LIMITS_ENABLED": str(rate_limits).lower(),
        }
        process = start([node, START], log=log, env=env)
        pds = Pds(port)
        try:
            wait_for(process, pds.is_up, log=log, what="the Bluesky PDS")
            yield pds
        finally:
            pds.close()
            stop(process)
