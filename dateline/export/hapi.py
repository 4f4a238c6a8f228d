"""HAPI's monthly conflict table: incidents and deaths by province, month and kind, as the humanitarian API publishes them.

It is a sum: each death is the lowest count of its incident, and an incident of an unknown month is in no sum.
"""

from __future__ import annotations

import calendar
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dateline.codebook.crosswalk import AcledCrosswalk, Country, load_acled, load_countries
from dateline.codebook.plover import load_pcodes
from dateline.export.base import reason_to_leave_out, variant_of
from dateline.export.table import csv_line, ends_of
from dateline.model.incident import Incident
from dateline.store.query import fold

COLUMNS = (
    "location_code", "has_hrp", "in_gho", "provider_admin1_name", "provider_admin2_name", "admin1_code", "admin1_name",
    "admin2_code", "admin2_name", "admin_level", "event_type", "events", "fatalities", "reference_period_start",
    "reference_period_end", "dataset_hdx_id", "resource_hdx_id", "warning", "error",
)  # fmt: skip
VIOLENT = frozenset({"Battles", "Explosions/Remote violence", "Violence against civilians"})
DEMONSTRATIONS = frozenset({"Protests", "Riots"})
CIVILIANS = frozenset({"civilians", "media", "organisation"})


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """One line of the table before it is summed. `admin1` is "" where only the country is known."""

    location: str
    admin1: str
    month: date
    event_type: str


class Hapi:
    """Choose it for monthly figures by province. The kinds overlap: civilian targeting is political violence as well."""

    name = "hapi"
    suffix = "csv"

    def __init__(self) -> None:
        self.losses: Counter[str] = Counter()
        self._crosswalk: AcledCrosswalk = load_acled()
        self._countries: dict[str, Country] = load_countries()
        self._pcodes = {(country, fold(name)): code for (country, name), code in load_pcodes().items()}
        self._events: Counter[Cell] = Counter()
        self._deaths: dict[Cell, int] = defaultdict(int)
        self._codes: dict[tuple[str, str], str] = {}

    def begin(self) -> Iterator[str]:
        yield csv_line(COLUMNS)

    def feed(self, incident: Incident) -> Iterator[str]:
        reason = reason_to_leave_out(incident) or self._unsummed(incident)
        if reason is not None:
            self.losses[reason] += 1
        else:
            self._count(incident)
        yield from ()

    def _unsummed(self, incident: Incident) -> str | None:
        when, place = incident.when, incident.place
        if incident.type not in self._crosswalk.types or not self._kinds(incident):
            return f"{incident.type}: neither political violence nor demonstration"
        if when is None or when.start is None or when.end is None:
            return "its day is not known"
        if (when.start.year, when.start.month) != (when.end.year, when.end.month):
            return "its days lie in more than one month"
        if place is None or place.country not in self._countries:
            return "its country is not known"
        return None

    def _kinds(self, incident: Incident) -> tuple[str, ...]:
        kind, sub = variant_of(incident, self._crosswalk.types[incident.type])
        found = []
        if kind in VIOLENT or sub in ("Mob violence", "Excessive force against protesters"):
            found.append("political_violence")
        if kind in VIOLENT and incident.on and incident.on[0].kind in CIVILIANS:
            found.append("civilian_targeting")
        if kind in DEMONSTRATIONS:
            found.append("demonstration")
        return tuple(found)

    def _count(self, incident: Incident) -> None:
        place, when = incident.place, incident.when
        assert place is not None and when is not None and when.start is not None
        location, admin1 = self._countries[place.country or ""].alpha3, place.admin1 or ""
        self._codes[location, admin1] = self._pcodes.get((place.country or "", fold(admin1)), "")
        for kind in self._kinds(incident):
            cell = Cell(location, admin1, when.start.replace(day=1), kind)
            self._events[cell] += 1
            self._deaths[cell] += ends_of(incident, "killed")[0] or 0

    def finish(self) -> Iterator[str]:
        for cell, events in sorted(self._events.items()):
            code = self._codes[cell.location, cell.admin1]
            warning = "no p-code is known for this province" if cell.admin1 and not code else None
            last = cell.month.replace(day=calendar.monthrange(cell.month.year, cell.month.month)[1])
            yield csv_line((
                cell.location, None, None, cell.admin1 or None, None, code or None, cell.admin1 if code else None, None, None,
                1 if cell.admin1 else 0, cell.event_type, events, self._deaths[cell], cell.month, last, None, None, warning, None,
            ))  # fmt: skip
