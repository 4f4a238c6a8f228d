"""Invented assessments: ranges and places."""

from __future__ import annotations

import pytest

from dateline.evaluate.airwars import YARDSTICK, cut, first_day, to_assessment, to_range
from dateline.model.event import Figure
from tests.evaluate.invented import Invented
from tests.factories import make_event, make_figure, make_place, make_record, make_report

TEXT = "Neighbours said four people died, another source five, two of them children, in the strike on Farby; 9 fighters fell."
LINE = {
    "code": "X1",
    "incident_date": "October 7, 2023",
    "assessment": TEXT,
    "lat": 10.0,
    "lon": 20.0,
    "fields": {"Civilians reported killed": "4 – 5 ( 2 children )", "Civilians reported injured": "12"},
}


@pytest.mark.parametrize(
    ("words", "expected"),
    [("4 – 5 ( 2 children 1 woman )", (4, 5)), ("1 ( 1 man )", (1, 1)), ("1,200", (1200, 1200)), ("Unknown", None), (None, None)],
)
def test_ranges_as_written(words: str | None, expected: tuple[int, int] | None) -> None:
    assert to_range(words) == expected


@pytest.mark.parametrize(
    ("words", "day"),
    [("October 7, 2023", "2023-10-07"), ("October 9–10, 2023", "2023-10-09"), ("May 30 – June 1, 2024", "2024-05-30")],
)
def test_the_first_day(words: str, day: str) -> None:
    assert first_day(words).isoformat() == day


REPORT = make_report("X1", TEXT)
FOUR = make_figure(REPORT, "four people", "killed", 4, 5, whom="people")
FIVE = make_figure(REPORT, "five", "killed", 5, 5)
PART = make_figure(REPORT, "two of them", "killed", 2, 2, whom="children", part="part")
FIGHTERS = make_figure(REPORT, "9 fighters", "killed", 9, 9, whom="fighters")
HURT = make_figure(REPORT, "9 fighters", "injured", 12, 12, whom="people")


@pytest.mark.parametrize(
    ("figures", "lat", "expected"),
    [
        ((PART, FIGHTERS, FOUR, FIVE, HURT), 10.1, [1, 1, 1, 1]),
        ((FIVE, FOUR), 10.3, [1, 1, 0, 0]),
        ((), None, [0, 0, 0, 0]),
    ],
)
def test_one_assessment(figures: tuple[Figure, ...], lat: float | None, expected: list[int]) -> None:
    item = to_assessment(LINE)
    where = make_place(REPORT, "Farby", lat=lat, lon=20.0 if lat else None)
    strike = make_event(REPORT, "strike", "airstrike", place=where, figures=figures)
    (judged,) = YARDSTICK.judge([item], Invented([make_record(item.report, strike), make_record(cut(item.report))]))
    names = ("killed_range", "killed_range_overlap", "injured_range", "within20km")
    assert judged.counts["killed_range_cut"] == (0.0, 1.0)
    assert [judged.counts[name][0] for name in names] == expected


def test_unknown_is_right_when_nothing_is_told_and_missing_fields_are_not_asked() -> None:
    item = to_assessment({**LINE, "lat": None, "fields": {"Civilians reported killed": "Unknown"}})
    (judged,) = YARDSTICK.judge([item], Invented([make_record(item.report), make_record(cut(item.report))]))
    assert judged.counts == {
        "killed_range": (1.0, 1.0),
        "killed_range_cut": (1.0, 1.0),
        "killed_range_overlap": (1.0, 1.0),
        "injured_range": (0.0, 0.0),
        "within20km": (0.0, 0.0),
    }


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Four died on 3 May. Two of them were girls.", "Two of them were girls."),
        ("“Four died.” A source gave five.", "A source gave five."),
        ("Four died at the St. Mary clinic in Farby", ""),
    ],
)
def test_a_text_without_its_first_sentence(text: str, rest: str) -> None:
    report = cut(make_report("X1", text))
    assert (report.text, report.id) == (rest, "X1 cut")
