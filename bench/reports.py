"""Reports of 500 words for timing: the example dispatches, joined in turn until each is long enough. No two are the same."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import cycle

from dateline.model.text import Report
from dateline.read.article import Given
from dateline.read.sources import open_sources

WORDS = 500


def reports_of_500_words(count: int) -> list[Report]:
    dispatches = [item for item in open_sources(("examples",), Given(), 1_000_000, BytesIO()) if isinstance(item, Report)]
    pieces = cycle(dispatches)
    return [_joined(number, pieces) for number in range(count)]


def _joined(number: int, pieces: Iterator[Report]) -> Report:
    first = next(pieces)
    paragraphs = [first.text]
    while sum(len(paragraph.split()) for paragraph in paragraphs) < WORDS:
        paragraphs.append(next(pieces).text)
    text = _cut("\n\n".join(paragraphs), WORDS)
    return Report(id=f"bench-{number}", outlet=first.outlet, title=first.title, published=first.published, text=text)


def _cut(text: str, words: int) -> str:
    end = 0
    for _ in range(words):
        end = text.find(" ", end + 1)
        if end < 0:
            return text
    return text[:end]
