"""What a check says of an edition; plain data that every room may make."""

from dataclasses import dataclass

BLOCK = "block"
WARN = "warn"


@dataclass(frozen=True)
class Finding:
    """What a check found: `level` is BLOCK (refuses) or WARN (needs the approver's written reason)."""

    code: str
    level: str
    message: str
    where: str = ""
