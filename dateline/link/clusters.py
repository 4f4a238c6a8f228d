"""Which events are one happening: candidate pairs are compared, and the scores joined to groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from dateline.link.candidates import propose_pairs
from dateline.link.comparing import explain, score
from dateline.link.features import COMPARISONS, story_level
from dateline.link.linkage import VERDICT, Scores, join_parts
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


def group(traces: Sequence[Trace], judge: PairJudge, verdicts: PairVerdicts) -> list[list[tuple[int, ...]]]:
    """Parts in order, each its groups of positions. `traces` in the order of their sort key."""
    scores = Scores()
    for left, right in propose_pairs(traces):
        scores.add(left, right, judge.score(traces[left], traces[right]))
    numbers = {trace.id: number for number, trace in enumerate(traces)} if verdicts else {}
    for ids, verdict in sorted(verdicts.items(), key=lambda item: sorted(item[0])):
        if verdict in ("same", "different") and len(ids) == 2 and ids <= numbers.keys():
            low, high = (numbers[event_id] for event_id in ids)
            scores.add(low, high, VERDICT if verdict == "same" else -VERDICT)
    return join_parts(len(traces), scores, judge.weights.uncompared)
