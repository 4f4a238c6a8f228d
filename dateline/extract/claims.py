"""Every event knows who says so: the speakers of the statements that tell it; nobody when the outlet tells it in its own voice.

A statement tells an event when it asserts it: the event's trigger stands in its content, and not merely as a known thing
("said the talks broke down after the raid" tells nothing of the raid). Self-interest is shown, not judged: a speaker that
belongs to a side of the event is marked as a party.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from spacy.tokens import Token

from dateline.model.event import Figure, Source, Stance
from dateline.model.reading import Chars, Draft, Entity, Mention, Quote, Reading

WORD = re.compile(r"\w+")
EMPTY_WORDS = frozenset(
    ("the", "a", "an", "of", "for", "and", "in", "on", "to", "from", "s", "force", "group", "army", "government", "troop")
)
# Sides whose officials speak for a state: their word on its own deeds asserts; that of others in a war claims.
STATE = frozenset(("government", "state_forces", "external_forces", "organisation", "civilians", "media"))
# Prepositions after which a noun is known already, not told: time, cause, contrast.
KNOWN_AFTER = frozenset(
    ("after", "before", "since", "following", "amid", "despite", "until", "because", "wake", "responding", "ahead")
)
# Verbs that say no more of an event than that it was done, and so tell it.
CARRIED_OUT = frozenset(("carry", "conduct", "launch", "stage", "mount", "perpetrate", "commit"))
# What is done by speaking: who says it does it, and needs no source.
SPEECH_ACTS = frozenset(("appeal", "accuse", "threaten", "pledge", "reject", "sanction", "claim_responsibility"))
# Deeds to which somebody may own up.
CLAIMED = frozenset(("airstrike", "shelling", "bombing", "armed_attack", "abduction", "abuse", "clash", "property_destruction"))
MOST_NAMES = 20  # mentions looked at in the words that name a speaker
STRONG: tuple[Stance, ...] = ("confirms", "denies", "doubts")


@dataclass(frozen=True, slots=True)
class Telling:
    """A statement that tells an event, and the speakers of wider statements who pass it on."""

    quote: Quote
    outer: tuple[str, ...]


def attribute_claims(
    reading: Reading,
    drafts: Sequence[Draft],
    quotes: Sequence[Quote],
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
) -> tuple[tuple[Source, ...], ...]:
    """The sources of each draft, in the order of their words."""
    spoken = _spoken(quotes)
    names = {entity.number: entity for entity in entities}
    in_order = sorted(mentions, key=lambda mention: mention.chars.start)
    owned = [quote for quote in spoken if _owns_up(reading, quote)]
    found = (_sources(reading, draft, spoken, names, in_order) for draft in drafts)
    return tuple(_with_owners(reading, draft, known, owned) for draft, known in zip(drafts, found, strict=True))


def sources_at(reading: Reading, quotes: Sequence[Quote], chars: Chars, known: Sequence[Source] = ()) -> tuple[Source, ...]:
    """Who says the words at this place (a count, say): the innermost statement's speaker, or the known source that it is."""
    quote = quote_at(_spoken(quotes), chars)
    source = source_of(quote, reading) if quote is not None else None
    if source is None:
        return ()
    return (next((one for one in known if (one.speaker, one.cue) == (source.speaker, source.cue)), source),)


def with_counts(known: tuple[Source, ...], figures: Sequence[Figure]) -> tuple[Source, ...]:
    """The sources of an event and those of its counts: who gives the toll of an attack speaks of the attack."""
    found = list(known)
    for figure in figures:
        if figure.measure != "other":
            for source in figure.sources:
                _add(found, source)
    return tuple(found)


def _spoken(quotes: Sequence[Quote]) -> list[Quote]:
    return [quote for quote in quotes if quote.is_speech and quote.tells and quote.speaker is not None and quote.speaker_name]


def source_of(quote: Quote, reading: Reading, party: bool = False, own_claim: bool = False) -> Source | None:
    """The speaker of a statement as a source; None when the report does not name any.

    `party`: it belongs to a side of the event; `own_claim`: to an armed group's, whose word on its war is a claim.
    """
    if quote.speaker is None or not quote.speaker_name:
        return None
    span, cue = quote.speaker, quote.cue
    return Source(
        speaker=quote.speaker_name,
        kind=quote.speaker_kind,
        role=quote.role,
        affiliation=quote.affiliation,
        stance="claims" if own_claim and quote.stance == "asserts" else quote.stance,
        cue=reading.report.span(cue.start, cue.end) if cue else None,
        span=reading.report.span(span.start, span.end),
        via=quote.via,
        party=party,
        unverified=quote.unverified,
    )


def quote_at(quotes: Sequence[Quote], chars: Chars) -> Quote | None:
    """The innermost statement that holds the words."""
    around = [quote for quote in quotes if _holds(quote, chars)]
    return min(around, key=_extent, default=None)


