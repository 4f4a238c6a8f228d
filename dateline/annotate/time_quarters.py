"""The business year: quarters and halves, and the wordings of results that lean on them ("the year-earlier period")."""

from __future__ import annotations

from datetime import date

from dateline.annotate import time_values as cal
from dateline.annotate.time_context import Found, Hit, Rule, part_named, step_of
from dateline.annotate.time_dates import PART
from dateline.annotate.time_numbers import number_of, ordinal
from dateline.annotate.time_periods import decade_of, written_year
from dateline.annotate.time_tense import lean
from dateline.annotate.time_values import Period
from dateline.annotate.time_words import lexicon

NEAR = 80  # words back to the quarter that "a year earlier" leans on

THAT_PERIOD = "<the> (?: <rel=alike|year> <hyphen>? <quarterword|period> | <latest|current> <period> )"


def quarter_rules() -> tuple[Rule, ...]:
    pattern = lexicon().pattern
    return (
        Rule(
            "quarter",
            pattern(f"""{PART} (?: <rel=last|next|this> <yearword> <apostrophe_s> | <the> )? <fiscal>? <year=year>? <fiscal>?
                <hyphen>? <alike>? <ord=ord> <hyphen>? <quarterword>
                (?: <of>? <year2=year> | <of>? <rel2=last|next|this> <yearword> )?"""),
            _quarter,
        ),
        Rule(
            "half",
            pattern("""<the>? <ord=ord|last|next> <half> <of>
                (?: <year=year> | <rel=last|next|this>? <the>? <yearword> | <the>? <apostrophe>? <decade=decade> )"""),
            _half,
        ),
        Rule(
            "year-ago",
            pattern("""<the>? <alike>? <yearword> <hyphen> <ago|earlier>
                (?: (?: <ord> <hyphen>? )? <quarterword> | <period> | <months=num> <units> )?"""),
            _year_ago,
        ),
        Rule("that period", pattern(THAT_PERIOD), _that_period),
    )


def _quarter(hit: Hit) -> Found | None:
    """The nearest one; ahead only when the tense says so."""
    number, now, rel = ordinal(hit.word("ord")), hit.context.now, hit.word("rel") or hit.word("rel2")
    if not 1 <= number <= 4:
        return None
    if written := written_year(hit):
        return hit.dated(cal.quarter(written, number), "absolute", part_named(hit))
    if now is None:
        return hit.found("DATE", f"XXXX-Q{number}")
    year, current = now.year, (now.month + 2) // 3
    if rel:
        year += step_of(rel)
    elif abs(number - current) > 1:
        ahead = lean(hit) == "future"
        year += ahead if number < current else ahead - 1
    return hit.dated(cal.quarter(year, number), "published", part_named(hit))


def _half(hit: Hit) -> Found | None:
    number, now = {"first": 1, "second": 2, "last": 2, "latter": 2}.get(hit.word("ord")), hit.context.now
    if number is None:
        return None
    if hit.has("decade"):
        return hit.dated(decade_of(hit.word("decade")), "absolute", "early" if number == 1 else "late")
    if hit.has("year"):
        return hit.dated(cal.half(int(hit.word("year")), number), "absolute")
    if now is None:
        return hit.found("DATE", f"XXXX-H{number}")
    return hit.dated(cal.half(now.year + (step_of(hit.word("rel")) if hit.has("rel") else 0), number), "published")


def _year_ago(hit: Hit) -> Found | None:
    """A year before the quarter told last, else before the one just over."""
    now = hit.context.now
    if hit.has("months"):
        count = number_of(hit.many("months"))
        return hit.found("DURATION", f"P{count:g}M") if count else None
    return hit.dated(cal.shift(told_quarter(hit, now), -4, "quarter"), "narrative") if now else None


def _that_period(hit: Hit) -> Found | None:
    """Such as "the latest period", "the 1988 period"."""
    now, rel = hit.context.now, hit.word("rel")
    if now is None:
        return None
    told = told_quarter(hit, now)
    return hit.dated(cal.quarter(int(rel), (told.start.month + 2) // 3) if rel.isdecimal() else told, "narrative")


def told_quarter(hit: Hit, now: date) -> Period:
    """The quarter that the report is about: the last that was named outright, else the one just over."""
    return _last_named(hit) or cal.shift(cal.holding(now, "quarter"), -1, "quarter")


def near_quarter(hit: Hit) -> Period | None:
    return _last_named(hit, NEAR)


def _last_named(hit: Hit, within: int | None = None) -> Period | None:
    for found in reversed(hit.context.told):
        if within is not None and hit.first - found.last > within:
            return None
        if found.grain == "quarter" and found.days and found.anchor != "narrative":
            return cal.holding(found.days[0], "quarter")
    return None
