"""The way to the platform and back: what belongs together, what is used twice, late, or by another."""

from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from outbox.errors import SendError
from social.connect import apps, journey
from social.connect.journey import JourneyBroken

pytestmark = pytest.mark.django_db
ME, OTHER = 1, 2


@pytest.fixture
def app(cast):
    """The council's app on X."""
    return apps.enter("x", "https://api.x.com", "client", "app-secret", by=cast.lead)


def state_of(address):
    return parse_qs(urlsplit(address).query)["state"][0]


def test_leaving_goes_to_the_platform_with_a_challenge_and_no_secret(app):
    session = {}

    address = journey.leave(session, app, [], ME)

    asked = parse_qs(urlsplit(address).query)
    assert urlsplit(address).netloc == "x.com"
    assert (asked["code_challenge_method"], asked["client_id"]) == (["S256"], ["client"])
    assert asked["redirect_uri"] == ["https://riverbank.example/staff/accounts/connected/"]
    assert "app-secret" not in address
    assert all(
        "app-secret" not in str(kept) and state_of(address) not in str(kept) for kept in session.values()
    )


def test_every_journey_has_a_state_of_its_own(app):
    assert state_of(journey.leave({}, app, [], ME)) != state_of(journey.leave({}, app, [], ME))


@pytest.mark.parametrize(
    ("state", "person"),
    [("another", ME), ("", ME), ("right", OTHER)],
    ids=["foreign", "none", "other person"],
)
def test_an_answer_that_does_not_belong_here_is_refused(app, state, person):
    session = {}
    right = state_of(journey.leave(session, app, [], ME))

    with pytest.raises(JourneyBroken):
        journey.come_back(session, right if state == "right" else state, "code", person)


def test_a_state_is_good_once_even_when_it_was_wrong(app):
    session = {}
    right = state_of(journey.leave(session, app, [], ME))
    with pytest.raises(JourneyBroken):
        journey.come_back(session, "another", "code", ME)

    with pytest.raises(JourneyBroken):
        journey.come_back(session, right, "code", ME)


def test_an_answer_after_ten_minutes_is_too_late(app):
    session = {}
    with time_machine.travel("2026-11-23 09:00:00Z", tick=False):
        right = state_of(journey.leave(session, app, [], ME))

    with time_machine.travel("2026-11-23 09:10:01Z", tick=False), pytest.raises(JourneyBroken):
        journey.come_back(session, right, "code", ME)


def test_an_answer_without_a_beginning_is_refused():
    for session in ({}, {"social_left": "nonsense"}):
        with pytest.raises(JourneyBroken):
            journey.come_back(session, "state", "code", ME)


def test_without_a_code_nothing_is_asked(app):
    session = {}
    right = state_of(journey.leave(session, app, [], ME))

    with pytest.raises(JourneyBroken):
        journey.come_back(session, right, "", ME)


def test_a_new_beginning_forgets_what_came_home_before(app):
    session = {"social_back": "something"}

    journey.leave(session, app, [], ME)

    assert "social_back" not in session


def test_what_a_platform_refuses_is_its_own_sentence(app):
    from social.models import PlatformApp
    from tests.real.process import free_port

    PlatformApp.objects.update(base_url=f"http://127.0.0.1:{free_port()}")
    app.refresh_from_db()
    session = {}
    right = state_of(journey.leave(session, app, [], ME))

    with pytest.raises(SendError):
        journey.come_back(session, right, "code", ME)
    with pytest.raises(JourneyBroken):
        journey.arrived(session, ME)
