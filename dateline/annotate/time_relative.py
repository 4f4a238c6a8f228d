"""Times that lean on another: on the report's own day ("last week", "two days ago") or on one just told ("a day later")."""

from __future__ import annotations

from datetime import date, timedelta

from dateline.annotate import time_values as cal
from dateline.annotate.time_context import Anchor, Found, Hit, Rule, part_named
from dateline.annotate.time_dates import PART
from dateline.annotate.time_numbers import number_of
from dateline.annotate.time_tense import lean
from dateline.annotate.time_values import Grain, Period
from dateline.annotate.time_words import lexicon

GRAINS: dict[str, Grain] = {
    "D": "day", "W": "week", "2W": "week", "M": "month", "Q": "quarter", "Y": "year", "E": "decade", "C": "century", "WE": "weekend",
}  # fmt: skip
NEAR = 60  # words back to the time that "a day later" leans on


def relative_rules() -> tuple[Rule, ...]:
    lex = lexicon()
    return (
        Rule("deictic", lex.pattern(f"{PART}(?:<the><dayword><beside=before|after>)?<deictic=deictic>"), _deictic),
        Rule("this unit", lex.pattern(
            f"{PART}(?:<the>|<each>|<a>)?(?:<this>)?<rel=this|last|next|that|same|current|latest|each|full|recent><of>?<fiscal>?"
            "<unit=unit|weekend|part|period>"), _this_unit),
        Rule("the unit", lex.pattern(f"(?:{PART}<the>)<fiscal=fiscal|full>?<unit=unit|weekend>"), _the_unit),
        Rule("end of unit", lex.pattern("<yearword><apostrophe_s>?<hyphen>?<end=end>"), _year_end),
        Rule("year-ago", lex.pattern(
            "<the>?<alike>?<unit=unit><hyphen><back=ago|earlier>(?:(?:<ord=ord><hyphen>?)?<quarterword>|<period>|<months=num><units>)?"), _year_ago),
        Rule("that period", lex.pattern("<the><rel=latest|alike|year|current><hyphen>?<unit=quarterword|period>"), _period),
        Rule("day before", lex.pattern("(?:<the>|<a>)<dayword><beside=before|after|earlier|later>"), _day_beside),
        Rule("the past", lex.pattern("<the><recent>?<last=last>"), _the_past),
    )  # fmt: skip


def _deictic(hit: Hit) -> Found | None:
    step = hit.context.words.numbers["deictic"][hit.word("deictic")]
    if is_name(hit, "deictic"):
        return None
    if hit.has("beside"):
        if step == 0:
            return None
        step += step if (hit.word("beside") == "before") == (step < 0) else 0
    if hit.context.now is None:
        return hit.found("DATE", "PRESENT_REF" if step == 0 else "XXXX-XX-XX")
    return hit.dated(cal.day(hit.context.now + timedelta(days=step)), "published")


def base(hit: Hit, grains: frozenset[Grain]) -> tuple[Period, Anchor] | None:
    """The latest time told nearby that an expression may lean on."""
    for found in reversed(hit.context.told):
        if hit.first - found.last > NEAR:
            return None
        if found.days and found.grain in grains and found.last <= hit.first:
            return Period(found.days[0], found.days[1], found.grain, found.value.split("T")[0]), "narrative"
    return None


def is_name(hit: Hit, name: str) -> bool:
    """A capital in the middle of a sentence: the title of a programme or a paper ("This Week", "USA Today")."""
    scan, at = hit.context.scan, hit.at(name)
    raw = scan.text[scan.starts[at]]
    return (
        raw.isupper()
        and at > 0
        and scan.words[at - 1] not in {".", '"', "“", ":", "”", "-", "—"}
        and scan.text[scan.starts[at - 1]] != scan.text[scan.starts[at - 1]].lower()
    )


DAYS: frozenset[Grain] = frozenset({"day", "span"})


def _this_unit(hit: Hit) -> Found | None:
    word, rel, now = hit.word("unit"), hit.word("rel"), hit.context.now
    names = lexicon().words.classes[word]
    if rel in {"each", "every"}:
        return _each(hit, word)
    if "part" in names:
        return _part_of_day(hit, word, rel)
    if "period" in names or rel in {"recent"}:
        return None
    code = "WE" if word == "weekend" else hit.context.words.unit(word)
    if code.startswith("T"):
        return None
    grain = GRAINS.get(code, "day")
    if is_name(hit, "unit"):
        return None
    if rel in {"same", "very", "that", "those"}:
        return _same(hit, grain)
    if rel in {"following", "previous", "prior", "preceding"} or (grain == "day" and rel == "next"):
        told = base(hit, frozenset({grain}) | DAYS if grain != "day" else DAYS)
        if told:
            start = cal.holding(told[0].start, grain)
            return hit.dated(cal.shift(start, 1 if rel in {"following", "next"} else -1, grain), told[1])
    if rel in {"full", "whole", "entire"}:
        return hit.found("DURATION", f"P1{code}")
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
    step = 1 if rel in {"next", "coming", "upcoming", "following"} else -1
    there = cal.shift(this, step, grain)
    ahead_of = hit.context.scan.words[hit.at("rel") - 1] if hit.at("rel") > hit.first else ""
    if (rel == "past" and ahead_of != "this") or (rel == "last" and ahead_of == "the" and grain != "week"):
        running = Period(_back(now, grain), now, there.grain, there.value)
        return hit.dated(running, "published")
    return hit.dated(there, "published", part_named(hit))


def _back(now: date, grain: Grain) -> date:
    if grain == "week":
        return now - timedelta(days=7)
    months = {"month": 1, "quarter": 3, "season": 3, "year": 12, "decade": 120}.get(grain, 1200)
    return cal.add_months(now, -months)


