"""No address takes a POST from another site."""

import pytest
from django.test import Client

from tests.accounts.signing_in import sign_in

from .routes import all_routes


def test_no_view_switches_the_protection_off():
    exempt = [route.name for route in all_routes() if getattr(route.view, "csrf_exempt", False)]

    assert exempt == []


@pytest.mark.parametrize("who", ["visitor", "author", "administrator"])
def test_post_without_the_form_is_refused_everywhere(portal, who):
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    if portal.people[who]:
        sign_in(client, portal.people[who])
    taken = {}
    for route in all_routes():
        for address in portal.addresses(route)[:1]:
            status = client.post(address, {"text": "x"}).status_code
            if status != 403:
                taken[address] = status

    assert taken == {}
