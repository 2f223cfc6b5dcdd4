"""The home page: what is wrong, what is on, where the town is heading."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from updates import cards, queries
from updates.filters import PlaceForm

from .page import residents_page, respond


@residents_page
def home(request: HttpRequest) -> HttpResponse:
    """Show the home page. Seven queries, whatever the number of notices."""
    context = {
        "outages": [cards.outage_card(notice) for notice in queries.current_outages()],
        "events": [cards.event_row(notice) for notice in queries.coming_events()],
        "horizons": [
            (horizon.label, [cards.project_row(notice) for notice in found])
            for horizon, found in queries.projects_by_horizon()
        ],
        "news": [cards.news_card(notice) for notice in queries.latest_news()],
        "place_form": PlaceForm(),
    }
    return respond("updates/home.html", context, path=reverse("updates:home"))
