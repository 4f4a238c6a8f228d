"""A telling is one event prepared for comparing: everything that a comparison asks for, worked out once."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from dateline.model.actor import Actor
from dateline.model.event import GROUP_OF, Event, EventGroup, Figure, ReportHead
from dateline.model.place import Place

# How far a place may lie from its point when the gazetteer does not say.
DEFAULT_RADIUS_KM = {"point": 1.0, "town": 5.0, "district": 25.0, "province": 100.0, "region": 250.0, "country": 600.0}
NARROW = frozenset({"point", "town", "district", "sea"})
EARTH_KM = 6371.0
# Words that name a role or a crowd, not a party: two of them in common say nothing.
CROWD = frozenset(
    ("people", "person", "civilian", "civilians", "man", "men", "woman", "women", "forces", "troops", "group", "fighters",
     "soldiers", "police", "residents", "gunmen", "militants", "protesters")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Telling:
    """`days` is closed; None when the report does not say. `witness` is shared by tellings that come from one pen.

    `sentence` holds the words of the main sentence; `setting` the keys of all narrow places that the report's events name.
    """

    event: Event
    report: ReportHead
    group: EventGroup
    place: Place | None
    radius_km: float
    days: tuple[date, date] | None
    by: frozenset[str]
    on: frozenset[str]
    figures: tuple[Figure, ...]
    copy_of: str | None = None
    witness: str = ""
    sentence: frozenset[str] = frozenset()
    setting: frozenset[str] = frozenset()

    @property
    def id(self) -> str:
        return self.event.id

    @property
    def source_id(self) -> str:
        """The report whose words these are."""
        return self.copy_of or self.report.id

    @property
    def sort_key(self) -> tuple[date, str, int, str]:
        """The order in which tellings are taken, whatever the order in which they came."""
        return self.report.published or date.max, self.report.id, self.event.trigger.start, self.event.id


def telling_of(
    event: Event, report: ReportHead, source: ReportHead | None = None, setting: frozenset[str] = frozenset()
) -> Telling:
    """`source`: the earlier report whose words these are, when the report only repeats them."""
    place = event.place or (event.control.place if event.control else None)
    return Telling(
        event=event,
        report=report,
        group=GROUP_OF[event.type],
        place=place,
        radius_km=radius_of(place),
        days=_days(event),
        by=actor_keys(event.by),
        on=actor_keys(event.on),
        figures=tuple(figure for figure in event.figures if figure.part == "total"),
        copy_of=source.id if source else None,
        witness=witness_of(source or report),
        sentence=frozenset(fold(event.evidence[0].text).split()) if event.evidence else frozenset(),
        setting=setting,
    )


def setting_of(events: Iterable[Event]) -> frozenset[str]:
    """The narrow places that a report's events name, as keys."""
    places = (place for event in events for place in (event.place, event.control.place if event.control else None))
    return frozenset(key for place in places if place and place.precision in NARROW for key in place_keys(place))


def place_keys(place: Place) -> frozenset[str]:
    """What two mentions of one place have in common: its number in the gazetteer, or its name in its country."""
    keys = {f"{place.country or ''}/{fold(place.name)}"}
    return frozenset(keys | {place.gazetteer_id} if place.gazetteer_id else keys)


def witness_of(report: ReportHead) -> str:
    """One outlet is one witness, however often it tells; a report of no known outlet stands for itself."""
    return fold(report.outlet) if report.outlet else report.id


def _days(event: Event) -> tuple[date, date] | None:
    when = event.when
    if when is None or when.precision == "longer":
        return None
    start, end = when.start or when.end, when.end or when.start
    return (start, end) if start and end else None


def radius_of(place: Place | None) -> float:
    if place is None:
        return 0.0
    return place.radius_km if place.radius_km is not None else DEFAULT_RADIUS_KM.get(place.precision, 50.0)


def fold(words: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", words.casefold()) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", plain).strip()


def actor_keys(actors: Sequence[Actor]) -> frozenset[str]:
    """Known actors by id, others by folded name without the article; crowds without a name drop out."""
    keys = set()
    for actor in actors:
        name = re.sub(r"^(the|a|an) ", "", fold(actor.name))
        if actor.id or (name and not set(name.split()) <= CROWD):
            keys.add(actor.id or name)
    return frozenset(keys)


def distance_km(left: Place, right: Place) -> float | None:
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
