"""Which events are one happening: candidate pairs are compared, and the scores joined to groups."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dateline.link.bounds import best_story
from dateline.link.candidates import meet, meeting_days
from dateline.link.comparing import explain, score
from dateline.link.features import COMPARISONS, story_level
from dateline.link.likely import Days, likely_pairs, stretch_of
from dateline.link.linkage import VERDICT, connect_pairs, join
from dateline.link.stories import COMPARISONS as STORY_COMPARISONS
from dateline.link.stories import Story
from dateline.link.trace import Trace
from dateline.link.weights import Weights
from dateline.model.incident import Reason

# Pairs of event ids to same, different or unsure.
PairVerdicts = Mapping[frozenset[str], str]


@dataclass(frozen=True, slots=True)
class StoryBook:
    """The reports as wholes: `story` gives one by its report's id, or None when the report is not at hand."""

    story: Callable[[str], Story | None] = field(default=lambda _report_id: None)

    @classmethod
    def of(cls, stories: Mapping[str, Story]) -> StoryBook:
        return cls(stories.get)

    def score(self, left: str, right: str, weights: Weights) -> float | None:
        first, second = self.story(min(left, right)), self.story(max(left, right))
        if first is None or second is None:
            return None
        return score(first, second, STORY_COMPARISONS, weights, weights.story_prior)


@dataclass(slots=True)
class PairJudge:
    """Scores pairs of traces; the last story score is kept, since the pairs of two reports come together."""

    book: StoryBook
    weights: Weights
    _reports: tuple[str, str] = ("", "")
    _level: str = "untold"

    def speaks(self, left: Trace, right: Trace) -> bool:
        """Whether the score reaches `least`; stories are read only where they can decide."""
        base = score(left, right, COMPARISONS, self.weights, self.weights.prior)
        is_lead = bool(left.topics and right.topics) and left.type == right.type
        least = self.weights.least
        if base + best_story(self.weights, is_lead) < least:
            return False
        return round(base + self.weights.of("story", self.level(left, right)), 6) >= least

    def score(self, left: Trace, right: Trace) -> float:
        base = score(left, right, COMPARISONS, self.weights, self.weights.prior)
        return round(base + self.weights.of("story", self.level(left, right)), 6)

    def level(self, left: Trace, right: Trace) -> str:
        """What the reports' stories say; nothing for two events of one text, or without the reports at hand."""
        if left.source_id == right.source_id:
            return "untold"
        reports = (left.report_id, right.report_id)
        if reports != self._reports:
            value = self.book.score(*reports, self.weights)
            self._reports, self._level = reports, "untold" if value is None else story_level(value)
        if left.topics and right.topics and left.type == right.type and self._level != "untold":
            return f"{self._level}_lead"
        return self._level

    def reasons(self, left: Trace, right: Trace) -> tuple[Reason, ...]:
        """Every comparison of the pair in words; the story's own comparisons in one line."""
        reasons = explain(left, right, COMPARISONS, self.weights)
        level = self.level(left, right)
        first, second = self.book.story(left.report_id), self.book.story(right.report_id)
        if level == "untold" or first is None or second is None:
            return reasons
        parts = explain(first, second, STORY_COMPARISONS, self.weights)
        strongest = sorted(parts, key=lambda part: (-abs(part.score), part.feature))[:3]
        words = f"the reports as wholes: {'; '.join(part.words for part in strongest)}"
        return (*reasons, Reason(feature="story", score=self.weights.of("story", level), words=words))


def pairs_that_speak(
    traces: Sequence[Trace], stretch: Days, judge: PairJudge, fresh: Collection[str] | None = None
) -> Iterator[tuple[int, int]]:
    """Of the pairs that meet in a stretch of days those that speak for one happening; with `fresh` (event ids) only pairs
    that one of them is in."""
    for left, right in likely_pairs(traces, stretch, judge.weights, fresh):
        if judge.speaks(traces[left], traces[right]):
            yield left, right


def stretches_of(traces: Sequence[Trace]) -> list[tuple[Days, list[int]]]:
    """The stretches of days in which traces meet others, each with its positions."""
    found: dict[Days, list[int]] = defaultdict(list)
    for number, trace in enumerate(traces):
        for stretch in {stretch_of(day) for day in meeting_days(trace)}:
            found[stretch].append(number)
    return sorted(found.items())


def group(traces: Sequence[Trace], judge: PairJudge, verdicts: PairVerdicts) -> list[list[tuple[int, ...]]]:
    """Parts in order, each its groups of positions. `traces` in the order of their sort key."""
    pairs: set[tuple[int, int]] = set(joined_by_verdict([trace.id for trace in traces], verdicts))
    for stretch, members in stretches_of(traces):
        here = [traces[number] for number in members]
        pairs.update((members[left], members[right]) for left, right in pairs_that_speak(here, stretch, judge))
    found = []
    for part, speaking in connect_pairs(len(traces), pairs):
        groups = group_part([traces[number] for number in part], speaking, judge, verdicts)
        found.append([tuple(part[number] for number in members) for members in groups])
    return found


def joined_by_verdict(event_ids: Sequence[str], verdicts: PairVerdicts) -> list[tuple[int, int]]:
    """Positions of the pairs that people called the same."""
    numbers = {event_id: number for number, event_id in enumerate(event_ids)} if verdicts else {}
    same = (sorted(numbers[event_id] for event_id in ids if event_id in numbers) for ids in verdicts if verdicts[ids] == "same")
    return sorted((pair[0], pair[1]) for pair in same if len(pair) == 2)


def group_part(
    traces: Sequence[Trace], speaking: Sequence[tuple[int, int]], judge: PairJudge, verdicts: PairVerdicts
) -> list[tuple[int, ...]]:
    """One part's groups of positions. Verdicts stand above comparing."""

    def compared(left: int, right: int) -> float | None:
        first, second = traces[left], traces[right]
        verdict = verdicts.get(frozenset((first.id, second.id))) if verdicts else None
        if verdict in ("same", "different"):
            return VERDICT if verdict == "same" else -VERDICT
        return judge.score(first, second) if meet(first, second) else None

    return join(range(len(traces)), speaking, compared, judge.weights.uncompared)