def _weekend(hit: Hit, now: date, rel: str) -> Period:
    """On a weekend "this" and "the" mean that one; "last" is always one that is over."""
    this = cal.weekend_of(now)
    if rel in {"next", "coming", "upcoming"} or (rel in {"this", "the"} and now < this.start and lean(hit) == "future"):
        return this if now < this.start else cal.shift(this, 1, "weekend")
    if rel in {"this", "the"} and now >= this.start:
        return this
    return cal.shift(this, -1, "weekend")


def _same(hit: Hit, grain: Grain) -> Found | None:
    """ "That day", "the same week"."""
    wanted: frozenset[Grain] = DAYS if grain == "day" else frozenset({grain, "day", "month", "quarter", "season", "week"})
    told = base(hit, wanted)
    if told is None:
        return None
    return hit.dated(told[0] if grain == "day" else cal.holding(told[0].start, grain), told[1])


def _part_of_day(hit: Hit, word: str, rel: str) -> Found | None:
    suffix, now = hit.context.words.letter("parts_of_day", word), hit.context.now
    if rel in {"this", "last"}:
        if now is None:
            return hit.found("TIME", "PRESENT_REF" if rel == "this" else "PAST_REF")
        when = cal.day(now - timedelta(days=1 if rel == "last" else 0))
        return hit.dated(when, "published", kind="TIME", value=when.value + suffix)
    told = base(hit, DAYS)
    if told is None or rel not in {"same", "very", "that", "next", "following", "previous"}:
        return None
    step = {"next": 1, "following": 1, "previous": -1}.get(rel, 0)
    when = cal.shift(told[0], step, "day")
    return hit.dated(when, told[1], kind="TIME", value=when.value + suffix)


def _each(hit: Hit, word: str) -> Found | None:
    names = lexicon().words.classes[word]
    if "part" in names:
        return hit.found("SET", "XXXX-XX-XX" + hit.context.words.letter("parts_of_day", word))
    if word == "weekend":
        return hit.found("SET", "XXXX-WXX-WE")
    if "period" in names:
        return None
    code = hit.context.words.unit(word)
    return hit.found("SET", f"PT1{code[1]}" if code.startswith("T") else f"P1{code}")


def _the_unit(hit: Hit) -> Found | None:
    """ "The week", "the end of the month": the running one; other bare units name no time."""
    word, now = hit.word("unit"), hit.context.now
    if hit.after() in {"of", "when", "that", "before", "after"} and not hit.has("part"):
        return None
    if word == "weekend":
        return hit.dated(_weekend(hit, now, "the"), "published") if now else None
    code = hit.context.words.unit(word)
    grain = GRAINS.get(code)
    if grain is None or code in {"E", "C", "2W"} or now is None:
        return None
    if grain == "day":
        told = base(hit, DAYS)
        return hit.dated(told[0], told[1]) if told and hit.has("part") else None
    if hit.has("part"):
        told = base(hit, frozenset({grain}))
        period = told[0] if told and told[0].grain == grain and grain != "year" else cal.holding(now, grain)
        return hit.dated(period, "published", part_named(hit))
    if grain == "quarter":
        return hit.dated(_told_quarter(hit, now), "narrative") if hit.after() != "of" else None
    if grain == "year":
        if hit.after() in {"ended", "ending"}:
            return hit.found("DURATION", "P1Y")
        return hit.dated(cal.holding(now, grain), "published")
    return hit.dated(cal.holding(now, grain), "published") if grain == "week" else None


def _year_end(hit: Hit) -> Found | None:
    now = hit.context.now
    if now is None:
        return None
    this = cal.year(now.year)
    return hit.dated(Period(this.end, this.end, "year", this.value), "published")


def _year_ago(hit: Hit) -> Found | None:
    """ "The year-earlier quarter": a year before the quarter told last, else before the one just over."""
    now = hit.context.now
    if now is None or hit.word("unit") != "year":
        return None
    if hit.has("months"):
        count = number_of(hit.many("months"))
        return hit.found("DURATION", f"P{count:g}M") if count else None
    there = cal.shift(_told_quarter(hit, now), -4, "quarter")
    return hit.dated(there, "narrative")


def _told_quarter(hit: Hit, now: date) -> Period:
    for found in reversed(hit.context.told):
        if found.grain == "quarter" and found.days and found.anchor != "narrative":
            return cal.holding(found.days[0], "quarter")
    return cal.shift(cal.holding(now, "quarter"), -1, "quarter")


def _period(hit: Hit) -> Found | None:
    now, rel = hit.context.now, hit.word("rel")
    if now is None:
        return None
    told = _told_quarter(hit, now)
    if rel.isdecimal():
        return hit.dated(cal.quarter(int(rel), (told.start.month + 2) // 3), "narrative")
    return hit.dated(told, "narrative")


def _day_beside(hit: Hit) -> Found | None:
    """ "The day before": leans on the day told last; "the day before the vote" leans on what no rule knows."""
    beside, after = hit.word("beside"), hit.after()
    told = base(hit, DAYS)
    if beside in {"before", "after"} and (
        after.isalpha() and after not in {"and", "but", "when", "as", "he", "she", "they", "it"}
    ):
        return None
    if told is None:
        return None
    step = -1 if beside in {"before", "earlier"} else 1
    return hit.dated(cal.shift(told[0], step, "day"), told[1])


def _the_past(hit: Hit) -> Found | None:
    return hit.found("DATE", "PAST_REF") if hit.word("last") == "past" and hit.before() in {"in", "of", "from"} else None
