"""Average linkage by parts: what agrees joins, verdicts and vetoes decide alone, order is nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.link.linkage import VERDICT, Scores
from dateline.link.linkage import join_parts as join_packed


def join_parts(count: int, scores: dict[tuple[int, int], float], uncompared: float) -> list[tuple[int, ...]]:
    packed = Scores((left, right, score) for (left, right), score in scores.items())
    return sorted(members for part in join_packed(count, packed, uncompared) for members in part)


PAIRS = [(a, b) for b in range(6) for a in range(b)]


def test_pairs_that_agree_join_and_strangers_stay_alone() -> None:
    assert join_parts(4, {(0, 1): 2.0, (2, 3): -1.0}, -1.0) == [(0, 1), (2,), (3,)]


def test_a_chain_does_not_join_what_disagrees_on_the_whole() -> None:
    assert join_parts(3, {(0, 1): 3.0, (1, 2): 1.0, (0, 2): -4.0}, -1.0) == [(0, 1), (2,)]


def test_one_veto_outweighs_many_agreements() -> None:
    scores = {(0, 1): 4.0, (0, 2): 4.0, (1, 2): 4.0, (0, 3): 9.0, (1, 3): 9.0, (2, 3): -9.0}
    assert join_parts(4, scores, -1.0) == [(0, 1, 3), (2,)] or join_parts(4, scores, -1.0) == [(0, 1, 2), (3,)]


def test_verdicts_decide_alone() -> None:
    assert join_parts(2, {(0, 1): VERDICT}, -1.0) == [(0, 1)]
    assert join_parts(3, {(0, 1): 5.0, (1, 2): 5.0, (0, 2): -VERDICT}, -1.0) in ([(0, 1), (2,)], [(0,), (1, 2)])


@given(st.dictionaries(st.sampled_from(PAIRS), st.floats(-10, 10, allow_nan=False)))
def test_the_groups_are_a_partition_whatever_the_scores_and_their_order(scores: dict[tuple[int, int], float]) -> None:
    groups = join_parts(6, scores, -1.0)
    assert sorted(member for members in groups for member in members) == list(range(6))
    assert join_parts(6, dict(reversed(scores.items())), -1.0) == groups


@given(st.dictionaries(st.sampled_from(PAIRS), st.floats(-10, 10, allow_nan=False)))
def test_a_stranger_changes_no_group(scores: dict[tuple[int, int], float]) -> None:
    assert join_parts(7, scores, -1.0) == [*join_parts(6, scores, -1.0), (6,)]
