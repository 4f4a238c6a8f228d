"""How sure the record is of an incident, in the manner of Airwars. The rules, first one that fits:

discounted  the outlet took it back, or every account calls it false, or it is denied and no account tells it as fact
contested   somebody denies it or doubts it, or two accounts exclude each other on who did it or who holds the place
confirmed   both sides say so, or a party confirms what others report, or three independent witnesses in their own voice
fair        two independent witnesses, or one outlet in its own voice beside a named source
weak        one witness, or only anonymous or interested speakers
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.link.telling import Telling
from dateline.model.incident import Dispute, Grade, Standing

FALSE_STATUSES = frozenset({"denied"})
DENYING = frozenset({"denies", "doubts"})


def is_denial(telling: Telling) -> bool:
    """The account says that it did not happen, in the outlet's voice or by a speaker alone."""
    return telling.event.status in FALSE_STATUSES


def is_denied_by(telling: Telling) -> bool:
    return any(source.stance in DENYING for source in telling.event.sources)


def own_voice(telling: Telling) -> bool:
    """The outlet tells it itself: nobody is named as its source."""
    return not telling.event.sources and not is_denial(telling)


def standing_of(tellings: Sequence[Telling]) -> Standing:
    """Who stands behind it."""
    told = [t for t in tellings if not is_denial(t)]
    if not told:
        return "retracted"
    if any(is_denial(t) or is_denied_by(t) for t in tellings):
        return "disputed"
    sources = [source for t in told for source in t.event.sources]
    if any(source.stance == "confirms" for source in sources) or _both_sides(told):
        return "confirmed"
    return "told" if any(own_voice(t) for t in told) else "claimed"


def _both_sides(tellings: Sequence[Telling]) -> bool:
    """A speaker of the doing side and one of the other side both say so."""
    sides = set()
    for telling in tellings:
        for source in telling.event.sources:
            words = f"{source.speaker} {source.affiliation or ''}".casefold()
            for name, actors in (("by", telling.event.by), ("on", telling.event.on)):
                if any(actor.name.casefold() in words for actor in actors):
                    sides.add(name)
    return sides == {"by", "on"}


def grade_of(tellings: Sequence[Telling], standing: Standing, witnesses: int, disputes: Sequence[Dispute]) -> tuple[Grade, str]:
    """The grade and the rule that gave it."""
    if standing == "retracted":
        return "discounted", "every account says that it did not happen"
    told = [t for t in tellings if not is_denial(t)]
    denials = {t.witness for t in tellings if is_denial(t)}
    facts = {t.witness for t in told if own_voice(t)}
    if denials and not facts:
        return "discounted", "denied, and no outlet tells it in its own voice"
    if denials or any(is_denied_by(t) for t in tellings):
        return "contested", "somebody denies or doubts it"
    if any(dispute.field in ("by", "holder") for dispute in disputes):
        return "contested", "accounts exclude each other on who did it or who holds it"
    if standing == "confirmed":
        return "confirmed", "both sides say so, or a party confirms it"
    if len(facts) >= 3:
        return "confirmed", f"{len(facts)} independent witnesses in their own voice"
    if witnesses >= 2:
        return "fair", f"{witnesses} independent witnesses"
    if facts and any(source.kind in ("person", "office", "organisation") for t in told for source in t.event.sources):
        return "fair", "one outlet in its own voice beside a named source"
    return "weak", "one witness" if facts else "only what speakers claim, in one report"
