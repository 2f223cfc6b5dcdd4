"""How often one network may send: counted in the shared cache, by network, without keeping the address."""

import subprocess
import sys
from pathlib import Path

from django.core.cache import cache
from django.test import override_settings

from visitors.limits import Limit, seconds_to_wait

NOON = 1_800_000_000.0
LIMITS = (Limit(5, 600), Limit(30, 86400))


def wait(who: str, now: float = NOON, name: str = "form") -> int:
    return seconds_to_wait(name, LIMITS, who, now)


def test_five_in_ten_minutes_pass_and_the_sixth_waits():
    waits = [wait("192.0.2.1") for _number in range(6)]
    assert waits == [0, 0, 0, 0, 0, 600]


def test_next_window_passes_again():
    for _number in range(6):
        wait("192.0.2.1")
    assert wait("192.0.2.1", NOON + 600) == 0


def test_thirty_in_a_day_pass_and_the_next_waits_for_tomorrow():
    waits = [wait("192.0.2.1", NOON + 600 * (number // 5)) for number in range(31)]
    assert waits[:30] == [0] * 30
    assert waits[30] > 3600


def test_two_networks_do_not_meet():
    for _number in range(6):
        wait("192.0.2.1")
    assert wait("192.0.2.2") == 0


def test_two_forms_do_not_meet():
    for _number in range(6):
        wait("192.0.2.1")
    assert wait("192.0.2.1", name="another form") == 0


def test_any_other_word_counts_as_itself():
    assert [wait("jan@mail.example") for _number in range(6)] == [0, 0, 0, 0, 0, 600]
    assert wait("joe@mail.example") == 0


def test_addresses_of_one_ipv6_network_count_together():
    for number in range(5):
        wait(f"2001:db8:1:2::{number}")
    assert wait("2001:db8:1:2:ffff::9") == 600
    assert wait("2001:db8:1:3::1") == 0


def test_ipv4_written_as_ipv6_counts_as_itself():
    for _number in range(5):
        wait("192.0.2.1")
    assert wait("::ffff:192.0.2.1") == 600


def test_cache_away_lets_people_through():
    away = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    with override_settings(CACHES=away):
        assert [wait("192.0.2.1") for _number in range(8)] == [0] * 8


def test_limit_holds_across_processes(valkey_url):
    caches = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": valkey_url}}
    code = (
        "import django; from django.conf import settings;"
        f"settings.configure(CACHES={caches!r}, SECRET_KEY='one'); django.setup();"
        "from visitors.limits import Limit, seconds_to_wait;"
        f"print(*[seconds_to_wait('form', [Limit(5, 600)], '192.0.2.1', {NOON}) for _ in range(3)])"
    )
    root = Path(__file__).parents[2]
    said = [
        subprocess.run(
            [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
        ).stdout.split()
        for _process in range(2)
    ]
    assert said == [["0", "0", "0"], ["0", "0", "600"]]


def test_address_itself_is_not_kept():
    wait("192.0.2.77")
    assert not [key for key in getattr(cache, "_cache", {}) if "192.0.2" in key]
