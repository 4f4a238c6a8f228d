"""Days, weekdays and months of the calendar. Without a year they take the nearest one that the tense allows."""

from __future__ import annotations

from datetime import date, timedelta

from dateline.annotate import time_values as cal
from dateline.annotate.time_context import Anchor, Found, Hit, Rule, part_named, step_of, token_at
from dateline.annotate.time_numbers import full_year, ordinal, spoken_year
from dateline.annotate.time_tense import lean
from dateline.annotate.time_words import lexicon

SOON = 45  # days ahead that a day without a year may lie whatever the tense
TURN = 120  # days ahead that it may lie when no verb says past
NEXT_MONTHS = 2  # months ahead that a bare month may lie when no verb says past
PART = "(?: <the>? <part=early|mid|late|earlier|later> <hyphen>? <of|in|on>? )?"
WEEKDAY = "(?: <this>? <last|next>? <wd=weekday|weekday_short> <dot>? <comma>? <the>? )?"
MONTH = "<mon=month|month_short|weak_month> <dot>?"
DAYS = "<the>? <dom=dom|ord> (?: <hyphen|to> <dom2=dom|ord> )?"
REL_YEAR = "<of>? <rel=last|next|this> <yearword>"
SPOKEN = "<teen=teen> <hyphen>? <tens=tens|teen> (?: <hyphen>? <ones=num> )?"


def date_rules() -> tuple[Rule, ...]:
    pattern = lexicon().pattern
    return (
        Rule("iso", pattern("<iso=iso>"), _iso),
        Rule("slash", pattern("<slash=slash>"), _slash),
        Rule("dotted", pattern("<dotted=dotted>"), _dotted),
        Rule(
            "month day",
            pattern(f"{PART} {WEEKDAY} {MONTH} {DAYS} (?: <comma>? <apostrophe>? <year=year> | {REL_YEAR} )?"),
            _day,
        ),
        Rule(
            "day month",
            pattern(f"{PART} {WEEKDAY} {DAYS} <of>? {MONTH} (?: <comma>? <apostrophe>? <year=year|yy> | {REL_YEAR} )?"),
            _day,
        ),
        Rule(
            "month and year",
            pattern(f"{PART} <the>? {MONTH} <comma|of>? <apostrophe>? (?: <year=year> | {SPOKEN} )"),
            _month_of_year,
        ),
        Rule(
            "month of that year", pattern(f"{PART} <mon=month> <of>? <rel=last|next|this|that|same> <yearword>"), _month_of_year
        ),
        Rule("month", pattern(f"{PART} <each=each>? (?: <this>? <the>? <rel=last|next|this|same> )? <mon=month>"), _month),
        Rule(
            "weekday",
            pattern(f"{PART} (?: <this>? <the>? <rel=last|next|this|each> )? <wd=weekday> (?: <plural=part_plural> )?"),
            _weekday,
        ),
        Rule("weekdays", pattern("<wd=weekday_plural>"), _weekday),
    )


def _iso(hit: Hit) -> Found | None:
    try:
        return hit.dated(cal.day(date.fromisoformat(hit.word("iso"))), "absolute")
    except ValueError:
        return None


def _slash(hit: Hit) -> Found | None:
    """Month first, unless it cannot be one."""
    first, second, year = (int(part) for part in hit.word("slash").split("/"))
    month, day = (first, second) if first <= 12 else (second, first)
    return _calendar_day(hit, full_year(year), month, day, "absolute")


def _dotted(hit: Hit) -> Found | None:
    """Day first: "24.07.2016"."""
    day, month, year = (int(part) for part in hit.word("dotted").split("."))
    return _calendar_day(hit, year, month, day, "absolute")


def _calendar_day(hit: Hit, year: int, month: int, day: int, anchor: Anchor) -> Found | None:
    try:
        return hit.dated(cal.day(date(year, month, day)), anchor)
    except ValueError:
        return None


def _month_number(hit: Hit) -> int:
    numbers = hit.context.words.numbers
    word = hit.many("mon")[0]
    return numbers["months"].get(word) or numbers["month_short"][word]


def _day(hit: Hit) -> Found | None:
    """Such as "Oct. 13", "13 October 1989", "the 13th of October", "July 4-6"."""
    month, first = _month_number(hit), ordinal(hit.word("dom"))
    if not 1 <= first <= 31 or _counts_something(hit):
        return None
    year, anchor = _year_beside(hit, month, first)
    if year is None:
        return hit.found("DATE", f"XXXX-{month:02}-{first:02}", grain="day")
    found = _calendar_day(hit, year, month, first, anchor)
    return _to_the(hit, found) if found and hit.has("dom2") else found


def _to_the(hit: Hit, found: Found) -> Found | None:
    """From that day to another of the same month."""
    assert found.days is not None
    start = found.days[0]
    try:
        end = start.replace(day=ordinal(hit.word("dom2")))
    except ValueError:
        return None
    return hit.dated(cal.span(start, end, found.value), found.anchor) if end > start else None


def _counts_something(hit: Hit) -> bool:
    """In "in May 15 people died" the number counts people."""
    if hit.has("year") or hit.word("dom")[-1].isalpha() or hit.at("dom") < hit.at("mon"):
        return False
    token = token_at(hit.context, hit.at("dom"))
    return token is not None and token.dep_ == "nummod" and token.head.tag_ == "NNS" and token.head.i > token.i


