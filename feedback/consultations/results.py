"""Counts the answers to a consultation, in a fixed number of queries; must not decide who may read them."""

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from ..enums import ItemKind, ResponseState, Sort, Via
from ..models import Consultation, Item, Option, Reply, Response, Voice

RATINGS = range(1, 6)


@dataclass(frozen=True)
class OptionCount:
    """How one option did: chosen or put in order by how many; of rankings, its points and first places."""

    option: Option
    count: int
    percent: int
    points: int = 0
    first: int = 0


@dataclass(frozen=True)
class ItemResult:
    """What came of one question: how many people answered it and what they said, as numbers."""

    item: Item
    answered: int
    options: list[OptionCount] = field(default_factory=list)
    # How many gave each rating from 1 to 5.
    ratings: list[tuple[int, int]] = field(default_factory=list)
    mean: float | None = None
    # Standard deviation: how far apart people are. 0: all agree; 2: half say 1 and half say 5.
    spread: float | None = None

    @property
    def most(self) -> int:
        """The largest number of people behind any one option."""
        return max((each.count for each in self.options), default=0)


@dataclass(frozen=True)
class Taken:
    """Who took part, as numbers: everything a reader needs to judge what the results are worth."""

    counted: int
    via: list[tuple[str, int]]
    wards: list[tuple[str, int]]
    no_ward: int
    in_burst: int
    set_aside: list[tuple[str, int]]
    unconfirmed: int

    @property
    def set_aside_count(self) -> int:
        """How many answers are not counted, for whatever reason."""
        return sum(number for _reason, number in self.set_aside)


def counted(consultation: Consultation) -> QuerySet[Response]:
    """Return the answers that count, however they came in."""
    return Response.objects.filter(consultation=consultation, state=ResponseState.COUNTED)


def taken_part(consultation: Consultation) -> Taken:
    """Return who took part. Four queries."""
    rows = counted(consultation).order_by()
    ways = dict(rows.values_list("via").annotate(Count("pk")))
    wards = rows.values_list("ward__name").annotate(number=Count("pk"))
    aside = Response.objects.filter(consultation=consultation, state=ResponseState.SET_ASIDE).order_by()
    reasons = aside.values_list("set_aside_because").annotate(Count("pk"))
    marks = Response.objects.filter(consultation=consultation).aggregate(
        in_burst=Count("pk", filter=Q(is_in_burst=True, state=ResponseState.COUNTED)),
        unconfirmed=Count("pk", filter=Q(state=ResponseState.UNCONFIRMED)),
    )
    named = {name: number for name, number in wards if name}
    return Taken(
        counted=sum(ways.values()),
        via=[(str(Via(way).label), ways[way]) for way in Via.values if way in ways],
        wards=sorted(named.items()),
        no_ward=sum(ways.values()) - sum(named.values()),
        set_aside=sorted(reasons, key=lambda each: (-each[1], each[0])),
        **marks,
    )


def of_items(consultation: Consultation, *, via: str = "", ward: int | None = None) -> list[ItemResult]:
    """Return what came of each question, in order, of every counted answer or of one way or ward only.

    Five queries, however many answers there are.
    """
    items = list(consultation.items.prefetch_related("options"))
    among = Q(response__consultation=consultation, response__state=ResponseState.COUNTED)
    among &= (Q(response__via=via) if via else Q()) & (Q(response__ward=ward) if ward else Q())
    replies = _replies(among)
    answered = _answered(among) | _written(among)
    return [_result(item, replies[item.pk], answered.get(item.pk, 0)) for item in items]


# (option, number) -> how many answers say so, for one question.
_Counts = Counter[tuple[int | None, int | None]]


def _replies(among: Q) -> dict[int, _Counts]:
    rows = Reply.objects.filter(among).order_by().values_list("item", "option", "number")
    found: dict[int, _Counts] = defaultdict(Counter)
    for item, option, number, count in rows.annotate(Count("pk")):
        found[item][(option, number)] = count
    return found


def _answered(among: Q) -> dict[int, int]:
    rows = Reply.objects.filter(among).exclude(item__kind=ItemKind.TEXT).order_by().values_list("item")
    return dict(rows.annotate(Count("response", distinct=True)))


def _written(among: Q) -> dict[int, int]:
    """Return how many wrote something to each question in their own words, shown or not."""
    rows = Voice.objects.filter(among, sort=Sort.REMARK, item__isnull=False).order_by().values_list("item")
    return dict(rows.annotate(Count("response", distinct=True)))


def _result(item: Item, counts: _Counts, answered: int) -> ItemResult:
    if item.kind == ItemKind.RATING:
        given = {number: counts[(None, number)] for number in RATINGS}
        mean, spread = mean_and_spread(given)
        return ItemResult(item, answered, ratings=list(given.items()), mean=mean, spread=spread)
    options = list(item.options.all())
    if item.kind == ItemKind.RANKING:
        return ItemResult(item, answered, options=_ranked(options, counts, answered))
    chosen = {option.pk: counts[(option.pk, None)] for option in options}
    return ItemResult(item, answered, options=[_count(each, chosen[each.pk], answered) for each in options])


def _count(option: Option, count: int, answered: int) -> OptionCount:
    return OptionCount(option, count, percent(count, answered))


def _ranked(options: list[Option], counts: _Counts, answered: int) -> list[OptionCount]:
    """Return the options with their points, the one with most points first."""
    places = {option.pk: _places(option.pk, counts) for option in options}
    rows = [
        OptionCount(
            option,
            sum(places[option.pk].values()),
            percent(places[option.pk][1], answered),
            points=borda(places[option.pk], len(options)),
            first=places[option.pk][1],
        )
        for option in options
    ]
    return sorted(rows, key=lambda row: (-row.points, -row.first, row.option.number))


def _places(option: int, counts: _Counts) -> Counter[int]:
    return Counter({place: count for (which, place), count in counts.items() if which == option and place})


def borda(places: Counter[int], options: int) -> int:
    """Return an option's points: one for each option it was put before, summed over all who answered.

    Borda's count: of four options the first place gives 3 points, the last none. An option somebody did not
    place gets nothing from them.
    """
    return sum(max(0, options - place) * count for place, count in places.items())


def mean_and_spread(given: dict[int, int]) -> tuple[float | None, float | None]:
    """Return the mean of ratings and their standard deviation; (None, None) when nobody rated."""
    total = sum(given.values())
    if not total:
        return None, None
    mean = sum(rating * count for rating, count in given.items()) / total
    variance = sum(count * (rating - mean) ** 2 for rating, count in given.items()) / total
    return mean, math.sqrt(variance)


def percent(part: int, whole: int) -> int:
    """Return `part` in whole per cent of `whole`, rounded half up; 0 of nothing."""
    return (200 * part + whole) // (2 * whole) if whole else 0
