"""What the search reads: the words of each live edition, and every word that occurs in any of them."""

from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Expression, GeneratedField

# The dictionary that knows plural and tense; a generated column is bound to one.
DICTIONARY = "english"
_WEIGHTS = {"title": "A", "summary": "B", "places": "B", "body": "D"}


class WeightedWords(Expression):
    """The words of four columns as PostgreSQL searches them, a title's the heaviest; nothing on SQLite."""

    output_field = SearchVectorField()

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        """Return a constant: only PostgreSQL has such words."""
        return "NULL", ()

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        """Return the vectors of the columns, joined."""
        parts = [
            f"setweight(to_tsvector('{DICTIONARY}'::regconfig, \"{column}\"), '{weight}')"
            for column, weight in _WEIGHTS.items()
        ]
        return f"({' || '.join(parts)})", ()

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """Return how a migration writes it."""
        return "updates.models.search.WeightedWords", [], {}


class SearchEntry(models.Model):
    """The words of a published notice's live edition, made anew whenever an edition goes live."""

    notice = models.OneToOneField(
        "Notice", on_delete=models.CASCADE, related_name="search_entry", primary_key=True
    )
    title = models.TextField()
    summary = models.TextField()
    # Wards, streets, the venue, the reference: what people type to find a place.
    places = models.TextField()
    body = models.TextField()
    vector = GeneratedField(
        expression=WeightedWords(), output_field=SearchVectorField(null=True), db_persist=True
    )

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """A word that occurs in some notice; a mistyped one is led to the nearest of these."""

    word = models.CharField(max_length=40, primary_key=True)

    def __str__(self) -> str:
        return self.word
