"""A lock earned at one worker process holds at every other, because the count is in the shared cache."""

import os
import subprocess
import sys

import pytest
from django.core.cache import caches
from django.test import override_settings
from django.urls import reverse

from tests import factories
from tests.accounts.conftest import PASSWORD

ANOTHER_WORKER = """
import os, django
django.setup()
from django.test import RequestFactory
from allauth.account.adapter import get_adapter
from allauth.core import context
request = RequestFactory().post("/accounts/login/", REMOTE_ADDR="203.0.113.77")
adapter = get_adapter(request)
with context.request_context(request):
    for _ in range(10):
        adapter.pre_authenticate(request, email=os.environ["EMAIL"], password="wrong")
"""


@pytest.mark.django_db
def test_ten_failures_elsewhere_lock_here(client, valkey_url):
    person = factories.user()
    shared = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": valkey_url,
            "KEY_PREFIX": "portal",
        }
    }
    environment = {**os.environ, "REDIS_URL": valkey_url, "EMAIL": person.email, "DATABASE_URL": ""}
    subprocess.run([sys.executable, "-c", ANOTHER_WORKER], env=environment, check=True)
    with override_settings(CACHES=shared):
        page = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
        caches["default"].close()
    assert "Too many tries" in page.content.decode()
