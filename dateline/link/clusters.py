"""From compared pairs to groups: in each connected part the two closest groups join while, on the whole, they agree.

The result is a function of the set of tellings and of the verdicts: the order of arrival plays no part, and a part that
a new telling does not touch comes out as before.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dateline.link.candidates import propose_pairs
from dateline.link.features import Compared, compare
from dateline.link.telling import Telling
from dateline.link.weights import Weights

Pair = tuple[int, int]
# A verdict outweighs any sum of reasons.
VERDICT = 1_000.0
# Above this an edge connects two tellings into one part; weaker ones only count when the groups are weighed.
EDGE = 0.0
# Two members of a part that no block brought together were not worth comparing: that speaks a little against.
UNCOMPARED = -1.0


@dataclass(frozen=True, slots=True)
class Grouped:
    """Groups of positions, each in order; the pairs compared inside the groups."""

    groups: tuple[tuple[int, ...], ...]
    compared: Mapping[Pair, Compared]


def group(tellings: Sequence[Telling], weights: Weights, verdicts: Mapping[frozenset[str], str]) -> Grouped:
    """`tellings` in the order of their sort key. `verdicts` maps pairs of event ids to same, different or unsure."""
    numbers = {telling.id: number for number, telling in enumerate(tellings)}
    compared = {pair: compare(tellings[pair[0]], tellings[pair[1]], weights) for pair in propose_pairs(tellings)}
    scores = {pair: result.score for pair, result in compared.items()}
    for ids, verdict in sorted(verdicts.items(), key=lambda item: sorted(item[0])):
        if verdict in ("same", "different") and len(ids) == 2 and ids <= numbers.keys():
            low, high = sorted(numbers[event_id] for event_id in ids)
            scores[low, high] = VERDICT if verdict == "same" else -VERDICT
    groups: list[tuple[int, ...]] = []
    for part in _parts(len(tellings), scores):
        groups.extend(_join(part, scores))
    groups.sort()
    return Grouped(tuple(groups), compared)


def _parts(count: int, scores: Mapping[Pair, float]) -> Iterable[list[int]]:
    """Connected parts over the edges that speak for one happening."""
    parent = list(range(count))

    def root(member: int) -> int:
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    for (left, right), score in scores.items():
        if score > EDGE:
            a, b = root(left), root(right)
            parent[max(a, b)] = min(a, b)
    parts: dict[int, list[int]] = defaultdict(list)
    for member in range(count):
        parts[root(member)].append(member)
    return parts.values()


def _join(part: Sequence[int], scores: Mapping[Pair, float]) -> list[tuple[int, ...]]:
    """Average linkage inside one part; the best pair of groups first, ties by their first members."""
    if len(part) == 1:
        return [tuple(part)]
    groups: dict[int, tuple[int, ...]] = {member: (member,) for member in part}
    sums: dict[int, dict[int, tuple[float, int]]] = defaultdict(dict)
    for i, left in enumerate(part):
        for right in part[i + 1 :]:
            score = scores.get((left, right))
            if score is not None:
                sums[left][right] = sums[right][left] = (score, 1)
    heap = [(-total, left, right) for left in part for right, (total, _n) in sums[left].items() if left < right and total > EDGE]
    heapq.heapify(heap)
    while heap:
        negative, left, right = heapq.heappop(heap)
        if left not in groups or right not in groups or _average(groups, sums, left, right) != -negative:
            continue
        for other in _merge(groups, sums, left, right):
            average = _average(groups, sums, *sorted((left, other)))
            if average > EDGE:
                heapq.heappush(heap, (-average, min(left, other), max(left, other)))
    return sorted(groups.values())


def _average(
    groups: Mapping[int, tuple[int, ...]], sums: Mapping[int, Mapping[int, tuple[float, int]]], left: int, right: int
) -> float:
    total, known = sums[left].get(right, (0.0, 0))
    pairs = len(groups[left]) * len(groups[right])
    if abs(total) > VERDICT / 2:
        return total
    return round((total + UNCOMPARED * (pairs - known)) / pairs, 6)


def _merge(groups: dict[int, tuple[int, ...]], sums: dict[int, dict[int, tuple[float, int]]], left: int, right: int) -> list[int]:
    """Put `right` into `left`; the groups whose agreement with it may have changed."""
    groups[left] = tuple(sorted((*groups[left], *groups.pop(right))))
    for other, (total, known) in sums.pop(right).items():
        sums[other].pop(right, None)
        if other == left:
            continue
        before, count = sums[left].get(other, (0.0, 0))
        sums[left][other] = sums[other][left] = (round(before + total, 6), count + known)
    return sorted(sums[left])
