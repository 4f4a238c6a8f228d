"""From scored pairs to groups: in each connected part the two closest groups join while, on the whole, they agree.

The result is a function of the set of scores: order plays no part, and a part that a new pair does not touch comes out
as before.
"""

from __future__ import annotations

import heapq
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

Edge = tuple[int, int, float]
Sums = dict[int, dict[int, tuple[float, int, float]]]

# A verdict outweighs any sum of reasons.
VERDICT = 1_000.0
# A single comparison below this keeps two groups apart, however well their other members agree.
VETO = -8.0


class Scores:
    """Log-odds of pairs of positions, packed: ten million take 160 MB. A later score of a pair replaces an earlier one."""

    def __init__(self, edges: Iterable[Edge] = ()) -> None:
        self._left, self._right, self._score = array("i"), array("i"), array("d")
        for left, right, score in edges:
            self.add(left, right, score)

    def add(self, left: int, right: int, score: float) -> None:
        self._left.append(min(left, right))
        self._right.append(max(left, right))
        self._score.append(round(score, 6))

    def __iter__(self) -> Iterator[Edge]:
        return zip(self._left, self._right, self._score, strict=True)


def join_parts(count: int, scores: Scores, uncompared: float) -> list[list[tuple[int, ...]]]:
    """The parts of the positions 0 … count-1 in order, each a list of groups. `uncompared` is what a pair counts that
    nothing brought together."""
    roots = _roots(count, scores)
    members: dict[int, list[int]] = defaultdict(list)
    for member, root in enumerate(roots):
        members[root].append(member)
    edges: dict[int, dict[tuple[int, int], float]] = defaultdict(dict)
    for left, right, score in scores:
        if roots[left] == roots[right]:
            edges[roots[left]][left, right] = score
    return [
        _join(inside, edges[root], uncompared) if len(inside) > 1 else [(inside[0],)]
        for root, inside in members.items()  # in order: a root is its part's first member
    ]


def _roots(count: int, scores: Scores) -> array[int]:
    """For each position the first member of its part: what is connected by pairs that speak for one happening."""
    parent = array("i", range(count))

    def root(member: int) -> int:
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    for left, right, score in scores:
        if score > 0:
            a, b = root(left), root(right)
            parent[max(a, b)] = min(a, b)
    return array("i", (root(member) for member in range(count)))


def _join(members: Sequence[int], edges: Mapping[tuple[int, int], float], uncompared: float) -> list[tuple[int, ...]]:
    """Average linkage inside one part; the best pair of groups first, ties by their first members."""
    groups: dict[int, tuple[int, ...]] = {member: (member,) for member in members}
    sums: Sums = defaultdict(dict)
    heap: list[tuple[float, int, int]] = []
    for (left, right), score in sorted(edges.items()):
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
