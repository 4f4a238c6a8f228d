"""Verdicts of several coders on the same events: who said what last, what is left to do, how far they agree.

The archive keeps every verdict; here they are only read. A coder's latest verdict on an event counts, others' do not touch it.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from dateline.model.incident import Judgement, Verdict

# The note that marks a verdict as the taking back of an earlier one.
TAKEN_BACK = "taken back"

# Verdicts of one stroke are written within this time.
ONE_STROKE = timedelta(seconds=1)

SINGLE = ("add", "accept", "correct", "reject", "undecided")

# coder → event → their latest verdict on it
ByCoder = Mapping[str, Mapping[str, Judgement]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """Cohen's kappa of two coders over the events that both judged; None where chance alone would agree always."""

    left: str
    right: str
    both: int
    same: int
    kappa: float | None


def by_coder(history: Iterable[Judgement]) -> ByCoder:
    """Only verdicts on single events, by people; what was taken back is left out."""
    found: dict[str, dict[str, Judgement]] = {}
    for judgement in history:
        if judgement.is_human and judgement.right is None and judgement.verdict in SINGLE:
            found.setdefault(judgement.by or "unnamed", {})[judgement.left] = judgement
    return {
        coder: {event: verdict for event, verdict in verdicts.items() if verdict.verdict != "undecided"}
        for coder, verdicts in found.items()
    }


def agreements(verdicts: ByCoder) -> list[Agreement]:
    pairs = itertools.combinations(sorted(verdicts), 2)
    found = (_agreement(left, right, verdicts[left], verdicts[right]) for left, right in pairs)
    return [agreement for agreement in found if agreement.both]


def _agreement(left: str, right: str, mine: Mapping[str, Judgement], yours: Mapping[str, Judgement]) -> Agreement:
    both = sorted(set(mine) & set(yours))
    pairs = [(_verdict(mine[event]), _verdict(yours[event])) for event in both]
    return Agreement(left, right, len(both), sum(a == b for a, b in pairs), kappa(pairs))


def _verdict(judgement: Judgement) -> str:
    """Whoever adds an event finds it right as it is."""
    return "accept" if judgement.verdict == "add" else judgement.verdict


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """(observed - chance) / (1 - chance)."""
    if not pairs:
        return None
    n = len(pairs)
    observed = sum(a == b for a, b in pairs) / n
    left, right = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(left[name] * right[name] for name in left) / n**2
    return None if chance == 1 else (observed - chance) / (1 - chance)


def last_of(history: Sequence[Judgement], coder: str) -> Judgement | None:
    """The coder's latest verdict that stands. Taking back closes what was said of an event; of a pair it takes the last alone."""
    closed: set[str] = set()
    taken: Counter[frozenset[str]] = Counter()
    for judgement in reversed(history):
        if judgement.by != coder or not judgement.is_human:
            continue
        if judgement.right is None:
            if judgement.note == TAKEN_BACK:
                closed.add(judgement.left)
            elif judgement.left not in closed:
                return judgement
        elif judgement.note == TAKEN_BACK:
            taken[_pair(judgement)] += 1
        elif taken[_pair(judgement)]:
            taken[_pair(judgement)] -= 1
        else:
            return judgement
    return None


def _pair(judgement: Judgement) -> frozenset[str]:
    """A pair has no order."""
    return frozenset((judgement.left, judgement.right or ""))


def instead_of(history: Sequence[Judgement], taken: Judgement) -> Verdict:
    """What stands when a verdict is taken back: of a pair what the same person had said before, of an event nothing."""
    if taken.right is None:
        return "undecided"
    before = (judgement for judgement in history if judgement.made_at <= taken.made_at and judgement.id != taken.id)
    earlier = last_of([judgement for judgement in before if _pair(judgement) == _pair(taken)], taken.by)
    return earlier.verdict if earlier else "unsure"


def given_with(history: Sequence[Judgement], last: Judgement) -> list[Judgement]:
    """The verdict and those of the same stroke: parting one account from several is one act, and is taken back as one."""
    return [
        judgement
        for judgement in history
        if judgement.by == last.by
        and judgement.verdict == last.verdict
        and judgement.note == last.note
        and (judgement.right is None) == (last.right is None)
        and timedelta(0) <= last.made_at - judgement.made_at <= ONE_STROKE
        and (last.right is None or {judgement.left, judgement.right} & {last.left, last.right})
    ]


def changed(given: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """Only what a coder changed, in the order of the form."""
    return {name: value.strip() for name, value in now.items() if value.strip() != given.get(name, "").strip()}
