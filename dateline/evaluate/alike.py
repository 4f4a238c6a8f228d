"""When a record's slot says the same as a reader's: names share half of their words, times and counts agree exactly.

These are the comparisons of the voa_gold scorer; the seed is judged by them too. Gold and told are JSON objects: gold in
the form of the guidelines ("said_by", "who"), told in the form of the record ("sources", "speaker").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from dateline.evaluate.yardstick import Json

STOP = frozenset(("the", "a", "an", "of", "in", "and", "his", "her", "their", "its", "s", "’s", "some", "several", "many"))
KINDS_OF_PLACE = ("province", "city", "town", "district", "governorate", "region", "village", "state", "county")
PLACE_STOP = STOP.union(KINDS_OF_PLACE, ("northern", "southern", "eastern", "western"))
WORD = re.compile(r"[a-z0-9]+")
SLOTS = ("type", "status", "by", "on", "place", "when", "figures", "sources", "control")


def words(text: object, stop: frozenset[str] = STOP) -> set[str]:
    plain = unicodedata.normalize("NFKD", str(text)).encode("ascii", "ignore").decode().casefold()
    return {word.rstrip("s") for word in WORD.findall(plain)} - stop


def alike(a: object, b: object, stop: frozenset[str] = STOP) -> bool:
    x, y = words(a, stop), words(b, stop)
    return bool(x and y) and len(x & y) / min(len(x), len(y)) >= 0.5


def names(actor: Any) -> list[str]:
    if isinstance(actor, str):
        return [actor]
    found = (actor.get("name"), (actor.get("span") or {}).get("text"), actor.get("who"), actor.get("speaker"))
    return [name for name in found if name]


def speaker_names(source: Json) -> list[str]:
    speaker = source.get("speaker")
    return names(speaker if isinstance(speaker, dict) else source)


def place_names(place: Json | None) -> list[str]:
    return [n for n in (place.get("name"), (place.get("span") or {}).get("text")) if n] if place else []


def same_actor(gold: Sequence[str], told: Sequence[str]) -> bool:
    return any(alike(x, y) for x in gold for y in told)


def same_place(gold: Json, told: Json) -> bool:
    if not any(alike(x, y, PLACE_STOP) for x in place_names(gold) for y in place_names(told)):
        return False
    return not (gold.get("country") and told.get("country")) or gold["country"] == told["country"]


def same_when(gold: Json, told: Json) -> bool:
    return gold.get("start") == told.get("start") and gold.get("end") == told.get("end")


def same_figure(gold: Json, told: Json) -> bool:
    return all(gold.get(key) == told.get(key) for key in ("measure", "low", "high"))


def same_control(gold: Json, told: Json) -> bool:
    side = "to" if gold.get("to") else "from"
    if not any(alike(x, y, PLACE_STOP) for x in _held(gold) for y in _held(told)):
        return False
    return not _holder(gold, side) or same_actor(_holder(gold, side), _holder(told, side))


def _held(control: Json) -> list[str]:
    place = control.get("place")
    return [place] if isinstance(place, str) else place_names(place)


def _holder(control: Json, side: str) -> list[str]:
    value = control.get(side)
    return [value] if isinstance(value, str) else names(value or {})


def hits(gold: Sequence[Any], told: Sequence[Any], same: Callable[[Any, Any], bool]) -> int:
    """How many of two lists pair off, each used once, in the order of gold."""
    left = list(told)
    found = 0
    for wanted in gold:
        match = next((i for i, value in enumerate(left) if same(wanted, value)), None)
        if match is not None:
            del left[match]
            found += 1
    return found


def values_of(slot: str, event: Json) -> list[Any]:
    """What an event holds in a slot, as a list of things to compare; gold and told alike."""
    if slot in ("by", "on"):
        return [names(actor) for actor in event.get(slot) or []]
    if slot == "sources":
        return [speaker_names(source) for source in event.get("said_by") or event.get("sources") or []]
    if slot == "figures":
        return list(event.get("figures") or [])
    value = event.get(slot)
    return [value] if value else []


SAME: dict[str, Callable[[Any, Any], bool]] = {
    "type": lambda gold, told: bool(gold == told),
    "status": lambda gold, told: bool(gold == told),
    "by": same_actor,
    "on": same_actor,
    "sources": same_actor,
    "place": same_place,
    "when": same_when,
    "figures": same_figure,
    "control": same_control,
}


def count_slot(slot: str, gold: Json, told: Json) -> tuple[int, int, int]:
    """(gold, told, hits) of one slot of a pair of events."""
    wanted, given = values_of(slot, gold), values_of(slot, told)
    if slot in ("type", "status"):
        return 1, 1, int(gold[slot] == told.get(slot))
    return len(wanted), len(given), hits(wanted, given, SAME[slot])
