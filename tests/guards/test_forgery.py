"""No address takes a POST from another site."""

import pytest
from django.test import Client

from tests.accounts.signing_in import sign_in

from .routes import Route, all_routes

# The button that mail programs press for their reader: no cookie, no page before it (RFC 8058). The signed
# address is the whole right to do what it says.
ONE_CLICK = ["subscriptions:leave"]


def _only_reads(route: Route) -> bool:
    """The API takes no session, so there is nothing in it to forge; it refuses every POST by itself."""
    return route.name.startswith("api:") and getattr(route.view, "csrf_exempt", False)


def test_only_the_one_click_button_switches_the_protection_off():
    exempt = [route for route in all_routes() if getattr(route.view, "csrf_exempt", False)]

    assert [route.name for route in exempt if not _only_reads(route)] == ONE_CLICK


@pytest.mark.parametrize("who", ["visitor", "author", "administrator"])
def test_post_without_the_form_is_refused_everywhere(portal, who):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    if portal.people[who]:
        sign_in(client, portal.people[who])
    taken = {}
    for route in all_routes():
        for address in portal.addresses(route)[:1] if route.name not in ONE_CLICK else []:
            status = client.post(address, {"text": "x"}).status_code
            if status != (405 if _only_reads(route) else 403):
                taken[address] = status

    assert taken == {}
