"""From scored pairs to groups: in each connected part the two closest groups join while, on the whole, they agree.

The result is a function of the set of scores: order plays no part, and a part that a new pair does not touch comes out
as before.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence

Pair = tuple[int, int]
# A verdict outweighs any sum of reasons.
VERDICT = 1_000.0
# A single comparison below this keeps two groups apart, however well their other members agree.
VETO = -8.0

Sums = dict[int, dict[int, tuple[float, int, float]]]


def join_parts(count: int, scores: Mapping[Pair, float], uncompared: float) -> list[tuple[int, ...]]:
    """Groups of the positions 0 … count-1, in order. `scores` are log-odds by (smaller, larger) position; `uncompared`
    is what a pair counts that nothing brought together."""
    groups: list[tuple[int, ...]] = []
    for members, edges in _parts(count, scores):
        groups.extend(_join(members, edges, uncompared) if edges else [tuple(members)])
    return sorted(groups)


def _parts(count: int, scores: Mapping[Pair, float]) -> list[tuple[list[int], list[tuple[Pair, float]]]]:
    """Connected parts over the pairs that speak for one happening, each with all scores inside it."""
    parent = list(range(count))

    def root(member: int) -> int:
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    for (left, right), score in scores.items():
        if score > 0:
            a, b = root(left), root(right)
            parent[max(a, b)] = min(a, b)
    members: dict[int, list[int]] = defaultdict(list)
    for member in range(count):
        members[root(member)].append(member)
    edges: dict[int, list[tuple[Pair, float]]] = defaultdict(list)
    for pair, score in scores.items():
        if root(pair[0]) == root(pair[1]):
            edges[root(pair[0])].append((pair, score))
    return [(inside, sorted(edges.get(first, ()))) for first, inside in members.items()]


def _join(members: Sequence[int], edges: Sequence[tuple[Pair, float]], uncompared: float) -> list[tuple[int, ...]]:
    """Average linkage inside one part; the best pair of groups first, ties by their first members."""
    groups: dict[int, tuple[int, ...]] = {member: (member,) for member in members}
    sums: Sums = defaultdict(dict)
    heap: list[tuple[float, int, int]] = []
    for (left, right), raw in edges:
        score = round(raw, 6)
        sums[left][right] = sums[right][left] = (score, 1, score)
        if score > 0:
            heap.append((-score, left, right))
    heapq.heapify(heap)
    while heap:
        negative, left, right = heapq.heappop(heap)
        if left not in groups or right not in groups or _agreement(groups, sums, left, right, uncompared) != -negative:
            continue
        for other in _merge(groups, sums, left, right):
            low, high = min(left, other), max(left, other)
            agreement = _agreement(groups, sums, low, high, uncompared)
            if agreement > 0:
                heapq.heappush(heap, (-agreement, low, high))
    return sorted(groups.values())


def _agreement(groups: Mapping[int, tuple[int, ...]], sums: Sums, left: int, right: int, uncompared: float) -> float:
    """The mean score over all pairs between two groups; a verdict or a veto decides alone."""
    total, known, worst = sums[left].get(right, (0.0, 0, 0.0))
    if abs(total) > VERDICT / 2:
        return total
    if worst < VETO:
        return worst
    pairs = len(groups[left]) * len(groups[right])
    return round((total + uncompared * (pairs - known)) / pairs, 6)


def _merge(groups: dict[int, tuple[int, ...]], sums: Sums, left: int, right: int) -> list[int]:
    """Put `right` into `left`; the groups whose agreement with it may have changed."""
    groups[left] = tuple(sorted((*groups[left], *groups.pop(right))))
    for other, (total, known, worst) in sums.pop(right).items():
        sums[other].pop(right, None)
        if other == left:
            continue
        before, count, least = sums[left].get(other, (0.0, 0, 0.0))
        sums[left][other] = sums[other][left] = (round(before + total, 6), count + known, min(worst, least))
    return sorted(sums[left])
