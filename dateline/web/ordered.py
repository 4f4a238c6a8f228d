"""Outlines in the order of the archive's listings, so that a page is cut without looking at what lies before and after it.

A page goes on after a key (keyset paging): what was added meanwhile neither shifts nor repeats what follows.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate

from dateline.model.event import EventType
from dateline.store.query import Box, Query, fold
from dateline.web.outline import Outline

# Whether its day is unknown, its first day counted from 0001-01-01, its id.
Key = tuple[bool, int, str]
Fits = Callable[[Outline], bool]


def key_of(item: Outline) -> Key:
    """First day first, undated last."""
    day = item.start or item.end
    return (day is None, day.toordinal() if day else 0, item.id)


@dataclass(frozen=True, slots=True)
class Ordered:
    """`reach`: the latest last day of all items up to each one, so that the first that may reach into a window is found."""

    items: tuple[Outline, ...]
    keys: tuple[Key, ...]
    reach: tuple[int, ...]

    @classmethod
    def of(cls, pairs: Iterable[tuple[Key, Outline]]) -> Ordered:
        """From pairs that are in order already."""
        keys, items = tuple(zip(*pairs, strict=True)) or ((), ())
        return cls(items, keys, tuple(accumulate(map(_last, items), max)))

    def after(self, query: Query, after: Key | None) -> Iterator[Outline]:
        begin = bisect_right(self.keys, after) if after else 0
        end = len(self.items)
        if query.since:
            begin = max(begin, bisect_left(self.reach, query.since.toordinal()))
        if query.since or query.until:
            last = query.until.toordinal() + 1 if query.until else date.max.toordinal() + 1
            end = bisect_left(self.keys, (False, last, ""))
        found: Iterator[Outline] = map(self.items.__getitem__, range(begin, end))
        for fits in conditions(query):
            found = filter(fits, found)
        return found


def _last(item: Outline) -> int:
    day = item.end or item.start
    return day.toordinal() if day else 0


@dataclass(frozen=True, slots=True)
class Listing:
    """The whole archive at one moment, and each type of it by itself."""

    whole: Ordered
    by_type: Mapping[EventType, Ordered]

    @classmethod
    def of(cls, items: Iterable[Outline]) -> Listing:
        pairs = sorted((key_of(item), item) for item in items)
        kinds: dict[EventType, list[tuple[Key, Outline]]] = defaultdict(list)
        for pair in pairs:
            kinds[pair[1].type].append(pair)
        return cls(Ordered.of(pairs), {kind: Ordered.of(own) for kind, own in kinds.items()})

    def after(self, query: Query, after: Key | None = None) -> Iterator[Outline]:
        """What the query asks for, in order, after a key."""
        if not query.types:
            return self.whole.after(query, after)
        bare = replace(query, types=())
        kinds = (self.by_type[kind] for kind in self.by_type if kind in query.types)
        return heapq.merge(*(kind.after(bare, after) for kind in kinds), key=key_of)


def conditions(query: Query) -> list[Fits]:
    """The archive's own conditions on outlines, the cheapest first."""
    found: list[Fits] = []
    if query.types:
        found.append(lambda item: item.type in query.types)
    if query.statuses:
        found.append(lambda item: item.status in query.statuses)
    if query.grades:
        found.append(lambda item: item.grade in query.grades)
    if query.since or query.until:
        found.append(lambda item: _in_time(item, query.since, query.until))
    if box := query.box:
        found.append(lambda item: _in_box(item, box))
    if place := query.place and fold(query.place):
        found.append(lambda item: place in item.place_words)
    if actor := query.actor and fold(query.actor):
        found.append(lambda item: actor in item.actor_words)
    return found


def _in_time(item: Outline, since: date | None, until: date | None) -> bool:
    first, last = item.start or item.end, item.end or item.start
    if first is None or last is None:
        return False
    return (since is None or last >= since) and (until is None or first <= until)


def _in_box(item: Outline, box: Box) -> bool:
    if item.lat is None or item.lon is None or not box.south <= item.lat <= box.north:
        return False
    if box.west <= box.east:
        return box.west <= item.lon <= box.east
    return item.lon >= box.west or item.lon <= box.east
