"""A figure belongs to the event whose trigger it depends on; one that belongs to no event is a tally, never thrown away.

Rival counts stay separate figures with their own speakers. Nothing is summed or averaged here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from dateline.model.event import GROUP_OF, EventType, Figure, Measure, Source, Tally
from dateline.model.reading import Chars, Draft, Quantity, Quote, Reading, TimeMention

HARM: tuple[EventType, ...] = (
    "clash", "airstrike", "shelling", "bombing", "armed_attack", "abuse", "crackdown", "riot", "protest", "siege", "advance",
    "abduction", "territory_gain", "property_destruction",
)  # fmt: skip

# Which events a measure can be of, likeliest first.
FITS: dict[Measure, tuple[EventType, ...]] = {
    "killed": HARM,
    "injured": HARM,
    "captured": ("arrest", "clash", "armed_attack", "abduction", "advance", "territory_gain", "surrender"),
    "arrested": ("arrest", "crackdown", "protest", "riot", "legal"),
    "detained": ("arrest", "crackdown", "protest", "riot", "legal", "abduction"),
    "abducted": ("abduction", "armed_attack"),
    "missing": (*HARM, "displacement"),
    "displaced": ("displacement", "aid", "restriction", "clash", "airstrike", "shelling", "siege"),
    "surrendered": ("surrender",),
    "trapped": ("siege", "clash", "airstrike", "shelling"),
    "at_risk": ("aid", "aid_obstruction", "siege", "displacement"),
    "troops": ("deployment", "withdrawal", "arms_transfer", "advance", "surrender", "clash", "pledge"),
    "weapons": ("arms_transfer", "deployment", "property_destruction", "withdrawal"),
    "area": ("territory_gain", "advance", "pledge", "agreement"),
    "money": ("pledge", "aid", "sanction", "arms_transfer"),
    "other": (),
}  # fmt: skip

# What a count without a measure of its own means when it is the object of such an event.
IMPLIED: dict[EventType, Measure] = {
    "arrest": "arrested",
    "abduction": "abducted",
    "displacement": "displaced",
    "surrender": "surrendered",
    "deployment": "troops",
}

# Events of which a count without a measure is told: people at a protest, defendants at a trial.
COUNTS_ANYTHING: frozenset[EventType] = frozenset(("protest", "legal", *IMPLIED))

LARGE = {"killed": 1000, "injured": 2000, "displaced": 500000}  # beyond it no single happening of a report is meant
BACK = 3  # sentences to look back for the event that a figure continues


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
    owners = [_owner(reading, drafts, quantity) for quantity in quantities]
    per_draft: list[list[Figure]] = [[] for _ in drafts]
    tallies: list[Tally] = []
    for quantity, owner in zip(quantities, owners, strict=True):
        if owner is None:
            if quantity.measure is not None and quantity.measure not in ("weapons", "money", "area"):
                tallies.append(_tally(reading, quantity, quotes, times))
            continue
        draft = drafts[owner]
        measure = quantity.measure or _implied(reading.doc, draft, quantity)
        figure = _figure(reading, quantity, measure, quotes, sources[owner] if owner < len(sources) else ())
        if not _told(per_draft[owner], figure):
            per_draft[owner].append(figure)
    return CountedFigures(tuple(tuple(figures) for figures in per_draft), tuple(tallies))


def _owner(reading: Reading, drafts: Sequence[Draft], quantity: Quantity) -> int | None:
    """Number of the draft that the count belongs to: by the tree, then by the sentence, then by what was told just before."""
    scored = [(score, -number) for number, draft in enumerate(drafts) if (score := _tie(reading, draft, quantity)) > 0]
    if not scored:
        return None
    return -max(scored)[1]


def _tie(reading: Reading, draft: Draft, quantity: Quantity) -> float:
    doc, heads = reading.doc, (draft.head, *draft.other_heads)
    here = reading.sentence_at(quantity.number.start)
    kinds = FITS.get(quantity.measure, ()) if quantity.measure else ()
    fits = draft.type in kinds
    score = 0.0
    for head in heads:
        score = max(score, _tree_tie(doc, head, quantity))
    if quantity.measure is None:
        direct = any(_argument(doc, head, quantity) for head in heads)
        return (
            score
            if direct and draft.type in ("protest", "legal", "arrest", "abduction", "displacement", "deployment", "surrender")
            else 0.0
        )
    if score and (fits or score >= 10):
        return score + (1 if fits else 0)
    if not fits:
        return 0.0
    if here in (draft.sentence, *draft.other_sentences):
        return 3.0 + (0.5 if here == draft.sentence else 0) - 0.01 * kinds.index(draft.type)
    last = max((s for s in (draft.sentence, *draft.other_sentences) if s < here), default=None)
    too_large = (quantity.low or quantity.high or 0) >= LARGE.get(quantity.measure, 10**12)
    if last is not None and here - last <= BACK and GROUP_OF[draft.type] != "politics" and not too_large:
        return 2.0 - 0.3 * (here - last) - 0.01 * kinds.index(draft.type)
    return 0.0


def _tree_tie(doc: Doc, head: int, quantity: Quantity) -> float:
    """10 when the trigger itself says the measure, less the farther it is up or down the tree; 0 when not related."""
    if quantity.governor == head:
        return 12.0
    start = doc[quantity.governor if quantity.governor is not None else quantity.head]
    if doc[head].sent.start != start.sent.start:
        return 0.0
    up = _steps(start, head)
    if up is not None:
        return 8.0 - min(up, 6) * 0.5
    down = _steps(doc[head], start.i)
    if down is not None:
        return 7.5 - min(down, 6) * 0.5
    return 0.0


def _steps(token: Token, goal: int) -> int | None:
    for count, ancestor in enumerate(token.ancestors, 1):
        if ancestor.i == goal:
            return count
    return None


def _argument(doc: Doc, head: int, quantity: Quantity) -> bool:
    """The counted noun is subject or object of the trigger, at most through a conjunction or "of"."""
    node = doc[quantity.head]
    for _ in range(3):
        if node.head.i == head:
            return node.dep_ in ("nsubj", "nsubjpass", "dobj", "pobj", "appos", "conj", "attr")
        if node.dep_ in ("conj", "pobj", "prep", "appos", "agent") and node.head.i != node.i:
            node = node.head
        else:
            return False
    return False


def _implied(doc: Doc, draft: Draft, quantity: Quantity) -> Measure:
    node = doc[quantity.head]
    if (draft.type in IMPLIED and node.dep_ in ("dobj", "nsubjpass", "pobj")) or draft.type in (
        "displacement",
        "surrender",
        "deployment",
    ):
        return IMPLIED.get(draft.type, "other")
    return "other"


def _told(figures: Sequence[Figure], new: Figure) -> bool:
    """The same count told again, by the same speakers or by none, is one figure."""
    return any(old.measure == new.measure and old.low == new.low and old.high == new.high for old in figures)


def _figure(reading: Reading, quantity: Quantity, measure: Measure, quotes: Sequence[Quote], known: tuple[Source, ...]) -> Figure:
    return Figure(
        measure=measure,
        whom=quantity.whom,
        low=quantity.low,
        high=quantity.high,
        span=reading.report.span(quantity.chars.start, quantity.chars.end),
        part=quantity.part,
        sources=_sources(reading, quantity, quotes, known),
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
        part="cumulative",
        sources=_sources(reading, quantity, quotes, ()),
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


def _sources(reading: Reading, quantity: Quantity, quotes: Sequence[Quote], known: tuple[Source, ...]) -> tuple[Source, ...]:
    """Speakers of the statements that hold the count; the event's own source object where it is the same statement."""
    found = [quote for quote in quotes if any(quantity.number.inside(chars) for chars in quote.content)]
    return tuple(_same_or_new(reading, quote, known) for quote in found)


def _same_or_new(reading: Reading, quote: Quote, known: tuple[Source, ...]) -> Source:
    cue = reading.report.span(quote.cue.start, quote.cue.end) if quote.cue else None
    for source in known:
        if source.speaker == quote.speaker_name and (cue is None or source.cue == cue):
            return source
    where = quote.speaker or quote.cue or quote.content[0]
    return Source(
        speaker=quote.speaker_name,
        kind=quote.speaker_kind,
        role=quote.role,
        affiliation=quote.affiliation,
        stance=quote.stance,
        cue=cue,
        span=reading.report.span(where.start, where.end),
        via=quote.via,
        unverified=quote.unverified,
    )
