"""Wards, streets, postcodes and who represents a ward; the only owner of geography."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Ward(models.Model):
    """An electoral area of the borough."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    code = models.CharField(_("code"), max_length=20, unique=True)
    population = models.PositiveIntegerField(_("people living there"), default=0)
    # Polygons as GeoJSON's MultiPolygon lists them: each a list of closed rings (the edge, then the holes) of
    # [longitude, latitude] pairs in degrees (WGS 84). Empty when nobody has imported it.
    boundary = models.JSONField(_("boundary"), default=list)
    councillors = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Seat", related_name="wards")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """One councillor's seat in one ward."""

    ward = models.ForeignKey(Ward, on_delete=models.PROTECT, related_name="seats")
    councillor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="seats")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward", "councillor"], name="one_seat_per_person_and_ward")
        ]

    def __str__(self) -> str:
        return f"{self.councillor} for {self.ward}"


class Located(models.Model):
    """What may have a point on the map, in degrees (WGS 84); both columns or neither are filled."""

    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def point(self) -> tuple[float, float] | None:
        """Return longitude and latitude, or None where nobody knows them."""
        if self.longitude is None or self.latitude is None:
            return None
        return self.longitude, self.latitude


class Street(Located):
    """A street, in one ward; a street that crosses a boundary is listed in each."""

    ward = models.ForeignKey(Ward, on_delete=models.PROTECT, related_name="streets")
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["ward", "name"], name="one_street_name_per_ward")]

    def __str__(self) -> str:
        return self.name


class Postcode(Located):
    """A postcode, written without its space, in one ward; its street is known where somebody listed it."""

    code = models.CharField(_("postcode"), max_length=8, unique=True)
    ward = models.ForeignKey(Ward, on_delete=models.PROTECT, related_name="postcodes")
    street = models.ForeignKey(
        Street, null=True, blank=True, on_delete=models.PROTECT, related_name="postcodes"
    )

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code[:-3]} {self.code[-3:]}"


class Feature(models.Model):
    """A line or area drawn on every map for orientation: the river, the borough's edge."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    # [longitude, latitude] pairs in degrees (WGS 84).
    points = models.JSONField(_("points"), default=list)
    is_area = models.BooleanField(_("is it an area?"), default=True)

    def __str__(self) -> str:
        return self.name
