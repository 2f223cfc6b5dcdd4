"""Copy from the live edition whether a notice concerns the whole borough, for the list of a ward."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def copy(apps, schema_editor):
    Notice, Edition = apps.get_model("updates", "Notice"), apps.get_model("updates", "Edition")
    # Without an order: the usual one joins the notices again, and the reference would mean that join.
    live = Edition.objects.filter(pk=OuterRef("live_edition_id")).order_by().values("is_borough_wide")[:1]
    Notice.objects.filter(live_edition__isnull=False).update(is_borough_wide=Subquery(live))


class Migration(migrations.Migration):
    dependencies = [("updates", "0002_lists_for_residents")]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="is_borough_wide",
            field=models.BooleanField(
                default=False, editable=False, verbose_name="concerns the whole borough?"
            ),
        ),
        migrations.RunPython(copy, migrations.RunPython.noop),
    ]
