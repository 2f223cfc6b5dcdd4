"""Reading the desk's pages as a browser would: parsed, by what a person sees."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from lxml import html

from updates.models import Edition


class Seen:
    """One answered page."""

    def __init__(self, response: HttpResponse) -> None:
        self.status = response.status_code
        self.tree = html.fromstring(response.content.decode())

    def texts(self, xpath: str) -> list[str]:
        """Return the texts of what `xpath` finds, spaces joined."""
        return [" ".join(found.text_content().split()) for found in self.tree.xpath(xpath)]

    @property
    def problems(self) -> list[str]:
        """Return the sentences of the error summary."""
        return self.texts("//div[contains(@class, 'error-summary')]//li")

    @property
    def buttons(self) -> list[str]:
        """Return the buttons of the main column: of forms, and links that look like one."""
        return self.texts("//main//button | //main//a[contains(@class, 'govuk-button')]")

    def value(self, name: str) -> str:
        """Return what the form's field `name` holds."""
        found = self.tree.xpath(f"//*[@name='{name}']")[0]
        return found.text or "" if found.tag == "textarea" else found.get("value", "")

    def says(self, text: str) -> bool:
        """Return whether the main column says `text`."""
        return text in " ".join(self.texts("//main"))


@pytest.fixture
def seen() -> Callable[[HttpResponse], Seen]:
    return Seen


@pytest.fixture
def address() -> Callable[..., str]:
    """Return the address of a page of an edition."""

    def of(edition: Edition, page: str = "") -> str:
        tail = f"{page}/" if page else ""
        return f"/staff/notices/{edition.notice.reference}/{edition.number}/{tail}"

    return of
