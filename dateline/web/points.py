"""Outlines as a map wants them: columns for the desk's own canvas, RFC 7946 features for everybody else's."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, get_args

from dateline.model.event import EventGroup, EventType, Status
from dateline.model.incident import Grade, Standing
from dateline.model.place import PlacePrecision
from dateline.web.outline import Outline

CODES: dict[str, tuple[str, ...]] = {
    "group": get_args(EventGroup),
    "type": get_args(EventType),
    "status": get_args(Status),
    "standing": get_args(Standing),
    "grade": get_args(Grade),
    "precision": get_args(PlacePrecision),
}


def columns(items: Sequence[Outline]) -> str:
    """One array a field; words are numbers into `codes`, days are counted from 0001-01-01, what is not drawn has no lat."""
    found: dict[str, Any] = {"codes": CODES, "n": len(items), "id": [item.id for item in items]}
    for name, known in CODES.items():
        place = {word: number for number, word in enumerate(known)}
        found[name] = [place[getattr(item, name)] for item in items]
    names = list(dict.fromkeys(item.spot for item in items))
    number = {name: place for place, name in enumerate(names)}
    found["names"] = names
    found["name"] = [number[item.spot] for item in items]
    found["lat"] = [round(item.lat, 4) if item.drawn and item.lat is not None else None for item in items]
    found["lon"] = [round(item.lon, 4) if item.drawn and item.lon is not None else None for item in items]
    found["radius"] = [round(item.radius_km or 0, 1) for item in items]
    found["start"] = [_ordinal(item.start or item.end) for item in items]
    found["end"] = [_ordinal(item.end or item.start) for item in items]
    found["size"] = [item.size for item in items]
    found["background"] = [int(item.background) for item in items]
    found["disputed"] = [int(item.disputed) for item in items]
    return json.dumps(found, separators=(",", ":"))


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0


def geojson(items: Sequence[Outline]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": [_feature(item) for item in items]}, ensure_ascii=False)


def _feature(item: Outline) -> dict[str, Any]:
    at = [round(item.lon, 6), round(item.lat, 6)] if item.drawn and item.lon is not None and item.lat is not None else None
    return {
        "type": "Feature",
        "id": item.id,
        "geometry": {"type": "Point", "coordinates": at} if at else None,
        "properties": {
            "type": item.type,
            "group": item.group,
            "status": item.status,
            "standing": item.standing,
            "grade": item.grade,
            "who": item.headline,
            "place": item.place,
            "precision": item.precision,
            "radius_km": item.radius_km,
            "start": item.start.isoformat() if item.start else None,
            "end": item.end.isoformat() if item.end else None,
            "killed": item.killed,
            "injured": item.injured,
            "witnesses": item.witnesses,
            "outlets": list(item.outlets),
            "disputed": item.disputed,
        },
    }
