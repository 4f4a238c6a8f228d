"""From scored pairs to groups: in each connected part the two closest groups join while, on the whole, they agree.

The result is a function of the set of scores: order plays no part, and a part that a new pair does not touch comes out
as before.
"""

from __future__ import annotations

import heapq
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

Edge = tuple[int, int, float]
# Sum of the scores between two groups, how many pairs were compared, and the worst of them.
Tie = tuple[float, int, float]
# The score of two positions; None when nothing brings them together.
Score = Callable[[int, int], float | None]

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
    edges = {(left, right): score for left, right, score in scores}
    found = []
    for part, speaking in connect_pairs(count, (pair for pair, score in edges.items() if score > 0)):
        groups = join(range(len(part)), speaking, lambda a, b, part=part: edges.get((part[a], part[b])), uncompared)  # type: ignore[misc]
        found.append([tuple(part[number] for number in members) for members in groups])
    return found


def connect_pairs(count: int, pairs: Iterable[tuple[int, int]]) -> Iterator[tuple[list[int], list[tuple[int, int]]]]:
    """Each part with the pairs that connect it, as positions in the part."""
    pairs = list(pairs)
    parts = connect(count, pairs)
    place = array("i", bytes(4 * count))
    part_of = array("i", bytes(4 * count))
    for number, members in enumerate(parts):
        for position, member in enumerate(members):
            place[member], part_of[member] = position, number
    inside: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for left, right in pairs:
        inside[part_of[left]].append((place[left], place[right]))
    for number, members in enumerate(parts):
        yield members, sorted(inside.pop(number, ()))


def connect(count: int, pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The positions 0 … count-1 as parts: what pairs connect, directly or through others. In order of first members."""
    parent = array("i", range(count))

    def root(member: int) -> int:
        while parent[member] != member:
            parent[member] = parent[parent[member]]
            member = parent[member]
        return member

    for left, right in pairs:
        a, b = root(left), root(right)
        parent[max(a, b)] = min(a, b)
    members: dict[int, list[int]] = defaultdict(list)
    for member in range(count):
        members[root(member)].append(member)
    return list(members.values())  # in order: a root is its part's first member


def join(members: Sequence[int], speaking: Iterable[tuple[int, int]], score: Score, uncompared: float) -> list[tuple[int, ...]]:
    """Average linkage inside one part; the best pair of groups first, ties by their first members. Two groups may join when
    one of the `speaking` pairs (the smaller first) is between them; other pairs are only compared where it matters."""
    groups = _Groups({member: (member,) for member in members}, score, uncompared)
    for left, right in speaking:
        groups.near[left].add(right)
        groups.near[right].add(left)
    heap = [(-groups.agreement(left, right), left, right) for left in members for right in groups.near[left] if left < right]
    heapq.heapify(heap)
    while heap:
        negative, left, right = heapq.heappop(heap)
        if negative >= 0 or not groups.stand(left, right) or groups.agreement(left, right) != -negative:
            continue
        for other in groups.merge(left, right):
            low, high = min(left, other), max(left, other)
            heapq.heappush(heap, (-groups.agreement(low, high), low, high))
    return sorted(groups.members.values())


class _Groups:
    """Groups by their first member, which of them may join, and the ties that were looked at."""

    def __init__(self, members: dict[int, tuple[int, ...]], score: Score, uncompared: float) -> None:
        self.members, self.score, self.uncompared = members, score, uncompared
        self.near: dict[int, set[int]] = {member: set() for member in members}
        self.ties: dict[tuple[int, int], Tie] = {}

    def stand(self, left: int, right: int) -> bool:
        return left in self.members and right in self.members

    def agreement(self, left: int, right: int) -> float:
        """The mean score over all pairs between two groups; a verdict or a veto decides alone."""
        total, known, worst = self._tie(left, right)
        if abs(total) > VERDICT / 2:
            return total
        if worst < VETO:
            return worst
        pairs = len(self.members[left]) * len(self.members[right])
        return round((total + self.uncompared * (pairs - known)) / pairs, 6)

    def merge(self, left: int, right: int) -> list[int]:
        """Put `right` into `left`; the groups whose agreement with it may have changed."""
        others = (self.near[left] | self.near.pop(right)) - {left, right}
        joined = {other: _both(self._tie(left, other), self._tie(right, other)) for other in others}
        self.ties.pop((left, right), None)
        self.members[left] = tuple(sorted((*self.members[left], *self.members.pop(right))))
        self.near[left] = others
        for other, tie in joined.items():
            self.ties.pop((min(right, other), max(right, other)), None)
            self.ties[min(left, other), max(left, other)] = tie
            self.near[other].discard(right)
            self.near[other].add(left)
        return sorted(others)

    def _tie(self, left: int, right: int) -> Tie:
        pair = (min(left, right), max(left, right))
        if pair not in self.ties:
            asked = ((min(a, b), max(a, b)) for a in self.members[left] for b in self.members[right])
            scores = [score for a, b in asked if (score := self.score(a, b)) is not None]
            self.ties[pair] = (round(sum(scores), 6), len(scores), min(scores, default=0.0))
        return self.ties[pair]


def _both(first: Tie, second: Tie) -> Tie:
    return round(first[0] + second[0], 6), first[1] + second[1], min(first[2], second[2])
