"""Outlines of the whole archive, kept ready while it stands unchanged: lists, map and timeline read this one shelf.

A change of the archive (a new journal row) empties the shelf. Past states asked for by `as_known_on` are kept a few at a time.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.store.archive import Archive
from dateline.store.query import AsKnownOn, Box, Query, fold
from dateline.web.outline import Outline, outline
from dateline.web.points import columns

KEPT_STATES = 4
KEPT_COLUMNS = 6
# A silence this long ends an episode.
SILENCE = timedelta(days=40)
MOST_EPISODES = 6


@dataclass(frozen=True, slots=True)
class Episode:
    """A stretch of one country's record without a long silence: a chapter for the first look."""

    country: str
    start: date
    end: date
    incidents: int


class Shelf:
    """Outlines are kept by the archive's row, which never changes: after a change only new rows are read."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._lock = threading.Lock()
        self._state = ""
        self._made: dict[int, Outline] = {}
        self._kept: dict[AsKnownOn, tuple[Outline, ...]] = {}
        self._columns: dict[Query, str] = {}

    def warm_up(self) -> None:
        """Fill the shelf in the background, so that the first reader of a large archive need not wait."""
        threading.Thread(target=self.columns, args=(Query(),), daemon=True, name="shelf").start()

    def state(self) -> str:
        """Changes whenever anything in the archive does."""
        seen = self._archive.link_state()
        return f"{seen.seen}.{seen.last}"

    def all(self, as_known_on: AsKnownOn = None) -> tuple[Outline, ...]:
        """Every outline known at the moment, latest day first, undated last."""
        with self._lock:
            state = self.state()
            if state != self._state:
                self._kept.clear()
                self._columns.clear()
                self._state = state
            if as_known_on not in self._kept:
                while len(self._kept) >= KEPT_STATES:
                    del self._kept[next(iter(self._kept))]
                self._kept[as_known_on] = tuple(sorted(self._outlines(as_known_on), key=_latest_first))
            return self._kept[as_known_on]

    def _outlines(self, as_known_on: AsKnownOn) -> list[Outline]:
        rows = self._archive.incident_rows(as_known_on)
        missing = [row for row in rows if row not in self._made]
        for picture in self._archive.pictures(missing, as_known_on):
            self._made[picture.row] = outline(picture)
        return [self._made[row] for row in rows if row in self._made]

    def asked(self, query: Query) -> list[Outline]:
        return [item for item in self.all(query.as_known_on) if matches(item, query)]

    def columns(self, query: Query) -> str:
        """The map's columns for a query, kept while the archive stands unchanged."""
        items = self.asked(query)  # also empties what an older state left
        if query not in self._columns:
            while len(self._columns) >= KEPT_COLUMNS:
                self._columns.pop(next(iter(self._columns)), None)
            self._columns[query] = columns(items)
        return self._columns.get(query) or columns(items)

    def episodes(self) -> list[Episode]:
        return episodes(self.all())


def _latest_first(item: Outline) -> tuple[bool, int, int, str]:
    day = item.end or item.start
    return (day is None, -day.toordinal() if day else 0, -item.size, item.id)


def matches(item: Outline, query: Query) -> bool:
    """The archive's own conditions, on outlines."""
    return (
        (not query.types or item.type in query.types)
        and (not query.statuses or item.status in query.statuses)
        and (not query.grades or item.grade in query.grades)
        and (not query.place or fold(query.place) in item.place_words)
        and (not query.actor or fold(query.actor) in item.actor_words)
        and _in_time(item, query.since, query.until)
        and (query.box is None or _in_box(item, query.box))
    )


def _in_time(item: Outline, since: date | None, until: date | None) -> bool:
    if since is None and until is None:
        return True
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


def episodes(items: Iterable[Outline]) -> list[Episode]:
    """Countries' stretches with the most incidents; a handful of strays makes no episode."""
    days: dict[str, list[date]] = {}
    for item in items:
        if not item.background and item.country and item.start and item.end and (item.end - item.start).days <= 31:
            days.setdefault(item.country, []).append(item.start)
    found = [stretch for country, starts in days.items() for stretch in _stretches(country, sorted(starts))]
    most = max((episode.incidents for episode in found), default=0)
    large = [episode for episode in found if episode.incidents >= max(5, most // 10)]
    large.sort(key=lambda episode: (-episode.incidents, episode.start))
    return sorted(large[:MOST_EPISODES], key=lambda episode: episode.start)


def _stretches(country: str, starts: Sequence[date]) -> Iterator[Episode]:
    begun = 0
    for place in range(1, len(starts) + 1):
        if place == len(starts) or starts[place] - starts[place - 1] > SILENCE:
            yield Episode(country, starts[begun], starts[place - 1], place - begun)
            begun = place


def outlets(items: Iterable[Outline]) -> list[tuple[str, int]]:
    """Outlets with their number of incidents, most first."""
    return sorted(Counter(name for item in items for name in item.outlets).items(), key=lambda pair: (-pair[1], pair[0]))
