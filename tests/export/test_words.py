from __future__ import annotations

from datetime import date
from typing import get_args

import pytest

from dateline.export import words
from dateline.model.event import EventType, Measure, Status
from dateline.model.place import PlacePrecision

D = date


@pytest.mark.parametrize(
    ("start", "end", "precision", "expected"),
    [
        (None, None, None, "day unknown"),
        (D(2021, 8, 8), D(2021, 8, 8), "day", "8 Aug 2021"),
        (D(2021, 8, 7), D(2021, 8, 10), "range", "7–10 Aug 2021"),
        (D(2021, 7, 30), D(2021, 8, 2), "range", "30 Jul – 2 Aug 2021"),
        (D(2021, 12, 30), D(2022, 1, 2), "range", "30 Dec 2021 – 2 Jan 2022"),
        (D(2021, 8, 1), D(2021, 8, 31), "month", "Aug 2021"),
        (D(2020, 1, 1), D(2020, 12, 31), "year", "2020"),
        (None, D(2021, 8, 8), "day", "until 8 Aug 2021"),
        (D(2021, 8, 8), None, "day", "from 8 Aug 2021"),
    ],
)
def test_days_read_as_a_person_writes_them(start, end, precision, expected):
    assert words.days(start, end, precision) == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (14, 14, "14"),
        (11, 25, "11–25"),
        (200, None, "200 or more"),
        (None, 90, "up to 90"),
        (None, None, "a number not told"),
        (0, 0, "0"),
        (400000, None, "400,000 or more"),
    ],
)
def test_an_open_end_stays_open(low, high, expected):
    assert words.count(low, high) == expected


@pytest.mark.parametrize(
    ("earliest", "latest", "expected"),
    [
        (None, None, "before the record"),
        (None, D(2021, 8, 8), "by 8 Aug 2021"),
        (D(2021, 8, 8), D(2021, 8, 8), "since 8 Aug 2021"),
        (D(2021, 8, 6), D(2021, 8, 9), "since a day of 6–9 Aug 2021"),
    ],
)
def test_a_holding_says_since_when(earliest, latest, expected):
    assert words.since(earliest, latest) == expected


def test_every_value_has_a_label():
    for literal, labels in (
        (EventType, words.TYPES),
        (Status, words.STATUSES),
        (Measure, words.MEASURES),
        (PlacePrecision, words.PRECISIONS),
    ):
        assert set(get_args(literal)) == set(labels)