def _year_beside(hit: Hit, month: int, day: int) -> tuple[int | None, Anchor]:
    """The year that the words give, else the one that the report's day and the tense make likely."""
    now = hit.context.now
    if hit.has("year"):
        return full_year(int(hit.word("year"))), "absolute"
    if now is None:
        return None, "none"
    if hit.has("rel"):
        return now.year + step_of(hit.word("rel")), "published"
    return _likely_year(hit, now, date(now.year, month, min(day, 28))), "published"


def _likely_year(hit: Hit, now: date, this_year: date) -> int:
    """This year's, if it is over or near, else by the tense: a past one months ahead was a year ago."""
    ahead = (this_year - now).days
    if ahead == 0:
        return now.year
    way = lean(hit)
    if ahead < 0:
        next_year = (ahead < -TURN and way == "future") or (ahead < SOON - 365 and way != "past")
        return now.year + next_year
    return now.year - (ahead > (SOON if way == "past" else TURN) and way != "future")


def _month_of_year(hit: Hit) -> Found | None:
    number, part, now = _month_number(hit), part_named(hit), hit.context.now
    if hit.has("year"):
        return hit.dated(cal.month(full_year(int(hit.word("year"))), number), "absolute", part)
    if hit.has("teen"):
        spoken = spoken_year(hit.many("teen") + hit.many("tens") + hit.many("ones"))
        return hit.dated(cal.month(spoken, number), "absolute", part) if spoken else None
    if now is None:
        return hit.found("DATE", f"XXXX-{number:02}")
    year = told_year(hit, now) if hit.word("rel") in {"that", "same"} else now.year + step_of(hit.word("rel"))
    return hit.dated(cal.month(year, number), "published", part)


def told_year(hit: Hit, now: date) -> int:
    """The year told last, else the report's own."""
    for found in reversed(hit.context.told):
        if found.days and found.grain in {"day", "month", "year", "season", "quarter"}:
            return found.days[0].year
    return now.year


def _month(hit: Hit) -> Found | None:
    """A bare month, or "last May", "this August", "each July"."""
    number, rel, now = _month_number(hit), hit.word("rel"), hit.context.now
    if hit.has("each"):
        return hit.found("SET", f"XXXX-{number:02}")
    if not _is_month_name(hit):
        return None
    if now is None:
        return hit.found("DATE", f"XXXX-{number:02}")
    ahead, step = (number - now.month) % 12, step_of(rel) if rel else 0
    way = None if rel else lean(hit)
    if rel == "this":
        year = now.year
    elif step > 0 or way == "future" or (not rel and _is_ahead(hit, ahead, way)):
        year = now.year + (number < now.month or (step > 0 and not ahead))
    else:
        year = now.year - (number > now.month or (step < 0 and not ahead))
    return hit.dated(cal.month(year, number), "published", part_named(hit))


def _is_ahead(hit: Hit, ahead: int, way: str | None) -> bool:
    """A bare month soon to come: a past one would bear its year, or stand after "in" and a verb in the past."""
    return 0 < ahead <= NEXT_MONTHS and (way is None or (ahead == 1 and hit.before() not in {"in", "since", "from", "of"}))


def _is_month_name(hit: Hit) -> bool:
    """May, March and August with a capital may still be a verb, a march, or somebody's name."""
    token = token_at(hit.context, hit.at("mon"))
    if token is None:
        return False
    if token.lower_ in {"may", "march"} and token.tag_ in {"MD", "VB", "VBP", "VBD"}:
        return False
    if token.lower_ == "march":
        return not (token.tag_ == "NN" and token.is_sent_start)
    return token.lower_ not in {"april", "june", "august"} or token.ent_type_ != "PERSON"


def _weekday(hit: Hit) -> Found | None:
    """The last one, the report's own day included, unless the words or the tense point ahead."""
    numbers, word = hit.context.words.numbers, hit.word("wd")
    number = numbers["weekdays"].get(word) or numbers["weekday_plurals"][word]
    rel = hit.word("rel")
    if rel in {"each", "every"} or word in numbers["weekday_plurals"] or hit.has("plural"):
        suffix = hit.context.words.letter("part_plurals", hit.word("plural")) if hit.has("plural") else ""
        return hit.found("SET", f"XXXX-WXX-{number}{suffix}")
    when = weekday_of(hit)
    if when is None:
        return hit.found("DATE", f"XXXX-WXX-{number}", grain="day")
    return hit.dated(cal.day(when), "published", part_named(hit))


def weekday_of(hit: Hit) -> date | None:
    """The day that a weekday means, None when the report has no day of its own."""
    number, rel, now = hit.context.words.numbers["weekdays"][hit.word("wd")], hit.word("rel"), hit.context.now
    if now is None:
        return None
    back, step = (now.isoweekday() - number) % 7, step_of(rel) if rel else 0
    if step < 0:
        return now - timedelta(days=back or 7)
    if step > 0 or (back and (rel == "this" or lean(hit) == "future")):
        return now + timedelta(days=7 - back)
    return now - timedelta(days=back)
