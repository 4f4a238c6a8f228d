"""Lengths of time ("three days", "the past two weeks"), what stands that long ago, sets ("every Friday") and vague words."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

from dateline.annotate import time_values as cal
from dateline.annotate.time_context import Anchor, Found, Hit, Rule, step_of, token_at
from dateline.annotate.time_numbers import number_of
from dateline.annotate.time_quarters import near_quarter
from dateline.annotate.time_relative import DAYS, GRAINS, base
from dateline.annotate.time_values import Grain
from dateline.annotate.time_words import lexicon

COUNT = "(?: <num> (?: <hyphen>? <num> )* <fraction>? )"
ENDING = "(?P<half2> <and> <a> <half> )? (?: <hyphen>? <old=old> )? (?: <or> <so> )? (?: <tail=ago|earlier|later|hence> )?"
MOST = 5000  # more of a unit than any report means
LAST_YEAR = 9000  # beyond which nothing is reckoned
SUMS = frozenset({"%", "percent", "million", "billion"})  # "$2 million a year" is a rate
CLAUSES = frozenset({"of", "when", "that", "after", "before", "-"})
BEFORE_PLURAL = frozenset({"for", "after", "over", "in", "within", "took", "take", "takes", "last", "of"})
GRAINS_UNDER: Mapping[str, frozenset[Grain]] = {
    "D": DAYS, "W": DAYS | {"week"}, "2W": DAYS | {"week"}, "M": DAYS | {"week", "month"},
}  # fmt: skip


def length_rules() -> tuple[Rule, ...]:
    pattern = lexicon().pattern
    lead = "<about>* (?: <each> <of> )? <the|these|this|that|another|a>? <rel=last|next|recent|ord|latest>? <about>*"
    return (
        Rule(
            "counted",
            pattern(f"""{lead} (?P<n>{COUNT}) (?P<half1> <and> <a> <half> )? (?: <to|or|hyphen|and> <about>* {COUNT} )?
                <hyphen>? <more>* <ahead=last|next>? <unit=unit|units> {ENDING}"""),
            _counted,
        ),
        Rule("few", pattern(f"{lead} <few=few> <of>? <more>* <rel2=last|next>? <hyphen>? <unit=unit|units> {ENDING}"), _few),
        Rule("one", pattern(f"<about>* <a|another> <more>* <hyphen>? <unit=unit> {ENDING}"), _one),
        Rule(
            "plural",
            pattern("""<these|the>? <rel=last|next|recent|early|late|future|ord>? <unit=units> (?: <or|and> <units> )?
                (?: <tail=ago|earlier|later> )?"""),
            _plural,
        ),
        Rule("set", pattern("<set=set>"), _set),
        Rule("every", pattern("<each> <n=num|ord|other>? <unit=unit|units>"), _every),
        Rule("vague", pattern("<vague=vague>"), _vague),
    )


def _written(count: float | None, code: str) -> str:
    """The TIMEX3 value of a length; None counts as unknown many."""
    small = code.startswith("T")
    letter, prefix = code[-1], "PT" if small else "P"
    if count is None:
        return f"{prefix}X{letter}"
    if code == "2W":
        count *= 2
    if letter in "EC" and count > 1:
        count, letter = count * (10 if letter == "E" else 100), "Y"
    if count == int(count):
        return f"{prefix}{int(count)}{letter}"
    whole, lower = int(count), {"Y": "6M", "H": "30M", "M": "30S" if small else "15D", "D": "T12H"}.get(letter)
    return f"{prefix}{whole}{letter}{lower}" if lower and count % 1 == 0.5 and whole else f"{prefix}{count:g}{letter}"


def _length(hit: Hit, count: float | None, code: str, rel: str) -> Found | None:
    """A length; "the past two weeks" is also an interval."""
    if hit.has("tail"):
        return _away(hit, count, code, hit.word("tail"))
    found, now = hit.found("DURATION", _written(count, code)), hit.context.now
    step = step_of(rel) if rel else 0
    if now is None or not step or count is None or code in {"TS", "TM"}:
        return found
    other = _moved(now, step * count, code)
    return replace(found, days=(min(now, other), max(now, other)), precision="range", anchor="published")


def _moved(when: date, count: float, code: str) -> date:
    """So many units away; hours count as the days they reach into."""
    if code == "TH":
        code, count = "D", math.copysign(math.ceil(abs(count) / 24), count)
    if days := {"D": 1, "W": 7, "2W": 14}.get(code):
        return when + timedelta(days=round(count * days))
    months = round(count * {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}.get(code, 0))
    return cal.add_months(when, min(max(months, -(when.year - 1) * 12), (LAST_YEAR - when.year) * 12))


def _away(hit: Hit, count: float | None, code: str, tail: str) -> Found | None:
    """Such as "three days ago", "a year earlier": a period as fine as the unit."""
    now, back = hit.context.now, tail in {"ago", "earlier"}
    if count is None:
        return hit.found("DATE", "PAST_REF" if back else "FUTURE_REF")
    if code == "Y" and now and back and (near := near_quarter(hit)):
        return hit.dated(cal.shift(near, -4 * round(count), "quarter"), "narrative")
    told = base(hit, GRAINS_UNDER.get(code, DAYS | {"week", "month", "year"})) if tail != "ago" else None
    start = told.start if told else now if tail == "ago" or (code == "Y" and back) else None
    grain = "day" if code.startswith("T") else GRAINS.get("W" if code == "2W" else code)
    if start is None or grain is None or (code.startswith("T") and tail != "ago"):
        return hit.found("DURATION", _written(count, code))
    anchor: Anchor = "published" if told is None else "narrative"
    if code.startswith("T"):
        return hit.dated(cal.day(_moved(start, -count, code) if code == "TH" and count >= 24 else start), anchor, kind="TIME")
    moved = _moved(start, -count if back else count, code)
    found = hit.dated(cal.holding(moved, grain), anchor)
    if grain == "year" and count < 2:  # "a year ago" means that month of last year
        narrow = cal.holding(moved, "month")
        return replace(found, days=(narrow.start, narrow.end), precision="month")
    return found


def _counted(hit: Hit) -> Found | None:
    count = number_of(hit.many("n"))
    if count is None or not 0 < count < MOST or (hit.word("unit").startswith("quarter") and hit.after() == "of"):
        return None
    if hit.has("half1") or hit.has("half2"):
        count += 0.5
    code = hit.context.words.unit(hit.word("unit"))
    if hit.has("old") and hit.word("old") == "old" and hit.context.scan.words[hit.match.end("unit")] != "-":
        return None
    return _length(hit, count, code, hit.word("rel") or hit.word("ahead"))


def _few(hit: Hit) -> Found | None:
    word = hit.word("few")
    count = 2.0 if "couple" in word else None
    if word in {"many", "some", "numerous"} and not hit.has("tail"):
        return None
    code = hit.context.words.unit(hit.word("unit"))
    return _length(hit, count, code, hit.word("rel") or hit.word("rel2"))


def _one(hit: Hit) -> Found | None:
    code = hit.context.words.unit(hit.word("unit"))
    if code == "Q" and hit.after() == "of":
        return None
    count = 1.5 if hit.has("half2") else 1.0
    if not hit.has("tail") and hit.last - hit.first == 2 and not hit.has("half2"):
        before = hit.before()
        if before in {"twice", "once", "times"}:
            return hit.found("SET", _written(1, code))
        if before in SUMS or before[:1].isdigit() or _is_rate(hit):
            return None
        if hit.after() in CLAUSES or code in {"D", "TS", "TM"}:
            return None
    return _length(hit, count, code, "")


def _is_rate(hit: Hit) -> bool:
    """A rate ("two boats a week") says how often, not when."""
    token = token_at(hit.context, hit.last - 1)
    return token is not None and token.dep_ == "npadvmod" and token.head.pos_ in {"NOUN", "NUM", "PROPN"}


def _plural(hit: Hit) -> Found | None:
    code = hit.context.words.unit(hit.word("unit"))
    if hit.has("tail"):
        return hit.found("DURATION" if hit.word("tail") == "ago" else "DATE", _written(None, code))
    rel = hit.word("rel")
    names = lexicon().words.classes.get(rel, frozenset())
    if "last" in names or ("recent" in names and code in {"D", "Y"}):
        return hit.found("DATE", "PAST_REF")
    if "next" in names or "future" in names:
        return hit.found("DATE", "FUTURE_REF")
    if ("ord" in names and rel != "first") or (not rel and hit.before() not in BEFORE_PLURAL):
        return None
    return hit.found("DURATION", _written(None, code))


def _set(hit: Hit) -> Found | None:
    """The adverb ("meets daily"); the adjective ("daily reports") names a kind of thing."""
    token = token_at(hit.context, hit.first)
    if token is None or token.pos_ != "ADV":
        return None
    return hit.found("SET", hit.context.words.letter("sets", hit.word("set")))


def _every(hit: Hit) -> Found | None:
    count = number_of(hit.many("n")) if hit.has("n") else 1.0
    code = hit.context.words.unit(hit.word("unit"))
    return hit.found("SET", _written(count, code)) if count else None


def _vague(hit: Hit) -> Found | None:
    if hit.word("vague") in {"soon", "shortly"} and hit.after() in {"as", "after", "before"}:
        return None
    return hit.found("DATE", hit.context.words.letter("vague", hit.word("vague")))
