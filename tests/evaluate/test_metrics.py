"""Every metric against values worked out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.evaluate.metrics import (
    accuracy,
    b3_f1,
    ceaf_f1,
    cluster_counts,
    conll_f1,
    f1,
    f1_of_rates,
    f_of_two_sided_hits,
    f_score,
    mean_accuracy,
    measure,
    muc_f1,
    precision,
    ratio,
    recall,
    total,
    weighted_f1,
)


@pytest.mark.parametrize(
    ("gold", "told", "hits", "expected"),
    [
        (10, 8, 6, 2 * 6 / 18),  # P .75, R .6
        (4, 4, 4, 1.0),
        (4, 0, 0, 0.0),
        (0, 5, 0, 0.0),
        (0, 0, 0, 0.0),
    ],
)
def test_f1(gold: int, told: int, hits: int, expected: float) -> None:
    assert f1(gold, told, hits) == pytest.approx(expected)


@given(st.integers(1, 50), st.integers(1, 50), st.data())
def test_f1_is_the_harmonic_mean_of_its_rates(gold: int, told: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, min(gold, told)))
    assert f1(gold, told, hits) == pytest.approx(f1_of_rates(ratio(hits, told), ratio(hits, gold)))


def test_figures_are_formulas_over_the_sums_of_all_items() -> None:
    items = [
        {"place": (2.0, 1.0, 1.0), "right": (1.0, 1.0), "other": (1.0, 1.0)},
        {"place": (2.0, 3.0, 2.0), "right": (0.0, 1.0), "other": (1.0, 1.0)},
    ]
    sums = total(items)
    assert f_score("place").of(sums) == pytest.approx(2 * 3 / 8)
    assert precision("p", "place").of(sums) == pytest.approx(3 / 4)
    assert recall("r", "place").of(sums) == pytest.approx(3 / 4)
    assert accuracy("right").of(sums) == 0.5
    assert accuracy("right").rests_on(sums) == "1/2"
    assert mean_accuracy("mean", ("right", "other")).of(sums) == 0.75


def test_a_figure_without_counts_is_nothing_right() -> None:
    assert accuracy("never counted").of({}) == 0.0
    assert f_score("never counted").of({}) == 0.0


def test_weighted_f1_weighs_classes_by_gold_and_leaves_out_those_without() -> None:
    sums = {"a": [3.0, 2.0, 2.0], "b": [1.0, 2.0, 1.0], "c": [0.0, 1.0, 0.0]}
    of_a, of_b = 2 * 2 / 5, 2 * 1 / 3
    assert weighted_f1("w", ("a", "b", "c"), weighted=True).of(sums) == pytest.approx((3 * of_a + of_b) / 4)
    assert weighted_f1("m", ("a", "b", "c"), weighted=False).of(sums) == pytest.approx((of_a + of_b) / 2)


def test_two_sided_hits_take_precision_and_recall_from_their_own_hits() -> None:
    # two told strings hit the same gold entity: both count for precision, one for recall
    sums = {"victim": [2.0, 2.0, 4.0, 1.0]}
    assert f_of_two_sided_hits("victim", ("victim",)).of(sums) == pytest.approx(2 * 1.0 * 0.25 / 1.25)


GOLD = {"1": "A", "2": "A", "3": "A", "4": "B", "5": "B"}
TOLD = {"1": "x", "2": "x", "3": "y", "4": "y", "5": "y"}


def test_clusters_by_hand() -> None:
    sums = total(list(cluster_counts(GOLD, TOLD).values()))
    # B³ precision: 1, 1, 1/3, 2/3, 2/3; recall: 2/3, 2/3, 1/3, 1, 1
    p, r = (1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5, (2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5
    assert b3_f1(sums) == pytest.approx(2 * p * r / (p + r))
    # MUC: gold {1,2,3} is cut into two parts: 1 of 2 links, {4,5} is whole: 1 of 1; told {3,4,5} likewise
    assert muc_f1(sums) == pytest.approx(2 / 3)
    # CEAF-e: A with x 2·2/5, B with y 2·2/5; two clusters on each side
    assert ceaf_f1(sums) == pytest.approx((4 / 5 + 4 / 5) / 2)
    assert conll_f1(sums) == pytest.approx((b3_f1(sums) + muc_f1(sums) + ceaf_f1(sums)) / 3)


@given(st.dictionaries(st.text("abc", min_size=1, max_size=4), st.sampled_from("ABCD"), min_size=2))
def test_the_gold_itself_is_a_perfect_clustering(gold: dict[str, str]) -> None:
    sums = total(list(cluster_counts(gold, gold).values()))
    assert b3_f1(sums) == pytest.approx(1)
    assert ceaf_f1(sums) == pytest.approx(1)


def test_all_alone_and_all_together() -> None:
    alone = total(list(cluster_counts(GOLD, {key: key for key in GOLD}).values()))
    together = total(list(cluster_counts(GOLD, dict.fromkeys(GOLD, "one")).values()))
    assert b3_f1(alone) == pytest.approx(f1_of_rates(1, (3 * 1 / 3 + 2 * 1 / 2) / 5))
    assert muc_f1(alone) == 0
    assert b3_f1(together) == pytest.approx(f1_of_rates((3 * 3 / 5 + 2 * 2 / 5) / 5, 1))
    assert muc_f1(together) == pytest.approx(f1_of_rates(3 / 4, 1))


def test_intervals_are_the_same_each_time_and_hold_the_value() -> None:
    items = [{"right": (float(n % 3 == 0), 1.0)} for n in range(60)]
    first, again = (measure([accuracy("right")], items) for _ in range(2))
    assert first == again
    assert first[0].value == pytest.approx(33.33)
    assert first[0].low < 33.33 < first[0].high
    assert first[0].low > 20 and first[0].high < 50


def test_an_interval_of_equal_items_has_no_width() -> None:
    (found,) = measure([accuracy("right")], [{"right": (1.0, 1.0)}] * 5)
    assert (found.value, found.low, found.high) == (100.0, 100.0, 100.0)


def test_no_items_are_said_to_be_none() -> None:
    (found,) = measure([accuracy("right")], [])
    assert found.rests_on == "no items"
