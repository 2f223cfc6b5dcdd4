"""Judges pages with html-validate: a checker of HTML nobody here wrote; must not know our pages."""

import contextlib
import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

from . import parts

Faults = dict[str, list[str]]
# What is left out is taste: it changes nothing of what a browser or a screen reader makes of the page.
_RULES = {
    "no-trailing-whitespace": "off",
    "void-style": "off",
    "long-title": "off",
    "attribute-boolean-style": "off",
    "attribute-empty-style": "off",
    "doctype-style": "off",
    "no-implicit-button-type": "off",
    "tel-non-breaking": "off",
    "no-inline-style": "error",
}


@contextlib.contextmanager
def checker() -> Iterator[Callable[[Path], Faults]]:
    """Give a function that returns what is wrong with each page of a folder. Raises PartMissing."""
    program = parts.NODE_MODULES / "html-validate" / "bin" / "html-validate.mjs"
    node = parts.node_program(parts.HTML)
    if not program.exists():
        raise parts.PartMissing(parts.why_missing(parts.HTML, "html-validate is not installed"))

    def check(folder: Path) -> Faults:
        settings = {"root": True, "extends": ["html-validate:standard"], "rules": _RULES}
        (folder / ".htmlvalidate.json").write_text(json.dumps(settings))
        # Into a file: what it writes to a pipe may be cut short.
        report = folder / "report.json"
        command = [node, program, "--formatter", f"json={report}", "--ext", "html", folder]
        subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
        return {
            Path(each["filePath"]).name: _told(each["messages"])
            for each in json.loads(report.read_text())
            if each["messages"]
        }

    yield check


def _told(messages: list[dict[str, object]]) -> list[str]:
    return [f"{each['line']}:{each['column']} {each['ruleId']}: {each['message']}" for each in messages]
