"""Times that lean on another: on the report's own day ("last week", "yesterday") or on one just told ("the next day")."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from dateline.annotate import time_values as cal
from dateline.annotate.time_context import Anchor, Found, Hit, Rule, part_named
from dateline.annotate.time_dates import PART, weekday_of
from dateline.annotate.time_quarters import told_quarter
from dateline.annotate.time_tense import lean
from dateline.annotate.time_values import Grain, Period
from dateline.annotate.time_words import lexicon

GRAINS: Mapping[str, Grain] = {
    "D": "day", "W": "week", "2W": "week", "M": "month", "Q": "quarter", "Y": "year", "E": "decade", "C": "century",
}  # fmt: skip
DAYS: frozenset[Grain] = frozenset({"day", "span"})
NEAR = 60  # words back to the time that "the next day" leans on
STEPS = {"next": 1, "following": 1, "previous": -1, "prior": -1, "preceding": -1}
CLAUSE_WORDS = frozenset({"and", "but", "when", "as", "he", "she", "they", "it"})


def relative_rules() -> tuple[Rule, ...]:
    pattern = lexicon().pattern
    return (
        Rule("deictic", pattern(f"{PART} (?: <the> <dayword> <beside=before|after> )? <deictic=deictic>"), _deictic),
        Rule(
            "this unit",
            pattern(f"""{PART} (?: <the> | <each> | <a> )? <this>? <rel=this|last|next|that|same|current|latest|each|full>
                <of>? <fiscal>? <unit=unit|weekend|part>"""),
            _this_unit,
        ),
        Rule("the unit", pattern(f"{PART} <the> <fiscal|full>? <unit=unit|weekend>"), _the_unit),
        Rule("year-end", pattern("<yearword> <apostrophe_s>? <hyphen>? <end>"), _year_end),
        Rule("day before", pattern("(?: <the> | <a> ) <dayword> <beside=before|after|earlier|later>"), _day_beside),
        Rule(
            "day before weekday",
            pattern("<the> <dayword> <beside=before|after> (?: <rel=last|next> )? <wd=weekday>"),
            _beside_weekday,
        ),
        Rule("the past", pattern("<the> <recent>? <last=last>"), _the_past),
    )


def base(hit: Hit, grains: frozenset[Grain]) -> Period | None:
    """The latest time told nearby that an expression may lean on."""
    for found in reversed(hit.context.told):
        if hit.first - found.last > NEAR:
            return None
        if found.days and found.grain in grains:
            return Period(found.days[0], found.days[1], found.grain, found.value.split("T")[0])
    return None


def _deictic(hit: Hit) -> Found | None:
    """Today, yesterday, tomorrow, "the day before yesterday"."""
    step, now = hit.context.words.numbers["deictic"][hit.word("deictic")], hit.context.now
    if _is_title(hit, "deictic") or (hit.has("beside") and not step):
        return None
    if hit.has("beside"):
        step += 1 if hit.word("beside") == "after" else -1
    if now is None:
        return hit.found("DATE", "XXXX-XX-XX" if step else "PRESENT_REF", grain="day" if step else None)
    return hit.dated(cal.day(now + timedelta(days=step)), "published")


def _is_title(hit: Hit, name: str) -> bool:
    """Capitals in the middle of a sentence: a programme or a paper ("This Week", "USA Today")."""
    scan, at = hit.context.scan, hit.at(name)
    return at > 0 and scan.text[scan.starts[at]].isupper() and scan.text[scan.starts[at - 1]].isupper()


def _this_unit(hit: Hit) -> Found | None:
    word, rel, now = hit.word("unit"), hit.word("rel"), hit.context.now
    classes = lexicon().words.classes[word]
    if rel in {"each", "every"}:
        return _each(hit, word)
    if "part" in classes:
        return _part_of_day(hit, word, rel)
    grain: Grain | None = "weekend" if word == "weekend" else GRAINS.get(hit.context.words.unit(word))
    if grain is None or _is_title(hit, "unit"):
        return None
    if rel in {"full", "whole", "entire"}:
        return hit.found("DURATION", f"P1{hit.context.words.unit(word)}") if grain != "weekend" else None
    if rel in {"same", "very", "that", "those"}:
        return _same(hit, grain)
    if rel in STEPS and (rel != "next" or grain == "day"):
        told = base(hit, DAYS | {grain})
        if told:
            return hit.dated(cal.shift(cal.holding(told.start, grain), STEPS[rel], grain), "narrative")
    if now is None:
        return hit.found("DATE", "PRESENT_REF" if rel in {"this", "current"} else "PAST_REF")
    return _around_now(hit, grain, rel, now)


def _around_now(hit: Hit, grain: Grain, rel: str, now: date) -> Found | None:
    this = cal.holding(now, grain)
    if grain == "day":
        return hit.dated(this, "published") if rel in {"this", "current"} else None
    if grain == "weekend":
        return hit.dated(_weekend(hit, now, rel), "published")
    if rel in {"this", "current"} or (rel == "latest" and grain == "year"):
        return hit.dated(this, "published", part_named(hit))
    there = cal.shift(this, 1 if rel in {"next", "coming", "upcoming", "following"} else -1, grain)
    led = hit.context.scan.before(hit.at("rel")) if hit.at("rel") > hit.first else ""
    if (rel == "past" and led != "this") or (rel == "last" and led == "the" and grain != "week"):
        return hit.dated(Period(_back(now, grain), now, grain, there.value), "published")  # the last twelve months, not last year
    return hit.dated(there, "published", part_named(hit))


def _back(now: date, grain: Grain) -> date:
    if grain == "week":
        return now - timedelta(days=7)
    return cal.add_months(now, -{"month": 1, "quarter": 3, "year": 12, "decade": 120}.get(grain, 1200))


def _weekend(hit: Hit, now: date, rel: str) -> Period:
    """On a weekend "this" and "the" mean that one; "last" is always one that is over."""
    this = cal.weekend_of(now)
    if rel in {"next", "coming", "upcoming"} or (rel in {"this", "the"} and now < this.start and lean(hit) == "future"):
        return this if now < this.start else cal.shift(this, 1, "weekend")
    if rel in {"this", "the"} and now >= this.start:
        return this
    return cal.shift(this, -1, "weekend")


def _same(hit: Hit, grain: Grain) -> Found | None:
    """Such as "that day", "the same week"."""
    told = base(hit, DAYS if grain == "day" else frozenset({grain, "day", "month", "quarter", "season", "week"}))
    if told is None:
        return None
    return hit.dated(told if grain == "day" else cal.holding(told.start, grain), "narrative")


def _part_of_day(hit: Hit, word: str, rel: str) -> Found | None:
    suffix, now = hit.context.words.letter("parts_of_day", word), hit.context.now
    if rel in {"this", "last"}:
        if now is None:
            return hit.found("TIME", "PRESENT_REF" if rel == "this" else "PAST_REF")
        when, anchor = cal.day(now - timedelta(days=rel == "last")), "published"
    else:
        told = base(hit, DAYS)
        if told is None or rel not in {"same", "very", "that", "next", "following", "previous"}:
            return None
        when, anchor = cal.shift(told, STEPS.get(rel, 0), "day"), "narrative"
    return hit.dated(when, _anchor(anchor), kind="TIME", value=when.value + suffix)


def _anchor(name: str) -> Anchor:
    return "narrative" if name == "narrative" else "published"


def _each(hit: Hit, word: str) -> Found | None:
    classes = lexicon().words.classes[word]
    if "part" in classes:
        return hit.found("SET", "XXXX-XX-XX" + hit.context.words.letter("parts_of_day", word))
    if word == "weekend":
        return hit.found("SET", "XXXX-WXX-WE")
    code = hit.context.words.unit(word)
    return hit.found("SET", f"PT1{code[1]}" if code.startswith("T") else f"P1{code}")


def _the_unit(hit: Hit) -> Found | None:
    """Such as "the week", "the end of the month": the running one; other bare units name no time."""
    word, now = hit.word("unit"), hit.context.now
    if now is None or hit.after() == "-" or (hit.after() in {"of", "when", "that", "before", "after"} and not hit.has("part")):
        return None
    if word == "weekend":
        return hit.dated(_weekend(hit, now, "the"), "published")
    grain = GRAINS.get(hit.context.words.unit(word))
    if grain == "day":
        told = base(hit, DAYS)
        return hit.dated(told, "narrative") if told and hit.has("part") else None
    if grain not in {"week", "month", "quarter", "year"}:
        return None
    if hit.has("part"):
        told = base(hit, frozenset({grain})) if grain != "year" else None
        return hit.dated(told or cal.holding(now, grain), "published", part_named(hit))
    if grain == "quarter":
        return hit.dated(told_quarter(hit, now), "narrative")
    if grain == "year" and hit.after() in {"ended", "ending"}:
        return hit.found("DURATION", "P1Y")
    return hit.dated(cal.holding(now, grain), "published") if grain != "month" else None


def _year_end(hit: Hit) -> Found | None:
    now = hit.context.now
    if now is None:
        return None
    last = date(now.year, 12, 31)
    return hit.dated(Period(last, last, "year", f"{now.year:04}"), "published")


def _day_beside(hit: Hit) -> Found | None:
    """The day before leans on the day told last; "the day before the vote" leans on what no rule knows."""
    beside, after = hit.word("beside"), hit.after()
    told = base(hit, DAYS)
    if told is None or (beside in {"before", "after"} and after.isalpha() and after not in CLAUSE_WORDS):
        return None
    return hit.dated(cal.shift(told, -1 if beside in {"before", "earlier"} else 1, "day"), "narrative")


def _beside_weekday(hit: Hit) -> Found | None:
    when = weekday_of(hit)
    if when is None:
        return None
    return hit.dated(cal.day(when + timedelta(days=1 if hit.word("beside") == "after" else -1)), "published")


def _the_past(hit: Hit) -> Found | None:
    return hit.found("DATE", "PAST_REF") if hit.word("last") == "past" and hit.before() in {"in", "of", "from"} else None
