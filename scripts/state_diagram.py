"""Prints the state diagram of an edition as Mermaid, from the workflow's own table; writes no file."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))


def diagram() -> str:
    """Return the diagram: one arrow for each way from status to status, labelled with its moves."""
    from updates.enums import Status
    from updates.transitions import REPLACED_BY_NEWER, TRANSITIONS

    arrows: dict[tuple[str, str], list[str]] = {}
    for move in TRANSITIONS.values():
        for source in sorted(move.sources, key=list(Status).index):
            arrows.setdefault((source, move.target or source), []).append(_label(move))
    for source in REPLACED_BY_NEWER:
        arrows[source, Status.SUPERSEDED] = ["a newer edition goes live"]
    lines = [f"    {source} --> {target}: {', '.join(labels)}" for (source, target), labels in arrows.items()]
    ends = [f"    {status} --> [*]" for status in Status if not any(source == status for source, _ in arrows)]
    return "\n".join(["stateDiagram-v2", f"    [*] --> {Status.DRAFT}", *sorted(lines), *ends])


def _label(move: object) -> str:
    name = str(move.action).replace("_", " ")  # type: ignore[attr-defined]
    return f"{name} (by the clock)" if move.right == "system" else name  # type: ignore[attr-defined]


def main() -> None:
    """Set Django up far enough for the table's translated labels, and print."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "council_portal.settings.dev")
    print(f"```mermaid\n{diagram()}\n```")


if __name__ == "__main__":
    main()
