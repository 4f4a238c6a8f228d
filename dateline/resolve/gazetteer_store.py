"""One layer of a gazetteer on disk: places and postings in SQLite, name keys in a marisa trie. Written once, then only read.

A layer is built from a stream of places in bounded memory: names are sorted by SQLite, not by Python. `Layer` is the
reading side; `LayerWriter` the writing side. A folder is a layer once its trie is there, because the trie is written last.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

import marisa_trie

from dateline.resolve.folding import fold, normal

PLACES = "places.sqlite"
NAMES = "names.marisa"
FOLDED = "~"  # first letter of a fold key; no normal key begins with it

NameKind = Literal["name", "also", "historic", "demonym", "ascii"]
NAME_KINDS: tuple[NameKind, ...] = ("name", "also", "historic", "demonym", "ascii")
_BITS = 3

_SCHEMA = """
CREATE TABLE IF NOT EXISTS place (
  row INTEGER PRIMARY KEY, gid TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT, admin1 TEXT, admin2 TEXT,
  code TEXT, lat REAL, lon REAL, population INTEGER NOT NULL, radius_km REAL, countries TEXT, members TEXT
);
CREATE TABLE IF NOT EXISTS spelling (key TEXT NOT NULL, posting INTEGER NOT NULL, rank INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
_COLUMNS = "gid, name, kind, country, admin1, admin2, code, lat, lon, population, radius_km, countries, members"


@dataclass(frozen=True, slots=True)
class GazPlace:
    """A place as the gazetteer has it. `code` is set for countries ("AF") and provinces ("AF.30"); `admin1`, `admin2` are codes.

    `countries` and `members` (codes) are set for regions, which cross borders or lie inside one.
    """

    gid: str
    name: str
    kind: str
    country: str | None
    admin1: str | None
    admin2: str | None
    code: str | None
    lat: float | None
    lon: float | None
    population: int
    radius_km: float | None
    countries: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NewPlace:
    """A place on its way in, with its spellings by kind; `usual` is its own name where it is shown by another."""

    place: GazPlace
    also: tuple[str, ...] = ()
    historic: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    usual: str = ""


class LayerWriter:
    """Fill a layer in batches, then `finish`. An unfinished layer can be opened again and gone on with."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._db = sqlite3.connect(folder / PLACES)
        self._db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000;" + _SCHEMA)
        self.places = self._db.execute("SELECT COALESCE(MAX(row), 0) FROM place").fetchone()[0]

    def add(self, batch: Iterable[NewPlace], **notes: str) -> None:
        """One transaction: the places, their spellings, and notes (how far the input was read)."""
        rows: list[tuple[object, ...]] = []
        spellings: list[tuple[str, int, int]] = []
        for new in batch:
            self.places += 1
            rows.append(_to_row(self.places, new.place))
            spellings.extend(_spellings(self.places, new))
        with self._db:
            self._db.executemany(f"INSERT INTO place VALUES ({','.join('?' * 14)})", rows)
            self._db.executemany("INSERT INTO spelling VALUES (?, ?, ?)", spellings)
            self._db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", notes.items())

    def note(self, key: str) -> str | None:
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def finish(self, **notes: str) -> None:
        """Sort the spellings into trie and postings, drop what only the building needed."""
        self._db.execute("INSERT OR REPLACE INTO meta VALUES ('finishing', 'yes')")
        self._db.commit()
        keys = (key for (key,) in self._db.execute("SELECT DISTINCT key FROM spelling ORDER BY key"))
        trie = marisa_trie.Trie(keys)
        self._db.executescript(
            "DROP TABLE IF EXISTS posting; CREATE TABLE posting (key INTEGER PRIMARY KEY, places BLOB NOT NULL)"
        )
        ordered = self._db.execute("SELECT key, posting FROM spelling ORDER BY key, rank DESC, posting")
        self._db.executemany("INSERT INTO posting VALUES (?, ?)", _postings(trie, ordered))
        self._db.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", notes.items())
        self._db.execute("DROP TABLE IF EXISTS spelling")
        self._db.execute("CREATE INDEX place_code ON place(code) WHERE code IS NOT NULL")
        self._db.execute("CREATE INDEX place_gid ON place(gid)")
        self._db.commit()
        self._db.execute("PRAGMA journal_mode=DELETE")
        self._db.execute("VACUUM")
        self._db.close()
        trie.save(str(self.folder / NAMES))

    def close(self) -> None:
        self._db.close()


def _postings(trie: marisa_trie.Trie, ordered: Iterable[tuple[str, int]]) -> Iterator[tuple[int, bytes]]:
    """For each key its number in the trie and the places that bear it."""
    for key, group in groupby(ordered, key=lambda row: row[0]):
        yield trie[key], array("I", dict.fromkeys(posting for _, posting in group)).tobytes()


def _to_row(row: int, p: GazPlace) -> tuple[object, ...]:
    return (
        row, p.gid, p.name, p.kind, p.country, p.admin1, p.admin2, p.code, p.lat, p.lon, p.population, p.radius_km,
        "|".join(p.countries) or None, "|".join(p.members) or None,
    )  # fmt: skip


def _spellings(row: int, new: NewPlace) -> Iterator[tuple[str, int, int]]:
    """Each distinct key once, with the best kind of spelling that gives it; fold keys of the names only."""
    seen: set[str] = set()
    groups = ((new.usual or new.place.name,), new.also, new.historic, new.demonyms)
    for kind, names in enumerate(groups):
        for name in names:
            for key in (normal(name), FOLDED + fold(name) if kind < 3 else ""):
                if len(key) > 1 and key not in seen:
                    seen.add(key)
                    yield key, row << _BITS | kind, new.place.population


class Layer:
    """The reading side. Opens by mapping the trie and opening the database: no table is loaded."""

    def __init__(self, folder: Path) -> None:
        self._trie = marisa_trie.Trie()
        self._trie.mmap(str(folder / NAMES))
        self._db = sqlite3.connect(f"file:{folder / PLACES}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self.folder = folder

    def find(self, key: str, limit: int) -> list[tuple[GazPlace, NameKind]]:
        """Places that bear the key, the most populous first."""
        if key not in self._trie:
            return []
        blob = self._db.execute("SELECT places FROM posting WHERE key = ?", (self._trie[key],)).fetchone()[0]
        postings = array("I", blob)[:limit]
        marks = ",".join("?" * len(postings))
        query = f"SELECT row, {_COLUMNS} FROM place WHERE row IN ({marks})"
        rows = {row[0]: _from_row(row[1:]) for row in self._db.execute(query, [posting >> _BITS for posting in postings])}
        return [(rows[posting >> _BITS], NAME_KINDS[posting & 7]) for posting in postings]

    def knows(self, key: str) -> bool:
        return key in self._trie

    def by_code(self, code: str) -> GazPlace | None:
        row = self._db.execute(f"SELECT {_COLUMNS} FROM place WHERE code = ? LIMIT 1", (code,)).fetchone()
        return None if row is None else _from_row(row)

    def by_gid(self, gid: str) -> GazPlace | None:
        row = self._db.execute(f"SELECT {_COLUMNS} FROM place WHERE gid = ? LIMIT 1", (gid,)).fetchone()
        return None if row is None else _from_row(row)

    def notes(self) -> dict[str, str]:
        return dict(self._db.execute("SELECT key, value FROM meta"))

    def size(self) -> tuple[int, int]:
        """How many places, how many name keys."""
        return self._db.execute("SELECT COUNT(*) FROM place").fetchone()[0], len(self._trie)


def _from_row(row: Sequence[Any]) -> GazPlace:
    gid, name, kind, country, admin1, admin2, code, lat, lon, population, radius_km, countries, members = row
    return GazPlace(
        gid, name, kind, country, admin1, admin2, code, lat, lon, population, radius_km, _split(countries), _split(members)
    )


def _split(cell: str | None) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()
