"""What the search reads, with the indexes that only PostgreSQL has."""

import django.contrib.postgres.search
import django.db.models.deletion
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

import updates.models.search

_INDEXES = {
    "search_words_of_entries": "updates_searchentry USING gin (vector)",
    "search_words_alike": "updates_searchword USING gin (word gin_trgm_ops)",
}


def add_indexes(apps, schema_editor):
    """Add the inverted indexes; SQLite has none and reads the words themselves."""
    if schema_editor.connection.vendor == "postgresql":
        for name, columns in _INDEXES.items():
            schema_editor.execute(f"CREATE INDEX {name} ON {columns}")


class Migration(migrations.Migration):
    dependencies = [
        ("updates", "0006_headlines"),
    ]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "notice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="updates.notice",
                    ),
                ),
                ("title", models.TextField()),
                ("summary", models.TextField()),
                ("places", models.TextField()),
                ("body", models.TextField()),
                (
                    "vector",
                    models.GeneratedField(
                        db_persist=True,
                        expression=updates.models.search.WeightedWords(),
                        output_field=django.contrib.postgres.search.SearchVectorField(null=True),
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("word", models.CharField(max_length=40, primary_key=True, serialize=False)),
            ],
        ),
        migrations.RunPython(add_indexes, migrations.RunPython.noop),
    ]
