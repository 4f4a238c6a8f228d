"""Import a fuller gazetteer beside the default one, in bounded memory; an import that was cut off goes on where it stopped.

Three forms are known by their first line: a GeoNames dump (19 columns, no heading), GeoNames' alternate names (8 or 10
columns), and a table with the headings of `COLUMNS` (docs/gazetteer.md). Files may be .zip or .gz. Every million places
is a layer of its own; each batch notes how many lines of the input it ends at, in the same transaction.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dateline.errors import UsageError
from dateline.resolve.folding import normal
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.gazetteer_build import town_radius
from dateline.resolve.gazetteer_store import NAMES, PLACES, GazPlace, LayerWriter, NewPlace

COLUMNS = ("id", "geonameid", "name", "alts", "lat", "lon", "cc", "placetype", "region_id", "county_id", "population")
BATCH = 10_000
PER_LAYER = 1_000_000
DONE = "done"

# The placetype column, and GeoNames' classes and codes, as kinds of place.
PLACETYPES: Mapping[str, str] = {
    "country": "country", "region": "adm1", "county": "adm2", "localadmin": "adm3", "locality": "town", "town": "town",
    "neighbourhood": "town", "borough": "town", "macrohood": "town", "campus": "point", "venue": "point", "point": "point",
}  # fmt: skip
CLASSES: Mapping[str, str] = {
    "A": "adm3",
    "P": "town",
    "H": "sea",
    "L": "region",
    "T": "mountain",
    "R": "point",
    "S": "point",
    "V": "region",
    "U": "sea",
}
CODES: Mapping[str, str] = {
    "PCLI": "country", "PCLD": "country", "PCLS": "country", "PCL": "country", "PCLF": "country", "ADM1": "adm1", "ADM2": "adm2",
    "PPLC": "capital", "ISL": "island", "ISLS": "island", "STM": "river", "STMS": "river", "WAD": "river", "CONT": "continent",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: lines read in all, places kept, layers made."""

    lines: int
    places: int
    layers: int


def import_file(
    folder: Path, path: Path, name: str, progress: Callable[[int, int], None] = lambda lines, places: None
) -> Imported:
    """Read `path` into layers `name`-001 … of the gazetteer in `folder`. Says how far it is: lines, places."""
    known = Gazetteer.open(folder)
    mark = fingerprint(path)
    reader = reader_of(path, name, known)
    lines, places, layers = 0, 0, 0
    while True:
        layer = folder / f"{name}-{layers + 1:03}"
        if (layer / NAMES).is_file():
            lines, places, more = _finished(layer, mark)
        else:
            lines, added, more = _fill(layer, reader, mark, lines, progress, places)
            places += added
        layers += 1
        if not more:
            return Imported(lines, places, layers)


def _finished(layer: Path, mark: str) -> tuple[int, int, bool]:
    """How far a finished layer goes, and whether another follows; of the same file only."""
    writer = LayerWriter(layer)
    notes = {key: writer.note(key) or "" for key in ("input", "lines", "places", "more")}
    writer.close()
    if notes["input"] != mark:
        raise UsageError(f"{layer} was imported from another file: choose another --name, or delete that folder")
    return int(notes["lines"]), int(notes["places"]), notes["more"] == "yes"


def _fill(
    layer: Path, reader: Reader, mark: str, start: int, progress: Callable[[int, int], None], before: int
) -> tuple[int, int, bool]:
    """Write one layer; gone on with if it was begun. Lines read so far, places added, whether more is to come."""
    work = layer.with_name(f".{layer.name}.part")
    if (work / PLACES).is_file() and not _same_input(work, mark):
        shutil.rmtree(work)
    writer = LayerWriter(work)
    try:
        lines, more = _read_on(writer, reader, mark, start, progress, before)
        added = writer.places
        writer.finish(lines=str(lines), input=mark, places=str(before + added), more="yes" if more else "no")
    finally:
        writer.close()
    work.rename(layer)
    return lines, added, more


def _read_on(
    writer: LayerWriter, reader: Reader, mark: str, start: int, progress: Callable[[int, int], None], before: int
) -> tuple[int, bool]:
    """Batch by batch until the input ends or the layer is full: lines read so far, and whether more is to come."""
    lines = begun = int(writer.note("lines") or start)
    batch: list[NewPlace] = []
    for lines, place in reader.places(begun):
        batch.append(place)
        if len(batch) >= BATCH:
            writer.add(batch, lines=str(lines), input=mark)
            batch = []
            progress(lines, before + writer.places)
            if writer.places >= PER_LAYER:
                return lines, True
    writer.add(batch, lines=str(lines), input=mark)
    return lines, False


def _same_input(work: Path, mark: str) -> bool:
    """Begun with the same file, and not cut off while it was sorted (then it is begun anew)."""
    writer = LayerWriter(work)
    noted, cut_off = writer.note("input"), writer.note("finishing")
    writer.close()
    return noted in (None, mark) and not cut_off


def fingerprint(path: Path) -> str:
    """Of the file's size and beginning: enough to tell that an import goes on with the same file."""
    if not path.is_file():
        raise UsageError(f"no file {path}")
    with path.open("rb") as handle:
        return hashlib.sha256(str(path.stat().st_size).encode() + handle.read(65536)).hexdigest()[:16]


# Reading


def open_text(path: Path) -> io.TextIOBase:
    """The table inside a .zip (its largest member), a .gz, or the file itself."""
    if path.suffix == ".zip":
        archive = zipfile.ZipFile(path)
        member = max(archive.infolist(), key=lambda info: info.file_size)
        return io.TextIOWrapper(archive.open(member), encoding="utf-8", newline="\n")
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", newline="\n")
    return path.open(encoding="utf-8", newline="\n")


