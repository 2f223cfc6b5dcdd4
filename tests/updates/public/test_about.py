"""The statements: their dates are true, and a date that has passed fails here."""

from datetime import date, timedelta

import pytest
from django.test import Client

from tests.updates.public.conftest import words
from updates.views.public import about

pytestmark = pytest.mark.django_db


def test_accessibility_statement_follows_the_model_form(read) -> None:
    assert words(read("/accessibility/"), "//h2") == [
        "Compliance status",
        "Non-accessible content",
        "Preparation of this accessibility statement",
        "Feedback and contact information",
        "Enforcement procedure",
    ]


def test_accessibility_statement_shows_its_dates(read) -> None:
    assert read("/accessibility/").xpath("//time/@datetime") == [
        about.PREPARED_ON.isoformat(),
        about.REVIEWED_ON.isoformat(),
        about.NEXT_REVIEW_ON.isoformat(),
    ]


def test_statement_is_reviewed_within_a_year_and_the_review_is_not_late() -> None:
    assert about.PREPARED_ON <= about.REVIEWED_ON
    assert about.REVIEWED_ON + timedelta(days=365) >= about.NEXT_REVIEW_ON
    assert date.today() <= about.NEXT_REVIEW_ON


def test_privacy_page_has_one_heading(read) -> None:
    assert words(read("/privacy/"), "//h1") == ["Privacy"]


def test_privacy_page_tells_the_days_that_are_kept_to(read, settings) -> None:
    settings.SUBSCRIPTIONS_CONFIRM_DAYS, settings.SUBSCRIPTIONS_ENDED_DAYS = 5, 200
    terms = words(read("/privacy/"), "//td/strong")

    assert {"5 days", "200 days"} <= set(terms)


def test_security_txt_says_where_to_report(client: Client) -> None:
    lines = client.get("/.well-known/security.txt").content.decode().splitlines()

    assert lines == [
        "Contact: mailto:hello@riverbank.example",
        f"Expires: {about.NEXT_REVIEW_ON.isoformat()}T00:00:00Z",
        "Preferred-Languages: en",
        "Canonical: https://riverbank.example/.well-known/security.txt",
    ]


def test_robots_stay_out_of_staffs_pages(client: Client) -> None:
    content = client.get("/robots.txt").content.decode()

    assert content == "User-agent: *\nDisallow: /staff/\nDisallow: /accounts/\n"


def test_missing_page_says_what_to_do(client: Client) -> None:
    response = client.get("/no/such/page/")

    assert response.status_code == 404
    assert "There is no page here" in response.content.decode()


def test_failure_page_needs_no_database(client: Client, django_assert_num_queries) -> None:
    from django.template.loader import render_to_string

    with django_assert_num_queries(0):
        assert "Something went wrong" in render_to_string("500.html")
