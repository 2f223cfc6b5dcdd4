"""The paper form of a consultation: numbered as on the screen, printed from the browser; takes no answers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from updates.views.public.page import residents_page, respond

from ..consultations import showing
from ..enums import Access
from ..models import Consultation

# Empty lines under a question to be answered in words; more fit on another sheet.
LINES = range(8)
RATINGS = range(1, 6)


@residents_page
def form(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the form in usual print. Four queries."""
    return _form(reference, "consultations:paper", is_large=False)


@residents_page
def large_form(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the form in large print. Four queries."""
    return _form(reference, "consultations:large_paper", is_large=True)


def _form(reference: str, name: str, *, is_large: bool) -> HttpResponse:
    shown = showing.public().filter(reference=reference).first()
    if shown is None or showing.standing(shown) not in ("coming", "open"):
        raise Http404
    context = {
        "consultation": shown,
        "items": showing.items_of(shown),
        "is_large": is_large,
        "lines": LINES,
        "ratings": RATINGS,
        "needs_code": shown.access == Access.CODE,
        "nav": "say",
        "crumbs": _crumbs(shown),
    }
    return respond("feedback/consulting/paper.html", context, path=reverse(name, args=[reference]))


def _crumbs(shown: Consultation) -> list[tuple[str, str | None]]:
    return [(_("Home"), "/"), (shown.title, shown.get_absolute_url()), (_("Paper form"), None)]
