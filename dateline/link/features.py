"""Are two tellings one happening? A readable list of comparisons; weights.toml says what each of their levels is worth."""

from __future__ import annotations

import math
from datetime import date

from dateline.link.comparing import Comparisons, Finding
from dateline.link.trace import NARROW, Count, Trace, days_apart, distance_km, sentence_words
from dateline.model.event import EventType

# Beyond their two radiuses, two named places are still near within this.
NEARBY_KM = 10.0
# An interval of more days than this is a stretch of the war rather than a date.
LONG_STRETCH = 10
# Pairs of types under which two reporters may well tell one happening.
RELATED: frozenset[frozenset[EventType]] = frozenset(
    frozenset(pair)
    for pair in (
        ("clash", "armed_attack"), ("clash", "advance"), ("shelling", "airstrike"), ("shelling", "bombing"),
        ("airstrike", "bombing"), ("armed_attack", "bombing"), ("armed_attack", "shelling"), ("armed_attack", "abduction"),
        ("armed_attack", "airstrike"), ("territory_gain", "surrender"), ("territory_gain", "advance"), ("siege", "advance"),
        ("withdrawal", "surrender"), ("arrest", "legal"), ("arrest", "abduction"), ("protest", "riot"),
        ("protest", "crackdown"), ("riot", "crackdown"), ("talks", "agreement"), ("bombing", "property_destruction"),
        ("aid", "pledge"), ("threaten", "appeal"), ("accuse", "reject"),
    )
)  # fmt: skip


def compare_type(left: Trace, right: Trace) -> Finding:
    a, b = left.type, right.type
    if a == b:
        return "same", "both tell of {}", (a,)
    if frozenset((a, b)) in RELATED:
        level = "before" if "advance" in (a, b) and left.group == right.group else "related"
        return level, "{} and {} are often told of one happening", (a, b)
    if left.group == right.group:
        return "group", "{} and {} are of one group", (a, b)
    return "other", "{} is no {}", (a, b)


def compare_place(left: Trace, right: Trace) -> Finding:
    a, b = left.spot, right.spot
    if a is None or b is None:
        return _placeless(left, right)
    if (a.gazetteer_id and a.gazetteer_id == b.gazetteer_id) or (a.name, a.admin1, a.country) == (b.name, b.admin1, b.country):
        level = "same" if a.precision in NARROW else "country" if a.precision == "country" else "province"
        return level, "both in {}", (a.name,)
    if a.name == b.name and left.group != "control" and a.precision in NARROW and b.precision in NARROW:
        return "namesake", "two places called {}: one account's may be misread", (a.name,)
    if a.country and b.country and a.country != b.country:
        return "apart", "{} is in {}, {} in {}", (a.name, a.country, b.name, b.country)
    gap = distance_km(a, b)
    if gap is None:
        return "unknown", "{} has no point", (a.name if a.lat is None else b.name,)
    values = (a.name, b.name, gap)
    if a.precision in NARROW and b.precision in NARROW:
        if gap <= max(a.radius_km, b.radius_km):
            return "within", "{} and {} lie {:.0f} km apart, within their precision", values
        # Two towns change hands one by one, however near they lie.
        is_near = gap <= a.radius_km + b.radius_km + NEARBY_KM and left.group != "control"
        return ("near" if is_near else "apart"), "{} and {} lie {:.0f} km apart", values
    return _wide(left, right, gap, values)


def _placeless(left: Trace, right: Trace) -> Finding:
    """One says no place: then its report must at least tell of the other's town, or both reports of one town."""
    if not left.setting or not right.setting:
        return "unknown", "a place is not told", ()
    shared = left.setting & right.setting
    if left.spot is not None:
        shared &= left.spot.keys
    if right.spot is not None:
        shared &= right.spot.keys
    if shared:
        return "setting", "a place is not told, but both reports tell of it", ()
    # Places change hands one by one, and a report of one names others; who was harmed there may be told with no place.
    return (
        ("elsewhere" if left.group == "control" else "aside"),
        "a place is not told, and the reports tell of different ones",
        (),
    )


def _wide(left: Trace, right: Trace, gap: float, values: tuple[object, ...]) -> Finding:
    """At least one is a province or wider: inside it says little, outside it says no."""
    a, b = left.spot, right.spot
    assert a is not None and b is not None
    if "country" in (a.precision, b.precision) and a.country == b.country:
        return "country", "{} and {} are in one country", values
    if a.admin1 and b.admin1:
        if a.admin1 == b.admin1 and a.country == b.country:
            return "inside", "{} and {} are in one province", values
        return "apart", "{} and {} are in two provinces", values
    return ("inside" if gap <= a.radius_km + b.radius_km else "apart"), "{} and {} lie {:.0f} km apart", values


def compare_time(left: Trace, right: Trace) -> Finding:
    if left.days and right.days:
        return _days(left.days, right.days)
    if left.published is None or right.published is None:
        return "unknown", "a day is not told", ()
    if left.days or right.days:
        dated, undated = (left, right) if left.days else (right, left)
        return _told_of(dated, undated)
    gap = abs((left.published - right.published).days)
    return _told(gap), "no day is told; published {} days apart", (gap,)


