"""Places told by their distance: "20 km west of Mazar" is a point and a radius, not Mazar; "near Homs" is wider than Homs.

The radius grows with what is left open: a bearing in words leaves about 40% of the distance to either side, a distance
without a bearing leaves the whole circle.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dateline.codebook.places import PlaceWords
from dateline.model.place import Place
from dateline.model.reading import Chars, Reading
from dateline.resolve.gazetteer import great_circle, moved

LOOK_BACK = 90  # characters before a name
SIDEWAYS = 0.4
NEAR_KM = 15.0
ASIDE_KM = 20.0  # "north of X" without a distance

_FILLER = r"(?:(?:the|city|town|village|capital|provincial|port|central|western|eastern|northern|southern|of)\s+)*"
_BEFORE = re.compile(
    r"(?:(?P<number>\d[\d,.]*|[a-z]+(?: few)?)[\s-]*(?P<unit>kms?|kilomet(?:er|re)s?|miles?|mi)\b\.?\s*"
    r"(?:\([^)]{1,25}\)\s*)?(?:away\s+)?)?"
    r"(?:(?:to\s+the\s+)?(?P<bearing>north|south)?[\s-]?(?P<side>east|west)?(?:ern side)?\s+)?(?:of|from|outside)\s+"
    + _FILLER
    + r"$",
    re.IGNORECASE,
)
# How each such phrase ends: less work than looking for the whole of it, and most names have none before them.
_END = re.compile(r"(?:of|from|outside)\s+" + _FILLER + r"$", re.IGNORECASE)
_BESIDE = re.compile(r"\b(?:near|close to|outside|just outside|not far from|around)\s+" + _FILLER + r"$", re.IGNORECASE)
_EDGE = re.compile(r"\b(?P<edge>outskirts|edge|edges|suburbs|fringes|gates)\s+of\s+" + _FILLER + r"$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """A distance phrase before a name: where it begins in the text, kilometres and bearing as far as said."""

    start: int
    km: float | None
    bearing: float | None


def told_before(text: str, start: int, words: PlaceWords) -> Told | None:
    """`nearly 20 kilometers west of` before the name that starts at `start`."""
    window = text[max(0, start - LOOK_BACK) : start]
    match = _BEFORE.search(window) if _END.search(window) else None
    if match is None:
        return None
    unit = words.kilometres.get((match["unit"] or "").lower().rstrip("."))
    number = _number(match["number"], words) if unit else None
    side = f"{match['bearing'] or ''}{match['side'] or ''}".lower()
    bearing = words.bearings.get(side)
    if number is None and bearing is None:
        return None
    km = number * unit if number is not None and unit is not None else None
    begin = match.start("number") if km is not None else match.start("bearing") if match["bearing"] else match.start("side")
    return Told(start - len(window) + begin, km, bearing)


def _number(said: str | None, words: PlaceWords) -> float | None:
    if said is None:
        return None
    if said[0].isdigit():
        return float(said.replace(",", "").rstrip("."))
    return words.distance_numbers.get(said.lower())


def at_distance(reading: Reading, chars: Chars, place: Place, words: PlaceWords) -> tuple[Chars, Place]:
    """The place that the phrase means, and the whole phrase; the place itself when no phrase stands before its name."""
    if place.lat is None or place.lon is None or place.precision in ("country", "sea"):
        return chars, place
    text = reading.report.text
    told = told_before(text, chars.start, words)
    if told is not None:
        whole = Chars(told.start, chars.end)
        return whole, _shifted(reading, whole, place, told)
    window = text[max(0, chars.start - LOOK_BACK) : chars.start]
    radius = place.radius_km or 5.0
    if edge := _EDGE.search(window):
        return chars, _wider(place, radius * 1.5, f"on the {edge['edge'].lower()} of it")
    if _BESIDE.search(window):
        return chars, _wider(place, radius + NEAR_KM, "near it, not in it")
    return chars, place


def _wider(place: Place, radius: float, reason: str) -> Place:
    return place.model_copy(update={"radius_km": round(radius, 1), "reasons": (reason, *place.reasons)})


def _shifted(reading: Reading, whole: Chars, place: Place, told: Told) -> Place:
    assert place.lat is not None and place.lon is not None
    lat, lon, own = place.lat, place.lon, place.radius_km or 5.0
    if told.bearing is not None:
        km = told.km if told.km is not None else own + ASIDE_KM
        lat, lon = moved(lat, lon, km, told.bearing)
        radius = max(3.0, km * SIDEWAYS) + (own if told.km is None else 0.0)
    else:
        radius = own + (told.km or 0.0)
    span = reading.report.span(whole.start, whole.end)
    return place.model_copy(
        update={
            "name": " ".join(span.text.split()),
            "lat": lat,
            "lon": lon,
            "radius_km": round(radius, 1),
            "precision": "town" if radius <= 25 else "district",
            "gazetteer_id": None,
            "span": span,
            "reasons": (f"told by its distance from {place.name}", *place.reasons),
        }
    )


def midway(a: Place, b: Place) -> Place:
    """`between A and B`: the middle, as wide as half the way."""
    assert a.lat is not None and a.lon is not None and b.lat is not None and b.lon is not None
    half = great_circle(a.lat, a.lon, b.lat, b.lon) / 2
    update = {
        "name": f"between {a.name} and {b.name}",
        "lat": round((a.lat + b.lat) / 2, 5),
        "lon": round((a.lon + b.lon) / 2, 5),
        "radius_km": round(max(half, 3.0), 1),
        "precision": "town" if half <= 25 else "district",
        "gazetteer_id": None,
        "reasons": (f"between {a.name} and {b.name}",),
        "runner_up": None,
    }
    return a.model_copy(update=update)
