"""Places on a page that higher rooms fill without being imported; must know neither rooms nor their words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

# Given the page's context and the thing the page is about; returns safe HTML, or "" for nothing.
Render = Callable[[dict[str, Any], Any], str]

# Where a page has room: every residents' page (about nothing), the residents' notice page (main column and
# aside), four pages of the desk, the public record, the inbox (about nothing), the page of one
# resident's words (main column), and the administrators' list of teams (about nothing).
SLOTS = (
    "every_page",
    "notice_main",
    "notice_aside",
    "staff_notice",
    "approve_main",
    "edit_main",
    "desk_main",
    "desk",
    "record_main",
    "inbox",
    "staff_voice",
    "teams",
)


@dataclass(frozen=True)
class Part:
    """One room's contribution to one slot."""

    order: int
    name: str
    render: Render


_parts: dict[str, dict[str, Part]] = {slot: {} for slot in SLOTS}


def register(slot: str, name: str, render: Render, order: int = 0) -> None:
    """Fill `slot` with what `render` returns; lower `order` comes first. Call it from AppConfig.ready().

    A second registration under the same name replaces the first. Raises KeyError for a slot no page has.
    A part on a public slot must be a pure function of the database: no visitor, no clock.
    """
    _parts[slot][name] = Part(order, name, render)


def render(slot: str, context: dict[str, Any], about: Any) -> SafeString:
    """Return everything registered for `slot`, in order; an unsafe string is escaped."""
    parts = sorted(_parts[slot].values(), key=lambda part: (part.order, part.name))
    return format_html_join("\n", "{}", ((part.render(context, about),) for part in parts))
