"""Links that do not answer: asked over real sockets, remembered, said to the author and on the desk."""

import http.server
import threading
from datetime import timedelta

import pytest
from django.utils import timezone

from outbox.addresses import AddressPrivate
from tests import factories
from tests.factories import Cast
from tests.real.process import free_port
from updates import link_watch, policy
from updates.enums import LinkState
from updates.models import LinkCheck


class Server(http.server.BaseHTTPRequestHandler):
    """Answers /200, /404… with that status; /to/… sends on."""

    asked: list[str] = []
    moods: dict[str, int] = {}

    def do_GET(self):
        self.asked.append(self.path)
        if self.path.startswith("/to/"):
            self.send_response(302)
            self.send_header("location", self.path.removeprefix("/to/"))
        else:
            self.send_response(self.moods.get(self.path) or int(self.path.strip("/")))
        self.end_headers()

    def log_message(self, *_args):
        """Say nothing."""


@pytest.fixture
def site():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    Server.asked.clear()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    # By its name: a bare number in an address is refused for another reason.
    yield f"http://localhost:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join(5)


@pytest.mark.parametrize(
    ("path", "state", "status"),
    [
        ("/200", LinkState.ANSWERS, 200),
        ("/404", LinkState.DEAD, 404),
        ("/410", LinkState.DEAD, 410),
        ("/401", LinkState.ANSWERS, 401),
        ("/403", LinkState.ANSWERS, 403),
        ("/429", LinkState.ANSWERS, 429),
        ("/500", LinkState.UNSURE, 500),
        ("/to//200", LinkState.ANSWERS, 200),
        ("/to//404", LinkState.DEAD, 404),
        ("/to/ftp://a.example/", LinkState.UNSURE, None),
        ("/to/https://10.0.0.8/admin", LinkState.NOT_ASKED, None),
        ("/to/http://169.254.169.254/latest/", LinkState.NOT_ASKED, None),
    ],
)
def test_how_an_address_answers(site, path, state, status):
    assert link_watch.ask(site + path) == (state, status)


def test_going_round_in_circles_ends(site):
    assert link_watch.ask(f"{site}/to/" + "/to/" * 20 + "200")[0] == LinkState.UNSURE
    assert len(Server.asked) == 5


def test_nobody_at_home_is_unsure():
    assert link_watch.ask(f"http://127.0.0.1:{free_port()}/") == (LinkState.UNSURE, None)


@pytest.mark.parametrize("url", ["http://no-such-name.example/", "http://[::1", "https://a..b/"])
def test_no_answer_is_unsure(url):
    assert link_watch.ask(url) == (LinkState.UNSURE, None)


@pytest.mark.parametrize(
    "url", ["https://10.0.0.8/", "http://192.168.1.1/", "https://[fd00::1]/", "http://0.0.0.0/"]
)
def test_private_addresses_are_never_asked(url):
    assert link_watch.ask(url) == (LinkState.NOT_ASKED, None)


def test_loopback_is_private_too_in_production(settings, site):
    settings.SOCIAL_ALLOW_PRIVATE_ADDRESSES = False

    assert link_watch.ask(f"{site}/200") == (LinkState.NOT_ASKED, None)
    assert Server.asked == []
    assert issubclass(AddressPrivate, Exception)


URL = "https://council-list.org/list"


@pytest.fixture
def linked(cast: Cast):
    """Make an edition that links to an address."""

    def make(url: str, *, publish: bool = False):
        made = factories.published if publish else factories.draft
        edition = made(cast, "general", body=f"See [the list]({url}) now.")
        link_watch.want(edition)
        return edition

    return make


def dead(edition) -> list[tuple[str, str, str]]:
    """What the checks say of dead links, with the place they mark."""
    found = [finding for finding in policy.findings(edition) if finding.code == "dead_link"]
    return [(finding.level, finding.message, finding.excerpts[0].found) for finding in found]


@pytest.mark.django_db
def test_gone_address_is_a_warning_that_marks_it(linked, site):
    edition = linked(f"{site}/404")
    assert dead(edition) == []

    link_watch.ask_due()

    assert dead(edition) == [("warn", "This link did not answer (404).", f"{site}/404")]


@pytest.mark.django_db
def test_one_bad_moment_of_a_server_is_no_dead_link_and_two_are(linked, site):
    edition = linked(f"{site}/500")
    now = timezone.now()

    link_watch.ask_due(now)
    assert dead(edition) == []
    assert LinkCheck.objects.get().next_check_at == now + timedelta(hours=1)

    link_watch.ask_due(now + timedelta(hours=1))
    assert dead(edition) == [("warn", "This link did not answer (500).", f"{site}/500")]


@pytest.mark.django_db
def test_an_answer_clears_it_and_is_asked_again_in_a_week(linked, site):
    edition = linked(f"{site}/moody")
    now = timezone.now()
    Server.moods["/moody"] = 404
    link_watch.ask_due(now)
    Server.moods["/moody"] = 200

    assert link_watch.ask_due(now + timedelta(hours=23)) == 0
    assert link_watch.ask_due(now + timedelta(days=1)) == 1

    assert dead(edition) == []
    assert LinkCheck.objects.get().next_check_at == now + timedelta(days=8)


@pytest.mark.django_db
def test_link_into_a_private_network_is_said(linked, site):
    edition = linked(f"{site}/to/http://10.0.0.8/")
    link_watch.ask_due()

    sentence = "This link leads to a private network, where residents cannot follow."
    assert [message for _level, message, _found in dead(edition)] == [sentence]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "url",
    [
        "https://riverbank.example/list",
        "/notices/",
        "mailto:a@riverbank.example",
        "https://a.org/" + "x" * 500,
        "https://xn--ls8h.la/",
        "https://xn--zzzzzzzz99999.org/",
    ],
)
def test_what_is_never_asked(linked, url):
    linked(url)

    assert not LinkCheck.objects.exists()


@pytest.mark.django_db
def test_renewing_finds_links_of_live_notices_and_forgets_the_rest(linked):
    linked(URL, publish=True)
    LinkCheck.objects.all().delete()
    LinkCheck.objects.create(url="https://gone.org/", next_check_at=timezone.now())

    link_watch.renew()

    assert [row.url for row in LinkCheck.objects.all()] == [URL]


@pytest.mark.django_db
def test_desk_lists_live_notices_with_dead_links_to_their_teams_alone(cast: Cast, linked, site, signed_in):
    url = f"{site}/404"
    linked(url, publish=True)
    link_watch.ask_due()

    assert url in signed_in(cast.author).get("/staff/").content.decode()
    assert url not in signed_in(cast.outsider).get("/staff/").content.decode()


@pytest.mark.django_db
def test_saving_in_the_editor_has_new_links_asked(cast: Cast, signed_in):
    edition = factories.draft(cast, "general")
    typed = {
        "version": edition.version,
        "title": edition.title,
        "summary": edition.summary,
        "body": f"[list]({URL})",
        "is_borough_wide": "on",
        "urgency": "0",
        "severity": "2",
        "area_how": "",
    }

    signed_in(cast.author).post(f"/staff/notices/{edition.notice.reference}/1/edit/", typed)

    assert [row.url for row in LinkCheck.objects.all()] == [URL]
