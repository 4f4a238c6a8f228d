"""How values read to a person: the catalogue's labels and phrases for days, counts and places. No page words a value itself."""

from __future__ import annotations

import re
from datetime import date

from dateline.export.strings import catalogue, labels
from dateline.model.event import EventGroup, EventType, Figure, FigurePart, Measure, Stance, Status
from dateline.model.incident import Agreed, Extent, Grade, HoldingState, IncidentFigure, Standing
from dateline.model.place import Place, PlacePrecision
from dateline.model.when import When, WhenPrecision
from dateline.store.query import fold

_DAY = re.compile(r"\d{4}-\d\d-\d\d")

TYPES: dict[EventType, str] = labels("types", EventType)
GROUPS: dict[EventGroup, str] = labels("groups", EventGroup)
STATUSES: dict[Status, str] = labels("statuses", Status)
STANDINGS: dict[Standing, str] = labels("standings", Standing)
GRADES: dict[Grade, str] = labels("grades", Grade)
STANCES: dict[Stance, str] = labels("stances", Stance)
MEASURES: dict[Measure, str] = labels("measures", Measure)
PARTS: dict[FigurePart, str] = labels("parts", FigurePart)
PRECISIONS: dict[PlacePrecision, str] = labels("precisions", PlacePrecision)
HOLDING_STATES: dict[HoldingState, str] = labels("holding_states", HoldingState)
FIELDS: dict[str, str] = catalogue().fields.as_dict()
PHRASES = catalogue().phrases


def agreed(value: Agreed) -> str:
    """A type by its label, days as days; everything else is words already."""
    if value.field == "type":
        return next((label for kind, label in TYPES.items() if kind == value.words), value.words)
    return dated(value.words)


def dated(told: str) -> str:
    """Days in a phrase as days are written."""
    return _DAY.sub(lambda found: day(date.fromisoformat(found[0])), told)


def day(value: date | None) -> str:
    return f"{value.day} {value:%b %Y}" if value else PHRASES.unknown


def days(start: date | None, end: date | None, precision: WhenPrecision | None = None) -> str:
    """'8 Aug 2021', '7-10 Aug 2021', 'Aug 2021', 'until 3 May 2023'; 'day unknown' when nothing is known."""
    if start is None and end is None:
        return str(PHRASES.day_unknown)
    if start is None:
        return str(PHRASES.until.format(day=day(end)))
    if end is None:
        return str(PHRASES.from_day.format(day=day(start)))
    if start == end:
        return day(start)
    if precision == "month" and (start.year, start.month) == (end.year, end.month):
        return f"{start:%b %Y}"
    if precision == "year" and start.year == end.year:
        return str(start.year)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{end.day} {end:%b %Y}"
    if start.year == end.year:
        return f"{start.day} {start:%b} – {day(end)}"
    return f"{day(start)} – {day(end)}"


def since(earliest: date | None, latest: date | None) -> str:
    """When a holding began: 'since 8 Aug 2021', 'since some day of 6–9 Aug 2021', 'by 8 Aug 2021'."""
    if earliest is None and latest is None:
        return str(PHRASES.before_the_record)
    if earliest is None:
        return str(PHRASES.by_day.format(day=day(latest)))
    if latest is None or earliest == latest:
        return str(PHRASES.since.format(day=day(earliest)))
    return str(PHRASES.since_a_day_of.format(days=days(earliest, latest)))


def time_of(when: When | Extent | None) -> str:
    return days(when.start, when.end, when.precision) if when else PHRASES.day_unknown


def count(low: int | None, high: int | None) -> str:
    """'14', '11–25', '20 or more', 'up to 90'."""
    if low is None and high is None:
        return str(PHRASES.not_told)
    if low is None:
        return str(PHRASES.up_to.format(high=f"{high:,}"))
    if high is None:
        return str(PHRASES.or_more.format(low=f"{low:,}"))
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def figure(value: Figure | IncidentFigure) -> str:
    """'14 killed (civilians)'."""
    whom = f" {value.whom}" if value.whom else ""
    if value.measure == "other":
        return f"{count(value.low, value.high)}{whom}"
    return f"{count(value.low, value.high)}{whom} {MEASURES[value.measure]}"


def place(value: Place | None) -> str:
    """'Sheberghan, Jowzjan, AF'; 'Kabul, AF', for a name is not said twice, however it is spelt."""
    if value is None:
        return str(PHRASES.place_unknown)
    parts: dict[str, str] = {}
    for part in (value.name, value.admin1, value.country):
        if part:
            parts.setdefault(fold(part), part)
    return ", ".join(parts.values())


def plural(number: int, noun: str) -> str:
    """'1 incident', '12 incidents': the noun is a name in the catalogue's [counted]."""
    one, many = getattr(catalogue().counted, noun.replace(" ", "_"))
    return str((one if number == 1 else many).format(n=f"{number:,}"))
