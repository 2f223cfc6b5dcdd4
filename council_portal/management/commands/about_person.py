"""The command for people's rights: finds everything about an e-mail address, exports it, or removes it."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from updates import keeping
from updates.keeping import Held


class Command(BaseCommand):
    """Find, export or remove everything held about one e-mail address (or a name on a platform)."""

    help = (
        "Says what the portal holds about an e-mail address or a name on a platform; --export writes it to a "
        "file for the person, --erase removes it. Check first that whoever asks is that person."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address and what to do with what is found."""
        parser.add_argument("address", help="An e-mail address, or a name on a platform.")
        parser.add_argument(
            "--export", metavar="FILE", help="Write everything to this new file, as JSON; photos beside it."
        )
        parser.add_argument("--erase", action="store_true", help="Remove name and address everywhere.")
        parser.add_argument("--words", action="store_true", help="With --erase: what they wrote goes too.")
        parser.add_argument("--no-input", action="store_true", help="With --erase: do not ask again.")

    def handle(self, *_args: Any, **options: Any) -> None:
        """List what is held; then export, or remove after asking."""
        if options["words"] and not options["erase"]:
            raise CommandError("--words goes with --erase.")
        address = options["address"]
        held = keeping.find(address)
        for each in held:
            self.stdout.write(f"{each.at:%Y-%m-%d %H:%M}  {each.room}: {each.kind} {each.reference}")
        self.stdout.write(f"{len(held)} found.")
        if options["export"]:
            self._export(held, Path(options["export"]))
        if options["erase"] and held:
            self._erase(address, words=options["words"], ask=not options["no_input"])

    def _export(self, held: list[Held], path: Path) -> None:
        rows = [
            {"kept in": each.room, "what": each.kind, "reference": each.reference, "at": each.at.isoformat()}
            | {"content": each.content, "files": [_beside(path, file).name for file in each.files]}
            for each in held
        ]
        try:
            with path.open("x", encoding="utf-8") as file:
                json.dump(rows, file, ensure_ascii=False, indent=2)
            for original in [file for each in held for file in each.files]:
                with _beside(path, original).open("xb") as copy:
                    copy.write(original.read_bytes())
        except OSError as error:
            raise CommandError(f"{path} could not be written: {error.strerror}.") from error
        self.stdout.write(f"Written to {path}. It holds personal data: send it safely, then delete it.")

    def _erase(self, address: str, *, words: bool, ask: bool) -> None:
        what = "their name, address and words" if words else "their name and address; their words stay"
        if ask and input(f"Remove {what}? This cannot be undone. Type yes: ").strip() != "yes":
            self.stdout.write("Nothing was removed.")
            return
        for kind, number in keeping.erase(address, words=words).items():
            self.stdout.write(f"  {kind}: {number}")
        self.stdout.write("Removed. Backups keep it until they are overwritten.")


def _beside(path: Path, original: Path) -> Path:
    """Return where a copy of one of the files goes: beside the export, under its name and the file's own."""
    return path.with_name(f"{path.stem}-{original.name}")
