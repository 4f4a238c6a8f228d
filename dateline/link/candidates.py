"""Which pairs are worth comparing: tellings that share a block of place cell, day and group of types, or one story.

Blocks are small, so the number of pairs grows nearly as the number of tellings does.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType

from dateline.link.telling import NARROW, Telling

CELL_DEGREES = 0.5
# An interval longer than this is put in the blocks of its first and last days only.
LONGEST_RUN = 7
# In a block larger than this each telling meets only its next neighbours in order of day and type.
LARGEST_BLOCK = 60
# Two days beside the told one, for "Friday" in one report and "Saturday" in another.
SLACK = 1


def propose_pairs(
    tellings: Sequence[Telling], stories: Mapping[tuple[str, str], float] = MappingProxyType({})
) -> Iterator[tuple[int, int]]:
    """Pairs of positions, the smaller first, each once, in order. `stories` are scores of pairs of reports."""
    blocks: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, telling in enumerate(tellings):
        for key in block_keys(telling):
            blocks[key].append(number)
    pairs: set[tuple[int, int]] = set()
    for members in blocks.values():
        pairs.update(_within(members))
    pairs.update(_of_one_story(tellings, stories))
    yield from sorted(pairs)


def _of_one_story(tellings: Sequence[Telling], stories: Mapping[tuple[str, str], float]) -> Iterator[tuple[int, int]]:
    """Events of one type in two reports of one story, though one of them says neither where nor when."""
    told: dict[str, list[int]] = defaultdict(list)
    for number, telling in enumerate(tellings):
        told[telling.report.id].append(number)
    for (first, second), score in stories.items():
        if score > 0:
            for left in told.get(first, ()):
                for right in told.get(second, ()):
                    if tellings[left].event.type == tellings[right].event.type:
                        yield min(left, right), max(left, right)


def _within(members: Sequence[int]) -> Iterator[tuple[int, int]]:
    reach = len(members) if len(members) <= LARGEST_BLOCK else LARGEST_BLOCK // 2
    for position, left in enumerate(members):
        for right in members[position + 1 : position + 1 + reach]:
            if left != right:
                yield min(left, right), max(left, right)


def block_keys(telling: Telling) -> set[tuple[object, ...]]:
    places, days = _place_keys(telling), _day_keys(telling)
    return {(telling.group, place, day) for place in places for day in days}


def _place_keys(telling: Telling) -> list[object]:
    """A narrow place: its cell's corners, so that neighbours across a border meet; and its province, for wider tellings."""
    place = telling.place
    if place is None:
        return []
    keys: list[object] = []
    if place.lat is not None and place.lon is not None and place.precision in NARROW:
        row, column = place.lat / CELL_DEGREES, place.lon / CELL_DEGREES
        keys.extend(
            ("cell", r, c)
            for r in {math.floor(row), math.floor(row + 0.5) + 0.5}
            for c in {math.floor(column), math.floor(column + 0.5) + 0.5}
        )
    elif place.precision in NARROW or place.precision == "unknown":
        keys.append(("name", place.country, place.name.casefold()))
    if place.admin1:
        keys.append(("admin1", place.country, place.admin1))
    elif place.precision == "country":
        keys.append(("country", place.country or place.name.casefold()))
    return keys


def _day_keys(telling: Telling) -> set[date | None]:
    if telling.days:
        first, last = telling.days
        run = (last - first).days
        days = [first + timedelta(days=n) for n in range(run + 1)] if run <= LONGEST_RUN else [first, last]
        return {day + timedelta(days=slack) for day in days for slack in range(SLACK + 1)}
    told = telling.report.published
    if told is None:
        return {None}
    return {told - timedelta(days=back) for back in range(4)}
