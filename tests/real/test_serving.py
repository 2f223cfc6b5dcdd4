"""A test is over only when what its browser sent last is answered."""

import threading
import time

import pytest
from django.core.signals import request_finished, request_started

from tests.real.serving import Serving


def test_end_waits_for_a_request_that_another_thread_is_at():
    serving, began, answered = Serving(), threading.Event(), []

    def answer() -> None:
        request_started.send(None)
        began.set()
        time.sleep(0.3)
        answered.append("yes")
        request_finished.send(None)

    thread = threading.Thread(target=answer)
    thread.start()
    began.wait()
    serving.end()
    thread.join()
    assert answered == ["yes"]


@pytest.mark.django_db
def test_request_of_the_test_itself_is_not_waited_for():
    serving = Serving()
    request_started.send(None)
    began = time.monotonic()
    serving.end()
    assert time.monotonic() - began < 5


def test_nothing_is_counted_afterwards():
    serving = Serving()
    serving.end()
    thread = threading.Thread(target=request_started.send, args=(None,))
    thread.start()
    thread.join()
    assert serving._number == 0
