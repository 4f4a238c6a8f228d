"""How a name resolves by itself, and why: for a person who wonders about a place in a record."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.resolve.folding import fold, normal
from dateline.resolve.gazetteer import Gazetteer, Match
from dateline.resolve.places import describe, why
from dateline.resolve.places_resolve import Group, Ranked, bounds, decide, rank


@dataclass(frozen=True, slots=True)
class Line:
    """One candidate: its share of belief when nothing but the name is known, and what speaks for it."""

    place: str
    gazetteer_id: str
    lat: float | None
    lon: float | None
    people: int
    match: Match
    share: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """`spelt`: the name is known by its spelling; else it was looked up by its sound."""

    name: str
    key: str
    sound: str
    spelt: bool
    lines: tuple[Line, ...]


def check(name: str, gazetteer: Gazetteer, country: str | None = None) -> Check:
    """Without a report around it: candidates of the name, in one country if given."""
    candidates = gazetteer.lookup_loosely(name)
    if country:
        candidates = tuple(c for c in candidates if c.place.country == country.upper())
    group = Group((0,), candidates, "", frozenset(), frozenset())
    ranked: tuple[Ranked, ...] = ()
    if candidates:
        table, shares = decide([group], gazetteer.words.weights)
        ranked = rank(group, table[bounds([group])[0]], shares, gazetteer.words.weights)
    lines = tuple(
        Line(
            place=describe(r.candidate.place, gazetteer),
            gazetteer_id=r.candidate.place.gid,
            lat=r.candidate.place.lat,
            lon=r.candidate.place.lon,
            people=r.candidate.place.population,
            match=r.candidate.match,
            share=round(r.share, 3),
            reasons=why(r.evidence),
        )
        for r in ranked
    )
    return Check(name, normal(name), fold(name), gazetteer.knows(name), lines)
