"""Gives every published event of before the one date it then had."""

from django.db import migrations


def fill(apps, schema_editor):
    """Make one occurrence for each published event that has none: none could repeat until now."""
    Notice, Occurrence = (apps.get_model("updates", name) for name in ("Notice", "Occurrence"))
    published = Notice.objects.filter(kind="event", live_edition__event__isnull=False)
    spans = published.filter(occurrences__isnull=True).values_list(
        "pk", "live_edition__event__starts_at", "live_edition__event__ends_at"
    )
    Occurrence.objects.bulk_create(
        [Occurrence(notice_id=pk, starts_at=starts, ends_at=ends) for pk, starts, ends in spans.iterator()],
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [("updates", "0010_writing")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
