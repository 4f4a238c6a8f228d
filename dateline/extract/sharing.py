"""Who did it and to whom, when a happening does not say so itself: who did all else of its kind in the report, who owned up to
it, or the one armed group that is named beside what a state's forces do.

Only an actor whom every other happening of the kind names is carried over; two of them would be a guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.extract.merging import VIOLENCE, Told
from dateline.model.actor import ActorKind
from dateline.model.event import EventType
from dateline.model.reading import Draft, Entity, Mention, Reading

# Kinds that one side of a report's war does: others are done by many ("protest", "arrest").
ONE_SIDED: frozenset[EventType] = frozenset({"airstrike", "siege", "advance", "crackdown", "shelling"})
NEARBY = 1  # sentences between an attack and who claims it
# What forces of a state do to an armed group, named or not.
FOUGHT: frozenset[EventType] = frozenset({"clash", "airstrike", "shelling", "siege", "advance", "territory_gain"})
OF_STATES: frozenset[ActorKind] = frozenset({"state_forces", "external_forces", "government"})
CROWDS: frozenset[ActorKind] = frozenset({"protesters", "rioters"})
GROUPS: frozenset[ActorKind] = frozenset({"rebel_group", "political_militia", "identity_militia"})


def share(reading: Reading, told: Sequence[Told], mentions: Sequence[Mention], entities: Sequence[Entity]) -> tuple[Told, ...]:
    """The happenings with what they leave unsaid, in the same order."""
    groups = tuple(m for m in mentions if entities[m.entity].kind in GROUPS and not entities[m.entity].is_person)
    crowds = tuple(m for m in mentions if entities[m.entity].kind in CROWDS and m.form != "pronoun")
    shared = []
    for one in told:
        draft = _with_crowd(reading, _with_doer(one.draft, told, entities), crowds)
        shared.append(replace(one, draft=_with_foe(reading, draft, groups, entities)))
    return tuple(shared)


def _with_crowd(reading: Reading, draft: Draft, crowds: Sequence[Mention]) -> Draft:
    """Protesters named in the same sentence, or in the one before, are who riots and whom the police drive back."""
    if not (draft.type == "riot" and not draft.by or draft.type == "crackdown" and not draft.on):
        return draft
    near = [m for m in crowds if 0 <= draft.sentence - reading.sentence_at(m.chars.start) <= NEARBY]
    if not near:
        return draft
    nearest = (min(near, key=lambda m: abs(m.head - draft.head)),)
    return replace(draft, on=nearest) if draft.type == "crackdown" else replace(draft, by=nearest)


def _with_foe(reading: Reading, draft: Draft, groups: Sequence[Mention], entities: Sequence[Entity]) -> Draft:
    """What a state's forces do is done to the armed group that the same sentences name, if they name only one."""
    if draft.on or not draft.by or draft.type not in FOUGHT:
        return draft
    if any(entities[m.entity].kind not in OF_STATES for m in draft.by):
        return draft
    told_in = (draft.sentence, *draft.other_sentences)
    beside = [m for m in groups if reading.sentence_at(m.chars.start) in told_in]
    names = {entities[m.entity].id or entities[m.entity].name.casefold() for m in beside}
    return replace(draft, on=(beside[0],)) if len(names) == 1 else draft


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