@dataclass(frozen=True, slots=True)
class Reader:
    """Turns lines into places. `header` is the number of heading lines; `homes` maps ids of regions and counties to codes."""

    path: Path
    form: str
    prefix: str
    known: Gazetteer
    homes: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[str, ...] = ()

    def places(self, start: int) -> Iterator[tuple[int, NewPlace]]:
        """Numbered from the line after `start`; lines that hold no place are passed over."""
        parse = {"geonames": self._dump, "alternates": self._alternate, "table": self._table}[self.form]
        with open_text(self.path) as handle:
            for number, line in enumerate(handle, start=1):
                if number <= start or (number == 1 and self.form == "table"):
                    continue
                place = parse(line.rstrip("\r\n").split("\t"))
                if place is not None:
                    yield number, place

    def _dump(self, cells: list[str]) -> NewPlace | None:
        if len(cells) < 15 or not _is_number(cells[4]) or not _is_number(cells[5]):
            return None
        gid, name, _, also, lat, lon, feature, code, country = cells[:9]
        kind = CODES.get(code) or CLASSES.get(feature)
        if kind is None:
            return None
        people = int(cells[14] or 0)
        admin1 = f"{country}.{cells[10]}" if cells[10] and cells[10] != "00" else None
        admin2 = f"{admin1}.{cells[11]}" if admin1 and cells[11] else None
        own = {"country": country, "adm1": admin1, "adm2": admin2}.get(kind)
        place = GazPlace(
            f"geonames:{gid}",
            name,
            kind,
            country or None,
            admin1,
            admin2,
            own,
            float(lat),
            float(lon),
            people,
            radius_of(kind, people),
        )
        return NewPlace(place, tuple(filter(None, also.split(","))))

    def _alternate(self, cells: list[str]) -> NewPlace | None:
        if len(cells) < 4 or cells[2] in ("link", "wkdt", "post", "iata", "icao", "faac", "unlc", "phon", "piny", "tcid"):
            return None
        place = self.known.by_gid(f"geonames:{cells[1]}")
        if place is None:
            return None
        historic = len(cells) > 7 and cells[7] == "1"
        return NewPlace(place, () if historic else (cells[3],), (cells[3],) if historic else ())

    def _table(self, cells: list[str]) -> NewPlace | None:
        row = dict(zip(self.columns, cells, strict=False))
        kind = PLACETYPES.get(row.get("placetype", ""))
        if kind is None or not row.get("name") or not _is_number(row.get("lat", "")) or not _is_number(row.get("lon", "")):
            return None
        people = int(float(row.get("population") or 0))
        gid = f"geonames:{row['geonameid']}" if row.get("geonameid") else f"{self.prefix}:{row['id']}"
        own = self.homes.get(row["id"]) if kind in ("adm1", "adm2") else row["cc"] if kind == "country" else None
        place = GazPlace(
            gid, row["name"], kind, row["cc"] or None,
            self.homes.get(row.get("region_id", "")), self.homes.get(row.get("county_id", "")), own,
            float(row["lat"]), float(row["lon"]), people, radius_of(kind, people),
        )  # fmt: skip
        return NewPlace(place, tuple(filter(None, row.get("alts", "").split("|"))))


def reader_of(path: Path, name: str, known: Gazetteer) -> Reader:
    """The form is read off the first line."""
    with open_text(path) as handle:
        first = handle.readline().rstrip("\r\n").split("\t")
    headings = tuple(cell.removeprefix("wof_") for cell in first)
    if {"id", "name", "lat", "lon", "cc", "placetype"} <= set(headings):
        return Reader(path, "table", name, known, _homes(path, headings, name, known), headings)
    if len(first) == 19:
        return Reader(path, "geonames", name, known)
    if len(first) in (8, 10) and first[0].isdigit() and first[1].isdigit():
        return Reader(path, "alternates", name, known)
    raise UsageError(f"{path} is no GeoNames dump, no list of alternate names, and lacks the headings {', '.join(COLUMNS)}")


def _homes(path: Path, headings: tuple[str, ...], name: str, known: Gazetteer) -> dict[str, str]:
    """Ids of the table's regions and counties as codes: those of the known divisions where name or GeoNames id agree."""
    out: dict[str, str] = {}
    with open_text(path) as handle:
        next(handle)
        for line in handle:
            row = dict(zip(headings, line.rstrip("\r\n").split("\t"), strict=False))
            level = {"region": "adm1", "county": "adm2"}.get(row.get("placetype", ""))
            if level:
                out[row["id"]] = _division_code(row, level, known) or f"{row['cc']}.{name}.{row['id']}"
    return out


def _division_code(row: Mapping[str, str], level: str, known: Gazetteer) -> str | None:
    by_id = known.by_gid(f"geonames:{row['geonameid']}") if row.get("geonameid") else None
    if by_id is not None and by_id.code:
        return by_id.code
    for spelling in (row["name"], *row.get("alts", "").split("|")[:20]):
        for found in known.lookup(spelling)[:20] if normal(spelling) else ():
            if found.place.kind == level and found.place.country == row["cc"]:
                return found.place.code
    return None


def radius_of(kind: str, people: int) -> float:
    """How far a place of the kind reaches when nothing else is known, in km."""
    return {
        "point": 2.0,
        "adm3": 12.0,
        "adm2": 25.0,
        "adm1": 90.0,
        "country": 300.0,
        "region": 30.0,
        "sea": 30.0,
        "river": 60.0,
    }.get(kind, town_radius(people))


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True
