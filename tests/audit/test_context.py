"""The visitor's address is believed only as far as the trusted proxies vouch for it."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from audit.context import client_address, current_address
from audit.middleware import WhereFrom


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "", "10.0.0.1"),
        (0, "203.0.113.7", "10.0.0.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "6.6.6.6, 203.0.113.7", "203.0.113.7"),
        (2, "6.6.6.6, 203.0.113.7, 10.0.0.9", "203.0.113.7"),
        (2, "203.0.113.7", "10.0.0.1"),
        (1, " , ", "10.0.0.1"),
    ],
)
def test_client_address(settings, proxies, forwarded, expected):
    settings.TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == expected


def test_middleware_forgets_the_address_afterwards():
    seen = []
    layer = WhereFrom(lambda request: seen.append(current_address()) or HttpResponse())
    layer(RequestFactory().get("/", REMOTE_ADDR="203.0.113.9"))
    assert (seen, current_address()) == (["203.0.113.9"], "")
