"""Whoever looks at whatever page: nothing is written, and nothing breaks."""

import re

import pytest
from django.db import connection

from .routes import all_routes

# A person's own session may move on while they read; nothing else may.
SESSION_TABLES = {"django_session", "usersessions_usersession"}
# A preview link says how often it was opened: that is what opening it changes, and nothing else.
COUNTS = {"/preview/": {"updates_previewlink"}}
WRITE = re.compile(r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM|TRUNCATE)\s+"?(\w+)', re.IGNORECASE)
# Who sees every edition in every status; for the others one of each address will do.
THOROUGH = {"author", "approver"}
QUERY_NAMES = ("page", "q", "kind", "ward", "place", "team", "status", "next", "state", "sort", "from", "to")


class Scribe:
    """Notes every table that a statement would change."""

    def __init__(self):
        self.tables = set()

    def __call__(self, execute, sql, params, many, context):
        """Note, then let it happen."""
        found = WRITE.match(sql)
        if found and found[1] not in SESSION_TABLES:
            self.tables.add(found[1])
        return execute(sql, params, many, context)


@pytest.mark.parametrize(
    "who",
    ["visitor", "author", "approver", "moderator", "lead", "councillor", "administrator", "outsider"],
)
def test_reading_writes_nothing_and_breaks_nothing(portal, browser_of, who):
    client = browser_of(portal.people[who])
    written, broken = {}, {}
    for route in all_routes():
        for address in portal.addresses(route)[: None if who in THOROUGH else 1]:
            scribe = Scribe()
            with connection.execute_wrapper(scribe):
                answer = client.get(address)
                # What is streamed is asked for while it is read.
                b"".join(answer.streaming_content) if answer.streaming else answer.content
            counted = next((tables for start, tables in COUNTS.items() if address.startswith(start)), set())
            if scribe.tables - counted:
                written[address] = scribe.tables
            if answer.status_code >= 500 and route.name not in {"readyz", "watchz"}:
                broken[address] = str(getattr(answer, "exc_info", [None, answer.status_code])[1])

    assert (written, broken) == ({}, {})


@pytest.mark.parametrize("who", ["visitor", "author", "administrator"])
def test_no_page_breaks_on_bad_queries(portal, browser_of, who):
    client = browser_of(portal.people[who])
    nonsense = dict.fromkeys(QUERY_NAMES, "\x00\u202e%00-1'\"<x>" + "9" * 40)
    broken = {}
    for route in all_routes():
        for address in portal.addresses(route)[:1]:
            answer = client.get(address, nonsense)
            if answer.status_code >= 500 and route.name not in {"readyz", "watchz"}:
                broken[address] = str(getattr(answer, "exc_info", [None, answer.status_code])[1])

    assert broken == {}


@pytest.mark.parametrize("who", ["visitor", "author"])
def test_things_that_do_not_exist_are_not_found(portal, browser_of, who):
    client = browser_of(portal.people[who])
    paths = (
        "/notices/ZZZZZ/nothing/",
        "/n/ZZZZZ/",
        "/notices/ZZZZZ/ask/",
        "/questions/Q-ZZZZZ/",
        "/received/Q-ZZZZZ/token/",
        "/no/such/page/",
    )

    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 404)
