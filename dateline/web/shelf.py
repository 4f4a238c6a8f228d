"""Outlines of the whole archive, kept ready while it stands unchanged: lists, map and timeline read this one shelf.

A change of the archive (a new journal row) empties the shelf. Past states asked for by `as_known_on` are kept a few at a time.
"""

from __future__ import annotations

import gzip
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from dateline.store.archive import Archive
from dateline.store.query import AsKnownOn, Query
from dateline.web.ordered import Listing, conditions
from dateline.web.outline import Outline, outline
from dateline.web.points import columns

KEPT_STATES = 4
KEPT_COLUMNS = 6
KEPT_QUERIES = 40
COMPRESSION = 5
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


@dataclass(frozen=True, slots=True)
class Summary:
    """What a first look says of the whole archive."""

    total: int
    reports: int
    outlets: int
    episodes: tuple[Episode, ...]


class Shelf:
    """Outlines are kept by the archive's row, which never changes: after a change only new rows are read."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._lock = threading.Lock()
        self._revision: tuple[int, datetime | None] = (-1, None)
        self._made: dict[int, Outline] = {}
        self._kept: dict[AsKnownOn, tuple[Outline, ...]] = {}
        self._columns: dict[Query, bytes] = {}
        self._undrawn: dict[Query, int] = {}
        self._found: dict[Query, tuple[Outline, ...]] = {}
        self._listings: dict[AsKnownOn, Listing] = {}
        self._summary: dict[AsKnownOn, Summary] = {}

    def warm_up(self) -> None:
        """Fill the shelf in the background, so that the first reader of a large archive need not wait."""
        threading.Thread(target=self._warm, daemon=True, name="shelf").start()

    def _warm(self) -> None:
        self.columns(Query())
        self.undrawn(Query())
        self.summary()
        self.listing()

    def state(self) -> str:
        """Changes whenever anything in the archive does."""
        return str(self._archive.revision()[0])

    def all(self, as_known_on: AsKnownOn = None) -> tuple[Outline, ...]:
        """Every outline known at the moment, latest day first, undated last."""
        with self._lock:
            revision = self._archive.revision()
            if revision != self._revision:
                for kept in (self._kept, self._columns, self._undrawn, self._found, self._listings, self._summary):
                    kept.clear()
                self._revision = revision
            moment = self._present(as_known_on)
            if moment not in self._kept:
                _make_room(self._kept, KEPT_STATES)
                self._kept[moment] = tuple(sorted(self._outlines(moment), key=_latest_first))
            return self._kept[moment]

    def _present(self, as_known_on: AsKnownOn) -> AsKnownOn:
        """A moment after the last change shows the present: None, so that it is kept once."""
        last = self._revision[1]
        if isinstance(as_known_on, datetime) and (last is None or as_known_on >= last):
            return None
        return as_known_on

    def _outlines(self, as_known_on: AsKnownOn) -> list[Outline]:
        rows = self._archive.incident_rows(as_known_on)
        missing = [row for row in rows if row not in self._made]
        for picture in self._archive.pictures(missing, as_known_on):
            self._made[picture.row] = outline(picture)
        return [self._made[row] for row in rows if row in self._made]

    def asked(self, query: Query) -> tuple[Outline, ...]:
        """Those that a query asks for, whatever page of them; kept while the archive stands unchanged."""
        items = self.all(query.as_known_on)
        key = replace(query, as_known_on=self._present(query.as_known_on), limit=None, offset=0)
        found = self._found.get(key)
        if found is None:
            found = narrowed(items, key)
            with self._lock:
                _make_room(self._found, KEPT_QUERIES)
                self._found[key] = found
        return found

    def listing(self, as_known_on: AsKnownOn = None) -> Listing:
        """The same in the order of the archive's listings."""
        items = self.all(as_known_on)
        moment = self._present(as_known_on)
        made = self._listings.get(moment)
        if made is None:
            made = Listing.of(items)
            with self._lock:
                _make_room(self._listings, KEPT_STATES)
                self._listings[moment] = made
        return made

    def undrawn(self, query: Query) -> int:
        """How many of those that a query asks for are known too roughly to draw."""
        items = self.asked(query)
        key = replace(query, as_known_on=self._present(query.as_known_on), limit=None, offset=0)
        number = self._undrawn.get(key)
        if number is None:
            number = sum(not item.drawn for item in items)
            with self._lock:
                _make_room(self._undrawn, KEPT_QUERIES)
                self._undrawn[key] = number
        return number

    def columns(self, query: Query) -> bytes:
        """The map's columns for a query as gzipped JSON, kept while the archive stands unchanged."""
        items = self.asked(query)  # also empties what an older state left
        made = self._columns.get(query)
        if made is None:
            made = gzip.compress(columns(items).encode(), COMPRESSION, mtime=0)
            with self._lock:
                _make_room(self._columns, KEPT_COLUMNS)
                self._columns[query] = made
        return made

    def summary(self, as_known_on: AsKnownOn = None) -> Summary:
        items = self.all(as_known_on)
        key = self._present(as_known_on)
        made = self._summary.get(key)
        if made is None:
            reports = self._archive.report_count(as_known_on)
            made = Summary(len(items), reports, len(outlets(items)), tuple(episodes(self.all())))
            with self._lock:
                _make_room(self._summary, KEPT_STATES)
                self._summary[key] = made
        return made


def _make_room(kept: dict[Any, Any], most: int) -> None:
    """Drop the oldest, so that one more fits."""
    while len(kept) >= most:
        kept.pop(next(iter(kept)), None)


def _latest_first(item: Outline) -> tuple[bool, int, int, str]:
    day = item.end or item.start
    return (day is None, -day.toordinal() if day else 0, -item.size, item.id)


def narrowed(items: Sequence[Outline], query: Query) -> tuple[Outline, ...]:
    """One pass a condition: a hundred thousand take some ten milliseconds."""
    found: Iterable[Outline] = items
    for fits in conditions(query):
        found = filter(fits, found)
    return tuple(found)


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
