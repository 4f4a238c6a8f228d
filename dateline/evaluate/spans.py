"""Pairing stretches of text: two stretches pair when they overlap, exact ones first, each used once."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.model.reading import Chars


def pair_spans(gold: Sequence[Chars], told: Sequence[Chars]) -> dict[int, int]:
    """Number of a gold stretch → number of ours, exact pairs first, then those that share most."""
    shared = sorted((-_weight(g, t), i, j) for i, g in enumerate(gold) for j, t in enumerate(told) if g.overlaps(t))
    out: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in shared:
        if i not in out and j not in taken:
            out[i] = j
            taken.add(j)
    return out


def _weight(a: Chars, b: Chars) -> float:
    """1 when they are the same, else the share of the words of both that they share."""
    return (min(a.end, b.end) - max(a.start, b.start)) / (max(a.end, b.end) - min(a.start, b.start))


def shared_length(a: Sequence[Chars], b: Sequence[Chars]) -> int:
    """Characters that two sets of stretches share."""
    return sum(max(0, min(x.end, y.end) - max(x.start, y.start)) for x in a for y in b)


def trimmed(chars: Chars, text: str, around: str = " \t\r\n\"'“”‘’,.;:") -> Chars:
    """Without the quotes, commas and blanks at its ends, which annotators include or leave out as they like."""
    start, end = chars.start, chars.end
    while start < end and text[start] in around:
        start += 1
    while end > start and text[end - 1] in around:
        end -= 1
    return Chars(start, end)
