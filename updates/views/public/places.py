"""Several places on one page: what concerns each of them now. The places stand in the address only."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import is_valid_path, reverse
from django.utils.translation import gettext as _

from places import lookup
from places.lookup import Place
from places.models import Ward
from updates import cards, concerns
from updates.filters import MAX_PLACE

from .page import residents_page, respond

MOST = 10
# The room above that sends mail; it may not be installed.
SUBSCRIBE = "/subscribe/"


@dataclass
class Asked:
    """The places an address names, in its order, and what could not be used of it."""

    places: list[Place] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    # What led nowhere, put back into the box to be mended.
    typed: str = ""

    @property
    def keys(self) -> list[str]:
        """Return the places as they stand in an address."""
        return [place.key for place in self.places]

    def path(self, *, plus: str = "", without: str = "") -> str:
        """Return the page's address, with one more place or without one of them."""
        keys = [key for key in self.keys if key != without]
        keys += [plus] if plus and plus not in keys else []
        query = urlencode([("place", key) for key in keys])
        return f"{reverse('updates:places')}?{query}".rstrip("?")


@residents_page
def places(request: HttpRequest) -> HttpResponse:
    """Show what concerns each place, or what nobody can find; thirteen queries at most."""
    asked = read(request.GET.getlist("place"))
    wards = list(Ward.objects.defer("boundary"))
    chosen = [(ward.name, asked.path(plus=ward.slug)) for ward in wards if ward.slug not in asked.keys]
    context = {
        "asked": asked,
        "wards": chosen if len(asked.places) < MOST else [],
        "most": MOST,
        "longest": MAX_PLACE,
        "nav": "places",
        "banner_places": asked.places or None,
        **(_affected(asked) if asked.places else {}),
    }
    return respond("updates/places.html", context, path=asked.path())


def read(texts: list[str]) -> Asked:
    """Return the places that `texts` name, each once; says in a sentence what it could not use."""
    texts = [text.replace("\x00", "").strip() for text in texts]
    texts = [text for text in dict.fromkeys(texts) if text]
    asked = Asked()
    # One more than fit, so that somebody who adds an eleventh hears of it.
    for text, found in zip(texts, lookup.find_all(texts[: MOST + 1]), strict=False):
        if not found:
            asked.problems.append(lookup.why_not(text))
            asked.typed = text[:MAX_PLACE]
        asked.places += [place for place in found if place.key not in asked.keys]
    if len(asked.places) > MOST or len(texts) > MOST + 1:
        words = _("This page holds %(most)s places. The others are left out: open a second page for them.")
        asked.problems.append(words % {"most": MOST})
        asked.places = asked.places[:MOST]
    return asked


def _affected(asked: Asked) -> dict[str, Any]:
    found = concerns.notices_for(asked.places)
    wards = {place.ward.slug: place.ward.name for place in asked.places}
    feed = reverse("updates:atom")
    return {
        "sections": [_section(each, asked) for each in found.places],
        "everywhere": [cards.card(notice) for notice in found.everywhere],
        "more_everywhere": found.has_more_everywhere,
        "feeds": [(name, f"{feed}?{urlencode({'ward': slug})}") for slug, name in wards.items()],
        "subscribe_url": f"{SUBSCRIBE}?{asked.path().partition('?')[2]}" if is_valid_path(SUBSCRIBE) else "",
    }


def _section(found: concerns.Found, asked: Asked) -> dict[str, Any]:
    place = found.place
    return {
        "place": place,
        "id": f"place-{place.key.replace('.', '-')}",
        "cards": [(cards.card(concern.notice), concern.words) for concern in found.concerns],
        "more_url": f"{reverse('updates:list')}?{urlencode({'ward': place.ward.slug})}"
        if found.has_more
        else "",
        "without_url": asked.path(without=place.key),
    }
