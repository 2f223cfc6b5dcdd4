"""The demo town's history planned at every hour of a day: it has to load whenever somebody starts it."""

from collections import defaultdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from council_portal.town import data, notices, voices
from council_portal.town.moments import Calendar

LONDON = ZoneInfo("Europe/London")


@pytest.mark.parametrize("hour", range(24))
def test_nobody_speaks_about_a_notice_before_it_is_out(hour):
    calendar = Calendar(datetime(2026, 11, 23, hour, 10, tzinfo=LONDON), LONDON)
    anybody: Any = defaultdict(lambda: None)
    town = notices.Town(calendar, anybody, anybody, anybody, {}, lambda edition: None)
    out: dict[str, Any] = {}
    for notice in data.notices():
        notices.steps(town, notice)
        out[notice["slug"]] = notice["edition"][0].get("published")

    too_early = [
        step.label
        for number, voice in enumerate(data.voices(), start=1)
        for step in voices.steps(town, number, voice)
        if step.at <= calendar.moment(out[voice["on"]])
    ]

    assert too_early == []
