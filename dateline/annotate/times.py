"""Time expressions of a report: found by rules over its words, resolved against its own day or what was told before.

A mention whose day cannot be known keeps its words and has no interval; nothing falls back on the publication date.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from heapq import heapify, heappop, heappush
from itertools import count

from dateline.annotate.time_clock import clock_rules, join_clock
from dateline.annotate.time_context import Context, Found, Hit, Rule
from dateline.annotate.time_dates import date_rules
from dateline.annotate.time_lengths import length_rules
from dateline.annotate.time_own_day import own_day
from dateline.annotate.time_periods import period_rules
from dateline.annotate.time_quarters import quarter_rules
from dateline.annotate.time_relative import relative_rules
from dateline.annotate.time_words import Scan, scan
from dateline.model.reading import Chars, Reading, TimeMention


@cache
def _rules() -> tuple[Rule, ...]:
    return (*date_rules(), *period_rules(), *quarter_rules(), *relative_rules(), *length_rules(), *clock_rules())


def find_times(reading: Reading) -> tuple[TimeMention, ...]:
    """All time expressions in order of the text, none inside another."""
    words = scan(reading.report.text)
    day, header = own_day(reading)
    told: list[Found] = []
    context = Context(reading, words, day, told)
    for hit, rule in _by_place(context):
        if found := rule.make(hit):
            told.append(found)
    joined = join_clock(context)
    return tuple(_mention(found, words, day, header) for found in joined)


def _by_place(context: Context) -> Iterator[tuple[Hit, Rule]]:
    """Matches by where they begin, the longest first. One that begins inside what is already told is tried again after it."""
    letters, rules = context.scan.letters, _rules()
    number = count()  # breaks ties: matches themselves have no order
    waiting = [
        (match.start(), -match.end(), rank, next(number), match)
        for rank, rule in enumerate(rules)
        for match in rule.pattern.finditer(letters)
    ]
    heapify(waiting)
    while waiting:
        start, end, rank, _, match = heappop(waiting)
        taken = context.told[-1].last if context.told else 0
        if start >= taken:
            yield Hit(context, match), rules[rank]
        elif -end > taken and (rest := rules[rank].pattern.search(letters, taken, -end)):
            heappush(waiting, (rest.start(), -rest.end(), rank, next(number), rest))


def _mention(found: Found, words: Scan, day: date | None, header: Chars | None) -> TimeMention:
    chars = Chars(words.starts[found.first], words.ends[found.last - 1])
    start, end = found.days or (None, None)
    anchor = "header" if header and chars.start < header.end and found.days == (day, day) else found.anchor
    return TimeMention(chars, found.kind, found.value, start, end, found.precision, anchor)
