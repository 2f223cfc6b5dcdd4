"""What waits for somebody as the second person; reads only."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from .. import permissions
from ..enums import Stage
from ..models import Consultation, Extension, Outcome


def for_second_person(user: Any) -> QuerySet[Consultation]:
    """Return the consultations in which `user` may publish or agree to something they did not write."""
    to_publish = Q(stage=Stage.SUBMITTED) & ~Q(written_by=user.pk) & ~Exists(_wrote(Consultation, user))
    waits = to_publish | Exists(_longer(user)) | Exists(_outcomes(user))
    return Consultation.objects.filter(waits, team__in=permissions.letting_out_teams(user))


def open_extension(consultation: Consultation) -> Extension | None:
    """Return the later closing time that waits for a second person, or None. One query."""
    rows = consultation.extensions.filter(agreed_at__isnull=True, refused_at__isnull=True)
    return rows.select_related("asked_by").first()


def _longer(user: Any) -> QuerySet[Extension]:
    rows = Extension.objects.filter(consultation=OuterRef("pk"), consultation__stage=Stage.OPEN)
    return rows.filter(agreed_at__isnull=True, refused_at__isnull=True).exclude(asked_by=user.pk)


def _outcomes(user: Any) -> QuerySet[Outcome]:
    rows = Outcome.objects.filter(consultation=OuterRef("pk"), consultation__stage=Stage.CLOSED)
    offered = rows.filter(offered_at__isnull=False, published_at__isnull=True).exclude(written_by=user.pk)
    return offered.filter(~Exists(_wrote(Outcome, user)))


def _wrote(model: type[Consultation] | type[Outcome], user: Any) -> QuerySet[Any]:
    """Return the row that says `user` wrote a part of the row asked about."""
    through = model.contributors.through
    return through.objects.filter(**{model._meta.model_name or "": OuterRef("pk"), "user": user.pk})
