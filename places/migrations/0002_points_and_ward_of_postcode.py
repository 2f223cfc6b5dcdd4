"""Gives streets and postcodes a point, and a postcode its own ward; filled by the next migration."""

import django.db.models.deletion
from django.db import migrations, models


def _degrees(label: str) -> models.FloatField:
    return models.FloatField(blank=True, null=True, verbose_name=label)


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [
        migrations.AddField("street", "longitude", _degrees("longitude")),
        migrations.AddField("street", "latitude", _degrees("latitude")),
        migrations.AddField("postcode", "longitude", _degrees("longitude")),
        migrations.AddField("postcode", "latitude", _degrees("latitude")),
        migrations.AddField(
            "postcode",
            "ward",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="postcodes",
                to="places.ward",
            ),
        ),
        migrations.AlterField(
            "postcode",
            "street",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="postcodes",
                to="places.street",
            ),
        ),
    ]
