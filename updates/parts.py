"""The register of what other rooms add to an edition; updates asks it and never sees those rooms.

A room above (social, say) registers one part from its AppConfig.ready(). From then on the part's
content is covered by approval, its findings stand among the checks, and it is carried along when a
new edition starts from an old one.
"""

from typing import Protocol

from .finding import Finding
from .models import Edition


class EditionPart(Protocol):
    """What a room contributes to an edition."""

    name: str

    def digest(self, edition: Edition) -> object:
        """Return, as JSON-able data, exactly what the part will show or send for `edition`."""

    def findings(self, edition: Edition) -> list[Finding]:
        """Return what the part's own checks found."""

    def copy(self, old: Edition, new: Edition) -> None:
        """Carry the part's rows over from `old` to `new`."""


_parts: dict[str, EditionPart] = {}


def register(part: EditionPart) -> None:
    """Add `part`; registering the same name again replaces it, so that a reload is harmless."""
    _parts[part.name] = part


def registered() -> list[EditionPart]:
    """Return the registered parts in the order of their names, so that a digest is stable."""
    return [_parts[name] for name in sorted(_parts)]
