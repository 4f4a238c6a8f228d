"""Words of time: checked when loaded, and a mistake is named by file and entry. Holidays fall on their known days."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from dateline.codebook.holidays import Holiday
from dateline.codebook.times import load_times
from dateline.errors import BrokenCodebook

DATA = files("dateline.codebook").joinpath("times.toml").read_text(encoding="utf-8")

BROKEN = [
    ("[weekdays]", "[weekday_names]", r"\[weekdays\] is missing"),
    ("monday = 1", 'monday = "first"', "monday is no whole number"),
    ('years = "year"', 'years = "yaer"', "years is the plural of no unit"),
    ('spring = ["SP", 3, 5]', 'spring = ["SP", 3]', "spring needs letters"),
    ("fixed = [12, 25]", "fixd = [12, 25]", "christmas: unknown rule fixd"),
    ("fixed = [12, 24]\n", "", "christmas eve: no rule gives its days"),
]


@pytest.mark.parametrize(("right", "wrong", "message"), BROKEN)
def test_a_mistake_is_named(right: str, wrong: str, message: str, tmp_path: Path) -> None:
    assert right in DATA
    (tmp_path / "times.toml").write_text(DATA.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(BrokenCodebook, match=rf"times\.toml.*{message}"):
        load_times(tmp_path)


KNOWN_DAYS = [
    ("easter sunday", 2016, date(2016, 3, 27)),
    ("orthodox easter", 2021, date(2021, 5, 2)),
    ("nowruz", 2020, date(2020, 3, 20)),
    ("nowruz", 2021, date(2021, 3, 21)),
    ("eid al-fitr", 2021, date(2021, 5, 13)),
    ("ashura", 2019, date(2019, 9, 9)),
    ("thanksgiving", 2018, date(2018, 11, 22)),
    ("memorial day", 2021, date(2021, 5, 31)),
    ("ramadan", 2011, date(2011, 8, 1)),
]


@pytest.mark.parametrize(("name", "year", "first"), KNOWN_DAYS)
def test_holidays_fall_on_their_days(name: str, year: int, first: date) -> None:
    assert [start for start, _ in load_times().holidays[name].days_in(year)] == [first]


def test_beyond_the_tables_a_holiday_has_no_day() -> None:
    assert not list(Holiday(("eid",), hijri=(10, 1, 3)).days_in(1800))
    assert not list(Holiday(("nowruz",), nowruz=0).days_in(1700))


def test_a_lunar_feast_may_begin_twice_in_a_year() -> None:
    starts = [start for start, _ in load_times().holidays["eid al-fitr"].days_in(2000)]
    assert starts == [date(2000, 1, 8), date(2000, 12, 27)]
