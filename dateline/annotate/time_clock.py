"""Hours and parts of a day: they join the day that stands beside them, else the one just told, else the report's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from dateline.annotate.time_context import Context, Found, Hit, Rule, token_at
from dateline.annotate.time_words import Scan, lexicon

BRIDGE = frozenset({"of", "on", "at", "in", "the", ",", "early", "late"})
BEFORE_CLOCK = frozenset({"at", "around", "about", "by", "until", "from"})
BEFORE_OTHER_PART = frozenset({"good", "a", "one", "per", "every", "each"})  # "good evening", "a night"
NEAR = 40  # words back to the day that a bare hour belongs to


def clock_rules() -> tuple[Rule, ...]:
    pattern = lexicon().pattern
    return (
        Rule("clock", pattern("<about>? <clock=clock> <ampm=ampm>? <zone>?"), _clock),
        Rule("hour", pattern("<about>? <hour=hour> (?: <ampm=ampm> | <oclock> ) <zone>?"), _hour),
        Rule("noon", pattern("<about>? <noon=noon>"), _noon),
        Rule("part", pattern("<the>? <early|mid|late>? <hyphen>? <part=part>"), _part),
        Rule("overnight", pattern("<overnight>"), _overnight),
        Rule("tonight", pattern("<tonight>"), _tonight),
    )


def _twenty_four(hour: int, ampm: str) -> int:
    if ampm.startswith("p"):
        return hour + 12 if hour < 12 else hour
    return 0 if ampm.startswith("a") and hour == 12 else hour


def _clock(hit: Hit) -> Found | None:
    hour, minute = hit.word("clock").split(":")[:2]
    if int(hour) > 24 or int(minute) > 59:
        return None
    if hit.last - hit.first == 1 and hit.before() not in BEFORE_CLOCK:
        return None
    return hit.found("TIME", f"T{_twenty_four(int(hour), hit.word('ampm')):02}:{minute}")


def _hour(hit: Hit) -> Found | None:
    return hit.found("TIME", f"T{_twenty_four(int(hit.word('hour')), hit.word('ampm')):02}:00")


def _noon(hit: Hit) -> Found | None:
    return hit.found("TIME", hit.context.words.letter("clock_words", hit.word("noon")))


def _part(hit: Hit) -> Found | None:
    token = token_at(hit.context, hit.at("part"))
    if token is None or token.dep_ == "compound" or hit.before() in BEFORE_OTHER_PART:
        return None
    return hit.found("TIME", hit.context.words.letter("parts_of_day", hit.word("part")))


def _overnight(hit: Hit) -> Found | None:
    now = hit.context.now
    found = hit.found("TIME", "TNI")
    if now is None:
        return found
    return replace(found, days=(now - timedelta(days=1), now), precision="range", anchor="published")


def _tonight(hit: Hit) -> Found | None:
    now = hit.context.now
    if now is None:
        return hit.found("TIME", "PRESENT_REF")
    return Found(hit.first, hit.last, "TIME", f"{now.isoformat()}TNI", (now, now), "day", "published", "day")


def join_clock(context: Context) -> list[Found]:
    """Hours and parts of a day with the day beside them made one expression."""
    out: list[Found] = []
    for found in context.told:
        if out and (joined := _joined(out[-1], found, context.scan)):
            out[-1] = joined
        else:
            out.append(found)
    return [_alone(found, context, out[:n]) for n, found in enumerate(out)]


def _is_partial(found: Found) -> bool:
    return found.kind == "TIME" and found.value.startswith("T")


def _joined(left: Found, right: Found, scan: Scan) -> Found | None:
    if right.first - left.last > 2 or not set(scan.words[left.last : right.first]) <= BRIDGE:
        return None
    day, time = (left, right) if _is_partial(right) else (right, left)
    if not _is_partial(time) or day.kind != "DATE" or day.grain != "day":
        return None
    return replace(day, first=left.first, last=right.last, kind="TIME", value=day.value + time.value)


def _alone(found: Found, context: Context, before: Sequence[Found]) -> Found:
    """A bare hour belongs to the day told shortly before; without one its value is of the report's day, without interval."""
    if not _is_partial(found):
        return found
    if found.days:
        return replace(found, value=found.days[0].isoformat() + found.value)
    for other in reversed(before):
        if found.first - other.last > NEAR:
            break
        if other.grain == "day" and other.days:
            value = other.days[0].isoformat() + found.value
            return replace(found, value=value, days=other.days, precision="day", anchor="narrative")
    return replace(found, value=(context.now.isoformat() if context.now else "XXXX-XX-XX") + found.value)
