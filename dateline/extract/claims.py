"""Every event knows who says so: the speakers of the statements that tell it; nobody when the outlet tells it in its own voice.

A statement tells an event when the event's trigger stands in its content. Self-interest is shown, not judged: a speaker
that belongs to a side of the event is marked as a party.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from dateline.model.event import Source
from dateline.model.reading import Chars, Draft, Entity, Mention, Quote, Reading

WORD = re.compile(r"\w+")
EMPTY_WORDS = frozenset(
    ("the", "a", "an", "of", "for", "and", "in", "on", "to", "from", "s", "force", "group", "army", "government", "troop")
)


def attribute_claims(
    reading: Reading,
    drafts: Sequence[Draft],
    quotes: Sequence[Quote],
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
) -> tuple[tuple[Source, ...], ...]:
    """The sources of each draft, in the order of their words."""
    spoken = [quote for quote in quotes if quote.is_speech and quote.speaker is not None and quote.speaker_name]
    names = {entity.number: entity for entity in entities}
    return tuple(_sources(reading, draft, spoken, names) for draft in drafts)


def source_of(quote: Quote, reading: Reading, party: bool = False) -> Source | None:
    """The speaker of a statement as a source; None when the report does not name any."""
    if quote.speaker is None or not quote.speaker_name:
        return None
    span, cue = quote.speaker, quote.cue
    return Source(
        speaker=quote.speaker_name,
        kind=quote.speaker_kind,
        role=quote.role,
        affiliation=quote.affiliation,
        stance="claims" if party and quote.stance == "asserts" else quote.stance,
        cue=reading.report.span(cue.start, cue.end) if cue else None,
        span=reading.report.span(span.start, span.end),
        via=quote.via,
        party=party,
        unverified=quote.unverified,
    )


def quote_at(quotes: Sequence[Quote], chars: Chars) -> Quote | None:
    """The innermost statement that holds the words."""
    best: Quote | None = None
    for quote in quotes:
        if any(part.start <= chars.start and chars.end <= part.end for part in quote.content):
            if best is None or _extent(quote) < _extent(best):
                best = quote
    return best


def _extent(quote: Quote) -> int:
    return sum(part.end - part.start for part in quote.content)


def _sources(reading: Reading, draft: Draft, quotes: Sequence[Quote], entities: dict[int, Entity]) -> tuple[Source, ...]:
    sides = [entities[mention.entity] for mention in (*draft.by, *draft.on) if mention.entity in entities]
    found: list[Source] = []
    for quote in _telling(reading, draft, quotes):
        source = source_of(quote, reading, any(_belongs(quote, side) for side in sides))
        if source is None:
            continue
        same = next((n for n, s in enumerate(found) if s.speaker == source.speaker), None)
        if same is None:
            found.append(source)
        elif source.stance not in (found[same].stance, "asserts"):
            found[same] = replace_stance(found[same], source)
    return tuple(found)


def replace_stance(first: Source, later: Source) -> Source:
    """One speaker, two statements: the first words, the stronger stance."""
    return first.model_copy(update={"stance": later.stance, "unverified": first.unverified or later.unverified})


def _telling(reading: Reading, draft: Draft, quotes: Sequence[Quote]) -> Iterator[Quote]:
    """The innermost statement around each mention of the event, with those that hold it as its chain."""
    doc = reading.doc
    seen: list[Quote] = []
    for head in (draft.head, *draft.other_heads):
        token = doc[head]
        chars = Chars(token.idx, token.idx + len(token))
        inner = quote_at(quotes, chars)
        if inner is None or inner in seen:
            continue
        seen.append(inner)
        outer = _around(inner, quotes, chars)
        yield replace(inner, via=(*inner.via, *outer)) if outer else inner


def _around(inner: Quote, quotes: Sequence[Quote], chars: Chars) -> tuple[str, ...]:
    """Speakers of wider statements that hold the inner one's cue: they pass it on."""
    if inner.cue is None:
        return ()
    return tuple(
        quote.speaker_name
        for quote in quotes
        if quote is not inner
        and quote.speaker_name != inner.speaker_name
        and any(part.start <= inner.cue.start and inner.cue.end <= part.end for part in quote.content)
        and any(part.start <= chars.start and chars.end <= part.end for part in quote.content)
    )


def _belongs(quote: Quote, side: Entity) -> bool:
    """The speaker is a side of the event, or speaks for it."""
    said_for = _words(f"{quote.speaker_name} {quote.affiliation or ''}")
    return bool(said_for & _words(side.name)) if said_for else False


def _words(name: str) -> frozenset[str]:
    return frozenset(word.rstrip("s") for word in WORD.findall(name.casefold())) - EMPTY_WORDS
