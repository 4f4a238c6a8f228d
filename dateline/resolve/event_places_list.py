"""Places told in one breath with an event's own: "in Baghdad, Mosul and Kirkuk" is one telling of several places.

A list needs its "and" (or a third name), and holds no name that only says where another lies ("Karbala, Iraq").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from spacy.tokens import Span

from dateline.codebook.places import words as place_words
from dateline.model.event import EventType
from dateline.model.place import Place
from dateline.model.reading import Chars, Draft, PlaceMention, Reading

LINKS = frozenset({",", "and", "or", "&", "/", "as", "well"})
ENDINGS = frozenset({"and", "or", "&", "/"})
OWNERS = frozenset({"'s", "’s", "s"})
# Each place of these is a happening of its own: of two towns that fell, one may be retaken.
EACH: frozenset[EventType] = frozenset({"territory_gain", "siege", "withdrawal"})


def places_together(reading: Reading, place: Place, places: Sequence[PlaceMention]) -> tuple[Place, ...]:
    """The other places of the list that `place` stands in, in order of the text; none when it stands alone."""
    number = reading.sentence_at(place.span.start)
    here = [m for m in places if reading.sentence_at(m.chars.start) == number and m.role in ("place", "modifier")]
    spans = [(m, _span(reading, m)) for m in here]
    listed = [(m, span) for m, span in spans if not _owns(span)]
    covered = {i for _, span in spans for i in range(span.start, span.end)}
    for run in _runs(reading, listed, covered):
        if any(m.place.span == place.span for m in run):
            return tuple(m.place for m in run if m.place.span != place.span)
    return ()


def each_with_its_place(
    reading: Reading, drafts: Sequence[Draft], own: Sequence[Place | None], places: Sequence[PlaceMention]
) -> Iterator[tuple[Draft, Place | None]]:
    """The drafts with their places; "seized the cities of Mosul and Tikrit" is told once and happened twice."""
    taken = {(draft.trigger, place.span) for draft, place in zip(drafts, own, strict=True) if place}
    for draft, place in zip(drafts, own, strict=True):
        yield draft, place
        if place is None or draft.type not in EACH:
            continue
        for other in places_together(reading, place, places):
            if (draft.trigger, other.span) not in taken:
                taken.add((draft.trigger, other.span))
                yield replace(draft, place_hint=Chars(other.span.start, other.span.end)), other


def _span(reading: Reading, mention: PlaceMention) -> Span:
    span = reading.doc.char_span(mention.chars.start, mention.chars.end, alignment_mode="expand")
    assert span is not None  # a mention's characters are those of tokens
    return span


def _owns(span: Span) -> bool:
    """`Aleppo` of "Aleppo's districts of A and B"."""
    after = next((token for token in span.doc[span.end : span.end + 2] if not token.is_space), None)
    return after is not None and after.lower_ in OWNERS


def _runs(reading: Reading, listed: Sequence[tuple[PlaceMention, Span]], covered: set[int]) -> Iterator[list[PlaceMention]]:
    run: list[PlaceMention] = []
    closed = False
    for (left, a), (right, b) in pairwise(listed):
        run = run or [left]
        gap = _gap(a, b, covered)
        if gap and all(word in LINKS for word in gap) and not _holds(left.place, right.place):
            run.append(right)
            closed = closed or any(word in ENDINGS for word in gap) or _of_two_provinces(left.place, right.place)
            continue
        if len(run) > 2 or (closed and len(run) > 1):
            yield run
        run, closed = [], False
    if len(run) > 2 or (closed and len(run) > 1):
        yield run


def _of_two_provinces(a: Place, b: Place) -> bool:
    """`Zabul, Khost` of a headline: neither can hold the other; nor is it "Khost, 20 km west of Zabul"."""
    named = a.gazetteer_id is not None and b.gazetteer_id is not None
    return named and a.country == b.country and None not in (a.admin1, b.admin1) and a.admin1 != b.admin1


def _gap(a: Span, b: Span, covered: set[int]) -> list[str]:
    """The words between two names, without brackets and words that only say what kind of place or which part of it."""
    words = place_words()
    out: list[str] = []
    inside = False
    for token in a.doc[a.end : b.start]:
        inside = inside or token.text == "("
        skipped = token.i in covered or token.is_space or token.lower_ in OWNERS or token.lower_ in ("in", "of", "the", "both")
        if not inside and not skipped and token.lower_ not in words.kinds and token.lower_ not in words.before:
            out.append(token.lower_)
        inside = inside and token.text != ")"
    return out


def _holds(a: Place, b: Place) -> bool:
    """One is the province or the country of the other, and not only a name said to lie in it."""
    inner, outer = (a, b) if b.precision in ("province", "country") else (b, a)
    if outer.gazetteer_id is None or inner.precision == outer.precision and inner.gazetteer_id:
        return False
    if outer.precision == "country":
        return inner.country == outer.country
    return outer.precision == "province" and inner.gazetteer_id is not None and inner.admin1 == outer.admin1
