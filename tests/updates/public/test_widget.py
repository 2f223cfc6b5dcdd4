"""The widget stands in anybody's frame; nothing else does."""

import pytest
from django.conf import settings
from django.test import Client
from lxml import html

from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> factories.Cast:
    return factories.Cast.make()


def test_widget_shows_what_affects_the_ward_with_whole_addresses(cast):
    quayside, millgate = factories.ward("Quayside"), factories.ward("Millgate")
    here = factories.published(cast, title="Here", wards=[quayside]).notice
    factories.published(cast, title="There", wards=[millgate])
    factories.published(cast, title="Everywhere")

    tree = html.fromstring(Client().get(f"/widget/{quayside.slug}/").content)

    links = {link.text: link.get("href") for link in tree.xpath("//h2/a")}
    assert set(links) == {"Here", "Everywhere"}
    assert links["Here"] == f"{settings.PORTAL_URL}{here.get_absolute_url()}"


def test_widget_without_notices_says_so(db):
    ward = factories.ward("Quayside")

    page = Client().get(f"/widget/{ward.slug}/").content.decode()

    assert "Nothing affects Quayside that we know of." in page


def test_only_the_widget_may_stand_in_a_frame(db):
    ward = factories.ward("Quayside")
    pages = {path: Client().get(path) for path in (f"/widget/{ward.slug}/", "/", "/data/")}

    framed = {
        path: (
            answer.headers.get("X-Frame-Options"),
            "frame-ancestors *" in answer.headers["Content-Security-Policy"],
        )
        for path, answer in pages.items()
    }

    assert framed == {f"/widget/{ward.slug}/": (None, True), "/": ("DENY", False), "/data/": ("DENY", False)}
    assert "script-src 'self'" in pages[f"/widget/{ward.slug}/"].headers["Content-Security-Policy"]


def test_data_page_gives_the_lines_to_copy(db):
    ward = factories.ward("Quayside")

    page = html.fromstring(Client().get("/data/").content)

    copied = [code.text_content() for code in page.xpath("//pre/code")]
    assert f'<iframe src="{settings.PORTAL_URL}/widget/{ward.slug}/"' in copied[1]


def test_unknown_ward_has_no_widget(db):
    assert Client().get("/widget/atlantis/").status_code == 404