def _holds(quote: Quote, chars: Chars) -> bool:
    for part in quote.content:  # noqa: SIM110  # a plain loop: asked of every statement for every event
        if part.start <= chars.start and chars.end <= part.end:
            return True
    return False


def _extent(quote: Quote) -> int:
    return sum(part.end - part.start for part in quote.content)


def _sources(
    reading: Reading, draft: Draft, quotes: Sequence[Quote], entities: Mapping[int, Entity], mentions: Sequence[Mention]
) -> tuple[Source, ...]:
    doers = [entities[mention.entity] for mention in draft.by if mention.entity in entities]
    sides = doers + [entities[mention.entity] for mention in draft.on if mention.entity in entities]
    found: list[Source] = []
    tellings = list(_tellings(reading, draft, quotes))
    if not all(_in_title(reading, telling.quote) for telling in tellings):  # the body says it in full
        tellings = [telling for telling in tellings if not _in_title(reading, telling.quote)]
    for telling in tellings:
        quote = telling.quote
        if draft.type in SPEECH_ACTS and (_first_person(reading, draft) or any(_belongs(quote, doer) for doer in doers)):
            continue
        for speaking in _each_speaker(reading, replace(quote, via=(*quote.via, *telling.outer))):
            own = [side for side in sides if _belongs(speaking, side) or _is_named_by(speaking, side, mentions)]
            own += [entities[m.entity] for m in (*draft.by, *draft.on) if m.entity in entities and _is_own(reading, m, speaking)]
            source = source_of(speaking, reading, bool(own), any(side.kind not in STATE for side in own))
            if source is not None:
                _add(found, source)
    if draft.type == "claim_responsibility":
        for quote in quotes:
            source = (
                source_of(quote, reading, party=True, own_claim=True) if quote.cue and quote.cue.overlaps(draft.trigger) else None
            )
            if source is not None:
                _add(found, source)
    return tuple(found)


def _each_speaker(reading: Reading, quote: Quote) -> Iterator[Quote]:
    """`Moscow and Damascus denied`: two names are two speakers; `rebels and activists` are one description."""
    span = quote.speaker
    words = reading.doc.char_span(span.start, span.end, alignment_mode="expand") if span else None
    head = words.root if words is not None else None
    others = [token for token in head.conjuncts if words and words.start <= token.i < words.end] if head is not None else []
    named = [token for token in others if token.pos_ == "PROPN" and token.ent_iob_ != "I"]
    if span is None or head is None or head.pos_ != "PROPN" or not named or len(named) != len(others):
        yield quote
        return
    doc, first = reading.doc, named[0].left_edge.i
    starts = [head.left_edge.i, *(token.left_edge.i for token in named)]
    ends = [first, *starts[2:], words.end if words is not None else first]
    for start, end in zip(starts, ends, strict=True):
        last = end - 1
        while last > start and doc[last].pos_ in ("CCONJ", "PUNCT"):
            last -= 1
        name = reading.report.text[doc[start].idx : doc[last].idx + len(doc[last])]
        is_first = start == starts[0] and len(quote.speaker_name.split()) == len(name.split())
        yield replace(quote, speaker_name=quote.speaker_name if is_first else name.removeprefix("the "))


def _in_title(reading: Reading, quote: Quote) -> bool:
    return reading.has_title and quote.cue is not None and quote.cue.start < reading.sentences[0].end


def _owns_up(reading: Reading, quote: Quote) -> bool:
    words = quote.content[0]
    return quote.stance == "claims" and reading.report.text[words.start : words.end].casefold().startswith("responsibility for")


def _with_owners(reading: Reading, draft: Draft, known: tuple[Source, ...], owned: Sequence[Quote]) -> tuple[Source, ...]:
    """ "The sect claimed responsibility for the bombing": it is one of the bombing's sources, wherever that is told."""
    found = list(known)
    for quote in owned if draft.type in CLAIMED else ():
        if any(_holds(quote, _chars(reading.doc[head])) for head in (draft.head, *draft.other_heads)):
            source = source_of(quote, reading, party=True, own_claim=True)
            if source is not None:
                _add(found, source)
    return tuple(found)


def _first_person(reading: Reading, draft: Draft) -> bool:
    """`We condemn`: the speaker does it by saying so."""
    return any(child.dep_ == "nsubj" and child.lower_ in ("i", "we") for child in reading.doc[draft.head].lefts)


def _add(found: list[Source], source: Source) -> None:
    """One speaker, two statements: the first words, the stronger stance."""
    for number, first in enumerate(found):
        if first.speaker == source.speaker:
            stance = source.stance if source.stance in STRONG else first.stance
            found[number] = first.model_copy(update={"stance": stance, "unverified": first.unverified or source.unverified})
            return
    found.append(source)


