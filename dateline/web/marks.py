"""A report with its values marked: the text is cut where a span begins or ends, and every cut piece knows whose words it is.

Joined in order the pieces are the text again, letter for letter.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from dateline.model.event import Event, Record, Source
from dateline.model.text import Span

MarkKind = Literal["trigger", "by", "on", "place", "when", "figure", "source", "cue", "means", "holder", "tally", "evidence"]

# When several marks share a piece it is drawn as the first of these.
ORDER: tuple[MarkKind, ...] = (
    "trigger", "figure", "when", "place", "by", "on", "holder", "means", "cue", "source", "tally", "evidence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """One value's words: `owner` is the event (or 'tallies') that cites them."""

    start: int
    end: int
    kind: MarkKind
    owner: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text between two cuts. No marks: nobody cites it."""

    start: int
    text: str
    kinds: tuple[MarkKind, ...] = ()
    owners: tuple[str, ...] = ()

    @property
    def keys(self) -> str:
        return " ".join(self.owners)


def marks_of(record: Record) -> list[Mark]:
    found = [mark for event in record.events for mark in event_marks(event)]
    for tally in record.tallies:
        found.append(_mark(tally.span, "tally", "tallies"))
    return found


def event_marks(event: Event) -> Iterator[Mark]:
    """Every span that the event cites, its evidence left out: whole sentences would cover all else."""
    yield _mark(event.trigger, "trigger", event.id)
    yield from (_mark(actor.span, "by", event.id) for actor in event.by)
    yield from (_mark(actor.span, "on", event.id) for actor in event.on)
    if event.place:
        yield _mark(event.place.span, "place", event.id)
    if event.when:
        yield _mark(event.when.span, "when", event.id)
    if event.means:
        yield _mark(event.means, "means", event.id)
    if event.control:
        yield _mark(event.control.place.span, "place", event.id)
        for holder in (event.control.holder_before, event.control.holder_after):
            if holder:
                yield _mark(holder.span, "holder", event.id)
    for figure in event.figures:
        yield _mark(figure.span, "figure", event.id)
        yield from _source_marks(figure.sources, event.id)
    yield from _source_marks(event.sources, event.id)


def _source_marks(sources: Iterable[Source], owner: str) -> Iterator[Mark]:
    for source in sources:
        yield _mark(source.span, "source", owner)
        if source.cue:
            yield _mark(source.cue, "cue", owner)


def _mark(span: Span, kind: MarkKind, owner: str) -> Mark:
    return Mark(span.start, span.end, kind, owner)


def pieces(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> list[Piece]:
    """`text[start:end]` cut at every mark's ends; a mark that reaches over the edge is cut there."""
    end = len(text) if end is None else end
    inside = [mark for mark in marks if mark.start < end and mark.end > start and mark.start < mark.end]
    cuts = {start, end}
    for mark in inside:
        cuts.update((max(mark.start, start), min(mark.end, end)))
    ordered = sorted(cuts)
    return [_piece(text, left, right, inside) for left, right in itertools.pairwise(ordered)]


def _piece(text: str, left: int, right: int, marks: Iterable[Mark]) -> Piece:
    over = [mark for mark in marks if mark.start <= left and right <= mark.end]
    kinds = {mark.kind for mark in over}
    return Piece(
        left,
        text[left:right],
        tuple(kind for kind in ORDER if kind in kinds),
        tuple(dict.fromkeys(mark.owner for mark in over)),
    )
