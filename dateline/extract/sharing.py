"""Who did it, when a happening does not say so itself: who did all else of its kind in the report, or who owned up to it.

Only an actor whom every other happening of the kind names is carried over; two of them would be a guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.extract.merging import VIOLENCE, Told
from dateline.model.event import EventType
from dateline.model.reading import Draft, Entity, Mention

# Kinds that one side of a report's war does: others are done by many ("protest", "arrest").
ONE_SIDED: frozenset[EventType] = frozenset({"airstrike", "siege", "advance", "crackdown", "shelling"})
NEARBY = 1  # sentences between an attack and who claims it


def share(told: Sequence[Told], entities: Sequence[Entity]) -> tuple[Told, ...]:
    """The happenings with what they leave unsaid, in the same order."""
    return tuple(replace(one, draft=_with_doer(one.draft, told, entities)) for one in told)


def _with_doer(draft: Draft, told: Sequence[Told], entities: Sequence[Entity]) -> Draft:
    if draft.by:
        return draft
    if draft.type in VIOLENCE - {"clash"}:
        claimed = _claimed(draft, told, entities)
        if claimed:
            return replace(draft, by=claimed)
    if draft.type in ONE_SIDED:
        return replace(draft, by=_only([one.draft.by for one in told if one.draft.type == draft.type]))
    return draft


def _only(given: Sequence[tuple[Mention, ...]]) -> tuple[Mention, ...]:
    """The one actor that all name who name anybody; nobody when they differ."""
    named = [mentions for mentions in given if mentions]
    if not named or len({m.entity for mentions in named for m in mentions}) != 1:
        return ()
    return named[0][:1]


def _claimed(draft: Draft, told: Sequence[Told], entities: Sequence[Entity]) -> tuple[Mention, ...]:
    """Who says in the next sentence or the same that it was theirs."""
    for one in told:
        claim = one.draft
        if claim.type != "claim_responsibility" or claim.status == "denied" or not claim.by:
            continue
        sentences = (claim.sentence, *claim.other_sentences)
        own = (draft.sentence, *draft.other_sentences)
        if min(abs(a - b) for a in sentences for b in own) <= NEARBY and not entities[claim.by[0].entity].is_person:
            return claim.by[:1]
    return ()
