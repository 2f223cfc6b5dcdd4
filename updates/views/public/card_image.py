"""The door to the preview cards, one for each edition residents have seen."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.access import public
from updates import card_image
from updates.models import Edition

# An edition never changes once it is out, so neither does its card (seconds: a year).
_FOR_GOOD = 31_536_000


@public
@require_safe
@cache_control(public=True, max_age=_FOR_GOOD, immutable=True)
def card(request: HttpRequest, reference: str, number: int) -> HttpResponseBase:
    """Return the card of a published edition as PNG; of none that was withdrawn. One query."""
    seen = Edition.objects.filter(published_at__isnull=False, notice__withdrawn_at__isnull=True)
    details = seen.select_related("notice", "outage", "event", "project")
    edition = details.filter(notice__reference=reference, number=number).first()
    if edition is None:
        raise Http404
    tag = f'"{reference}-{number}-{card_image.DESIGN}"'
    # Who has it already costs no drawing.
    if unchanged := get_conditional_response(request, etag=tag):
        return unchanged
    drawn = card_image.png(card_image.card_of(edition))
    return HttpResponse(drawn, content_type="image/png", headers={"ETag": tag})
