"""The best pairing against trying all."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.evaluate.assignment import assign, best_pairs


def best_by_trying(weights: list[list[int]]) -> int:
    if len(weights) > len(weights[0]):
        weights = [list(column) for column in zip(*weights, strict=True)]
    ways = permutations(range(len(weights[0])), len(weights))
    return max(sum(row[j] for row, j in zip(weights, way, strict=True)) for way in ways)


@given(st.integers(1, 5), st.integers(1, 5), st.data())
def test_assign_finds_the_greatest_sum(rows: int, columns: int, data: st.DataObject) -> None:
    weights = data.draw(st.lists(st.lists(st.integers(0, 9), min_size=columns, max_size=columns), min_size=rows, max_size=rows))
    found = assign([[float(w) for w in row] for row in weights])
    assert len({i for i, _ in found}) == len({j for _, j in found}) == len(found) == min(rows, columns)
    assert sum(weights[i][j] for i, j in found) == best_by_trying(weights)


def test_pairs_without_similarity_are_no_pairs() -> None:
    similar = {("a", 1): 0.4, ("a", 2): 0.5, ("b", 2): 0.6, ("c", 3): 0.0}
    assert sorted(best_pairs(similar)) == [("a", 1), ("b", 2)]


@pytest.mark.parametrize("weights", [[], [[]]])
def test_nothing_to_assign(weights: list[list[float]]) -> None:
    assert assign(weights) == []
