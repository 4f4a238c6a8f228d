"""Quoted stretches of the text, found by their marks alone; marks are part of the stretch, and none is inside another.

A quotation over several lines opens each line anew and closes once: each line gives one stretch, all but the last
`open_ended`. A mark without its partner reaches to the near end of its own sentence, never over own words beyond it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dateline.model.reading import Chars

MARK = re.compile(r"[“”„«»\"]|''|``|’’|‘‘|\n")
# Single marks count only where they cannot be apostrophes: a left one after a gap, a right one before a gap.
SINGLE = re.compile(r"(?:(?<=[\s(\[—–-])|^)‘(?=\w)([^‘\n]{12,}?[\w.,!?…])’(?=[\s.,;:)\]—–-]|$)", re.MULTILINE)
LINE_OPENS = re.compile(r"\s*\n\s*(?:[“„\"]|''|``)")
OPENING = "“„«``‘‘"
CLOSING = "”»’’"
LONGEST = 180  # words of one quotation in one line; beyond that a mark is missing somewhere
OPENS_AFTER = " \n\t\xa0([—–-/:‘'"


@dataclass(frozen=True, slots=True)
class Quoted:
    """`start`, `end`: characters with the marks. `words`: how many; few are a turn of phrase, not a statement."""

    start: int
    end: int
    words: int
    open_ended: bool
    opens_line: bool
    unclosed: bool = False


def find_quoted(text: str, sentences: Sequence[Chars]) -> tuple[Quoted, ...]:
    """Stretches in order."""
    double = tuple(_double(text, sentences))
    if double:
        return double
    return tuple(_quoted(text, m.start(), m.end(), False) for m in SINGLE.finditer(text))


def _double(text: str, sentences: Sequence[Chars]) -> Iterator[Quoted]:
    start: int | None = None
    last_end = 0
    for match in MARK.finditer(text):
        mark, at = match.group(), match.start()
        found: Quoted | None = None
        if mark == "\n":
            if start is not None:
                found, start = _unclosed(text, start, at, sentences), None
        elif _opens(mark, text, at, start is not None):
            if start is not None:
                found = _unclosed(text, start, at, sentences)
            start = at
        elif start is not None:
            found, start = _quoted(text, start, match.end(), False), None
            if found.words > LONGEST:
                yield _unclosed(text, found.start, found.end, sentences)
                found = _unopened(text, found.end, found.start + 1, sentences)
        else:
            found = _unopened(text, match.end(), last_end, sentences)
        if found is not None and found.end > last_end:
            last_end = found.end
            yield found
    if start is not None:
        yield _unclosed(text, start, len(text), sentences)


def _opens(mark: str, text: str, at: int, is_open: bool) -> bool:
    """Slanted marks say it themselves (“ misused as a closing one after a word excepted); straight ones by what stands around."""
    before, after = text[at - 1 : at] or " ", text[at + len(mark) : at + len(mark) + 1] or " "
    if mark in CLOSING:
        return False
    if mark in OPENING:
        return not (is_open and before not in OPENS_AFTER and not after.isalnum())
    if after.isspace():
        return False
    if before in OPENS_AFTER:
        return True
    return not is_open and after.isalnum() and not before.isalnum()


def _unclosed(text: str, start: int, limit: int, sentences: Sequence[Chars]) -> Quoted:
    """Opened and not closed before `limit`: to the end of the line if the next line opens anew, else of its sentence."""
    if LINE_OPENS.match(text, limit):
        return _quoted(text, start, limit, True)
    first = bisect_right(sentences, start + 1, key=lambda s: s.end)
    end = min(sentences[first].end, limit) if first < len(sentences) else limit
    return replace(_quoted(text, start, end, False), unclosed=True)


def _unopened(text: str, end: int, floor: int, sentences: Sequence[Chars]) -> Quoted | None:
    """Closed without being opened: from the start of its sentence, if the mark follows words as a closing one does."""
    if text[end - 2 : end - 1].isdigit() or end - 2 < floor:
        return None
    first = bisect_left(sentences, end - 1, key=lambda s: s.end)
    if first >= len(sentences) or sentences[first].start < floor:
        return None
    start = sentences[first].start
    return _quoted(text, start, end, False) if end - start > 2 and "\n" not in text[start:end] else None


def _quoted(text: str, start: int, end: int, open_ended: bool) -> Quoted:
    before = text.rfind("\n", 0, start) + 1
    inner = text[start:end].rstrip()
    return Quoted(start, start + len(inner), inner.count(" ") + 1, open_ended, not text[before:start].strip())
