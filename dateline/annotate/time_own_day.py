"""The day from which a report speaks: its publication date, or the day in its own header ("GOMA, Congo (Feb. 9, 2013)").

A header without a year takes it from another date of the lines above the body, or from the reference number that agencies
put there ("2014-06-B-301"); where nothing gives the year, there is no day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dateline.annotate.time_words import lexicon
from dateline.model.reading import Chars, Reading

HEAD = 900  # characters in which a header may stand
LAG = 5  # days that a report may be published after its header's day
DAY = r"(?:(?P<month>[A-Za-z]{3,9})\.?\s*(?P<day>\d{1,2})|(?P<day2>\d{1,2})\s+(?P<month2>[A-Za-z]{3,9})\.?)"
YEAR = r"(?:\s*,?\s*(?P<year>\d{4}|\d{2}(?=\s*[-–—(])))?"
# The place, then the day in brackets or before a dash: "GOMA, Congo (Feb. 9, 2013)", "GOMA, 3 May (AFP) -".
BRACKETED = re.compile(rf"^[^\n()]{{2,60}}\(\s*{DAY}{YEAR}\s*\)", re.MULTILINE)
DASHED = re.compile(
    rf"^\W*[A-Z][A-Z .'’-]{{2,}}[^\n()]{{0,40}}?,?\s{DAY}{YEAR}\s*(?:\([^\n)]{{1,40}}\)\s*)?(?:--|[-–—]|:|$)", re.MULTILINE
)
TITLED = re.compile(rf"^\s*{DAY}{YEAR}\s*:", re.MULTILINE)
UPDATE = re.compile(rf"\b(?:Update|Report|Summary|Release|Bulletin|Briefing),?\s+{DAY}\s*,\s*(?P<year>\d{{4}})")
NUMBER = re.compile(r"\b(?P<year>(?:19|20)\d\d)-(?P<month>0[1-9]|1[0-2])-[A-Z]{1,3}\b")
LINES = re.compile("[\u2028\u2029\x0b\x0c\r]")


@dataclass(frozen=True, slots=True)
class _Written:
    month: int
    day: int
    year: int | None
    chars: Chars


def own_day(reading: Reading) -> tuple[date | None, Chars | None]:
    """The day, and where the text writes it (None when the day comes from outside the text)."""
    published = reading.report.published
    head = LINES.sub("\n", reading.report.text[:HEAD])
    for written in _headers(head):
        day = _dated(written, head, published)
        if day and (published is None or 0 <= (published - day).days <= LAG):
            return day, written.chars
    return published, None


def _headers(head: str) -> Iterator[_Written]:
    for pattern in (BRACKETED, DASHED, UPDATE, TITLED):
        for match in pattern.finditer(head):
            written = _written(match)
            if written:
                yield written


def _written(match: re.Match[str]) -> _Written | None:
    numbers = lexicon().words.numbers
    name = (match["month"] or match["month2"] or "").lower()
    month = numbers["months"].get(name) or numbers["month_short"].get(name)
    if month is None:
        return None
    start = match.start("month") if match["month"] else match.start("day2")
    end = max(match.end(group) for group in ("month", "day", "day2", "month2", "year") if match[group])
    year = match["year"]
    full = None if year is None else int(year) if len(year) == 4 else 1900 + int(year) if int(year) > 40 else 2000 + int(year)
    return _Written(month, int(match["day"] or match["day2"]), full, Chars(start, end))


def _dated(written: _Written, head: str, published: date | None) -> date | None:
    year = written.year or _year_above(written, head)
    if year is None and published:
        year = published.year - ((written.month, written.day) > (published.month, published.day))
    try:
        return date(year, written.month, written.day) if year else None
    except ValueError:
        return None


def _year_above(written: _Written, head: str) -> int | None:
    """From a date with its year in the same head, or from a release number of that month or the one beside it."""
    for match in UPDATE.finditer(head):
        return int(match["year"])
    for match in NUMBER.finditer(head):
        apart = (written.month - int(match["month"])) % 12
        if apart in {0, 1, 11}:
            crossed = {("01", 12): -1, ("12", 1): 1}.get((match["month"], written.month), 0)
            return int(match["year"]) + crossed
    return None
