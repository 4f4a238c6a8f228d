"""A figure belongs to the event whose trigger it depends on; one that belongs to no event is a tally, never thrown away.

Rival counts stay separate figures with their own speakers. Nothing is summed or averaged here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from dateline.extract.claims import sources_at
from dateline.extract.figures_owner import heads_of, owner_of
from dateline.extract.figures_same import Counted, is_among_the_dead, is_part, refers_back, told_before
from dateline.model.event import EventType, Figure, FigurePart, Measure, Source, Tally
from dateline.model.reading import Chars, Draft, Quantity, Quote, Reading, TimeMention

# What a count without a measure of its own means when it is the object of such an event.
IMPLIED: dict[EventType, Measure] = {
    "arrest": "arrested",
    "abduction": "abducted",
    "displacement": "displaced",
    "surrender": "surrendered",
    "deployment": "troops",
}
MOVERS: tuple[EventType, ...] = ("displacement", "surrender", "deployment")  # their subject is what is counted

# Counts that mean something without an event; the others are only told with one.
TALLIED: tuple[Measure, ...] = (
    "killed", "injured", "displaced", "captured", "abducted", "arrested", "missing", "detained", "surrendered", "trapped",
    "at_risk", "troops",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CountedFigures:
    """Figures in the order of drafts, and the tallies of the report."""

    per_draft: tuple[tuple[Figure, ...], ...]
    tallies: tuple[Tally, ...]


def count_figures(
    reading: Reading,
    drafts: Sequence[Draft],
    quantities: Sequence[Quantity],
    sources: Sequence[tuple[Source, ...]],
    quotes: Sequence[Quote],
    times: Sequence[TimeMention],
) -> CountedFigures:
    """Each quantity goes to one draft, or to the tallies, or (a bare number) nowhere."""
    taken: list[list[Counted]] = [[] for _ in drafts]
    figures: list[list[Figure]] = [[] for _ in drafts]
    tallies: list[Tally] = []
    told: set[Measure | None] = set()
    heads = heads_of(reading.doc)
    dead = tuple(q for q in quantities if q.measure == "killed" and q.real and q.low == q.high == 1)
    for quantity in quantities:
        if is_among_the_dead(reading.doc, dead, quantity):
            continue
        owner = owner_of(reading, drafts, quantity, heads)
        if owner is None:
            if _is_tally(quantity) and not _known(reading.doc, quantity, told):
                tallies.append(_tally(reading, quantity, quotes, times))
                told.add(quantity.measure)
            continue
        counted = Counted(quantity, quantity.measure or _implied(reading.doc, drafts[owner], quantity))
        if told_before(reading.doc, taken[owner], counted):
            continue
        part: FigurePart = "part" if is_part(reading.doc, taken[owner], counted) else quantity.part
        known = sources[owner] if owner < len(sources) else ()
        told.add(counted.measure)
        headline = _in_headline(reading, taken[owner], counted)
        if headline is not None:  # "90 dead" over "more than 90 people have been killed": the text is the fuller one
            del taken[owner][headline], figures[owner][headline]
        taken[owner].append(counted)
        figures[owner].append(_figure(reading, counted, part, quotes, known))
    return CountedFigures(tuple(tuple(each) for each in figures), tuple(tallies))


def _in_headline(reading: Reading, taken: Sequence[Counted], new: Counted) -> int | None:
    """Number of the count in the title that gives the same figure as the new one of the text."""
    if not reading.has_title or new.quantity.unnumbered:
        return None
    for number, old in enumerate(taken):
        same = old.measure == new.measure and _figure_of(old.quantity) == _figure_of(new.quantity)
        if same and reading.sentence_at(old.quantity.number.start) == 0:
            return number
    return None


def _figure_of(quantity: Quantity) -> int | None:
    return quantity.low if quantity.low is not None else quantity.high


def _is_tally(quantity: Quantity) -> bool:
    """Something counted and real: no single person, no soldiers merely mentioned."""
    if quantity.harmed and quantity.low:
        return True
    if quantity.measure not in TALLIED or not quantity.real or quantity.low == quantity.high == 0:
        return False
    size = quantity.low if quantity.low is not None else quantity.high or 0
    return quantity.measure != "troops" or size >= 100


def _known(doc: Doc, quantity: Quantity, told: set[Measure | None]) -> bool:
    """ "the leader", "he": somebody counted already, when anybody was."""
    return quantity.unnumbered and quantity.measure in told and refers_back(doc, quantity)


def _implied(doc: Doc, draft: Draft, quantity: Quantity) -> Measure:
    if quantity.head == draft.head or quantity.head in draft.other_heads:
        return "other"  # the happenings themselves are counted: "three attacks"
    node = doc[quantity.head]
    if draft.type == "arms_transfer" and quantity.crowd:
        return "troops"  # people armed or trained
    if draft.type in MOVERS or node.dep_ in ("dobj", "nsubjpass", "pobj"):
        return IMPLIED.get(draft.type, "other")
    return "other"


def _figure(reading: Reading, counted: Counted, part: FigurePart, quotes: Sequence[Quote], known: tuple[Source, ...]) -> Figure:
    quantity = counted.quantity
    return Figure(
        measure=counted.measure,
        whom=quantity.whom,
        low=quantity.low,
        high=quantity.high,
        span=reading.report.span(quantity.chars.start, quantity.chars.end),
        part=part,
        sources=sources_at(reading, quotes, quantity.number, known),
    )


def _tally(reading: Reading, quantity: Quantity, quotes: Sequence[Quote], times: Sequence[TimeMention]) -> Tally:
    here = reading.sentences[reading.sentence_at(quantity.number.start)]
    since = _since(reading, here, times)
    return Tally(
        measure=quantity.measure or "other",
        whom=quantity.whom,
        low=quantity.low,
        high=quantity.high,
        span=reading.report.span(quantity.chars.start, quantity.chars.end),
        part="cumulative" if quantity.period else quantity.part,
        sources=sources_at(reading, quotes, quantity.number),
        since=since.start_day if since else None,
        until=reading.report.published,
    )


def _since(reading: Reading, sentence: Chars, times: Sequence[TimeMention]) -> TimeMention | None:
    """The time in the count's own sentence that "since" stands before."""
    for time in times:
        if time.chars.inside(sentence) and time.start_day is not None:
            before = reading.report.text[max(sentence.start, time.chars.start - 12) : time.chars.end].lower()
            if "since" in before:
                return time
    return None
