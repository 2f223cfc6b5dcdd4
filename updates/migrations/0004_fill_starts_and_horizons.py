"""Copy from the live edition when an event starts and a project's horizon, for the lists by date and by horizon."""

from django.db import migrations
from django.db.models import OuterRef, Subquery


def copy(apps, schema_editor):
    Notice = apps.get_model("updates", "Notice")
    for kind, detail, name in [
        ("event", "EventDetail", "starts_at"),
        ("project", "ProjectDetail", "horizon"),
    ]:
        # Without an order: a usual one may join the notices again, and the reference would mean that join.
        rows = apps.get_model("updates", detail).objects.order_by()
        value = Subquery(rows.filter(pk=OuterRef("live_edition_id")).values(name)[:1])
        Notice.objects.filter(kind=kind, live_edition__isnull=False).update(**{name: value})


class Migration(migrations.Migration):
    dependencies = [("updates", "0003_notice_is_borough_wide")]

    operations = [migrations.RunPython(copy, migrations.RunPython.noop)]
