"""One number out of many figures: repeats once, parts not at all, "another" on top, a total as it stands."""

from __future__ import annotations

import pytest

from dateline.codebook.quantities import load_sum_words
from dateline.codebook.sums import Sum, add_up, is_group
from dateline.model.event import Event, FigurePart
from tests.factories import make_event, make_figure, make_report

WORDS = load_sum_words()
Count = tuple[str, int | None, int | None, str | None, FigurePart]


def event(text: str, counts: list[Count]) -> Event:
    report = make_report("r", text)
    figures = [make_figure(report, words, "killed", low, high, whom=whom, part=part) for words, low, high, whom, part in counts]
    return make_event(report, "raid", "armed_attack", figures=tuple(figures))


def summed(text: str, counts: list[Count]) -> Sum | None:
    return add_up([event(text, counts)], (), ("killed",), WORDS)


@pytest.mark.parametrize(
    ("text", "counts", "low", "high", "total"),
    [
        ("nine people in a raid", [("nine people", 9, 9, "people", "total")], 9, 9, 9),
        (
            "nine people in a raid; again nine men",
            [("nine people", 9, 9, "people", "total"), ("nine men", 9, 9, "men", "total")],
            9, 9, 9,
        ),
        (
            "nine people in a raid, including two children",
            [("nine people", 9, 9, "people", "total"), ("two children", 2, 2, "children", "part")],
            9, 9, 9,
        ),
        (
            "nine people in a raid; later another three men",
            [("nine people", 9, 9, "people", "total"), ("another three men", 3, 3, "men", "total")],
            9, 9, 12,
        ),
        (
            "four guards, two drivers in a raid",
            [("four guards", 4, 4, "guards", "total"), ("two drivers", 2, 2, "drivers", "total")],
            6, 6, 6,
        ),
        (
            "nine people in a raid; others spoke of 12 people",
            [("nine people", 9, 9, "people", "total"), ("12 people", 12, 12, "people", "total")],
            9, 12, 12,
        ),
        (
            "Bandit leader held in a raid by night; the bandit leader and two guards",
            [("Bandit leader", 1, 1, "Bandit leader", "total"), ("two guards", 2, 2, "guards", "total")],
            2, 2, 2,
        ),
        (
            "two leaders in a raid by night; Anwar Bey died at once",
            [("two leaders", 2, 2, "leaders", "total"), ("Anwar Bey", 1, 1, "Anwar Bey", "total")],
            2, 2, 2,
        ),
        (
            "his wife in a raid on the house, then himself",
            [("his wife", 1, 1, "wife", "total"), ("himself", 1, 1, None, "total")],
            2, 2, 2,
        ),
        (
            "several other porters in a raid by night; two additional porters",
            [("several other porters", 3, None, "porters", "total"), ("two additional porters", 2, 2, "porters", "total")],
            3, 3, 2,
        ),
        (
            "several people in a raid; at the end 17 people",
            [("several people", 3, 3, "people", "total"), ("17 people", 17, 17, "people", "total")],
            17, 17, 17,
        ),
        (
            "nine people in a raid; dozens of people, ten of those at home",
            [
                ("nine people", 9, 9, "people", "total"),
                ("dozens of people", 24, 24, "people", "total"),
                ("ten of those", 10, 10, None, "total"),
            ],
            9, 9, 24,
        ),
        (
            "ten members of the Obi family and nine members of the Uzo family in a raid",
            [
                ("ten members", 10, 10, "members of the Obi family", "total"),
                ("nine members", 9, 9, "members of the Uzo family", "total"),
            ],
            19, 19, 10,
        ),
        (
            "dozens in a raid; at the end 17 people",
            [("dozens", 24, None, None, "total"), ("17 people", 17, 17, "people", "total")],
            24, 24, 17,
        ),
        (
            "between five and nine people in a raid",
            [("between five and nine people", 5, 9, "people", "total")],
            5, 9, 5,
        ),
        (
            "a leader in a raid; the leader had gone",
            [("a leader", 1, 1, "leader", "total"), ("the leader", 1, 1, "leader", "total")],
            1, 1, 1,
        ),
    ],
)  # fmt: skip
def test_sums(text: str, counts: list[Count], low: int, high: int, total: int) -> None:
    found = summed(text, counts)
    assert found is not None
    assert (found.low, found.high, found.total) == (low, high, total)


def test_nobody_counts_is_no_zero() -> None:
    assert summed("a raid", []) is None


def test_groups_by_the_codebook() -> None:
    report = make_report("r", "three soldiers and two boys")
    soldiers = make_figure(report, "three soldiers", "killed", 3, 3, whom="soldiers")
    boys = make_figure(report, "two boys", "killed", 2, 2, whom="boys")
    assert is_group(soldiers, "fighters", WORDS) and not is_group(boys, "fighters", WORDS)
    assert is_group(boys, "children", WORDS)
