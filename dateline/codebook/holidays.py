"""A holiday is a rule that gives its days in a year; where the rule does not reach, it gives none."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from hijridate import Gregorian, Hijri

HIJRI_YEARS = range(1343, 1501)  # what the tables of Umm al-Qura cover: 1924 to 2077
NOWRUZ_YEARS = range(1800, 2101)


@dataclass(frozen=True, slots=True)
class Holiday:
    """One of the rules is set. `hijri` and `or_hijri`: month, first day, last day (0: the month's last)."""

    names: tuple[str, ...]
    fixed: tuple[int, int] | None = None
    rule: tuple[int, int, int] | None = None
    easter: int | None = None
    orthodox: int | None = None
    nowruz: int | None = None
    hijri: tuple[int, int, int] | None = None
    or_hijri: tuple[int, int, int] | None = None

    def days_in(self, year: int) -> Iterator[tuple[date, date]]:
        """First and last day of each time that it begins in the (Gregorian) year; a Hijri feast may begin twice or never."""
        if self.fixed:
            yield (when := date(year, *self.fixed)), when
        elif self.rule:
            yield (when := _nth_weekday(year, *self.rule)), when
        elif self.easter is not None:
            yield (when := _easter(year) + timedelta(days=self.easter)), when
        elif self.orthodox is not None:
            yield (when := _orthodox_easter(year) + timedelta(days=self.orthodox)), when
        elif self.nowruz is not None and year in NOWRUZ_YEARS:
            yield (when := _nowruz(year) + timedelta(days=self.nowruz)), when
        for hijri in (self.hijri, self.or_hijri):
            if hijri:
                yield from _hijri_days(year, *hijri)


def _nth_weekday(year: int, month: int, weekday: int, which: int) -> date:
    length = monthrange(year, month)[1]
    days = [d for n in range(1, length + 1) if (d := date(year, month, n)).isoweekday() == weekday]
    return days[which - 1 if which > 0 else which]


def _easter(year: int) -> date:
    """Gregorian Easter Sunday (the anonymous algorithm of 1876)."""
    golden, hundreds, rest = year % 19, year // 100, year % 100
    corrected = (hundreds - (hundreds + 8) // 25 + 1) // 3
    epact = (19 * golden + hundreds - hundreds // 4 - corrected + 15) % 30
    sunday = (32 + 2 * (hundreds % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * sunday) // 451
    month, day = divmod(epact + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _orthodox_easter(year: int) -> date:
    """Julian Easter (Meeus), thirteen days on: right from 1900 to 2099."""
    moon = (19 * (year % 19) + 15) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + sunday + 114, 31)
    return date(year, month, day + 1) + timedelta(days=13)


def _nowruz(year: int) -> date:
    """First day of the Iranian year by the 33-year cycle: leap years keep the equinox on 20 or 21 March."""
    leaps = sum(1 for n in range(1, year - 621) if (25 * n + 11) % 33 < 8)
    return date.fromordinal(date(622, 3, 21).toordinal() + 365 * (year - 622) + leaps)


def _hijri_days(year: int, month: int, first: int, last: int) -> Iterator[tuple[date, date]]:
    if not 1925 <= year <= 2076:
        return
    around = Gregorian(year, 7, 1).to_hijri().year
    for hijri_year in (around - 1, around, around + 1):
        if hijri_year not in HIJRI_YEARS:
            continue
        start = Hijri(hijri_year, month, first)
        if start.to_gregorian().year == year:
            end = Hijri(hijri_year, month, last or start.month_length())
            yield date(*start.to_gregorian().datetuple()), date(*end.to_gregorian().datetuple())
