"""The gazetteer answers "what may this name be?" and "does this place lie in that one?"; it never decides.

It is a stack of layers on disk: the default one that set-up builds, then whatever was imported. Places of an imported
layer that carry the GeoNames id of a known place only lend it their spellings.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dateline.codebook.places import PlaceWords
from dateline.codebook.places import words as place_words
from dateline.errors import MissingResource
from dateline.resolve.folding import article_apart, fold, normal
from dateline.resolve.gazetteer_store import FOLDED, NAMES, GazPlace, Layer

Match = Literal["name", "also", "historic", "demonym", "folded", "ascii"]
Standing = Literal["known", "lent", "imported"]
EARTH_KM = 6371.0
WELL_KNOWN = 10_000  # people, for a name inside a longer one
SETTLED = 1_000  # people: an imported place of so many is taken for a town like any other
MOST = 60  # candidates of one name in one layer; the rest are hamlets that no report means without saying where


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean, and how the name is its name.

    `standing`: known to the default gazetteer by that name; lent, a known place by a spelling that was imported; or
    imported, a place that nothing but an import knows, of few people or of nobody knows how many.
    """

    place: GazPlace
    match: Match
    standing: Standing = "known"


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Open it once a process; it is only read. Choose `lookup` for a name as it stands in a text."""

    layers: tuple[Layer, ...]
    words: PlaceWords

    @classmethod
    def open(cls, folder: Path) -> Gazetteer:
        found = sorted(path.parent for path in folder.glob(f"*/{NAMES}") if not path.parent.name.startswith("."))
        if not found:
            raise MissingResource(f"no gazetteer in {folder}: run `dateline gazetteer build` (`make setup` does)")
        found.sort(key=lambda path: (path.name != "default", path.name))
        return cls(tuple(Layer(path) for path in found), place_words())

    def lookup(self, name: str) -> tuple[Candidate, ...]:
        """Every place of that name: an abbreviation as it stands, else by its spelling, else by its sound; largest first."""
        state = self.by_code(self.words.states.get(name))
        if state:
            return (Candidate(state, "also"),)
        return self.lookup_spelt(name) or self.lookup_sound(name)

    def lookup_sound(self, name: str) -> tuple[Candidate, ...]:
        """Places whose name sounds alike in another transliteration."""
        sound = fold(name)
        found = self._find(FOLDED + sound, folded=True) if sound else ()
        return tuple(c for c in found if c.place.kind != "country")  # the codebook spells those out

    def lookup_spelt(self, name: str) -> tuple[Candidate, ...]:
        key = normal(name)
        found = self._find(key, folded=False) or self._find(article_apart(key), folded=False)
        if found and len(self.layers) > 1 and not self.layers[0].knows(key):
            return found + self._known_by_sound(name, found)
        return found

    def _known_by_sound(self, name: str, found: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """An imported hamlet of just that spelling hides no known place that sounds like it ("Nowzad" and "Now Zād")."""
        sound, have = fold(name), {candidate.place.gid for candidate in found}
        known = self.layers[0].find(FOLDED + sound, MOST) if sound else ()
        return tuple(Candidate(place, "folded") for place, _ in known if place.gid not in have)

    def lookup_loosely(self, name: str) -> tuple[Candidate, ...]:
        """As `lookup`; failing that, by the longest well-known name inside it ("northern Syria", "the Syrian army")."""
        return (self.lookup(name) if name in self.words.states else ()) or (
            self.lookup_spelt(name) or self._inside(name) or self.lookup_sound(name)
        )

    def _inside(self, name: str) -> tuple[Candidate, ...]:
        words = name.replace("/", " / ").split()
        for length in range(len(words) - 1, 0, -1):
            for start in range(len(words) - length + 1):
                part = " ".join(words[start : start + length]).strip(",.;:'’\"()").removesuffix("'s").removesuffix("’s")
                if part[:1].isupper() and (part.lower() not in self.words.empty or len(part) == 2 and part.isupper()):
                    known = self.lookup_spelt(part)
                    if known and (length > 1 or known[0].place.population >= WELL_KNOWN or known[0].match == "demonym"):
                        return known
        return ()

    def knows(self, name: str) -> bool:
        key = normal(name)
        return any(layer.knows(key) for layer in self.layers)

    def knows_well(self, name: str) -> bool:
        """Is it a name of the default gazetteer? There is a hamlet somewhere for nearly every word."""
        return self.layers[0].knows(normal(name))

    def by_code(self, code: str | None) -> GazPlace | None:
        """The country ("AF"), province ("AF.30") or district ("AF.30.1612") of that code."""
        if code is None:
            return None
        return next((place for layer in self.layers if (place := layer.by_code(code))), None)

    def by_gid(self, gid: str) -> GazPlace | None:
        return next((place for layer in self.layers if (place := layer.by_gid(gid))), None)

    def _find(self, key: str, folded: bool) -> tuple[Candidate, ...]:
        if not key:
            return ()
        out = {place.gid: Candidate(place, "folded" if folded else kind) for place, kind in self.layers[0].find(key, MOST)}
        for layer in self.layers[1:]:
            for place, kind in layer.find(key, MOST):
                if place.gid not in out and (found := self._imported(place, "folded" if folded else kind)):
                    out[place.gid] = found
        return tuple(out.values())

    def _imported(self, place: GazPlace, match: Match) -> Candidate | None:
        """None for a country: its names are the codebook's, those of all languages are also English words ("Take")."""
        if place.kind == "country":
            return None
        known = self.layers[0].by_gid(place.gid)
        if known is not None:
            return Candidate(known, match, "lent")
        return Candidate(place, match, "known" if place.kind == "town" and place.population >= SETTLED else "imported")


def contains(outer: GazPlace, inner: GazPlace) -> bool:
    """Does `inner` lie in `outer`, by codes (never by geometry)?"""
    if outer.gid == inner.gid:
        return False
    if outer.code:
        return outer.code in (inner.country, inner.admin1, inner.admin2)
    if outer.members:
        return any(code in (inner.country, inner.admin1, inner.admin2) for code in outer.members)
    if outer.kind in ("region", "continent") and outer.countries:
        return inner.country in outer.countries and (len(outer.countries) > 1 or near(outer, inner))
    return False


def near(a: GazPlace, b: GazPlace) -> bool:
    """Is `b` within the reach of `a`?"""
    gap = distance_km(a, b)
    return gap is not None and gap <= (a.radius_km or 10.0)


def distance_km(a: GazPlace, b: GazPlace) -> float | None:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return great_circle(a.lat, a.lon, b.lat, b.lon)


def great_circle(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Kilometres between two points of the sphere."""
    p1, p2 = math.radians(lat1), math.radians(lat2)
    dp, dl = p2 - p1, math.radians(lon2 - lon1)
    h = math.sin(dp / 2) ** 2 + math.cos(p1) * math.cos(p2) * math.sin(dl / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def moved(lat: float, lon: float, km: float, bearing: float) -> tuple[float, float]:
    """The point `km` away in direction `bearing` (degrees clockwise from north)."""
    d, b, p = km / EARTH_KM, math.radians(bearing), math.radians(lat)
    p2 = math.asin(math.sin(p) * math.cos(d) + math.cos(p) * math.sin(d) * math.cos(b))
    l2 = math.radians(lon) + math.atan2(math.sin(b) * math.sin(d) * math.cos(p), math.cos(d) - math.sin(p) * math.sin(p2))
    return round(math.degrees(p2), 5), round((math.degrees(l2) + 540) % 360 - 180, 5)
