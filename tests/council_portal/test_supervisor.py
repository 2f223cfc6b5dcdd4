"""The first look's supervisor, run for real: what dies comes back, and nothing outlives it."""

import os
import signal
import socket
import sys

import pytest

from tests.real.process import free_port, wait_until

from .conftest import Run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(180),
    pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc"),
]
PARTS = {"broker": "valkey-server|redis-server", "web": "gunicorn", "worker": " worker ", "beat": " beat "}


def test_run_says_where_it_is_and_how_to_stop(running):
    wait_until(lambda: "Ctrl-C" in running.said.read_text(), what="the welcome")

    assert f"The portal is running at http://localhost:{running.port}/\n" in running.said.read_text()


def test_second_start_is_one_sentence(running):
    second = Run(running.folder, PORT=str(free_port()))
    second.said = running.folder / "said-second"

    code, said = second.refusal()

    assert (code, said) == (
        1,
        "The portal is already running from this folder at "
        f"http://localhost:{running.port}/: stop it there with Ctrl-C first.\n",
    )


@pytest.mark.parametrize("part", PARTS)
def test_killed_part_comes_back(running, part):
    killed = running.program(PARTS[part])

    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: killed not in running.pids(PARTS[part]), what="the end of the part")
    running.wait_until_whole()

    # It says so before it starts the part again; what it says comes through a pipe.
    sentence = f"{part} stopped (signal 9); starting it again"
    wait_until(lambda: sentence in running.said.read_text(), what="the sentence about the part")


def test_killed_leash_takes_its_part_along_and_both_come_back(running):
    before = running.pids(PARTS["worker"])

    os.kill(running.leash(PARTS["worker"]), signal.SIGKILL)
    wait_until(lambda: not before.keys() & running.pids(PARTS["worker"]).keys(), what="the end of the worker")
    running.wait_until_whole()

    assert not before.keys() & running.pids(PARTS["worker"]).keys()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_told_to_stop_leaves_no_process(portal, number):
    portal.start()
    portal.wait_until_whole()

    portal.process.send_signal(number)

    assert portal.process.wait(30) == 0
    assert portal.pids() == {}


def test_killed_supervisor_leaves_no_process(portal):
    portal.start()
    portal.wait_until_whole()

    portal.process.kill()
    portal.process.wait()

    wait_until(lambda: portal.pids() == {}, what="the end of every process", seconds=5)


def test_busy_port_is_one_sentence(portal):
    with socket.create_server(("127.0.0.1", portal.port)):
        code, said = portal.refusal()

    other = portal.port + 1
    sentence = (
        f"Port {portal.port} is in use by another program: choose another with make run PORT={other}.\n"
    )
    assert (code, said) == (1, sentence)


@pytest.mark.parametrize("text", ["80 80", "0", "65536", "-1", "eight"])
def test_port_that_is_no_port_is_one_sentence(tmp_path, text):
    portal = Run(tmp_path)
    portal.env["PORT"] = text

    code, said = portal.refusal()

    assert (code, said.count("\n")) == (1, 1)
    assert said.startswith(f"PORT must be a whole number from 1 to 65535, not “{text}”")


def test_redis_url_that_does_not_answer_is_one_sentence(tmp_path):
    portal = Run(tmp_path, REDIS_URL=f"redis://127.0.0.1:{free_port()}/0")

    assert portal.refusal() == (
        1,
        "The server that REDIS_URL names does not answer: start it, or unset REDIS_URL.\n",
    )


def test_database_that_does_not_answer_stops_the_start(tmp_path):
    portal = Run(tmp_path, DATABASE_URL=f"postgresql://portal:secret@127.0.0.1:{free_port()}/portal")

    code, said = portal.refusal()

    assert code == 1
    assert "The database does not answer: start it, or check DATABASE_URL" in said
    assert "secret" not in said
    assert portal.pids() == {}