def _days(left: tuple[date, date], right: tuple[date, date]) -> Finding:
    gap = days_apart(left, right)
    if gap > 0:
        return ("next_day" if gap == 1 else "near" if gap <= 3 else "apart"), "days apart: {}", (gap,)
    longest = max((left[1] - left[0]).days, (right[1] - right[0]).days)
    if longest == 0:
        return "same_day", "both on {}", (left[0],)
    return ("overlap" if longest <= LONG_STRETCH else "stretch"), "their days overlap", ()


def _told_of(dated: Trace, undated: Trace) -> Finding:
    """An account without a day was published after what it tells; how long after says how likely it is the same."""
    published, days = undated.published, dated.days
    assert published is not None and days is not None
    if published < days[0]:
        return "apart", "one was published on {}, before the other happened", (published,)
    gap = max(0, (published - days[1]).days)
    return _told(gap), "one tells no day; it was published {} days after", (gap,)


def _told(gap: int) -> str:
    return "told_close" if gap <= 2 else "told_apart" if gap <= 10 else "told_far"


def compare_by(left: Trace, right: Trace) -> Finding:
    if not left.by or not right.by:
        return "unknown", "who did it is not told", ()
    if left.by & right.by:
        return "by_same", "both by {}", (_names(left.by & right.by),)
    if left.by & right.on and left.type == right.type == "clash":
        return "swapped", "the two sides are named the other way round", ()
    return "by_differ", "by {} and by {}", (_names(left.by), _names(right.by))


def compare_on(left: Trace, right: Trace) -> Finding:
    if not left.on or not right.on:
        return "unknown", "to whom is not told", ()
    if left.on & right.on:
        return "on_same", "both against {}", (_names(left.on & right.on),)
    if left.type == "clash":
        return "unknown", "sides of a fight are told in either order", ()
    return "on_differ", "against {} and against {}", (_names(left.on), _names(right.on))


def compare_figures(left: Trace, right: Trace) -> Finding:
    """The best agreement over figures of one measure: rival counts of one happening differ, but seldom wildly."""
    found: list[tuple[int, Finding]] = []
    for a in left.counts:
        for b in right.counts:
            if a.measure == b.measure:
                found.append(_ranges(a, b))
    return max(found)[1] if found else ("none", "no figure in common", ())


def _ranges(a: Count, b: Count) -> tuple[int, Finding]:
    words, values = "{}: {} and {}", (a.measure, a.words, b.words)
    low_a, high_a = a.low or 0, math.inf if a.high is None else a.high
    low_b, high_b = b.low or 0, math.inf if b.high is None else b.high
    if (a.low, a.high) == (b.low, b.high):
        return 3, ("equal", words, values)
    if low_a <= high_b and low_b <= high_a:
        return 2, ("compatible", words, values)
    gap = max(low_a - high_b, low_b - high_a)
    scale = max(low_a, low_b, 1)
    return (1, ("differ", words, values)) if gap <= max(3, scale / 2) else (0, ("far", words, values))


def compare_reports(left: Trace, right: Trace) -> Finding:
    """Two events of one report are two; a copy tells each of its source's events again, in the same words."""
    if left.source_id != right.source_id:
        return "other", "two reports", ()
    if left.report_id != right.report_id and _one_sentence(left, right):
        return "copy", "one report repeats the other's sentence", ()
    return "same", "one report tells them as two", ()


def _one_sentence(left: Trace, right: Trace) -> bool:
    first, second = sentence_words(left.sentence), sentence_words(right.sentence)
    return left.type == right.type and len(first & second) >= 0.6 * max(len(first), len(second), 1)


def compare_kind(left: Trace, right: Trace) -> Finding:
    aggregates = left.is_aggregate + right.is_aggregate
    if aggregates == 1:
        return "one_aggregate", "one is a sum of many happenings", ()
    if aggregates == 2:
        return "both_aggregate", "both are sums of many happenings", ()
    if left.is_background != right.is_background:
        return "one_background", "one is told as background", ()
    return "both_single", "both are single happenings", ()


def _names(keys: frozenset[str]) -> str:
    return ", ".join(sorted(keys))


COMPARISONS: Comparisons[Trace] = (
    ("report", compare_reports),
    ("type", compare_type),
    ("kind", compare_kind),
    ("place", compare_place),
    ("time", compare_time),
    ("actors", compare_by),
    ("actors", compare_on),
    ("figures", compare_figures),
)

# Log-odds of the two reports' stories from which a level begins.
STORY_LEVELS = ((5.0, "sure"), (2.0, "one"), (0.0, "likely"), (-3.0, "open"), (-99.0, "two"))


def story_level(story_score: float | None) -> str:
    """None: nothing brought the two reports together."""
    if story_score is None:
        return "two"
    return next(level for least, level in STORY_LEVELS if story_score >= least)
