"""A trace is what comparing asks of one event, worked out once and kept small: a year of war has a million of them."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from sys import intern
from zlib import crc32

from dateline.model.actor import Actor
from dateline.model.event import GROUP_OF, Event, EventGroup, EventType, Measure, ReportHead
from dateline.model.place import Place, PlacePrecision

# How far a place may lie from its point when the gazetteer does not say.
DEFAULT_RADIUS_KM = {"point": 1.0, "town": 5.0, "district": 25.0, "province": 100.0, "region": 250.0, "country": 600.0}
NARROW = frozenset({"point", "town", "district", "sea"})
EARTH_KM = 6371.0
# A day may have begun where it happens before it has where it is told.
TIME_ZONES = timedelta(days=1)
# Words that name a role or a crowd, not a party: two of them in common say nothing.
CROWD = frozenset(
    ("people", "person", "civilian", "civilians", "man", "men", "woman", "women", "forces", "troops", "group", "fighters",
     "soldiers", "police", "residents", "gunmen", "militants", "protesters")
)  # fmt: skip
NO_WORD = re.compile(r"[\W_]+")
ARTICLE = re.compile(r"^(?:the|a|an) ")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as comparing sees it. `keys` are what two mentions of one place have in common."""

    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    precision: PlacePrecision
    radius_km: float
    gazetteer_id: str | None
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class Count:
    measure: Measure
    low: int | None
    high: int | None

    @property
    def words(self) -> str:
        if self.low == self.high:
            return str(self.low)
        return f"{'' if self.low is None else self.low}–{'' if self.high is None else self.high}"


@lru_cache(maxsize=100_000)
def make_count(measure: Measure, low: int | None, high: int | None) -> Count:
    """One value for all counts that say the same."""
    return Count(measure, low, high)


@dataclass(frozen=True, slots=True)
class Trace:
    """`days` is closed; None when the report does not say. `source_id` is the report whose words these are: the report
    itself, or the one that it repeats; `sentence` is the main sentence as packed hashes of its words. `setting` has the keys
    of all narrow places that the report's events name; `topics` are the report's names and rarest words, for an event that
    leads its report (link/backdrop.py), else empty."""

    id: str
    report_id: str
    published: date | None
    position: int
    type: EventType
    group: EventGroup
    is_aggregate: bool
    is_background: bool
    spot: Spot | None
    days: tuple[date, date] | None
    by: frozenset[str]
    on: frozenset[str]
    counts: tuple[Count, ...]
    source_id: str
    sentence: bytes
    setting: frozenset[str]
    topics: frozenset[str]

    @property
    def sort_key(self) -> tuple[date, str, int, str]:
        """The order in which events are taken, whatever the order in which they came."""
        return self.published or date.max, self.report_id, self.position, self.id


def trace_of(
    event: Event,
    report: ReportHead,
    source_id: str | None = None,
    setting: frozenset[str] = frozenset(),
    topics: frozenset[str] = frozenset(),
) -> Trace:
    place = event.place or (event.control.place if event.control else None)
    totals = (figure for figure in event.figures if figure.part == "total" and figure.measure != "other")
    return Trace(
        id=event.id,
        report_id=report.id,
        published=report.published,
        position=event.trigger.start,
        type=event.type,
        group=GROUP_OF[event.type],
        is_aggregate=event.aggregate,
        is_background=event.background,
        spot=spot_of(place) if place else None,
        days=days_of(event, report.published),
        by=actor_keys(event.by),
        on=actor_keys(event.on),
        counts=tuple(make_count(figure.measure, figure.low, figure.high) for figure in totals),
        source_id=source_id or report.id,
        sentence=_sentence(event),
        setting=setting,
        topics=topics,
    )


def _sentence(event: Event) -> bytes:
    """Packed, because a million sets of words would fill the memory."""
    words = {word.casefold() for word in NO_WORD.split(event.evidence[0].text)} if event.evidence else set()
    return b"".join(sorted(crc32(word.encode("utf-8", "surrogatepass")).to_bytes(4, "big") for word in words))


def sentence_words(packed: bytes) -> frozenset[bytes]:
    return frozenset(packed[start : start + 4] for start in range(0, len(packed), 4))


def days_of(event: Event, published: date | None) -> tuple[date, date] | None:
    """The days told, closed. What is told as having happened cannot lie after the telling: such days are misread."""
    when = event.when
    if when is None or when.precision == "longer":
        return None
    start, end = when.start or when.end, when.end or when.start
    if start is None or end is None:
        return None
    if published and event.status == "happened" and start > published + TIME_ZONES:
        return None
    return start, end


def spot_of(place: Place) -> Spot:
    return make_spot(
        place.name, place.country, place.admin1, place.lat, place.lon, place.precision, place.radius_km, place.gazetteer_id
    )


@lru_cache(maxsize=100_000)
def make_spot(
    name: str,
    country: str | None,
    admin1: str | None,
    lat: float | None,
    lon: float | None,
    precision: PlacePrecision,
    radius_km: float | None,
    gazetteer_id: str | None,
) -> Spot:
    """One value for all mentions of a place: a million events share some ten thousand."""
    radius = radius_km if radius_km is not None else DEFAULT_RADIUS_KM.get(precision, 50.0)
    keys = frozenset(key for key in (f"{country or ''}/{fold(name)}", gazetteer_id) if key)
    return Spot(name, country, admin1, lat, lon, precision, radius, gazetteer_id, keys)


@lru_cache(maxsize=100_000)
def fold(words: str) -> str:
    """Small letters without accents and punctuation."""
    plain = words.casefold()
    if not plain.isascii():
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return NO_WORD.sub(" ", plain).strip()


def actor_keys(actors: Sequence[Actor]) -> frozenset[str]:
    """Known actors by id, others by folded name without the article; crowds without a name drop out."""
    keys = set()
    for actor in actors:
        name = ARTICLE.sub("", fold(actor.name))
        if actor.id or (name and not set(name.split()) <= CROWD):
            keys.add(intern(actor.id or name))
    return frozenset(keys)


def distance_km(left: Spot, right: Spot) -> float | None:
    """Along the great circle; None when either has no point."""
    if left.lat is None or left.lon is None or right.lat is None or right.lon is None:
        return None
    phi_1, phi_2 = math.radians(left.lat), math.radians(right.lat)
    half_phi, half_lambda = (phi_2 - phi_1) / 2, math.radians(right.lon - left.lon) / 2
    square = math.sin(half_phi) ** 2 + math.cos(phi_1) * math.cos(phi_2) * math.sin(half_lambda) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(square)))


def days_apart(left: tuple[date, date], right: tuple[date, date]) -> int:
    """0 when the intervals share a day."""
    if left[0] <= right[1] and right[0] <= left[1]:
        return 0
    gap = (right[0] - left[1]) if right[0] > left[1] else (left[0] - right[1])
    return gap // timedelta(days=1)
