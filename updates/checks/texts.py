"""What people will read of a notice, by the name of its field in the editor; the checks' common ground."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, TextField, URLField

from .. import lists
from ..drafting import DETAIL_MODELS
from ..models import Edition

WORDS = ("title", "summary", "body", "alt_text", "change_note")
# What is written in light Markdown and long enough to be judged as prose.
PROSE = ("summary", "body")
# What people read of the lists, as the editor names the fields of their rows ("milestones-0-title").
_SAID_IN_ROWS = {
    "milestones": ("title",),
    "decisions": ("title", "decided_by", "url"),
    "documents": ("title",),
}
_IN_A_ROW = re.compile(r"(?P<list>milestones|decisions)-\d{1,2}-(?P<column>[a-z_]+)", re.ASCII)


@dataclass(frozen=True)
class Words:
    """The texts and the addresses of a notice, saved or only typed; line breaks are "\\n"."""

    texts: dict[str, str]
    urls: dict[str, str] = field(default_factory=dict)
    has_picture: bool = False

    def __getitem__(self, name: str) -> str:
        """Return one text; an empty one for a field this kind has not."""
        return self.texts.get(name, "")


def of_edition(edition: Edition) -> Words:
    """Return what `edition` says as it is saved. Three queries, for its lists."""
    said = {name: getattr(edition, name) for name in WORDS}
    if edition.detail is not None:
        said |= {name: getattr(edition.detail, name) for name in _columns(edition.notice.kind)}
    said |= _of_rows(edition)
    return _words(said, edition.notice.kind, has_picture=edition.picture_id is not None)


def of_form(kind: str, typed: Mapping[str, Any], *, has_picture: bool) -> Words:
    """Return what somebody is typing in the editor of a notice of `kind`; nothing of it need be valid."""
    names = [*WORDS, *_columns(kind), *filter(_is_said_in_a_row, typed)]
    return _words({name: typed.get(name) for name in names}, kind, has_picture=has_picture)


def _of_rows(edition: Edition) -> dict[str, str]:
    """Return what the lists of `edition` say, by the names of the editor's fields."""
    return {
        f"{name}-{at}-{column}": row[column]
        for name, columns in _SAID_IN_ROWS.items()
        for at, row in enumerate(lists.content_of(edition, name))
        for column in columns
    }


def _is_said_in_a_row(name: str) -> bool:
    found = _IN_A_ROW.fullmatch(name)
    return found is not None and found["column"] in _SAID_IN_ROWS[found["list"]]


def _words(said: dict[str, Any], kind: str, *, has_picture: bool) -> Words:
    plain = {name: str(text or "").replace("\r\n", "\n") for name, text in said.items()}
    columns = _columns(kind).items()
    addresses = {name for name, column in columns if isinstance(column, URLField)}
    addresses |= {name for name in said if name.startswith("decisions-") and name.endswith("-url")}
    return Words(
        {name: text for name, text in plain.items() if name not in addresses},
        {name: text for name, text in plain.items() if name in addresses and text},
        has_picture,
    )


def _columns(kind: str) -> dict[str, Any]:
    """Return the free texts and addresses of a kind's details."""
    model = DETAIL_MODELS.get(kind)
    fields = model._meta.concrete_fields if model else []
    return {
        f.name: f for f in fields if isinstance(f, CharField | TextField) and not f.choices and f.editable
    }
