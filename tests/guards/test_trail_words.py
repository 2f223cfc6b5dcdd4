"""Every event that any code can write into the trail has words on the pages that show it."""

import ast
from collections.abc import Iterator

import pytest
from django.conf import settings

from accounts.trail_words import ACTIONS, GROUPS, in_words
from feedback.consultations.transitions import Act
from feedback.enums import Sort
from feedback.moderation import Decision
from updates.transitions import Action

ROOMS = (
    "accounts",
    "audit",
    "council_portal",
    "feedback",
    "outbox",
    "places",
    "social",
    "subscriptions",
    "updates",
)
WRITERS = {"record", "_decide"}
# Names put together while running, by how the code puts them together.
COMPOSED = {
    "f'consultation.{act}'": {f"consultation.{act}" for act in Act},
    "f'edition.{transition.action}'": {f"edition.{action}" for action in Action},
    "f'{row.sort}.{decision.value}'": {f"{sort}.{each.value}" for sort in Sort for each in Decision},
    "f'{row.sort}.trusted'": {"question.trusted", "feedback.trusted"},
    "f'{made.sort}.turned'": {"question.turned", "feedback.turned"},
    "f'{self.name}.imported'": {"postcodes.imported", "streets.imported"},
    "verb": {"team.created", "team.changed"},
    "action": {"answer.given", "answer.corrected"},
    "event": {"voice.photo_shown", "voice.photo_hidden"},
}


def _calls() -> Iterator[tuple[str, ast.expr]]:
    for room in ROOMS:
        for path in (settings.BASE_DIR / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in WRITERS:
                    yield node.func.id, node.args[0]


def _written() -> set[str]:
    names: set[str] = set()
    for writer, argument in _calls():
        if isinstance(argument, ast.Constant):
            names.add(str(argument.value))
        elif writer == "record":
            names |= COMPOSED[ast.unparse(argument)]
    return names


def test_every_event_has_its_words_and_no_words_are_left_over():
    assert sorted(ACTIONS) == sorted(_written())


def test_every_group_of_events_has_its_words():
    assert sorted(GROUPS) == sorted({action.partition(".")[0] for action in ACTIONS})


@pytest.mark.parametrize(
    ("action", "words"),
    [
        ("notice.owner", "Notice given to another owner"),
        ("notice", "Notices"),
        ("old.name_kept", "Old: name kept"),
    ],
)
def test_action_in_words(action, words):
    assert in_words(action) == words
