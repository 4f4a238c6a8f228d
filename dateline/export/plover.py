"""POLECAT's 40 columns, in PLOVER's terms: who did what to whom. Deeds, not counts: how many were killed stands nowhere in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from dateline.codebook.crosswalk import Country, load_countries
from dateline.codebook.plover import Deed, PloverCrosswalk, load_plover
from dateline.export.base import deed_of, outlets_of
from dateline.export.table import csv_line
from dateline.model.actor import Actor
from dateline.model.incident import Incident
from dateline.model.place import PlacePrecision


def _eight(side: str) -> tuple[str, ...]:
    return (
        f"{side} Name", f"{side} Country", f"{side} COW", f"Primary {side} Sector", f"{side} Sectors", f"{side} Title",
        f"{side} Name Raw", f"Wikipedia {side} ID",
    )  # fmt: skip


COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    *_eight("Actor"), *_eight("Recipient"),
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
FEATURE: dict[PlacePrecision, str] = {
    "point": "S", "town": "P", "district": "A", "province": "A", "region": "L", "country": "A", "sea": "H",
}  # fmt: skip
VERSION = "dateline"


class Plover:
    """Choose it for models trained on POLECAT's files; tab-separated, as those are."""

    name = "plover"
    suffix = "tsv"

    def __init__(self) -> None:
        self.losses: Counter[str] = Counter()
        self._crosswalk: PloverCrosswalk = load_plover()
        self._countries: dict[str, Country] = load_countries()

    def begin(self) -> Iterator[str]:
        yield csv_line(COLUMNS, "\t")

    def feed(self, incident: Incident) -> Iterator[str]:
        gap = f"{incident.type} is no event of PLOVER's"
        deed = deed_of(incident, self._crosswalk.types, lambda each: bool(each.plover), gap, self.losses)
        if deed is None:
            return
        if incident.figures:
            self.losses["counts: POLECAT has no column for them"] += 1
        if incident.disputes:
            self.losses["what is disputed: POLECAT has no column for it"] += 1
        yield csv_line(self._row(incident, deed), "\t")

    def finish(self) -> Iterator[str]:
        yield from ()

    def _row(self, incident: Incident, deed: Deed) -> Sequence[object]:
        place, when = incident.place, incident.when
        country = self._countries.get(place.country or "") if place else None
        first = incident.accounts[0].report if incident.accounts else None
        is_town = place is not None and place.precision in ("point", "town")
        gazetteer = place.gazetteer_id if place and place.gazetteer_id and place.gazetteer_id.isdigit() else None
        return (
            incident.id, when and (when.start or when.end), deed.plover, deed.mode or None, None, deed.quad,
            "; ".join(self._crosswalk.contexts.get(incident.type, ())) or None,
            *self._side(incident.by), *self._side(incident.on),
            place and place.name, place.name if place and is_town else None, place and place.admin2, place and place.admin1,
            country and country.alpha3, place and place.lat, place and place.lon, gazetteer, place and place.span.text,
            place and FEATURE.get(place.precision), "; ".join(outlets_of(incident)), incident.first_told, None, None, None,
            first and first.language, VERSION,
        )  # fmt: skip

    def _side(self, actors: Sequence[Actor]) -> tuple[object, ...]:
        if not actors:
            return (None,) * 8
        first = actors[0]
        country = self._countries.get(first.country or "")
        sectors = dict.fromkeys(code for actor in actors if (code := self._crosswalk.sector.get(actor.kind)))
        names = "; ".join(actor.name for actor in actors)
        raw = "; ".join(actor.span.text for actor in actors)
        primary = next(iter(sectors), None)
        return names, country and country.alpha3, None, primary, "; ".join(sectors) or None, None, raw, None
