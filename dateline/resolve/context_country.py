"""The country of a happening whose own words name no place, where its state actors act at home ("an Egyptian court banned …").

It is never more than a country, it cites the words that name that country, and its reasons say that it is context. What a
report is about was tried as a further fallback: it was wrong as often as right (docs/decisions.md), so the place stays unknown.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.model.event import EventType
from dateline.model.place import Place
from dateline.model.reading import Draft, Entity, PlaceMention

STATE = frozenset({"government", "state_forces"})
# What a state does at home, unless a place is said.
DOMESTIC: frozenset[EventType] = frozenset(
    {"arrest", "legal", "restriction", "protest", "riot", "crackdown", "abuse", "aid_obstruction"}
)


def context_country(draft: Draft, entities: Sequence[Entity], places: Sequence[PlaceMention]) -> Place | None:
    """A place of precision "country", or None."""
    if draft.type in DOMESTIC:
        for mention in (*draft.by, *draft.on):
            entity = entities[mention.entity]
            if entity.country and entity.kind in STATE:
                return _named(entity.country, draft, places, f"{entity.name} acts at home")
    return None


def _named(country: str, draft: Draft, places: Sequence[PlaceMention], reason: str) -> Place | None:
    """The nearest mention of the country, by name or as an adjective."""
    at = draft.trigger.start
    named = [each for each in places if each.place.country == country and each.place.precision == "country"]
    if not named:
        return None
    nearest = min(named, key=lambda each: (abs(each.chars.start - at), each.chars.start))
    return nearest.place.model_copy(update={"reasons": (reason, "no place is named with the event"), "runner_up": None})
