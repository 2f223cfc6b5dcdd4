"""Writes the headline of every edition there is, and leaves the emergencies of now a day in the banner."""

from datetime import timedelta

from django.db import migrations
from django.db.models import CharField, F, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.translation import gettext as _


def write(apps, schema_editor):
    """Put what changed an event before its title; everything else is called by its title."""
    Edition = apps.get_model("updates", "Edition")
    Edition.objects.update(headline=F("title"))
    said = {"cancelled": _("Cancelled"), "postponed": _("Postponed"), "moved": _("Moved")}
    for status, word in said.items():
        changed = Edition.objects.filter(pk__in=_of_events(apps, status))
        changed.update(headline=Concat(Value(f"{word}: "), F("title"), output_field=CharField()))


def keep_banners(apps, schema_editor):
    """Give every emergency that stands a day in the banner, as if it had gone live now."""
    emergencies = apps.get_model("updates", "Notice").objects.filter(urgency=2, live_edition__isnull=False)
    until = timezone.now() + timedelta(days=1)
    emergencies.filter(withdrawn_at__isnull=True, ended_at__isnull=True).update(banner_until_at=until)


def _of_events(apps, status):
    return apps.get_model("updates", "EventDetail").objects.filter(event_status=status).values("edition_id")


class Migration(migrations.Migration):
    dependencies = [("updates", "0005_notices_in_full")]

    operations = [
        migrations.RunPython(write, migrations.RunPython.noop),
        migrations.RunPython(keep_banners, migrations.RunPython.noop),
    ]
