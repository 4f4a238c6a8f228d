"""Comparing two things by a readable list of comparisons: each finds a level, and a weights file says what it is worth.

A comparison returns (level, words, values): the words are only put together when somebody asks why.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TypeVar

from dateline.link.weights import Weights
from dateline.model.incident import Reason

Finding = tuple[str, str, tuple[object, ...]]
T = TypeVar("T")
Comparisons = Sequence[tuple[str, Callable[[T, T], Finding]]]


def score(left: T, right: T, comparisons: Comparisons[T], weights: Weights, prior: float) -> float:
    """Log-odds that the two are the same: above 0 speaks for it."""
    of = weights.levels
    return round(prior + sum(of[feature, comparison(left, right)[0]] for feature, comparison in comparisons), 6)


def explain(left: T, right: T, comparisons: Comparisons[T], weights: Weights) -> tuple[Reason, ...]:
    """The same sum, part by part, in words."""
    reasons = []
    for feature, comparison in comparisons:
        level, words, values = comparison(left, right)
        reasons.append(Reason(feature=feature, score=weights.of(feature, level), words=words.format(*values)))
    return tuple(reasons)


def probability(log_odds: float) -> float:
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds)))), 4)
