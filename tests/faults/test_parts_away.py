"""Database or broker gone for a while under a running portal: clear words, nothing lost, nothing twice."""

import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import pytest
from lxml import html

from tests.council_portal.conftest import ROOT, Run
from tests.real import parts, postgres, valkey
from tests.real.process import wait_until
from tests.real.table import SKIP_MARK

from .database import Database

pytestmark = [
    pytest.mark.slow,
    pytest.mark.postgres,
    pytest.mark.timeout(240),
]
SORRY = "The portal is resting for a moment"


class Portal:
    """A whole running portal and the two servers it stands on."""

    def __init__(self, run: Run, database: Database, broker: valkey.Valkey) -> None:
        self.run, self.database, self.broker = run, database, broker

    def get(self, path: str, **more) -> httpx.Response:
        """Ask for a page."""
        return httpx.get(f"{self.run.url}{path}", timeout=40, **more)

    def publish(self, title: str, step: str = "go on") -> None:
        """Publish an outage, in a process of its own."""
        command = [sys.executable, "-m", "tests.faults.seed", step, title]
        subprocess.run(command, cwd=ROOT, env={**self.run.env, "REDIS_URL": self.broker.url}, check=True)

    def posts(self) -> list[str]:
        """Return what stands on the practice network, by its first line."""
        return sorted(
            row[0].split("\n")[0] for row in self.database.rows("SELECT text FROM social_sandboxpost")
        )

    def wait_for_posts(self, count: int) -> None:
        """Wait for the worker, with patience for a slow machine."""
        wait_until(lambda: len(self.posts()) >= count, what=f"{count} posts", seconds=90)


@pytest.fixture(scope="module")
def portal(tmp_path_factory) -> Iterator[Portal]:
    """One running portal for all tests here; each leaves it whole."""
    try:
        with postgres.server(durable=True) as url, valkey.server() as broker:
            env = {
                "DATABASE_URL": url,
                "REDIS_URL": broker.url,
                "DJANGO_SETTINGS_MODULE": "tests.journeys.settings",
            }
            run = Run(tmp_path_factory.mktemp("away"), **env)
            database = Database(url)
            run.start()
            try:
                wait_until(lambda: run.answers("/readyz"), what="the portal", seconds=120)
                made = Portal(run, database, broker)
                made.publish("Before anything happened", "found")
                made.wait_for_posts(1)
                yield made
            finally:
                run.end()
                database.end()
    except parts.PartMissing as reason:
        pytest.skip(f"{SKIP_MARK}{parts.POSTGRESQL}: {reason}")


def hidden_fields(visitor: httpx.Client, path: str) -> dict[str, str]:
    """Return what a form's page would send along by itself."""
    found = html.fromstring(visitor.get(path).text).xpath("//main//input[@type='hidden']")
    return {field.get("name"): field.get("value") for field in found}


def test_database_gone_says_so_on_every_page_and_comes_back(portal, postgres_url, valkey_url):
    session = {"portal_session": "a" * 32}
    portal.database.kill()
    away = {
        "home": portal.get("/"),
        "list": portal.get("/notices/"),
        "sign-in": portal.get("/accounts/login/", cookies=session),
        # Its session cannot be read, which fails before any view is asked.
        "desk": portal.get("/staff/", cookies=session),
        "ready": portal.get("/readyz"),
        "alive": portal.get("/healthz"),
    }
    portal.database.start()
    wait_until(lambda: portal.run.answers("/readyz"), what="readiness", seconds=60)
    back = portal.get("/")
    before = len(portal.posts())
    portal.publish("After the database came back")
    portal.wait_for_posts(before + 1)

    pages = ("home", "list", "sign-in", "desk")
    assert {name: away[name].status_code for name in away} == {
        **dict.fromkeys(pages, 503),
        "ready": 503,
        "alive": 200,
    }
    assert {name: SORRY in away[name].text for name in pages} == dict.fromkeys(pages, True)
    assert {away[name].headers.get("Retry-After") for name in pages} == {"30"}
    assert (back.status_code, "Before anything happened" in back.text) == (200, True)
    assert portal.posts() == sorted(set(portal.posts()))


def test_broker_gone_publishes_all_the_same_and_posts_once_it_is_back(portal, postgres_url, valkey_url):
    before = portal.posts()
    portal.broker.kill()
    portal.publish("While the broker was away")
    page = portal.get("/")
    ready = portal.get("/readyz")
    time.sleep(3)
    meanwhile = portal.posts()
    portal.broker.start()
    portal.wait_for_posts(len(before) + 1)
    time.sleep(2)

    assert (page.status_code, "While the broker was away" in page.text) == (200, True)
    assert (ready.status_code, ready.json()) == (200, {"database": "ok", "broker": "unreachable"})
    assert meanwhile == before
    assert len(portal.posts()) == len(set(portal.posts())) == len(before) + 1


def test_broker_gone_sign_in_says_to_try_again_and_works_afterwards(portal, postgres_url, valkey_url):
    with httpx.Client(base_url=portal.run.url, timeout=40) as visitor:
        email = portal.database.rows("SELECT email FROM accounts_user ORDER BY id LIMIT 1")[0][0]
        sent = {**hidden_fields(visitor, "/accounts/login/"), "login": email, "password": "correct horse"}
        portal.broker.kill()
        away = visitor.post("/accounts/login/", data=sent)
        portal.broker.start()
        back = visitor.post("/accounts/login/", data=sent)

    assert (away.status_code, SORRY in away.text) == (503, True)
    assert back.status_code == 302


def test_broker_gone_a_residents_question_is_taken(portal, postgres_url, valkey_url):
    reference = portal.database.rows("SELECT reference FROM updates_notice ORDER BY id LIMIT 1")[0][0]
    with httpx.Client(base_url=portal.run.url, timeout=40) as visitor:
        hidden = hidden_fields(visitor, f"/notices/{reference}/ask/")
        # A form sent within a few seconds of opening counts as a machine's.
        time.sleep(5)
        portal.broker.kill()
        # Whoever has looked at the likely answers sends their own.
        typed = {**hidden, "text": "When will it be back?", "looked": "on"}
        sent = visitor.post(f"/notices/{reference}/ask/", data=typed)
        receipt = visitor.get(sent.headers.get("Location", "/nowhere/"))
        portal.broker.start()

    assert (sent.status_code, receipt.status_code) == (302, 200)
    assert "When will it be back?" in receipt.text
