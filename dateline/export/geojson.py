"""GeoJSON (RFC 7946): a feature an incident, WGS84, longitude first; an incident without a point has geometry null."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from dateline.model.incident import Incident, IncidentFigure


class GeoJson:
    """Choose it for maps: every property that a map's reader asks for, with the accounts that say so."""

    name = "geojson"
    suffix = "geojson"

    def __init__(self) -> None:
        self.losses: Counter[str] = Counter()
        self._is_first = True

    def begin(self) -> Iterator[str]:
        yield '{"type":"FeatureCollection","features":['

    def feed(self, incident: Incident) -> Iterator[str]:
        yield ("\n" if self._is_first else ",\n") + json.dumps(feature_of(incident), ensure_ascii=False)
        self._is_first = False

    def finish(self) -> Iterator[str]:
        yield "\n]}\n"


def feature_of(incident: Incident) -> dict[str, Any]:
    place = incident.place
    point = None
    if place is not None and place.lat is not None and place.lon is not None:
        point = {"type": "Point", "coordinates": [round(place.lon, 7), round(place.lat, 7)]}
    return {"type": "Feature", "id": incident.id, "geometry": point, "properties": properties_of(incident)}


def properties_of(incident: Incident) -> dict[str, Any]:
    place, when = incident.place, incident.when
    return {
        "type": incident.type,
        "status": incident.status,
        "standing": incident.standing,
        "grade": incident.grade,
        "place": place.name if place else None,
        "admin1": place.admin1 if place else None,
        "country": place.country if place else None,
        "place_precision": place.precision if place else None,
        "radius_km": place.radius_km if place else None,
        "start": when.start.isoformat() if when and when.start else None,
        "end": when.end.isoformat() if when and when.end else None,
        "when_precision": when.precision if when else None,
        "by": [actor.name for actor in incident.by],
        "on": [actor.name for actor in incident.on],
        "figures": [figure_of(figure) for figure in incident.figures],
        "holder_before": incident.holder_before,
        "holder_after": incident.holder_after,
        "witnesses": incident.witnesses,
        "disputed": [dispute.field for dispute in incident.disputes],
        "accounts": [
            {
                "report": account.report.id,
                "outlet": account.report.outlet,
                "published": account.report.published.isoformat() if account.report.published else None,
                "url": account.report.url,
                "words": account.event.evidence[0].text if account.event.evidence else account.event.trigger.text,
            }
            for account in incident.accounts
        ],
    }


def figure_of(figure: IncidentFigure) -> dict[str, Any]:
    return {
        "measure": figure.measure,
        "whom": figure.whom,
        "low": figure.low,
        "high": figure.high,
        "disputed": figure.disputed,
    }
