"""Writes the row of a mail to one person, once; must not send it (tasks does) nor compose its words."""

import secrets
from typing import Any

from django.db import transaction

from . import identity
from .enums import LetterPurpose
from .models import Letter
from .signals import letter_written


def write(purpose: LetterPurpose, message: dict[str, str], *, once: str, **about: Any) -> Letter:
    """Keep one mail for the workers and return its row; the same `once` returns the row there is.

    `message` is the frozen mail: to, subject, text, html. `about` are the columns of Letter it belongs to
    (answer, voice, response, consultation, reader). Part of the caller's transaction; the workers hear of it
    after the commit, and the sweep finds it if they do not.
    """
    row, is_new = Letter.objects.get_or_create(
        once=once,
        defaults={
            "purpose": purpose,
            "key": f"{purpose.value}-{secrets.token_hex(12)}",
            "payload": message,
            "person": identity.person(message["to"]),
            **about,
        },
    )
    if is_new:
        transaction.on_commit(lambda: letter_written.send(Letter, letter=row), robust=True)
    return row
