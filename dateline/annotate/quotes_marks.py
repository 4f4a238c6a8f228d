"""Quoted stretches of the text, found by their marks alone; marks are part of the stretch.

A quotation that runs over several lines opens each line anew and closes once: each line gives one stretch, and all but
the last are `open_ended`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dateline.model.reading import Chars

MARK = re.compile(r"[“”„«»\"]|''|``|’’|‘‘|\n")
# Single marks count only where they cannot be apostrophes: a left one after a gap, a right one before a gap.
SINGLE = re.compile(r"(?:(?<=[\s(\[—–-])|^)‘(?=\w)([^‘\n]{12,}?[\w.,!?…])’(?=[\s.,;:)\]—–-]|$)", re.MULTILINE)
LINE_OPENS = re.compile(r"\s*\n\s*(?:[“„\"]|''|``)")
OPENING = "“„«``‘‘"
CLOSING = "”»’’"


@dataclass(frozen=True, slots=True)
class Quoted:
    """`start`, `end`: characters with the marks. `words`: how many; few are a turn of phrase, not a statement."""

    start: int
    end: int
    words: int
    open_ended: bool
    opens_line: bool


def find_quoted(text: str, sentences: Sequence[Chars]) -> tuple[Quoted, ...]:
    """Stretches in order, none inside another."""
    ends = [sentence.end for sentence in sentences]
    double = tuple(_double(text, ends))
    if double:
        return double
    return tuple(_quoted(text, m.start(), m.end(), False) for m in SINGLE.finditer(text))


def _double(text: str, ends: Sequence[int]) -> Iterator[Quoted]:
    start: int | None = None
    for match in MARK.finditer(text):
        mark, at = match.group(), match.start()
        if mark == "\n":
            if start is not None:
                yield _unclosed(text, start, at, ends)
                start = None
        elif start is None:
            if _may_open(mark, text, match.end()):
                start = at
        elif _may_close(mark, text, at):
            yield _quoted(text, start, match.end(), False)
            start = None
        elif mark == "“" == text[start]:
            yield _unclosed(text, start, at, ends)
            start = at
    if start is not None:
        yield _unclosed(text, start, len(text), ends)


def _unclosed(text: str, start: int, limit: int, ends: Sequence[int]) -> Quoted:
    """Opened and not closed before `limit`: to the end of the line if the next line opens anew, else of its sentence."""
    if LINE_OPENS.match(text, limit):
        return _quoted(text, start, limit, True)
    first = bisect_right(ends, start + 1)
    end = min(ends[first], limit) if first < len(ends) else limit
    return _quoted(text, start, end, False)


def _may_open(mark: str, text: str, after: int) -> bool:
    if mark in CLOSING:
        return False
    return mark in OPENING or not text[after : after + 1].isspace()


def _may_close(mark: str, text: str, at: int) -> bool:
    """A straight mark with a gap before it and a letter after it opens something inside: it does not close."""
    if mark in OPENING:
        return False
    if mark in CLOSING:
        return True
    after = text[at + len(mark) : at + len(mark) + 1]
    return not (text[at - 1 : at].isspace() and after.isalnum())


def _quoted(text: str, start: int, end: int, open_ended: bool) -> Quoted:
    before = text.rfind("\n", 0, start) + 1
    inner = text[start:end].rstrip()
    return Quoted(start, start + len(inner), inner.count(" ") + 1, open_ended, not text[before:start].strip())
