"""How values read to a person: one catalogue of labels, and phrases for days, counts and places. No page words a value itself."""

from __future__ import annotations

import re
from datetime import date

from dateline.model.event import EventGroup, EventType, Figure, FigurePart, Measure, Stance, Status
from dateline.model.incident import Agreed, Extent, Grade, HoldingState, IncidentFigure, Standing
from dateline.model.place import Place, PlacePrecision
from dateline.model.when import When, WhenPrecision
from dateline.store.query import fold

_DAY = re.compile(r"\d{4}-\d\d-\d\d")

TYPES: dict[EventType, str] = {
    "clash": "Clash",
    "airstrike": "Air strike",
    "shelling": "Shelling",
    "bombing": "Bombing",
    "armed_attack": "Armed attack",
    "abduction": "Abduction",
    "abuse": "Abuse",
    "territory_gain": "Place taken",
    "siege": "Siege",
    "withdrawal": "Withdrawal",
    "surrender": "Surrender",
    "advance": "Advance",
    "deployment": "Deployment",
    "arms_transfer": "Arms transfer",
    "arrest": "Arrest",
    "legal": "Court case",
    "restriction": "Restriction",
    "property_destruction": "Destruction",
    "protest": "Protest",
    "riot": "Riot",
    "crackdown": "Crackdown",
    "talks": "Talks",
    "agreement": "Agreement",
    "appeal": "Appeal",
    "accuse": "Accusation",
    "threaten": "Threat",
    "pledge": "Pledge",
    "reject": "Rejection",
    "sanction": "Sanction",
    "claim_responsibility": "Claim of responsibility",
    "displacement": "Displacement",
    "aid": "Aid",
    "aid_obstruction": "Aid blocked",
}

GROUPS: dict[EventGroup, str] = {
    "violence": "Violence",
    "control": "Control",
    "coercion": "Coercion",
    "unrest": "Unrest",
    "politics": "Politics",
    "humanitarian": "Humanitarian",
}

STATUSES: dict[Status, str] = {
    "happened": "happened",
    "ongoing": "going on",
    "planned": "planned",
    "attempted": "attempted",
    "denied": "denied",
    "hypothetical": "feared or possible",
}

STANDINGS: dict[Standing, str] = {
    "told": "told by outlets",
    "claimed": "claimed only",
    "confirmed": "confirmed by both sides",
    "disputed": "disputed",
    "retracted": "taken back",
}

GRADES: dict[Grade, str] = {
    "confirmed": "confirmed",
    "fair": "fair",
    "weak": "weak",
    "contested": "contested",
    "discounted": "discounted",
}

STANCES: dict[Stance, str] = {
    "asserts": "says",
    "claims": "claims",
    "confirms": "confirms",
    "denies": "denies",
    "doubts": "doubts",
}

MEASURES: dict[Measure, str] = {
    "killed": "killed",
    "injured": "injured",
    "displaced": "displaced",
    "captured": "captured",
    "abducted": "abducted",
    "arrested": "arrested",
    "missing": "missing",
    "detained": "detained",
    "surrendered": "surrendered",
    "trapped": "trapped",
    "troops": "troops",
    "weapons": "weapons",
    "area": "area",
    "money": "money",
    "at_risk": "at risk",
    "other": "counted",
}

PARTS: dict[FigurePart, str] = {"total": "", "part": "part of another count", "cumulative": "a running toll"}

PRECISIONS: dict[PlacePrecision, str] = {
    "point": "exact spot",
    "town": "town",
    "district": "district",
    "province": "province only",
    "region": "region only",
    "country": "country only",
    "sea": "at sea",
    "unknown": "place not in the gazetteer",
}

HOLDING_STATES: dict[HoldingState, str] = {"held": "holds", "contested": "contested", "besieged": "besieged"}

FIELDS: dict[str, str] = {
    "type": "What",
    "status": "Status",
    "by": "By",
    "on": "On",
    "place": "Where",
    "when": "When",
    "figures": "How many",
    "control": "Control",
    "holder_after": "Holder now",
    "holder_before": "Holder before",
}


def agreed(value: Agreed) -> str:
    """A type by its label, days as days; everything else is words already."""
    if value.field == "type":
        return next((label for kind, label in TYPES.items() if kind == value.words), value.words)
    return dated(value.words)


def dated(told: str) -> str:
    """Days in a phrase as days are written."""
    return _DAY.sub(lambda found: day(date.fromisoformat(found[0])), told)


def day(value: date | None) -> str:
    return f"{value.day} {value:%b %Y}" if value else "unknown"


def days(start: date | None, end: date | None, precision: WhenPrecision | None = None) -> str:
    """'8 Aug 2021', '7-10 Aug 2021', 'Aug 2021', 'until 3 May 2023'; 'day unknown' when nothing is known."""
    if start is None and end is None:
        return "day unknown"
    if start is None:
        return f"until {day(end)}"
    if end is None:
        return f"from {day(start)}"
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
        return "before the record"
    if earliest is None:
        return f"by {day(latest)}"
    if latest is None or earliest == latest:
        return f"since {day(earliest)}"
    return f"since a day of {days(earliest, latest)}"


def time_of(when: When | Extent | None) -> str:
    return days(when.start, when.end, when.precision) if when else "day unknown"


def count(low: int | None, high: int | None) -> str:
    """'14', '11–25', '20 or more', 'up to 90'."""
    if low is None and high is None:
        return "a number not told"
    if low is None:
        return f"up to {high:,}"
    if high is None:
        return f"{low:,} or more"
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
        return "place unknown"
    parts: dict[str, str] = {}
    for part in (value.name, value.admin1, value.country):
        if part:
            parts.setdefault(fold(part), part)
    return ", ".join(parts.values())


def plural(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
