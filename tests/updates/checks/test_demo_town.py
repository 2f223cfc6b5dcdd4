"""The checks do not cry wolf: what they say of the demo town's notices, counted."""

import tomllib
from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from council_portal.town.moments import Calendar
from updates import policy
from updates.checks.texts import Words

NOTICES = settings.BASE_DIR / "council_portal" / "demo" / "notices"


def editions() -> list[Words]:
    """Every edition of the demo town as the checks read it, with its dates filled in."""
    calendar = Calendar(datetime(2026, 11, 22, 12, tzinfo=UTC), ZoneInfo("Europe/London"))
    found = []
    for path in sorted(NOTICES.glob("*.toml")):
        for notice in tomllib.loads(path.read_text())["notice"]:
            for row in notice["edition"]:
                detail = row.get(notice["kind"], {})
                said = {**row, **detail, "alt_text": notice.get("alt", "")}
                texts = {k: calendar.fill(v) for k, v in said.items() if isinstance(v, str)}
                found.append(Words(texts, has_picture="picture" in notice))
    return found


@pytest.mark.django_db
def test_what_the_checks_say_of_the_demo_town():
    """Not one false alarm: the one name is a person’s, and the long sentences are hints, no warnings."""
    said = Counter(finding.code for words in editions() for finding in policy.findings_in(words))

    assert len(editions()) > 100
    assert dict(said) == {"personal_name": 1, "long_sentences": 6}
