"""Are two tellings one happening? A readable list of comparisons: each names what it found, weighs it, and says it in words.

A comparison looks at both tellings and returns (level, words); weights.toml says what each level is worth.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dateline.link.gist import likeness
from dateline.link.telling import NARROW, Telling, days_apart, distance_km
from dateline.link.weights import Weights
from dateline.model.event import EventType, Figure
from dateline.model.incident import Reason

Finding = tuple[str, str]
Comparison = Callable[[Telling, Telling], Finding]

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


def compare_type(left: Telling, right: Telling) -> Finding:
    a, b = left.event.type, right.event.type
    if a == b:
        return "same", f"both tell of {a}"
    if frozenset((a, b)) in RELATED:
        return "related", f"{a} and {b} are often told of one happening"
    if left.group == right.group:
        return "group", f"{a} and {b} are of one group"
    return "other", f"{a} is no {b}"


def compare_place(left: Telling, right: Telling) -> Finding:
    a, b = left.place, right.place
    if a is None or b is None:
        return "unknown", "a place is not told"
    if (a.gazetteer_id and a.gazetteer_id == b.gazetteer_id) or (a.name, a.admin1, a.country) == (b.name, b.admin1, b.country):
        level = "same" if a.precision in NARROW else "country" if a.precision == "country" else "province"
        return level, f"both in {a.name}"
    if a.country and b.country and a.country != b.country:
        return "apart", f"{a.name} is in {a.country}, {b.name} in {b.country}"
    gap = distance_km(a, b)
    if gap is None:
        return "unknown", f"{a.name if a.lat is None else b.name} has no point"
    words = f"{a.name} and {b.name} lie {gap:.0f} km apart"
    if a.precision in NARROW and b.precision in NARROW:
        if gap <= max(left.radius_km, right.radius_km):
            return "within", words + ", within their precision"
        return ("near" if gap <= left.radius_km + right.radius_km + 25 else "apart"), words
    return _wide(left, right, gap, words)


def _wide(left: Telling, right: Telling, gap: float, words: str) -> Finding:
    """At least one is a province or wider: inside it says little, outside it says no."""
    a, b = left.place, right.place
    assert a is not None and b is not None
    if "country" in (a.precision, b.precision) and a.country == b.country:
        return "country", f"{a.name} and {b.name} are in one country"
    if a.admin1 and b.admin1:
        same = a.admin1 == b.admin1 and a.country == b.country
        return ("inside" if same else "apart"), words + (", in one province" if same else ", in two provinces")
    return ("inside" if gap <= left.radius_km + right.radius_km else "apart"), words


def compare_time(left: Telling, right: Telling) -> Finding:
    if left.days and right.days:
        gap = days_apart(left.days, right.days)
        spans = [(days[1] - days[0]).days for days in (left.days, right.days)]
        if gap == 0:
            if max(spans) == 0:
                return "same_day", f"both on {left.days[0]}"
            return "overlap", "their days overlap"
        level = "next_day" if gap == 1 else "near" if gap <= 3 else "apart"
        return level, f"{gap} day{'s' if gap > 1 else ''} apart"
    if left.report.published is None or right.report.published is None:
        return "unknown", "a day is not told"
    told = abs((left.report.published - right.report.published).days)
    level = "told_close" if told <= 2 else "told_apart" if told <= 10 else "told_far"
    return level, f"a day is not told; told {told} days apart"


def compare_by(left: Telling, right: Telling) -> Finding:
    if not left.by or not right.by:
        return "unknown", "who did it is not told"
    if left.by & right.by:
        return "by_same", f"both by {', '.join(sorted(left.by & right.by))}"
    if left.by & right.on and left.event.type == right.event.type == "clash":
        return "swapped", "the two sides are named the other way round"
    return "by_differ", f"by {', '.join(sorted(left.by))} and by {', '.join(sorted(right.by))}"


def compare_on(left: Telling, right: Telling) -> Finding:
    if not left.on or not right.on:
        return "unknown", "to whom is not told"
    if left.on & right.on:
        return "on_same", f"both against {', '.join(sorted(left.on & right.on))}"
    if left.event.type == "clash":
        return "unknown", "sides of a fight are told in either order"
    return "on_differ", f"against {', '.join(sorted(left.on))} and against {', '.join(sorted(right.on))}"


def compare_figures(left: Telling, right: Telling) -> Finding:
    """The best agreement over figures of one measure: rival counts of one happening differ, but seldom wildly."""
    found: list[tuple[int, Finding]] = []
    for a in left.figures:
        for b in right.figures:
            if a.measure == b.measure and a.measure != "other":
                found.append(_ranges(a, b))
    return max(found)[1] if found else ("none", "no figure in common")


def _ranges(a: Figure, b: Figure) -> tuple[int, Finding]:
    words = f"{a.measure}: “{a.span.text}” and “{b.span.text}”"
    low_a, high_a = a.low or 0, math.inf if a.high is None else a.high
    low_b, high_b = b.low or 0, math.inf if b.high is None else b.high
    if (a.low, a.high) == (b.low, b.high):
        return 3, ("equal", words)
    if low_a <= high_b and low_b <= high_a:
        return 2, ("compatible", words)
    gap = max(low_a - high_b, low_b - high_a)
    scale = max(low_a, low_b, 1)
    return (1, ("differ", words)) if gap <= max(3, scale / 2) else (0, ("far", words))


def compare_reports(left: Telling, right: Telling) -> Finding:
    if left.report.id == right.report.id:
        return "same", "one report tells them as two"
    if left.copy_of == right.report.id or right.copy_of == left.report.id or (left.copy_of and left.copy_of == right.copy_of):
        return "copy", "one report repeats the other's words"
    return "other", "two reports"


def compare_names(left: Telling, right: Telling) -> Finding:
    """Names that both reports hold; those of known places and actors are compared elsewhere."""
    shared = (left.gist.names & right.gist.names) - left.by - right.by - left.on - right.on
    if not shared:
        return "none", "no rare names in common"
    level = "many" if len(shared) >= 3 else "some"
    return level, f"both name {', '.join(sorted(shared)[:5])}"


# Cosine of the reports' rare words from which a level begins.
WORD_LEVELS = ((0.5, "most"), (0.35, "many"), (0.25, "several"), (0.15, "some"), (0.07, "few"), (0.0, "none"))


def compare_words(left: Telling, right: Telling) -> Finding:
    if not left.gist.words or not right.gist.words:
        return "unknown", "a text is not at hand"
    alike = likeness(left.gist, right.gist)
    level = next(name for least, name in WORD_LEVELS if alike >= least)
    return level, f"{level} of their rare words in common ({alike:.2f})"


def compare_kind(left: Telling, right: Telling) -> Finding:
    aggregates = left.event.aggregate + right.event.aggregate
    if aggregates == 1:
        return "one_aggregate", "one is a sum of many happenings"
    if aggregates == 2:
        return "both_aggregate", "both are sums of many happenings"
    if left.event.background != right.event.background:
        return "one_background", "one is told as background"
    return "both_single", "both are single happenings"


COMPARISONS: Sequence[tuple[str, Comparison]] = (
    ("report", compare_reports),
    ("type", compare_type),
    ("kind", compare_kind),
    ("place", compare_place),
    ("time", compare_time),
    ("actors", compare_by),
    ("actors", compare_on),
    ("figures", compare_figures),
    ("names", compare_names),
    ("words", compare_words),
)


@dataclass(frozen=True, slots=True)
class Compared:
    """The sum of the reasons in log-odds; above 0 speaks for one happening."""

    score: float
    reasons: tuple[Reason, ...]

    @property
    def probability(self) -> float:
        return round(1 / (1 + math.exp(-max(-30.0, min(30.0, self.score)))), 4)


def compare(left: Telling, right: Telling, weights: Weights) -> Compared:
    reasons = []
    for feature, comparison in COMPARISONS:
        level, words = comparison(left, right)
        reasons.append(Reason(feature=feature, score=weights.of(feature, level), words=words))
    return Compared(round(weights.prior + sum(reason.score for reason in reasons), 6), tuple(reasons))
