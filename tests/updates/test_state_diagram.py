"""The picture in the documents is the table's, not somebody's memory of it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def test_architecture_holds_exactly_the_printed_diagram():
    printed = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "state_diagram.py")],
        capture_output=True,
        text=True,
        check=True,
        env={"DJANGO_SETTINGS_MODULE": "council_portal.settings.test"},
    ).stdout
    document = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")

    shown = document.split("<!-- state diagram: begin -->\n")[1].split("<!-- state diagram: end -->")[0]

    assert shown == printed
