"""The calendar: a period is a closed interval of days with its grain and its TIMEX3 value; no period is ever a guess."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from dateline.model.when import WhenPrecision

Grain = Literal["day", "weekend", "week", "month", "quarter", "season", "half", "year", "decade", "century", "span"]
Part = Literal["early", "mid", "late"]

PRECISION: Mapping[Grain, WhenPrecision] = {
    "day": "day", "weekend": "range", "week": "week", "month": "month", "quarter": "season", "season": "season",
    "half": "season", "year": "year", "decade": "longer", "century": "longer", "span": "range",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar. `value` is how TIMEX3 writes it."""

    start: date
    end: date
    grain: Grain
    value: str

    @property
    def precision(self) -> WhenPrecision:
        return PRECISION[self.grain]


def day(when: date) -> Period:
    return Period(when, when, "day", when.isoformat())


def week_of(when: date) -> Period:
    monday = when - timedelta(days=when.weekday())
    year, number, _ = monday.isocalendar()
    return Period(monday, monday + timedelta(days=6), "week", f"{year}-W{number:02}")


def weekend_of(when: date) -> Period:
    week = week_of(when)
    return Period(week.end - timedelta(days=1), week.end, "weekend", f"{week.value}-WE")


def month(year: int, number: int) -> Period:
    """Months beyond 1..12 run into the years around: month(2020, 0) is December 2019."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    last = monthrange(year, number)[1]
    return Period(date(year, number, 1), date(year, number, last), "month", f"{year:04}-{number:02}")


def quarter(year: int, number: int) -> Period:
    year, number = year + (number - 1) // 4, (number - 1) % 4 + 1
    first, last = month(year, number * 3 - 2), month(year, number * 3)
    return Period(first.start, last.end, "quarter", f"{year:04}-Q{number}")


def half(year: int, number: int) -> Period:
    year, number = year + (number - 1) // 2, (number - 1) % 2 + 1
    first, last = month(year, number * 6 - 5), month(year, number * 6)
    return Period(first.start, last.end, "half", f"{year:04}-H{number}")


def season(year: int, letters: str, first: int, last: int) -> Period:
    """A season bears the year in which it begins: the winter of 2011 ends in February 2012."""
    end = month(year + (last < first), last).end
    return Period(month(year, first).start, end, "season", f"{year:04}-{letters}")


def year(number: int) -> Period:
    return Period(date(number, 1, 1), date(number, 12, 31), "year", f"{number:04}")


def decade(first: int) -> Period:
    first -= first % 10
    return Period(date(first, 1, 1), date(first + 9, 12, 31), "decade", f"{first // 10:03}")


def century(ordinal: int) -> Period:
    first = (ordinal - 1) * 100
    return Period(date(max(first, 1), 1, 1), date(first + 99, 12, 31), "century", f"{ordinal - 1:02}")


def span(start: date, end: date, value: str) -> Period:
    return Period(start, end, "span", value)


def add_months(when: date, count: int) -> date:
    """The same day so many months on, or the month's last day when it has no such day."""
    target = month(when.year, when.month + count)
    return target.start.replace(day=min(when.day, target.end.day))


def holding(when: date, grain: Grain) -> Period:
    """The period of that grain that holds the day (seasons have their own)."""
    match grain:
        case "week":
            return week_of(when)
        case "weekend":
            return weekend_of(when)
        case "month":
            return month(when.year, when.month)
        case "quarter" | "season":
            return quarter(when.year, (when.month + 2) // 3)
        case "half":
            return half(when.year, 1 if when.month <= 6 else 2)
        case "year":
            return year(when.year)
        case "decade":
            return decade(when.year)
        case "century":
            return century(when.year // 100 + 1)
        case _:
            return day(when)


def shift(period: Period, count: int, grain: Grain) -> Period:
    """The period of that grain so many steps from the one that holds `period`'s start; a day keeps its day."""
    start = period.start
    match grain:
        case "week":
            return week_of(start + timedelta(weeks=count))
        case "weekend":
            return weekend_of(start + timedelta(weeks=count))
        case "month":
            return month(start.year, start.month + count)
        case "quarter" | "season":
            return quarter(start.year, (start.month + 2) // 3 + count)
        case "half":
            return half(start.year, (1 if start.month <= 6 else 2) + count)
        case "year":
            return year(start.year + count)
        case "decade":
            return decade(start.year + 10 * count)
        case "century":
            return century(start.year // 100 + 1 + count)
        case _:
            return day(start + timedelta(days=count))


def part_of(period: Period, part: Part) -> Period:
    """Early, mid or late in it: thirds of a month, of a year its first or last quarter; the value keeps the whole."""
    start, end = period.start, period.end
    if period.grain == "month":
        bounds = {"early": (start, start.replace(day=10)), "mid": (start.replace(day=11), start.replace(day=20)),
                  "late": (start.replace(day=21), end)}  # fmt: skip
    elif period.grain == "year":
        bounds = {"early": (start, start.replace(month=3, day=31)), "mid": (start.replace(month=5), end.replace(month=8)),
                  "late": (start.replace(month=10), end)}  # fmt: skip
    elif period.grain in {"day", "weekend", "span"}:
        return period
    else:
        third = (end - start).days // 3
        bounds = {"early": (start, start + timedelta(days=third)), "late": (end - timedelta(days=third), end),
                  "mid": (start + timedelta(days=third), end - timedelta(days=third))}  # fmt: skip
    first, last = bounds[part]
    return replace(period, start=first, end=last)
