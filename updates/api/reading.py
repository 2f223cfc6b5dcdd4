"""The addresses of the API and what each reads; the shapes are elsewhere."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from ninja.errors import HttpError
from pydantic import BeforeValidator, Field

from places import lookup
from places.models import Ward

from .. import concerns, queries
from ..models import Document, Notice, NoticeQuerySet
from ..search.asked import Asked
from ..search.finding import search
from ..search.narrowing import narrowed
from . import schemas, shapes

router = Router()
MOST_PLACES = 10
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LONGEST_PLACE = 100
_WRONG = {422: schemas.Problem, 429: schemas.Problem}
_UNKNOWN = {404: schemas.Problem}


def _iso_only(value: object) -> object:
    """Refuse a number where a day belongs: it would be read as seconds since 1970."""
    if isinstance(value, str) and not _ISO_DAY.fullmatch(value):
        raise ValueError(_("Write the day like 2026-11-22."))
    return value


Day = Annotated[date, BeforeValidator(_iso_only)]


class Asking(Schema):
    """What a list of notices may be narrowed by."""

    kind: schemas.Kind | None = None
    ward: Annotated[str, Field(max_length=80, description="The slug of a ward, see /wards.")] = ""
    state: Annotated[str, Field(pattern="^(current|ended|all)$")] = "current"
    q: Annotated[str, Field(max_length=200, description="Words to search for; the best match first.")] = ""
    since: Annotated[Day | None, Field(description="Updated on this day or later.")] = None
    until: Annotated[Day | None, Field(description="Updated on this day or earlier.")] = None
    page: Annotated[int, Field(ge=1, le=100_000)] = 1
    page_size: Annotated[int, Field(ge=1, le=100)] = 20


@router.get(
    "/notices",
    response={200: schemas.NoticePage, **_UNKNOWN, **_WRONG},
    summary="List or search notices",
    operation_id="listNotices",
)
def notices(request: HttpRequest, asking: Query[Asking]) -> dict[str, Any]:
    """Return live notices, the latest first, or by rank when searched; withdrawn ones are left out."""
    asked = Asked(asking.q, asking.kind or "", _ward(asking.ward), asking.state, asking.since, asking.until)
    found = search(asked).keys if asked.words else narrowed(asked).values_list("pk", flat=True)
    pages: Paginator[int] = Paginator(found, asking.page_size)
    if asking.page > pages.num_pages:
        raise HttpError(404, _("There are only %(count)s pages.") % {"count": pages.num_pages})
    page = pages.page(asking.page)
    return {
        "items": _shown(list(page)),
        "total": pages.count,
        "page": asking.page,
        "pages": pages.num_pages,
        "next": _address(request, asking.page + 1) if page.has_next() else None,
        "previous": _address(request, asking.page - 1) if page.has_previous() else None,
    }


@router.get(
    "/notices/{reference}",
    response={200: schemas.NoticeWhole, **_UNKNOWN, **_WRONG},
    summary="One notice with its text and history",
    operation_id="readNotice",
)
def notice(request: HttpRequest, reference: Annotated[str, Field(max_length=20)]) -> dict[str, Any]:
    """Return a published notice, also an ended or a withdrawn one."""
    published = _whole(Notice.objects.published()).filter(reference=_storable(reference).upper())
    found = published.first()
    if found is None:
        raise HttpError(404, _("There is no notice with this reference."))
    return shapes.whole(found, queries.public_editions(found.reference))


@router.get(
    "/wards",
    response={200: list[schemas.WardOut], **_WRONG},
    summary="The wards of the borough",
    operation_id="listWards",
)
def wards(request: HttpRequest) -> list[dict[str, Any]]:
    """Return every ward by name."""
    return [shapes.ward(ward) for ward in Ward.objects.defer("boundary")]


@router.get(
    "/wards/{slug}",
    response={200: schemas.WardWhole, **_UNKNOWN, **_WRONG},
    summary="One ward with its boundary",
    operation_id="readWard",
)
def ward(request: HttpRequest, slug: Annotated[str, Field(max_length=80)]) -> dict[str, Any]:
    """Return a ward and its boundary as GeoJSON."""
    found = _ward(slug)
    if found is None:
        raise HttpError(404, _("There is no such ward."))
    boundary = {"type": "MultiPolygon", "coordinates": found.boundary}
    return {**shapes.ward(found), "boundary": boundary}


@router.get(
    "/affects",
    response={200: schemas.AffectsOut, **_WRONG},
    summary="What concerns some places",
    operation_id="readAffects",
)
def affects(
    request: HttpRequest,
    place: Annotated[
        list[str], Query(min_length=1, max_length=MOST_PLACES, description="Postcodes, streets or wards.")
    ],
) -> dict[str, Any]:
    """Return the current notices that concern each place, and those for the whole borough. A street that lies
    in several wards is several places."""
    read = lookup.find_all([_storable(text)[:_LONGEST_PLACE] for text in place])
    affected = concerns.notices_for([found for some in read for found in some])
    told = [each.notice for found in affected.places for each in found.concerns]
    shown = _by_key({each.pk for each in (*affected.everywhere, *told)})
    return {
        "everywhere": [shown[each.pk] for each in affected.everywhere if each.pk in shown],
        "places": [_place(found, shown) for found in affected.places],
        "unknown": [text for text, some in zip(place, read, strict=True) if not some],
    }


def _place(found: concerns.Found, shown: dict[int, dict[str, Any]]) -> dict[str, Any]:
    return {
        "place": found.place.label,
        "ward": shapes.ward(found.place.ward),
        "notices": [shown[each.notice.pk] for each in found.concerns if each.notice.pk in shown],
        "has_more": found.has_more,
    }


def _ward(slug: str) -> Ward | None:
    if not slug:
        return None
    found = Ward.objects.filter(slug=_storable(slug)).first()
    if found is None:
        raise HttpError(404, _("There is no such ward."))
    return found


def _storable(text: str) -> str:
    return text.replace("\x00", "")


def _whole(notices: NoticeQuerySet) -> NoticeQuerySet:
    # The text of a document is for the checks and may be long.
    documents = Prefetch("live_edition__documents", Document.objects.defer("text"))
    rows = ("live_edition__streets", "live_edition__milestones", "live_edition__decisions")
    return notices.with_live_edition().prefetch_related(*rows, documents)


def _shown(keys: list[int]) -> list[dict[str, Any]]:
    """Return the notices with these keys, in the same order."""
    shown = _by_key(keys)
    return [shown[key] for key in keys if key in shown]


def _by_key(keys: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return the shapes of notices by their keys, with everything they need. Six queries."""
    return {key: shapes.notice(found) for key, found in _whole(Notice.objects.all()).in_bulk(keys).items()}


def _address(request: HttpRequest, page: int) -> str:
    query = request.GET.copy()
    query["page"] = str(page)
    return f"{settings.PORTAL_URL}{request.path}?{query.urlencode()}"
