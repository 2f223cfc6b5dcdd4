"""Puts texts that speak of the same into groups; pure functions on weighted terms.

Every text is linked to the texts nearest to it. Texts then join those they have more links with than chance
would give ("modularity", by the Louvain method, Blondel et al. 2008), and so do the groups. Nobody has to say
how many groups there are, and the same texts in the same order give the same groups.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from .vectors import Index, Vector, cosine

# A text is linked to so many of the nearest, from this nearness on, if no one is much nearer.
_NEAREST, _LEAST, _OF_THE_BEST = 25, 0.05, 0.3
# How much company a group needs: higher gives more and smaller groups. Chosen on heaps not measured on.
_FINENESS = 2.0
_ROUNDS = 20
# So near, two texts say nearly the same.
_NEARLY_THE_SAME = 0.6
# Groups speak of the same when the weightiest of their terms are so near.
_WEIGHTIEST, _SAME = 30, 0.2
# Words of what a text was written to weigh less than the writer's own.
_ASIDE = 0.4


def vectors(texts: Sequence[Sequence[str]], asides: Sequence[Sequence[str]]) -> list[Vector]:
    """Return texts as weighted terms of length 1, of their own terms and those of what they were written to.

    A term that only one text has links it to nobody and is left out.
    """
    both = [set(own) | set(aside) for own, aside in zip(texts, asides, strict=True)]
    spread = Counter(term for each in both for term in each)
    weight = {term: math.log(1 + len(texts) / number) for term, number in spread.items() if number > 1}
    return [_weighed(Counter(own), set(aside), weight) for own, aside in zip(texts, asides, strict=True)]


def _weighed(own: Counter[str], aside: set[str], weight: Mapping[str, float]) -> Vector:
    found = {term: (1 + math.log(number)) * weight[term] for term, number in own.items() if term in weight}
    for term in sorted(aside):
        if term in weight and term not in found:
            found[term] = _ASIDE * weight[term]
    return direction(found)


def direction(vector: Vector, most: int | None = None) -> Vector:
    """Return a vector at length 1, of its `most` weightiest terms or of all."""
    if most is not None:
        vector = dict(sorted(vector.items(), key=lambda pair: (-pair[1], pair[0]))[:most])
    length = math.sqrt(sum(value * value for value in vector.values()))
    return {term: value / length for term, value in vector.items()} if length else {}


def total(many: Iterable[Vector]) -> dict[str, float]:
    """Return the sum of vectors."""
    found: dict[str, float] = defaultdict(float)
    for vector in many:
        for term, value in vector.items():
            found[term] += value
    return dict(found)


def groups(many: Sequence[Vector]) -> list[list[int]]:
    """Return the vectors' numbers in groups; who is near to nobody is a group alone."""
    net = _Net(_links(many), [[number] for number in range(len(many))], [0.0] * len(many))
    net = _folded(net, _much_the_same(net.links))
    while (joined := _joined(net)) is not None:
        net = joined
    return [sorted(group) for group in _merged(net.members, many)]


def _much_the_same(links: Sequence[Mapping[int, float]]) -> list[int]:
    """Return for each the first of those that say nearly the same: they belong together, however many.

    Otherwise a group that is most of the heap would be taken for what chance gives, and fall apart.
    """
    first = list(range(len(links)))
    for one in range(len(links)):
        if first[one] == one:
            _follow(one, links, first)
    return first


def _follow(one: int, links: Sequence[Mapping[int, float]], first: list[int]) -> None:
    waiting = [one]
    while waiting:
        for other, nearness in links[waiting.pop()].items():
            if nearness >= _NEARLY_THE_SAME and first[other] == other and other > one:
                first[other] = one
                waiting.append(other)


def _links(many: Sequence[Vector]) -> list[dict[int, float]]:
    """Return for each the others it is linked to: among its nearest, or it among theirs."""
    index = Index(many)
    found: list[dict[int, float]] = [{} for _vector in many]
    for number, vector in enumerate(many):
        near = index.near(vector, _LEAST, needs_two=False)
        near.pop(number, None)
        nearest = sorted(near.items(), key=lambda pair: (-pair[1], pair[0]))[:_NEAREST]
        for other, nearness in nearest:
            if nearness >= _OF_THE_BEST * nearest[0][1]:
                found[number][other] = found[other][number] = nearness
    return [dict(sorted(each.items())) for each in found]


@dataclass
class _Net:
    """Groups, the links between them, and how much each is linked within itself."""

    links: list[dict[int, float]]
    members: list[list[int]]
    within: list[float]
    degree: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.degree = [
            sum(links.values()) + 2 * within for links, within in zip(self.links, self.within, strict=True)
        ]


def _joined(net: _Net) -> _Net | None:
    """Return the net after every group joined the company it gains most from; None when nobody moved."""
    company = list(range(len(net.members)))
    weight = net.degree.copy()
    moved = [_round(net, company, weight)]
    while moved[-1] and len(moved) < _ROUNDS:
        moved.append(_round(net, company, weight))
    return _folded(net, company) if moved[0] else None


def _round(net: _Net, company: list[int], weight: list[float]) -> int:
    """Let each in turn move to the company it gains most from; return how many moved."""
    share = _FINENESS / (sum(net.degree) or 1)
    moved = 0
    for one, links in enumerate(net.links):
        here = company[one]
        weight[here] -= net.degree[one]
        drawn: dict[int, float] = defaultdict(float)
        drawn[here] = 0.0
        for other, nearness in links.items():
            drawn[company[other]] += nearness
        gain = {there: pull - share * net.degree[one] * weight[there] for there, pull in drawn.items()}
        best = max(gain, key=lambda there: (round(gain[there], 9), there == here, -there))
        weight[best] += net.degree[one]
        company[one] = best
        moved += best != here
    return moved


def _folded(net: _Net, company: Sequence[int]) -> _Net:
    """Return the net in which each company is one."""
    place = {name: number for number, name in enumerate(dict.fromkeys(company))}
    members: list[list[int]] = [[] for _name in place]
    links: list[dict[int, float]] = [defaultdict(float) for _name in place]
    within = [0.0] * len(place)
    for one, name in enumerate(company):
        here = place[name]
        members[here] += net.members[one]
        within[here] += net.within[one]
        for other, nearness in net.links[one].items():
            there = place[company[other]]
            if there == here:
                within[here] += nearness / 2
            else:
                links[here][there] += nearness
    return _Net([dict(each) for each in links], members, within)


def _merged(found: Sequence[Sequence[int]], many: Sequence[Vector]) -> list[list[int]]:
    """Put groups together whose weightiest terms are near, the nearest two first."""
    alone = [list(group) for group in found if len(group) == 1]
    sums = {number: total(many[text] for text in group) for number, group in enumerate(found)}
    live = {number: list(group) for number, group in enumerate(found) if len(group) > 1}
    top = {number: direction(sums[number], _WEIGHTIEST) for number in live}
    near = {pair: cosine(top[pair[0]], top[pair[1]]) for pair in combinations(live, 2)}
    while near:
        one, other = max(near, key=lambda pair: (near[pair], -pair[0], -pair[1]))
        if near[one, other] < _SAME:
            break
        live[one] += live.pop(other)
        sums[one] = total((sums[one], sums[other]))
        top[one] = direction(sums[one], _WEIGHTIEST)
        near = {pair: nearness for pair, nearness in near.items() if not {one, other} & set(pair)}
        near |= {
            (min(one, each), max(one, each)): cosine(top[one], top[each]) for each in live if each != one
        }
    return [*live.values(), *alone]
