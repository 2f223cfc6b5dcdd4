"""What a wrong address shows in the demo town, where DEBUG is on."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/wp-admin", "/notices/ZZZZZ/x/", "/n/ZZZZZ/"])
def test_wrong_address_shows_our_page_with_debug_on(client: Client, settings, path: str) -> None:
    settings.DEBUG = True
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "council_portal.middleware.OwnNotFound"]

    response = client.get(path, follow=True)

    page = response.content.decode()
    assert response.status_code == 404
    assert ("There is no page here" in page, "URLconf" in page) == (True, False)


def test_page_that_explains_a_404_itself_stays_with_debug_on(client: Client, settings) -> None:
    settings.DEBUG = True
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "council_portal.middleware.OwnNotFound"]

    response = client.get("/preview/nothing/")

    assert (response.status_code, response["Cache-Control"]) == (404, "no-store, private")
    assert "This preview link does not work" in response.content.decode()
