"""The reading side of the staff's pages about wards; the lookup of places stands in lookup.py."""

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from .models import Postcode, Street, Ward


def wards_with_counts() -> QuerySet[Ward]:
    """Return the wards with `streets_known`, `postcodes_known` and `has_boundary`. Two queries when read."""
    return (
        Ward.objects.annotate(
            streets_known=_count(Street), postcodes_known=_count(Postcode), has_boundary=~Q(boundary=[])
        )
        .defer("boundary")
        .prefetch_related("councillors")
    )


def _count(model: type[Street] | type[Postcode]) -> Coalesce:
    # A subquery for each: two joins would multiply the rows before they are counted.
    rows = model.objects.filter(ward=OuterRef("pk")).order_by().values("ward")
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number")), 0)
