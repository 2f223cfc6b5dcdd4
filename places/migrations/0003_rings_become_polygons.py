"""Turns a ward's one open ring into a list of polygons with closed rings; gives each postcode its ward."""

from typing import Any

from django.db import migrations
from django.db.models import OuterRef, Subquery


def forwards(apps: Any, _schema: Any) -> None:
    """Wrap every boundary that is still a plain ring, and copy the street's ward to its postcodes."""
    ward_model = apps.get_model("places", "Ward")
    for ward in ward_model.objects.exclude(boundary=[]):
        if _is_ring(ward.boundary):
            ring = ward.boundary
            ward.boundary = [[ring if ring[0] == ring[-1] else [*ring, ring[0]]]]
            ward.save(update_fields=["boundary"])
    postcode, street = apps.get_model("places", "Postcode"), apps.get_model("places", "Street")
    ward_of_street = street.objects.filter(pk=OuterRef("street_id")).values("ward_id")[:1]
    postcode.objects.filter(ward=None).update(ward_id=Subquery(ward_of_street))


def backwards(apps: Any, _schema: Any) -> None:
    """Keep the edge of a boundary's first polygon; holes and islands are lost."""
    for ward in apps.get_model("places", "Ward").objects.exclude(boundary=[]):
        ward.boundary = ward.boundary[0][0][:-1]
        ward.save(update_fields=["boundary"])


def _is_ring(boundary: list[Any]) -> bool:
    return isinstance(boundary[0][0], int | float)


class Migration(migrations.Migration):
    dependencies = [("places", "0002_points_and_ward_of_postcode")]

    operations = [migrations.RunPython(forwards, backwards)]
