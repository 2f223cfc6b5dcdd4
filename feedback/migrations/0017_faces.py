"""Counts voices on faces of few facts each; the counts are written anew when migrating is done."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("feedback", "0016_bulk_rows"),
        ("places", "0004_postcode_has_a_ward"),
        ("updates", "0014_edition_with_area"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="tally", name="tally_week_ward"),
        migrations.RemoveIndex(model_name="tally", name="tally_notice"),
        migrations.AddField(
            model_name="tally",
            name="face",
            field=models.CharField(
                choices=[
                    ("outcome", "What became of it, by ward"),
                    ("notice", "By notice and ward"),
                    ("notice_outcome", "What became of it, by notice and ward"),
                    ("theme", "By theme and mood"),
                    ("theme_in_ward", "By theme, mood and ward"),
                ],
                default="",
                max_length=14,
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="tally",
            name="theme",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="feedback.theme",
            ),
        ),
        migrations.AlterField(
            model_name="tally",
            name="ward",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="places.ward",
            ),
        ),
        migrations.AddIndex(
            model_name="tally",
            index=models.Index(fields=["face", "week", "ward"], name="tally_face_week_ward"),
        ),
    ]
