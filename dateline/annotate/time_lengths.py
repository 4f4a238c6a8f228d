"""Lengths of time ("three days", "the past two weeks"), what stands that long ago, sets ("every Friday") and vague words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from dateline.annotate import time_values as cal
from dateline.annotate.time_context import Found, Hit, Rule, token_at
from dateline.annotate.time_numbers import number_of
from dateline.annotate.time_relative import DAYS, GRAINS, base
from dateline.annotate.time_values import Period
from dateline.annotate.time_words import lexicon

COUNT = "(?:<num>(?:<hyphen>?<num>)*<fraction>?)"
ENDING = "(?P<half2><and><a><half>)?(?:<hyphen>?<old=old>)?(?:<or><so>)?(?:<tail=ago|earlier|later|hence>)?"
SMALL = {"second": "TS", "minute": "TM", "hour": "TH"}


def length_rules() -> tuple[Rule, ...]:
    lex = lexicon()
    lead = "<about>*(?:<each><of>)?<the|these|this|that|another|a>?<rel=last|next|recent|ord|latest>?<about>*"
    return (
        Rule("counted", lex.pattern(
            f"{lead}(?P<n>{COUNT})(?P<half1><and><a><half>)?(?:<to|or|hyphen|and><about>*(?P<n2>{COUNT}))?<hyphen>?<more>*"
            f"<ahead=last|next>?<unit=unit|units>{ENDING}"), _counted),
        Rule("few", lex.pattern(f"{lead}<few=few><of>?<more>*<rel2=last|next>?<hyphen>?<unit=unit|units>{ENDING}"), _few),
        Rule("one", lex.pattern(f"<about>*<a|another><more>*<hyphen>?<unit=unit>{ENDING}"), _one),
        Rule("plural", lex.pattern("<these|the>?<rel=last|next|recent|early|late|future|ord>?<unit=units>(?:<or|and><unit2=units>)?(?:<tail=ago|earlier|later>)?"), _plural),
        Rule("set", lex.pattern("<set=set>"), _set),
        Rule("every", lex.pattern("<each><n=num|ord|other>?<unit=unit|units>"), _every),
        Rule("vague", lex.pattern("<vague=vague>"), _vague),
    )  # fmt: skip


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
    tail = hit.word("tail") if "tail" in hit.match.re.groupindex else ""
    if tail:
        return _away(hit, count, code, tail)
    value = _written(count, code)
    found = hit.found("DURATION", value)
    now = hit.context.now
    names = lexicon().words.classes.get(rel, frozenset())
    if now and code not in {"TS", "TM"} and count is not None and names & {"last", "next"}:
        other = _moved(now, count if "next" in names else -count, code)
        return replace(found, days=(min(now, other), max(now, other)), precision="range", anchor="published", grain=None)
    return found


def _moved(when: date, count: float, code: str) -> date:
    if code == "TH":
        code, count = "D", -(-abs(count) // 24) * (1 if count > 0 else -1)
    if code in {"D", "W", "2W"}:
        return when + timedelta(days=round(count * {"D": 1, "W": 7, "2W": 14}[code]))
    months = {"M": 1, "Q": 3, "Y": 12, "E": 120, "C": 1200}.get(code, 0)
    moved = max(-(when.year - 1) * 12, round(count * months))
    return cal.add_months(when, moved)


def _away(hit: Hit, count: float | None, code: str, tail: str) -> Found | None:
    """ "Three days ago", "a year earlier": a period as fine as the unit."""
    now, back = hit.context.now, tail in {"ago", "earlier"}
    if count is None:
        return hit.found("DATE", "PAST_REF" if back else "FUTURE_REF")
    if tail == "ago":
        told = (cal.day(now), "published") if now else None
    else:
        told = base(hit, DAYS | frozenset({"week", "month", "year"})) or None
    if code in {"Y"} and now and (tail == "ago" or back):
        near = _near_quarter(hit)
        if near:
            return hit.dated(cal.shift(near, round((-4 if back else 4) * count), "quarter"), "narrative")
        if told is None:
            told = (cal.day(now), "published")
    if told is None or (code.startswith("T") and tail != "ago"):
        return hit.found("DURATION", _written(count, code))
    if code.startswith("T"):
        return hit.dated(told[0], "published", kind="TIME")
    grain = GRAINS["W" if code == "2W" else code]
    there = cal.holding(_moved(told[0].start, -count if back else count, code), grain)
    if grain == "year" and abs(count) < 2 and tail == "ago":
        narrow = cal.holding(_moved(told[0].start, -count, code), "month")
        return replace(hit.dated(there, "published"), days=(narrow.start, narrow.end), precision="month")
    return hit.dated(there, "published" if tail == "ago" else "narrative")


def _near_quarter(hit: Hit) -> Period | None:
    for found in reversed(hit.context.told):
        if hit.first - found.last > 80:
            return None
        if found.grain == "quarter" and found.days and found.anchor != "narrative":
            return cal.holding(found.days[0], "quarter")
    return None


def _counted(hit: Hit) -> Found | None:
    count = number_of(hit.many("n"))
    if count is None or not 0 < count < 5000 or (hit.word("unit").startswith("quarter") and hit.after() == "of"):
        return None
    if hit.has("half1") or hit.has("half2"):
        count += 0.5
    code = hit.context.words.unit(hit.word("unit"))
    if hit.has("old") and hit.word("old") == "old" and hit.context.scan.words[hit.match.end("unit")] != "-":
        return None
    rel = hit.word("rel") or hit.word("ahead")
    return _length(hit, count, code, rel.split()[-1] if rel else "")


def _few(hit: Hit) -> Found | None:
    word = hit.word("few")
    count = 2.0 if "couple" in word else None
    if word in {"many", "some", "numerous"} and not hit.has("tail"):
        return None
    code = hit.context.words.unit(hit.word("unit"))
    rel = hit.word("rel") or hit.word("rel2")
    return _length(hit, count, code, rel)


def _one(hit: Hit) -> Found | None:
    code = hit.context.words.unit(hit.word("unit"))
    if code == "Q" and hit.after() == "of":
        return None
    count = 1.5 if hit.has("half2") else 1.0
    if not hit.has("tail") and hit.last - hit.first == 2 and not hit.has("half2"):
        before = hit.before()
        if before in {"twice", "once", "times"}:
            return hit.found("SET", _written(1, code))
        if before in {"%", "percent", "million", "billion"} or before[:1].isdigit() or _is_rate(hit):
            return None
        if hit.after() in {"of", "when", "that", "after", "before", "-"} or code in {"D", "TS", "TM"}:
            return None
    return _length(hit, count, code, "")


def _is_rate(hit: Hit) -> bool:
    """ "700 seats a week": a rate says how often, not when."""
    token = token_at(hit.context, hit.last - 1)
    return token is not None and token.dep_ == "npadvmod" and token.head.pos_ in {"NOUN", "NUM", "PROPN"}


def _plural(hit: Hit) -> Found | None:
    code = hit.context.words.unit(hit.word("unit"))
    if hit.has("tail"):
        return hit.found("DURATION" if hit.word("tail") == "ago" else "DATE", _written(None, code))
    rel = hit.word("rel")
    names = lexicon().words.classes.get(rel, frozenset())
    if "recent" in names or "last" in names:
        return hit.found(
            "DATE" if code in {"D", "Y"} or "last" in names else "DURATION",
            "PAST_REF" if code in {"D", "Y"} or "last" in names else _written(None, code),
        )
    if "next" in names or "future" in names:
        return hit.found("DATE", "FUTURE_REF")
    if "ord" in names and "last" not in names:
        return hit.found("DURATION", _written(None, code)) if rel == "first" else None
    if not rel and hit.before() not in {"for", "after", "over", "in", "within", "took", "take", "takes", "last", "of"}:
        return None
    return hit.found("DURATION", _written(None, code))


def _set(hit: Hit) -> Found | None:
    """ "Reports daily", not "daily reports": the adjective names a kind of thing."""
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
