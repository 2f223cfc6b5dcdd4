"""Requires what 0003 has filled: every postcode lies in a ward."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0003_rings_become_polygons")]

    operations = [
        migrations.AlterField(
            "postcode",
            "ward",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="postcodes",
                to="places.ward",
            ),
        ),
    ]
