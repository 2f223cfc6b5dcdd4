"""The lists of an edition (milestones, decisions, documents): replaced, copied and told as wholes."""

from __future__ import annotations

from typing import Any

from django.db.models import Field

from accounts.enums import Kind

from .models import Decision, Document, Edition, EditionRow, Milestone

# By the name of the relation to the edition.
MODELS: dict[str, type[EditionRow]] = {"milestones": Milestone, "decisions": Decision, "documents": Document}
# Lists that only one kind of notice has: nothing is looked up for the others.
_OF_KIND = {"milestones": Kind.PROJECT, "decisions": Kind.PROJECT}
# What places a row and says nothing.
_NOT_SAID = {"id", "edition_id", "position"}


def belongs(edition: Edition, name: str) -> bool:
    """Say whether an edition of this kind of notice has list `name` at all."""
    return _OF_KIND.get(name, edition.notice.kind) == edition.notice.kind


def columns(name: str) -> list[str]:
    """Return the columns of list `name` that say something."""
    return [field.attname for field in _fields(name)]


def _fields(name: str) -> list[Field[Any, Any]]:
    return [field for field in MODELS[name]._meta.concrete_fields if field.attname not in _NOT_SAID]


def content_of(edition: Edition, name: str) -> list[dict[str, Any]]:
    """Return list `name` of `edition` as rows of JSON-able values, in order. One query, or none."""
    if not belongs(edition, name):
        return []
    fields = [field for field in _fields(name) if field.attname != "text"]
    return [
        {field.attname: field.get_prep_value(getattr(row, field.attname)) for field in fields}
        for row in getattr(edition, name).all()
    ]


def replace(edition: Edition, name: str, rows: list[dict[str, Any]]) -> None:
    """Make `rows` (columns by name) the whole of list `name`, in this order."""
    assert belongs(edition, name) or not rows, "a list that this kind of notice does not have"
    model = MODELS[name]
    model._base_manager.filter(**{"edition": edition}).delete()
    model._base_manager.bulk_create(
        model(**{"edition": edition, "position": position, **row}) for position, row in enumerate(rows)
    )


def carry_over(old: Edition, new: Edition) -> None:
    """Give `new` the lists of `old`."""
    for name in filter(lambda name: belongs(old, name), MODELS):
        rows = list(getattr(old, name).order_by("position", "pk").values(*columns(name)))
        replace(new, name, rows)
