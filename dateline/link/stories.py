"""Do two reports tell one story? Compared as wholes: rare words, names, places, days, counts, and when they were told.

Two reports of one story need not tell the same events, and an event told without place or day still belongs to its
report's story: so the story is one of the comparisons of events, and by itself it groups reports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from dateline.link.comparing import Comparisons, Finding, score
from dateline.link.gist import EMPTY, Gist, likeness
from dateline.link.linkage import Scores, join_parts
from dateline.link.trace import NARROW, days_of, fold
from dateline.link.weights import Weights
from dateline.model.event import GROUP_OF, Event, Measure, ReportHead

# A word or name held by more reports than this brings no pair together: it says too little.
LARGEST_SHARING = 60
# Pairs less alike than this in their words are no candidates.
LEAST_LIKENESS = 0.06
# Cosine of the rare words from which a level begins.
WORD_LEVELS = (
    (0.35, "w35"), (0.3, "w30"), (0.25, "w25"), (0.2, "w20"), (0.15, "w15"), (0.1, "w10"), (0.0, "w00"),
)  # fmt: skip
TOLD_LEVELS = ((0, "same_day"), (1, "next_day"), (3, "days"), (14, "weeks"), (90, "months"), (400, "year"))
LONGEST_RUN = timedelta(days=8)


@dataclass(frozen=True, slots=True)
class Story:
    """One report as a whole. `days` are those of its violent events; `killed` and `injured` the totals that it gives."""

    report: ReportHead
    gist: Gist = EMPTY
    towns: frozenset[str] = frozenset()
    provinces: frozenset[tuple[str | None, str]] = frozenset()
    days: tuple[tuple[date, date], ...] = ()
    killed: frozenset[int] = frozenset()
    injured: frozenset[int] = frozenset()

    @property
    def sort_key(self) -> tuple[date, str]:
        return self.report.published or date.max, self.report.id


def party_words(events: Iterable[Event]) -> frozenset[str]:
    """The words in which a report names parties of the codebook."""
    parties = (actor for event in events for actor in (*event.by, *event.on) if actor.id)
    return frozenset(word for actor in parties for word in fold(actor.name).split())


def story_of(report: ReportHead, events: Iterable[Event], gist: Gist) -> Story:
    told = [event for event in events if not event.background]
    violent = [event for event in told if GROUP_OF[event.type] in ("violence", "unrest")]
    places = [event.place for event in told if event.place is not None]
    return Story(
        report=report,
        gist=gist,
        towns=frozenset(p.gazetteer_id for p in places if p.precision in NARROW and p.gazetteer_id),
        provinces=frozenset((p.country, p.admin1) for p in places if p.admin1),
        days=tuple(sorted({days for event in violent if (days := _days(event, report.published))})),
        killed=_totals(violent, "killed"),
        injured=_totals(violent, "injured"),
    )


def _days(event: Event, published: date | None) -> tuple[date, date] | None:
    days = days_of(event, published)
    return None if days is None or days[1] - days[0] > LONGEST_RUN else days


def _totals(events: Sequence[Event], measure: Measure) -> frozenset[int]:
    figures = (figure for event in events for figure in event.figures)
    return frozenset(f.low for f in figures if f.measure == measure and f.part == "total" and f.low is not None)


def compare_words(left: Story, right: Story) -> Finding:
    alike = likeness(left.gist, right.gist)
    level = next(name for least, name in WORD_LEVELS if alike >= least)
    return level, "their rare words are alike by {:.2f}", (alike,)


def compare_names(left: Story, right: Story) -> Finding:
    shared = left.gist.names & right.gist.names
    if not shared:
        return "none", "no rare name in common", ()
    return ("one" if len(shared) == 1 else "several"), "both name {}", (", ".join(sorted(shared)[:5]),)


def compare_places(left: Story, right: Story) -> Finding:
    if not left.towns or not right.towns:
        return "unknown", "one names no town", ()
    if left.towns & right.towns:
        return "same", "both tell of one town", ()
    if left.provinces & right.provinces:
        return "province", "both tell of one province", ()
    return "apart", "they tell of different towns", ()


def compare_days(left: Story, right: Story) -> Finding:
    if not left.days or not right.days:
        return "unknown", "one names no day", ()
    gap = min(max(0, (max(a[0], b[0]) - min(a[1], b[1])).days) for a in left.days for b in right.days)
    level = "same" if gap == 0 else "next" if gap == 1 else "apart"
    return level, "they tell of days {} apart", (gap,)


def compare_told(left: Story, right: Story) -> Finding:
    if left.report.published is None or right.report.published is None:
        return "unknown", "one has no date", ()
    gap = abs((left.report.published - right.report.published).days)
    level = next((name for most, name in TOLD_LEVELS if gap <= most), "longer")
    return level, "published {} days apart", (gap,)


def compare_counts(left: Story, right: Story) -> Finding:
    agree = bool(left.killed & right.killed) + bool(left.injured & right.injured)
    if agree:
        return ("both" if agree == 2 else "one"), "{} of their counts agree", (agree,)
    if (left.killed and right.killed) or (left.injured and right.injured):
        return "differ", "their counts differ", ()
    return "unknown", "no count to compare", ()


COMPARISONS: Comparisons[Story] = (
    ("story_words", compare_words),
    ("story_names", compare_names),
    ("story_places", compare_places),
    ("story_days", compare_days),
    ("story_told", compare_told),
    ("story_counts", compare_counts),
)


def candidates(stories: Sequence[Story]) -> Iterator[tuple[int, int]]:
    """Pairs of positions that share a rare word or name and are somewhat alike."""
    sharing: dict[str, list[int]] = defaultdict(list)
    for number, story in enumerate(stories):
        for word in (*story.gist.words, *(f"name {name}" for name in story.gist.names)):
            sharing[word].append(number)
    pairs = {pair for held in sharing.values() if len(held) <= LARGEST_SHARING for pair in combinations(held, 2)}
    for left, right in sorted(pairs):
        if likeness(stories[left].gist, stories[right].gist) >= LEAST_LIKENESS:
            yield left, right


def story_scores(stories: Sequence[Story], weights: Weights) -> Scores:
    return Scores(
        (left, right, score(stories[left], stories[right], COMPARISONS, weights, weights.story_prior))
        for left, right in candidates(stories)
    )


def group_reports(stories: Iterable[Story], weights: Weights) -> list[tuple[str, ...]]:
    """Ids of reports that tell one story, as groups; a function of the set of reports, whatever their order."""
    ordered = sorted(stories, key=lambda story: story.sort_key)
    parts = join_parts(len(ordered), story_scores(ordered, weights), weights.story_uncompared)
    groups = sorted(members for part in parts for members in part)
    return [tuple(ordered[member].report.id for member in members) for members in groups]