def _tellings(reading: Reading, draft: Draft, quotes: Sequence[Quote]) -> Iterator[Telling]:
    """The innermost statement around each mention of the event that asserts it.

    What the outlet tells itself needs no witness: then only who confirms, denies or doubts it, or tells it anew with a verb.
    """
    doc = reading.doc
    own_voice = quote_at(quotes, _chars(doc[draft.head])) is None
    for head in (draft.head, *draft.other_heads):
        token = doc[head]
        chars = _chars(token)
        inner = quote_at(quotes, chars)
        if inner is None or not _told(token, inner):
            continue
        named_again = own_voice or (head != draft.head and _is_known(token))
        if named_again and not (inner.stance in STRONG or _tells_anew(token)):
            continue
        wider = [quote for quote in quotes if quote is not inner and _passes_on(quote, inner, chars)]
        if inner.speaker_kind == "document" and wider and len(inner.speaker_name.split()) == 1:
            inner, wider = wider[0], wider[1:]
        passing = [quote for quote in wider if quote.stance not in STRONG]
        yield Telling(inner, tuple(quote.speaker_name for quote in passing))
        for quote in () if draft.type in SPEECH_ACTS else quotes:
            if (
                quote is not inner
                and quote.stance in STRONG
                and quote.speaker_name != inner.speaker_name
                and _holds(quote, chars)
            ):
                yield Telling(quote, ())


def _is_known(token: Token) -> bool:
    """`The airstrikes`, `their offensive`: a thing told before."""
    return token.pos_ == "NOUN" and any(
        child.dep_ == "poss" or (child.dep_ == "det" and child.lower_ not in ("a", "an", "another", "some"))
        for child in token.lefts
    )


def _tells_anew(token: Token) -> bool:
    """`Militants were killed`, `the attack was carried out by`: a verb of its own; `the displaced` is only named again."""
    if token.pos_ == "VERB":
        return token.dep_ != "amod"
    return token.dep_ in ("nsubjpass", "dobj") and token.head.lemma_ in CARRIED_OUT


def _chars(token: Token) -> Chars:
    return Chars(token.idx, token.idx + len(token))


def _passes_on(quote: Quote, inner: Quote, chars: Chars) -> bool:
    """A wider statement that holds the inner one's cue as well as the event."""
    return (
        inner.cue is not None and quote.speaker_name != inner.speaker_name and _holds(quote, chars) and _holds(quote, inner.cue)
    )


def _told(token: Token, quote: Quote) -> bool:
    """Verbs tell; nouns tell unless they stand in the statement as a known thing, after a word of time, cause or contrast."""
    if token.pos_ in ("VERB", "AUX") or quote.stance in STRONG:
        return True
    start = min(part.start for part in quote.content)
    end = max(part.end for part in quote.content)
    while token.head.i != token.i and start <= token.head.idx < end:
        token = token.head
        if token.lower_ in KNOWN_AFTER:
            return False
        if token.pos_ == "VERB":
            return True
    return True


def _belongs(quote: Quote, side: Entity) -> bool:
    """The speaker is a side of the event, or speaks for it; a people stands for its country (Ukrainian, Ukraine)."""
    speaking = _words(f"{quote.speaker_name} {quote.affiliation or ''}")
    return any(_akin(one, other) for one in speaking for other in _words(side.name))


def _is_named_by(quote: Quote, side: Entity, mentions: Sequence[Mention]) -> bool:
    """The speaker's words are one of the side's own mentions: "the group said it attacked"."""
    spoken = quote.speaker
    if spoken is None:
        return False
    first = bisect_left(mentions, spoken.start, key=lambda mention: mention.chars.start)
    within = takewhile(lambda mention: mention.chars.start < spoken.end, mentions[first : first + MOST_NAMES])
    return any(m.entity == side.number and m.chars.inside(spoken) for m in within)


def _is_own(reading: Reading, mention: Mention, quote: Quote) -> bool:
    """ "Its troops", the first people named in a statement: those of whoever makes it."""
    doc = reading.doc
    if not any(child.lower_ in ("its", "our") for child in doc[mention.head].lefts):
        return False
    start = next((part.start for part in quote.content if mention.chars.inside(part)), None)
    before = doc.char_span(start, mention.chars.start, alignment_mode="expand") if start is not None else None
    return start is not None and not any(token.pos_ in ("NOUN", "PROPN") for token in before or () if token.i < mention.head - 1)


def _akin(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) >= 4 and long.startswith(short[: max(4, len(short) - 1)]) and len(long) - len(short) <= 4)


def _words(name: str) -> frozenset[str]:
    return frozenset(word.rstrip("s") for word in WORD.findall(name.casefold())) - EMPTY_WORDS
