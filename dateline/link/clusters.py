"""Which tellings are one happening: candidate pairs are compared, and the scores joined to groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dateline.link.candidates import propose_pairs
from dateline.link.comparing import explain, score
from dateline.link.features import COMPARISONS, story_level
from dateline.link.linkage import VERDICT, Pair, join_parts
from dateline.link.stories import COMPARISONS as STORY_COMPARISONS
from dateline.link.stories import Story
from dateline.link.telling import Telling
from dateline.link.weights import Weights
from dateline.model.incident import Reason

# Pairs of event ids to same, different or unsure.
PairVerdicts = Mapping[frozenset[str], str]


@dataclass(frozen=True, slots=True)
class StoryBook:
    """The reports as wholes: each by its id, and the scores of the pairs that may tell one story (ids in order)."""

    stories: Mapping[str, Story] = field(default_factory=dict)
    scores: Mapping[tuple[str, str], float] = field(default_factory=dict)

    def score(self, left: str, right: str) -> float | None:
        return self.scores.get((left, right) if left < right else (right, left))


def scored_pairs(tellings: Sequence[Telling], book: StoryBook, weights: Weights) -> dict[Pair, float]:
    """Log-odds for every pair worth comparing."""
    worth = {level: weights.of("story", level) for level in ("one", "likely", "open", "two", "untold")}
    found: dict[Pair, float] = {}
    for low, high in propose_pairs(tellings, book.scores):
        left, right = tellings[low], tellings[high]
        base = score(left, right, COMPARISONS, weights, weights.prior)
        found[low, high] = round(base + worth[level_of(left, right, book)], 6)
    return found


def level_of(left: Telling, right: Telling, book: StoryBook) -> str:
    """What the reports' stories say; nothing for two events of one text, or without the reports at hand."""
    if left.source_id == right.source_id or not book.stories:
        return "untold"
    return story_level(book.score(left.report.id, right.report.id))


def group(tellings: Sequence[Telling], book: StoryBook, weights: Weights, verdicts: PairVerdicts) -> list[tuple[int, ...]]:
    """Groups of positions, in order. `tellings` in the order of their sort key."""
    numbers = {telling.id: number for number, telling in enumerate(tellings)}
    scores = scored_pairs(tellings, book, weights)
    for ids, verdict in sorted(verdicts.items(), key=lambda item: sorted(item[0])):
        if verdict in ("same", "different") and len(ids) == 2 and ids <= numbers.keys():
            low, high = sorted(numbers[event_id] for event_id in ids)
            scores[low, high] = VERDICT if verdict == "same" else -VERDICT
    return join_parts(len(tellings), scores, weights.uncompared)


def pair_score(left: Telling, right: Telling, book: StoryBook, weights: Weights) -> float:
    base = score(left, right, COMPARISONS, weights, weights.prior)
    return round(base + weights.of("story", level_of(left, right, book)), 6)


def reasons_for(left: Telling, right: Telling, book: StoryBook, weights: Weights) -> tuple[Reason, ...]:
    """Every comparison of the pair in words; the story's own comparisons in one line."""
    level = level_of(left, right, book)
    reasons = explain(left, right, COMPARISONS, weights)
    if level == "untold":
        return reasons
    words = "nothing rare in common between the two reports"
    if left.report.id in book.stories and right.report.id in book.stories and level != "two":
        parts = explain(book.stories[left.report.id], book.stories[right.report.id], STORY_COMPARISONS, weights)
        strongest = sorted(parts, key=lambda part: (-abs(part.score), part.feature))[:3]
        words = f"the reports as wholes: {'; '.join(part.words for part in strongest)}"
    return (*reasons, Reason(feature="story", score=weights.of("story", level), words=words))
