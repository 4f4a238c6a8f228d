"""Which place belongs to which event; "none" is an answer, and the nearest name is not always the place.

A place said by the trigger's own argument comes first, then what hangs on the trigger in the parse, then its clause and
sentence; only then the sentences that tell the same happening, before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from dateline.model.place import Place
from dateline.model.reading import Draft, PlaceMention, Reading

FINENESS = {"point": 5, "town": 4, "district": 3, "province": 2, "region": 1, "sea": 2, "country": 0, "unknown": 3}


def place_drafts(reading: Reading, drafts: Sequence[Draft], places: Sequence[PlaceMention]) -> tuple[Place | None, ...]:
    return tuple(_place_of(reading, draft, places) for draft in drafts)


def _place_of(reading: Reading, draft: Draft, places: Sequence[PlaceMention]) -> Place | None:
    if draft.place_hint:
        hinted = [m for m in places if m.chars.overlaps(draft.place_hint)]
        if hinted:
            return hinted[0].place
    for sentence in (draft.sentence, *draft.other_sentences):
        scored = [
            (_fit(reading, draft, mention), -mention.chars.start, mention)
            for mention in places
            if reading.sentence_at(mention.chars.start) == sentence
        ]
        good = [row for row in scored if row[0] > 0]
        if good:
            return max(good, key=lambda row: row[:2])[2].place
    return None


def _fit(reading: Reading, draft: Draft, mention: PlaceMention) -> float:
    """How well the mention serves as the trigger's place; 0 and below: it does not."""
    doc = reading.doc
    span = doc.char_span(mention.chars.start, mention.chars.end, alignment_mode="expand")
    if span is None or mention.role in ("metonym", "dateline"):
        return 0.0
    trigger = doc[draft.head]
    head = span.root
    if any(actor.chars.overlaps(mention.chars) for actor in (*draft.by, *draft.on)):
        return 0.0
    if mention.role == "modifier" and trigger.i not in (head.head.i, head.head.head.i):
        return 0.0
    steps = _steps(trigger, head)
    score = 6.0 - steps + 0.25 * FINENESS[mention.place.precision]
    if head.dep_ == "pobj" and head.head.lower_ in ("in", "at", "near", "on", "outside", "inside", "around", "across"):
        score += 1.5
    return max(score, 0.1)


def _steps(a: Token, b: Token) -> int:
    """Arcs between two tokens of a sentence; 9 when there is no path."""
    up = {token.i: n for n, token in enumerate([a, *a.ancestors])}
    for n, token in enumerate([b, *b.ancestors]):
        if token.i in up:
            return n + up[token.i]
    return 9
