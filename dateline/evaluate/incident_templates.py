"""Our events as MUC-4 templates: events of one incident type, place and day are one template; their slots are put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import MappingProxyType

from dateline.evaluate.gather import took_place
from dateline.evaluate.templates_scorer import SLOTS, TYPE, plain
from dateline.evaluate.yardstick import Json
from dateline.model.actor import Actor
from dateline.model.event import Event, Record

TYPES = MappingProxyType(
    {
        "abduction": "kidnapping",
        "bombing": "bombing",
        "armed_attack": "attack",
        "shelling": "attack",
        "clash": "attack",
        "airstrike": "bombing",
    }
)
FIRE = ("fire", "burn", "arson", "torch", "ablaze")
EXPLOSIVES = ("bomb", "dynamite", "explosive", "mine", "grenade", "tnt")
GROUP_KINDS = frozenset(("rebel_group", "political_militia", "identity_militia", "organisation", "state_forces", "government"))
PEOPLE_KINDS = frozenset(("civilians", "state_forces", "protesters", "rioters", "government", "media", "rebel_group"))


def templates_of(record: Record) -> list[Json]:
    groups: dict[tuple[str, str, str], list[Event]] = {}
    for event in took_place(record):
        kind = incident_type(event)
        if kind:
            where = event.place.name if event.place else ""
            groups.setdefault((kind, where, event.when.model_dump_json() if event.when else ""), []).append(event)
    return [_template(kind, events) for (kind, _, _), events in groups.items()]


def incident_type(event: Event) -> str | None:
    words = f"{event.trigger.text} {event.means.text if event.means else ''}".casefold()
    if event.type == "property_destruction":
        return "arson" if any(stem in words for stem in FIRE) else "bombing" if any(s in words for s in EXPLOSIVES) else None
    return TYPES.get(event.type)


def _template(kind: str, events: Sequence[Event]) -> Json:
    by = [actor for event in events for actor in event.by]
    on = [actor for event in events for actor in event.on]
    return {
        TYPE: kind,
        SLOTS[0]: _strings(a.span.text for a in by if not is_group(a)),
        SLOTS[1]: _strings(a.span.text for a in by if is_group(a)),
        SLOTS[2]: _strings(a.span.text for a in on if not is_person(a)),
        SLOTS[3]: _strings(a.span.text for a in on if is_person(a)),
        SLOTS[4]: _strings(event.means.text for event in events if event.means),
    }


def is_group(actor: Actor) -> bool:
    return actor.id is not None and actor.kind in GROUP_KINDS


def is_person(actor: Actor) -> bool:
    return actor.kind in PEOPLE_KINDS


def _strings(texts: Iterable[str]) -> list[list[str]]:
    """Each string once, as an entity of one mention."""
    return [[text] for text in {plain(text): text for text in texts if plain(text)}.values()]
