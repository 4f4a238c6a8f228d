"""The best one-to-one pairing of two sides by the sum of similarities (Kuhn and Munkres), component by component.

Pairs without similarity are not pairs; since overlaps are sparse, each connected component is small and is solved alone.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

G = TypeVar("G", bound=Hashable)
T = TypeVar("T", bound=Hashable)


def best_pairs(similar: Mapping[tuple[G, T], float]) -> list[tuple[G, T]]:
    """Pairs (left, right), each used once, with the greatest total similarity; deterministic in the mapping's order."""
    out: list[tuple[G, T]] = []
    for lefts, rights in _components(similar):
        weights = [[similar.get((left, right), 0.0) for right in rights] for left in lefts]
        out += [(lefts[i], rights[j]) for i, j in assign(weights) if weights[i][j] > 0]
    return out


def _components(similar: Mapping[tuple[G, T], float]) -> list[tuple[list[G], list[T]]]:
    neighbours: dict[tuple[str, Hashable], list[tuple[str, Hashable]]] = {}
    left_of: dict[tuple[str, Hashable], G] = {}
    right_of: dict[tuple[str, Hashable], T] = {}
    for left, right in similar:
        a, b = ("left", left), ("right", right)
        left_of[a], right_of[b] = left, right
        neighbours.setdefault(a, []).append(b)
        neighbours.setdefault(b, []).append(a)
    seen: set[tuple[str, Hashable]] = set()
    out: list[tuple[list[G], list[T]]] = []
    for start in left_of:
        if start in seen:
            continue
        seen.add(start)
        queue = [start]
        for node in queue:
            fresh = [n for n in dict.fromkeys(neighbours[node]) if n not in seen]
            seen.update(fresh)
            queue += fresh
        out.append(([left_of[n] for n in queue if n in left_of], [right_of[n] for n in queue if n in right_of]))
    return out


def assign(weights: list[list[float]]) -> list[tuple[int, int]]:
    """Row and column indices of the assignment with the greatest sum; every row or every column is used."""
    if not weights or not weights[0]:
        return []
    if len(weights) > len(weights[0]):
        flipped = [list(column) for column in zip(*weights, strict=True)]
        return sorted((i, j) for j, i in assign(flipped))
    cost = [[-w for w in row] for row in weights]
    return sorted((row, column) for column, row in enumerate(_rows_of_columns(cost)) if row >= 0)


def _rows_of_columns(cost: list[list[float]]) -> list[int]:
    """Shortest augmenting paths with potentials: for each column the row that holds it, or -1."""
    n, m = len(cost), len(cost[0])
    row_potential, column_potential = [0.0] * n, [0.0] * (m + 1)
    holder = [-1] * (m + 1)  # column m is where each new row starts
    for row in range(n):
        holder[m] = row
        column, shortest, came_from, done = m, [float("inf")] * m, [m] * m, [False] * (m + 1)
        while holder[column] >= 0:
            done[column] = True
            here = holder[column]
            for j in range(m):
                if not done[j]:
                    reduced = cost[here][j] - row_potential[here] - column_potential[j]
                    if reduced < shortest[j]:
                        shortest[j], came_from[j] = reduced, column
            nearest = min((j for j in range(m) if not done[j]), key=lambda j: shortest[j])
            step = shortest[nearest]
            for j in range(m + 1):
                if done[j]:
                    row_potential[holder[j]] += step
                    column_potential[j] -= step
                elif j < m:
                    shortest[j] -= step
            column = nearest
        while column != m:
            holder[column] = holder[came_from[column]]
            column = came_from[column]
        holder[m] = -1
    return holder[:m]
