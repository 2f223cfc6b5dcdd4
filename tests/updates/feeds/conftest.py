"""Readers of what machines are told: the official schema, and messages parsed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from lxml import etree

CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
_SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "schema" / "CAP-v1.2.xsd"))


class Message:
    """A CAP message, checked against the schema of OASIS."""

    def __init__(self, content: bytes) -> None:
        """Parse and validate `content`."""
        self.root = etree.fromstring(content)
        _SCHEMA.assertValid(self.root)

    def all(self, name: str) -> list[str]:
        """Return the text of every element of this name, in order."""
        return [element.text or "" for element in self.root.iter(f"{CAP}{name}")]

    def __getitem__(self, name: str) -> str:
        """Return the text of the one element of this name; raise ValueError for none or several."""
        (text,) = self.all(name)
        return text


@pytest.fixture
def fetch(client: Client) -> Callable[[str], Message]:
    """Fetch a message by its identifier, as an alerting system does."""

    def fetched(identifier: str) -> Message:
        response = client.get(f"/feeds/alerts/{identifier}.xml")
        assert response.status_code == 200, identifier
        assert response["Content-Type"] == "application/cap+xml; charset=utf-8"
        return Message(response.content)

    return fetched
