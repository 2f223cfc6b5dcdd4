"""Many writers at once make one chain."""

import threading

import pytest
from django.db import connection, transaction

from audit.models import Event
from audit.recorder import record
from audit.verify import verify

WRITERS, EACH = 8, 10


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_make_one_whole_chain():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite in memory has no second connection that waits")
    start, failures = threading.Barrier(WRITERS), []

    def write(name: int) -> None:
        start.wait()
        try:
            for number in range(EACH):
                with transaction.atomic():
                    record("race.run", writer=name, number=number)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(name,)) for name in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert Event.objects.count() == WRITERS * EACH
    assert verify().problem == ""
