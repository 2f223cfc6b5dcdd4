"""Pages for when something is wrong, each complete by itself."""

import pytest
from django.template.loader import render_to_string
from lxml import html


@pytest.mark.parametrize("name", ["400.html", "500.html", "503.html"])
def test_page_needs_no_request_and_no_database(name):
    page = html.fromstring(render_to_string(name))

    assert (len(page.xpath("//h1")), page.xpath("//a/@href")) == (1, ["/"])


@pytest.mark.parametrize("name", ["403.html", "403_csrf.html", "404.html"])
def test_page_leads_back_to_the_notices(gallery, rf, name):
    page = html.fromstring(render_to_string(name, request=rf.get("/")))

    assert page.xpath("//main//a/@href") == ["/notices/", "/"]


def test_missing_page_is_answered_with_our_own(gallery):
    answer = gallery.get("/nothing-here/")

    assert (answer.status_code, html.fromstring(answer.content).xpath("//h1/text()")) == (
        404,
        ["There is no page here"],
    )
