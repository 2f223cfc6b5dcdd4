"""Every address says whom it is for, and holds to it."""

import pytest
from django.urls import reverse

from accounts.enums import Audience
from accounts.permissions import has_role

from .routes import all_routes

CLOSED = {Audience.SIGNED_IN, Audience.STAFF, Audience.ROLE}
# Reached under /staff/ before there is anybody to sign in.
OPEN_STAFF = {"accounts:accept"}


def test_every_address_declares_its_audience():
    undeclared = [route.name for route in all_routes() if not isinstance(_audience(route), Audience)]

    assert undeclared == []


def test_every_address_has_a_name_of_its_own():
    names = [route.name for route in all_routes()]

    assert sorted(names) == sorted(set(names))


def test_nothing_under_staff_is_public():
    open_ones = {
        route.name
        for route in all_routes()
        if route.name.split(":")[0] in {"accounts", "desk", "inbox", "social"}
        and _audience(route) not in CLOSED
    }

    assert open_ones == OPEN_STAFF


@pytest.mark.parametrize("method", ["get", "post"])
def test_visitor_is_sent_to_the_sign_in_everywhere_but_where_it_is_open(portal, browser_of, method):
    visitor = browser_of(None)
    let_in = {}
    for route in all_routes():
        if _audience(route) in CLOSED:
            for address in portal.addresses(route):
                answer = getattr(visitor, method)(address)
                is_turned_away = answer.status_code == 302 and answer.url.startswith(reverse("account_login"))
                if not is_turned_away and answer.status_code != 405:
                    let_in[address] = answer.status_code

    assert let_in == {}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "who", ["author", "approver", "moderator", "lead", "councillor", "administrator", "outsider"]
)
def test_wrong_role_is_refused(portal, browser_of, who, method):
    person = portal.people[who]
    client = browser_of(person)
    let_in = {}
    for route in all_routes():
        roles = getattr(route.view, "roles", ())
        if roles and not any(has_role(person, role) for role in roles):
            for address in portal.addresses(route):
                status = getattr(client, method)(address).status_code
                if status not in {403, 405}:
                    let_in[address] = status

    assert let_in == {}


def _audience(route):
    return getattr(route.view, "audience", None)
