"""The command that reads returned mail from a Maildir or one message from standard input."""

import email
import email.policy
import mailbox
import sys
from collections import Counter
from email.message import Message
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from subscriptions import bounces

# A report quotes the mail it is about; more than this is none (bytes).
LARGEST = 1_000_000


class Command(BaseCommand):
    """Take in mail that came back."""

    help = (
        "Reads mail that came back (RFC 3464) and complaints (RFC 5965), and ends the subscriptions of "
        "mailboxes that are gone. Pipe one message to it from the mail server, or name a Maildir: what was "
        "read there counts as seen and is not read again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the Maildir."""
        parser.add_argument(
            "maildir", nargs="?", help="A Maildir; without it one message from standard input."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read, act, and say what there was. Raises CommandError for a folder that is no Maildir."""
        if options["maildir"]:
            counts = _read_maildir(Path(options["maildir"]))
        else:
            counts = Counter([_take_in(sys.stdin.buffer.read(LARGEST))])
        said = ", ".join(f"{number} {what}" for what, number in sorted(counts.items()))
        self.stdout.write(f"Read {sum(counts.values())} messages" + (f": {said}." if said else "."))


def _read_maildir(folder: Path) -> Counter[str]:
    if not (folder / "new").is_dir():
        raise CommandError(f"{folder} is no Maildir: it has no folder “new”.")
    box = mailbox.Maildir(str(folder), create=False)
    counts: Counter[str] = Counter()
    for key, message in box.iteritems():
        if "S" in message.get_flags():
            continue
        counts[_take_in(box.get_bytes(key)[:LARGEST])] += 1
        message.set_subdir("cur")
        message.add_flag("S")
        box[key] = message
    return counts


def _take_in(raw: bytes) -> str:
    message: Message = email.message_from_bytes(raw, policy=email.policy.compat32)
    return bounces.take_in(message)
