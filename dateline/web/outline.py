"""An outline is an incident in one line: what a list, a map and a timeline need. It is made from the incident, never stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dateline.export import words
from dateline.model.event import EventGroup, EventType, Status
from dateline.model.incident import Grade, Incident, IncidentFigure, Standing
from dateline.model.place import PlacePrecision
from dateline.store.pictures import Picture
from dateline.web.doubt import doubts, score

# Too coarse to draw as a spot: a country's centre is no place where anything happened.
TOO_COARSE: frozenset[PlacePrecision] = frozenset({"region", "country", "unknown"})


@dataclass(frozen=True, slots=True)
class Outline:
    """`headline` says who did it to whom; `figure` is the count that sizes the mark (the killed, else the injured)."""

    id: str
    type: EventType
    group: EventGroup
    status: Status
    standing: Standing
    grade: Grade
    headline: str
    place: str
    spot: str
    country: str | None
    lat: float | None
    lon: float | None
    precision: PlacePrecision
    radius_km: float | None
    when: str
    start: date | None
    end: date | None
    killed: str | None
    injured: str | None
    size: int
    witnesses: int
    outlets: tuple[str, ...]
    disputed: bool
    background: bool
    place_words: str
    actor_words: str
    events: tuple[str, ...]
    doubt: float

    @property
    def label(self) -> str:
        return words.TYPES[self.type]

    @property
    def drawn(self) -> bool:
        return self.lat is not None and self.lon is not None and self.precision not in TOO_COARSE


def outline(picture: Picture) -> Outline:
    incident = picture.incident
    place, when = incident.place, incident.when
    killed, injured = _count(incident.figures, "killed"), _count(incident.figures, "injured")
    return Outline(
        id=incident.id,
        type=incident.type,
        group=incident.group,
        status=incident.status,
        standing=incident.standing,
        grade=incident.grade,
        headline=headline(incident),
        place=words.place(place),
        spot=place.name if place else "",
        country=place.country if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
        precision=place.precision if place else "unknown",
        radius_km=place.radius_km if place else None,
        when=words.time_of(when),
        start=when.start if when else None,
        end=when.end if when else None,
        killed=words.count(killed.low, killed.high) if killed else None,
        injured=words.count(injured.low, injured.high) if injured else None,
        size=_size(killed) or _size(injured) // 3,
        witnesses=incident.witnesses,
        outlets=picture.outlets,
        disputed=bool(incident.disputes),
        background=incident.background,
        place_words=picture.place_words,
        actor_words=picture.actor_words,
        events=picture.events,
        doubt=score(doubts(incident)),
    )


def headline(incident: Incident) -> str:
    """'Taliban → government forces', as far as either side is named; for a place taken, who has it now."""
    by = _names(actor.name for actor in incident.by) or incident.holder_after
    on = _names(actor.name for actor in incident.on) or incident.holder_before
    if by and on:
        return f"{by} → {on}"
    if by:
        return by
    return f"→ {on}" if on else str(words.PHRASES.actor_not_named)


def _names(names: Iterable[str]) -> str:
    known = list(dict.fromkeys(names))
    return ", ".join(known[:2]) + (f" +{len(known) - 2}" if len(known) > 2 else "")


def _count(figures: Iterable[IncidentFigure], measure: str) -> IncidentFigure | None:
    """The widest count of the measure: a total stands before a part of it."""
    found = [figure for figure in figures if figure.measure == measure]
    return max(found, key=_size, default=None)


def _size(figure: IncidentFigure | None) -> int:
    return figure.high or figure.low or 0 if figure else 0
