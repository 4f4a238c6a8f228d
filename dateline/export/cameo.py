"""CAMEO's codes with quad class and Goldstein value, under GDELT's names of columns, for models made on event counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from dateline.codebook.crosswalk import Country, load_countries
from dateline.codebook.plover import Deed, PloverCrosswalk, load_plover
from dateline.export.base import deed_of, name_of, outlets_of
from dateline.export.table import csv_line
from dateline.model.actor import Actor
from dateline.model.incident import Incident

COLUMNS = (
    "GlobalEventID", "Day", "Actor1Name", "Actor1CountryCode", "Actor1Type1Code", "Actor2Name", "Actor2CountryCode",
    "Actor2Type1Code", "EventCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumSources", "NumArticles",
    "ActionGeo_FullName", "ActionGeo_CountryCode", "ActionGeo_Lat", "ActionGeo_Long", "Sources", "SOURCEURL",
)  # fmt: skip
# GDELT's quad classes by CAMEO's root code: each holds the roots up to this one.
QUAD_ENDS = ((5, 1), (8, 2), (13, 3), (20, 4))


class Cameo:
    """Choose it to compare with GDELT, ICEWS or Phoenix: one row an incident, not one a mention."""

    name = "cameo"
    suffix = "csv"

    def __init__(self) -> None:
        self.losses: Counter[str] = Counter()
        self._crosswalk: PloverCrosswalk = load_plover()
        self._countries: dict[str, Country] = load_countries()

    def begin(self) -> Iterator[str]:
        yield csv_line(COLUMNS)

    def feed(self, incident: Incident) -> Iterator[str]:
        gap = f"{incident.type} has no code in CAMEO"
        deed = deed_of(incident, self._crosswalk.types, lambda each: bool(each.cameo), gap, self.losses)
        if deed is None:
            return
        if incident.figures:
            self.losses["counts: CAMEO has no column for them"] += 1
        yield csv_line(self._row(incident, deed))

    def finish(self) -> Iterator[str]:
        yield from ()

    def _row(self, incident: Incident, deed: Deed) -> Sequence[object]:
        place, when = incident.place, incident.when
        day = when and (when.start or when.end)
        country = self._countries.get(place.country or "") if place else None
        named = ", ".join(part for part in (place.name, place.admin1, country and country.name) if part) if place else None
        urls = dict.fromkeys(account.report.url for account in incident.accounts if account.report.url)
        return (
            incident.id, day and f"{day:%Y%m%d}", *self._side(incident.by), *self._side(incident.on), deed.cameo, deed.root,
            quad_of(deed.root), deed.goldstein, incident.witnesses, len(incident.accounts), named, country and country.alpha3,
            place and place.lat, place and place.lon, "; ".join(outlets_of(incident)), next(iter(urls), None),
        )  # fmt: skip

    def _side(self, actors: Sequence[Actor]) -> tuple[object, ...]:
        country = self._countries.get(actors[0].country or "") if actors else None
        kind = self._crosswalk.sector.get(actors[0].kind) if actors else None
        return name_of(actors), country and country.alpha3, kind


def quad_of(root: str) -> int:
    """1 verbal cooperation (01-05), 2 material cooperation (06-08), 3 verbal conflict (09-13), 4 material conflict (14-20)."""
    return next(quad for end, quad in QUAD_ENDS if int(root) <= end)
