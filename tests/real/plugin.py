"""Gives the tests their real parts: the database before the settings load, the rest as fixtures."""

import contextlib
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, Page

from . import browser, html, network, parts, postgres, smtp, x, x_web
from . import mastodon as mastodon_mock
from . import pds as bluesky
from . import valkey as valkey_part
from . import x_counter as x_counter_part
from .serving import Serving
from .table import PROPERTY, SKIP_MARK, Record, are_required

_servers = pytest.StashKey[contextlib.ExitStack]()
_record = pytest.StashKey[Record]()
_ASKS_ONLY = {"-h", "--help", "--version", "-V", "--collect-only", "--co", "--fixtures", "--markers"}
Part = TypeVar("Part")


# --- The database: one server for all processes, each with a database of its own -----------------
@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config, args: list[str]) -> Iterator[None]:
    """Start PostgreSQL before pytest-django reads the settings, which look in DATABASE_URL."""
    early_config.stash[_servers] = contextlib.ExitStack()
    if not (_ASKS_ONLY & set(args)):
        _start_database(early_config)
    return (yield)


def _start_database(config: pytest.Config) -> None:
    """Name a database for the settings; TEST_DATABASE=sqlite, or a lack of PostgreSQL, leaves it to them."""
    if os.environ.get("TEST_DATABASE") == "sqlite":
        os.environ.pop("DATABASE_URL", None)
        return
    if os.environ.get("DATABASE_URL"):
        return
    try:
        os.environ["DATABASE_URL"] = config.stash[_servers].enter_context(postgres.server())
    except parts.PartMissing as reason:
        os.environ["NO_POSTGRESQL_BECAUSE"] = str(reason)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the database."""
    if servers := config.stash.get(_servers, None):
        servers.close()


# --- The record of what was really used -----------------------------------------------------------
def pytest_configure(config: pytest.Config) -> None:
    """Begin an empty record."""
    config.stash[_record] = Record()
    config.pluginmanager.register(_Recorder(config.stash[_record]), "real-parts-recorder")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Note on each test which real parts it speaks to, for its reports to carry; a process makes it slow."""
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        used = {part for fixture, part in parts.FIXTURE_OF.items() if fixture in names}
        if _is_on_postgres() and (names & {"db", "transactional_db"} or item.get_closest_marker("django_db")):
            used.add(parts.POSTGRESQL)
        if used & parts.PROCESSES:
            item.add_marker("slow")
        item.user_properties.append((PROPERTY, sorted(used)))


def _is_on_postgres() -> bool:
    return os.environ.get("DATABASE_URL", "").startswith("postgres")


class _Recorder:
    """Hears every test's report, also those from other processes."""

    def __init__(self, record: Record) -> None:
        self.record = record

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a test once: its call, or whatever kept it from being called."""
        if report.when == "call" or (report.when == "setup" and not report.passed):
            used = dict(report.user_properties).get(PROPERTY, [])
            self.record.note(list(map(str, used)), outcome=report.outcome, reason=str(report.longrepr))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Print the table of real parts, and what the lack of one means."""
    record = config.stash[_record]
    if record.is_empty() and not are_required():
        return
    terminalreporter.section("real parts")
    for line in record.lines():
        terminalreporter.line(line)
    if are_required() and record.lacking():
        lacking = ", ".join(record.lacking())
        terminalreporter.line(
            f"Every real part is required here; these were not exercised: {lacking}.", red=True
        )


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that had to exercise every part and did not."""
    is_worker = hasattr(session.config, "workerinput")
    if (
        not is_worker
        and session.testscollected
        and are_required()
        and session.config.stash[_record].lacking()
    ):
        session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED


# --- Fixtures -------------------------------------------------------------------------------------
def _have(part: str, server: AbstractContextManager[Part]) -> Iterator[Part]:
    """Give a started part, or skip with the reason why it cannot be had."""
    with contextlib.ExitStack() as stack:
        try:
            started = stack.enter_context(server)
        except parts.PartMissing as reason:
            pytest.skip(f"{SKIP_MARK}{part}: {reason}")
        yield started


@pytest.fixture(autouse=True, scope="session")
def _only_this_machine() -> Iterator[None]:
    with network.only_this_machine():
        yield


@pytest.fixture(scope="session")
def postgres_url() -> str:
    """The address of the PostgreSQL server of this run; a test makes its own database on it."""
    if not _is_on_postgres():
        reason = os.environ.get("NO_POSTGRESQL_BECAUSE", "this run is on SQLite")
        pytest.skip(f"{SKIP_MARK}{parts.POSTGRESQL}: {reason}")
    return os.environ["DATABASE_URL"]


@pytest.fixture
def valkey_server() -> Iterator[valkey_part.Valkey]:
    """A Valkey of the test's own, which it may kill and start again."""
    yield from _have(parts.VALKEY, valkey_part.server())


@pytest.fixture(scope="session")
def _shared_valkey() -> Iterator[valkey_part.Valkey]:
    yield from _have(parts.VALKEY, valkey_part.server())


@pytest.fixture
def valkey_url(_shared_valkey: valkey_part.Valkey) -> str:
    """The address of an empty Valkey."""
    _shared_valkey.empty()
    return _shared_valkey.url


@pytest.fixture(scope="session")
def pds() -> Iterator[bluesky.Pds]:
    """The reference Bluesky server: base_url, make_account(handle), records(did)."""
    yield from _have(parts.PDS, bluesky.server())


@pytest.fixture(scope="session")
def _mastodon_server() -> Iterator[mastodon_mock.Mastodon]:
    yield from _have(parts.MASTODON, mastodon_mock.server())


@pytest.fixture
def mastodon(_mastodon_server: mastodon_mock.Mastodon) -> mastodon_mock.Mastodon:
    """A Mastodon with no posts yet: base_url, token, statuses(), fault(kind), reset()."""
    _mastodon_server.reset()
    return _mastodon_server


@pytest.fixture
def smtp_sink() -> Iterator[smtp.Sink]:
    """A mail server: host, port, box."""
    yield from _have(parts.SMTP, smtp.server())


@pytest.fixture(scope="session")
def html_checker() -> Iterator[Callable[[Path], html.Faults]]:
    """A function that returns what is wrong with the HTML of each page of a folder."""
    yield from _have(parts.HTML, html.checker())


@pytest.fixture(scope="session")
def x_api() -> Iterator[x.X]:
    """A stand-in for X; X's own document has the last word on what was asked of it and what it said."""
    for standing_in in _have(parts.X_DOCUMENT, x_web.server()):
        yield standing_in
        assert standing_in.problems == []


@pytest.fixture(scope="session")
def x_counter() -> Iterator[Callable[[list[str]], list[int]]]:
    """A function that returns what X's own counter says of each text."""
    yield from _have(parts.X_COUNTER, x_counter_part.counter())


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser; a test makes its own contexts."""
    yield from _have(parts.CHROMIUM, browser.browser())


@pytest.fixture
def browser_page(chromium: Browser) -> Iterator[Page]:
    """A page of 1280 by 900 in a context of its own; a test ends when what it sent last is answered."""
    context, serving = (
        chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB"),
        Serving(),
    )
    try:
        yield context.new_page()
    finally:
        context.close()
        serving.end()
