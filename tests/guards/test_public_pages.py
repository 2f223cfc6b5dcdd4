"""Every page for residents is a pure function of the database: no cookie, no visitor, no clock."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from accounts.enums import Audience

from .populated import Portal
from .routes import all_routes

# Machines ask these whether the portal works now: their answer is about the moment.
ABOUT_THE_MOMENT = {"healthz", "readyz", "watchz"}
# Forms live on their own addresses, carry a token against forgery, and are not kept by caches.
# A receipt is one person's own: its address holds a secret. So does a preview's, which ends by the clock,
# and a subscriber's page.
FORMS = {
    *(
        "feedback:ask",
        "feedback:confirm_address",
        "feedback:give",
        "feedback:me_too",
        "feedback:me_too_confirm",
        "feedback:object",
        "feedback:received",
        "feedback:shared",
        "feedback:shared_words",
        "feedback:shared_report",
        "feedback:useful",
        "genuine:verify",
        "updates:preview_link",
        "updates:still_off",
    ),
    *(f"consultations:{name}" for name in ("answer", "go_on", "check", "saved", "received", "confirm")),
    *(f"subscriptions:{name}" for name in ("join", "my_link", "confirm", "manage", "change", "leave")),
}
SESSION_TABLE = re.compile(r'"(django_session|usersessions_usersession)"')
ROUTES = [
    route
    for route in all_routes()
    if getattr(route.view, "audience", None) == Audience.PUBLIC and route.name not in ABOUT_THE_MOMENT | FORMS
]
OTHER_VISITOR = {
    "HTTP_USER_AGENT": "Another browser",
    "HTTP_ACCEPT_LANGUAGE": "cy, fr;q=0.5",
    "HTTP_X_FORWARDED_FOR": "203.0.113.9",
    "HTTP_REFERER": "https://elsewhere.example/",
    "HTTP_COOKIE": f"portal_session={'x' * 32}; portal_csrf={'y' * 32}; anything=1",
}
Answer = tuple[int, dict[str, str], bytes]


@pytest.fixture
def addresses(portal: Portal) -> list[str]:
    """Every page for residents that has something to show here, and some that have nothing."""
    return [address for route in ROUTES for address in portal.addresses(route)]


def opened(path: str, **headers: str) -> Answer:
    response = Client().get(path, **headers)
    assert response.cookies == {}, path
    return response.status_code, dict(response.headers), response.content


def pages(addresses: list[str]) -> list[tuple[str, html.HtmlElement]]:
    answers = [(path, opened(path)) for path in addresses]
    return [
        (path, html.fromstring(content.decode()))
        for path, (status, headers, content) in answers
        if status == 200 and headers["Content-Type"].startswith("text/html")
    ]


def test_the_pages_of_notices_are_all_visited() -> None:
    assert {route.name for route in ROUTES if route.name.startswith("updates:")} == {
        "updates:home",
        "updates:list",
        "updates:notice",
        "updates:cut_short",
        "updates:short",
        "updates:outages",
        "updates:outage_history",
        "updates:outage_history_csv",
        "updates:still_off_thanks",
        "updates:events",
        "updates:projects",
        "updates:projects_list",
        "updates:corrections",
        "updates:corrections_atom",
        "updates:record",
        "updates:record_csv",
        "updates:record_month",
        "updates:record_month_csv",
        "updates:places",
        "updates:atom",
        "updates:calendar",
        "updates:calendar_of",
        "updates:events_month",
        "updates:alerts",
        "updates:alert",
        "updates:card",
        "updates:widget",
        "updates:data",
        "updates:accessibility",
        "updates:privacy",
        "updates:security_txt",
        "updates:robots_txt",
    }


def test_page_is_the_same_for_every_visitor(addresses: list[str]) -> None:
    different = [path for path in addresses if opened(path, **OTHER_VISITOR) != opened(path)]

    assert different == []


@pytest.mark.parametrize("years", [-3, 3])
def test_page_is_the_same_at_every_time(addresses: list[str], years: int) -> None:
    now = {path: opened(path) for path in addresses}

    with time_machine.travel(timezone.now() + timedelta(days=365 * years + 11, hours=7), tick=False):
        then = {path: opened(path) for path in addresses}

    assert [path for path in addresses if then[path] != now[path]] == []


def test_page_never_varies_by_cookie(addresses: list[str]) -> None:
    assert [path for path in addresses if "cookie" in opened(path)[1].get("Vary", "").lower()] == []


def test_page_reads_no_session(addresses: list[str]) -> None:
    asked = {}
    for path in addresses:
        with CaptureQueriesContext(connection) as queries:
            opened(path, **OTHER_VISITOR)
            statements = [query["sql"] for query in queries]
        asked[path] = [sql for sql in statements if SESSION_TABLE.search(sql)]

    assert {path: statements for path, statements in asked.items() if statements} == {}


def test_page_of_a_notice_may_be_kept_and_is_not_sent_twice(portal: Portal) -> None:
    mine = [route for route in ROUTES if route.name not in {"updates:short", "updates:card"}]
    for path in [address for route in mine for address in portal.addresses(route)]:
        status, headers, _content = opened(path)
        if status == 200:
            assert headers["Cache-Control"] == "public, max-age=30", path
            assert opened(path, HTTP_IF_NONE_MATCH=headers["ETag"])[0] == 304, path


def test_page_has_one_heading_and_nothing_inline(addresses: list[str]) -> None:
    # What schema.org is told is data, which no browser runs.
    script = "//script[not(@src) and not(@type='application/ld+json')]"
    inline = f"{script} | //style | //@style | //@*[starts-with(name(), 'on')]"
    faults = {
        path: (len(page.xpath("//h1")), len(page.xpath(inline)))
        for path, page in pages(addresses)
        if len(page.xpath("//h1")) != 1 or page.xpath(inline)
    }

    assert faults == {}


def test_page_holds_no_form_that_changes_anything(addresses: list[str]) -> None:
    posting = "//form[translate(@method, 'POST', 'post') = 'post']"

    assert [path for path, page in pages(addresses) if page.xpath(posting)] == []


def test_every_link_of_a_page_leads_somewhere(addresses: list[str]) -> None:
    linked = {
        href.split("#")[0]
        for _path, page in pages(addresses)
        for href in page.xpath("//a/@href")
        if href.startswith("/")
    }
    client = Client()

    assert [href for href in sorted(linked - {""}) if client.get(href).status_code >= 400] == []
