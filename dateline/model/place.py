"""A place carries how precisely it is known; a name that no gazetteer knows stays a name, without a point."""

from __future__ import annotations

from typing import Literal

from dateline.model.text import Span
from dateline.model.value import Value

PlacePrecision = Literal["point", "town", "district", "province", "region", "country", "sea", "unknown"]


class Place(Value):
    """`country` is ISO 3166 alpha-2; `lat`, `lon` WGS84 degrees; the true place lies within `radius_km` of the point.

    `reasons` say why this candidate was chosen, in words for a reader; `runner_up` names the next best one.
    """

    name: str
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision = "unknown"
    radius_km: float | None = None
    gazetteer_id: str | None = None
    span: Span
    reasons: tuple[str, ...] = ()
    runner_up: str | None = None
    claimed_by: tuple[str, ...] = ()
