"""Tells what happened around the demo town's words: me too, photos, objections, ready-made answers."""

import uuid
from functools import partial
from typing import Any

from feedback import answer_templates, me_too, objecting, photo_moderation, photos
from feedback.models import Objection, Voice
from feedback.photo_grid import Area
from updates.pictures import Encoded

from . import data
from .notices import Step, Town

_NAMESPACE = uuid.UUID("8a0d7c55-1f0e-4a3e-8d52-6b1f0c0ffee5")


def picture(row: dict[str, Any]) -> Encoded | None:
    """Return the photo somebody sent with their words, made as small and as bare as the form makes it."""
    if "photo" not in row:
        return None
    path = data.picture(row["photo"])
    with path.open("rb") as file:
        return photos.check(file, path.stat().st_size)


def show_picture(town: Town, row: dict[str, Any], voice: Voice) -> None:
    """Let the moderator who showed the words show the photo, with what is to be hidden filled."""
    if "photo_shows" in row:
        photo_moderation.show(
            voice,
            by=town.people[row["moderator"]],
            seen_version=voice.version,
            alt_text=row["photo_shows"],
            areas=[Area(*each) for each in row.get("photo_areas", [])],
        )


def press_me_too(row: dict[str, Any], voice: Voice) -> None:
    """Let others say that they ask the same."""
    for number in range(row.get("me_too", 0)):
        me_too.add(voice, key=uuid.uuid5(_NAMESPACE, f"{voice.reference} {number}"))  # type: ignore[arg-type]


def object_to_hiding(row: dict[str, Any], voice: Voice) -> None:
    """The writer objects, in their own words."""
    objecting.make(voice, row["objection"])


def decide_objection(town: Town, row: dict[str, Any], voice: Voice) -> None:
    """Somebody who did not hide the words decides."""
    voice.refresh_from_db()
    objecting.decide(
        Objection.objects.get(voice=voice),
        by=town.people[row["objection_by"]],
        outcome=row["objection_outcome"],
        because=row["objection_because"],
        seen_version=voice.version,
    )


def ready_answers(town: Town) -> list[Step]:
    """Return how the teams' ready-made answers were written."""
    at = town.calendar.moment("-60d 10:00")
    rows = data.templates()["ready_answer"]
    return [Step(at, 0, f"ready answer {row['name']}", partial(_write, town, row)) for row in rows]


def _write(town: Town, row: dict[str, Any]) -> None:
    team = town.teams[row["team"]] if "team" in row else None
    answer_templates.save(None, by=town.people[row["by"]], team=team, name=row["name"], text=row["text"])
