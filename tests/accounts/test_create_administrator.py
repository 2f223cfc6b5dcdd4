"""The first person of a new portal: made once, at the server, and nobody after them that way."""

import pytest
from django.core.management import CommandError, call_command

from accounts.enums import Role
from accounts.models import User
from audit.models import Event
from tests import factories

pytestmark = pytest.mark.django_db
COMMAND = "accounts.management.commands.create_administrator.getpass"


@pytest.fixture
def type_password(monkeypatch):
    def typed(*answers: str) -> None:
        queue = list(answers)
        monkeypatch.setattr(COMMAND, lambda prompt: queue.pop(0))

    return typed


def test_first_administrator_can_sign_in_and_is_in_the_trail(type_password):
    type_password("a long enough secret", "a long enough secret")

    call_command("create_administrator", "Ada.Min@riverbank.example", "Ada Min")
    person = User.objects.get()
    assert person.email == "ada.min@riverbank.example"
    assert person.check_password("a long enough secret")
    assert list(person.memberships.values_list("role", flat=True)) == [Role.ADMINISTRATOR]
    assert Event.objects.get(action="person.created").target_label == "Ada Min"


@pytest.mark.parametrize(
    ("email", "answers", "sentence"),
    [
        ("ada@riverbank.example", ("one secret here", "another secret"), "differ"),
        ("ada@riverbank.example", ("12345678", "12345678"), "password"),
        ("no address", ("a long enough secret", "a long enough secret"), "valid email"),
    ],
)
def test_what_cannot_be_is_refused_in_words(type_password, email, answers, sentence):
    type_password(*answers)

    with pytest.raises(CommandError, match=sentence):
        call_command("create_administrator", email, "Ada Min")

    assert not User.objects.exists()


def test_second_one_is_invited_instead(type_password):
    factories.member(factories.team("Digital", []), Role.ADMINISTRATOR)

    with pytest.raises(CommandError, match="ask them for an invitation"):
        call_command("create_administrator", "eve@riverbank.example", "Eve Intruder")
