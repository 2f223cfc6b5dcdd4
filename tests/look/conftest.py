"""The gallery's pages, rendered once and served as plain files, as if the application were down."""

import functools
import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client, override_settings

PAGES = {
    "home": "/",
    "notice": "/outages/",
    "form": "/events/",
    "parts": "/notices/",
    "approve": "/projects/",
}
WRONG = {
    "body": "x" * 500,
    "starts_at_0": "31",
    "starts_at_1": "2",
    "starts_at_2": "2026",
    "starts_at_3": "6am",
}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format, *args):
        """Say nothing: the test's own report is enough."""


def _gallery_settings() -> override_settings:
    folder = Path(__file__).parent / "templates"
    templates = [{**settings.TEMPLATES[0], "DIRS": [*settings.TEMPLATES[0]["DIRS"], folder]}]
    return override_settings(ROOT_URLCONF="tests.look.gallery", TEMPLATES=templates, MIDDLEWARE=[])


@pytest.fixture
def gallery() -> Iterator[Client]:
    """A client of the gallery."""
    with _gallery_settings():
        yield Client()


@pytest.fixture(scope="session")
def gallery_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the gallery is served; each page is <name>.html, the refused form is form-errors.html."""
    folder = tmp_path_factory.mktemp("gallery")
    (folder / "static").symlink_to(settings.BASE_DIR / "static")
    with _gallery_settings():
        client = Client()
        for name, url in PAGES.items():
            (folder / f"{name}.html").write_bytes(client.get(url).content)
        (folder / "form-errors.html").write_bytes(client.post("/events/", WRONG).content)
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
