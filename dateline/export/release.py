"""Do no harm: what leaves for the public names no private person and no spot finer than a district or a province.

A released incident keeps what, when, how many, which sides and how sure; the reports' own words, titles and addresses stay
behind, because they would say again what was coarsened.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any, Literal

from dateline.errors import UsageError
from dateline.model.actor import Actor
from dateline.model.event import Record, ReportHead, Source
from dateline.model.incident import Account, Dispute, Holding, Incident, Judgement, Testimony
from dateline.model.place import Place, PlacePrecision
from dateline.model.text import Report, Span, content_id
from dateline.store.archive import Archive
from dateline.store.pictures import Picture
from dateline.store.query import AsKnownOn, Query, fold, searchable
from dateline.store.values import Change, StoredEvent, StoredReport
from dateline.store.wire import FIRST, HoldingKey, Line, Wire

Precision = Literal["admin1", "admin2"]

FINE: frozenset[PlacePrecision] = frozenset({"point", "town", "district", "unknown", "sea"})
# Which side of a person's life is public: forces, groups and offices are named, people and crowds are not.
PUBLIC_KINDS = frozenset(
    {"state_forces", "rebel_group", "political_militia", "identity_militia", "external_forces", "government"}
)
UNNAMED = {"civilians": "civilians", "media": "journalists", "protesters": "protesters", "rioters": "rioters"}
# Fields whose agreed or rival words repeat names and places.
TELLING = frozenset({"place", "by", "on", "control", "holder_before", "holder_after"})
NOWHERE = Span(start=0, end=0, text="")


@dataclass(frozen=True, slots=True)
class Grain:
    """Points are moved to the middle of a cell of `degrees`; `radius_km` reaches its corners."""

    degrees: float
    radius_km: float
    precision: PlacePrecision


GRAINS: dict[Precision, Grain] = {"admin2": Grain(0.5, 40, "district"), "admin1": Grain(2, 160, "province")}


def released(incident: Incident, precision: Precision) -> Incident:
    speakers = {said.speaker: _source(said).speaker for said in _sources(incident)}
    return incident.model_copy(
        update={
            "place": incident.place and coarse(incident.place, precision),
            "by": tuple(map(unnamed, incident.by)),
            "on": tuple(map(unnamed, incident.on)),
            "agreed": tuple(item for item in incident.agreed if item.field not in TELLING),
            "disputes": tuple(_dispute(item, speakers) for item in incident.disputes if item.field not in TELLING),
            "bonds": (),
            "accounts": tuple(_account(account, precision) for account in incident.accounts),
        }
    )


def coarse(place: Place, precision: Precision) -> Place:
    """The district or province that holds it; what is known no finer than that stays as it is."""
    grain = GRAINS[precision]
    bare = {"span": NOWHERE, "reasons": (), "runner_up": None, "claimed_by": ()}
    if place.precision not in FINE and not (precision == "admin1" and place.precision == "district"):
        return place.model_copy(update=bare)
    admin2 = place.admin2 if precision == "admin2" else None
    name = admin2 or place.admin1 or place.country or "place withheld"
    held = grain.precision if admin2 or precision == "admin1" else "province"
    has_point = place.lat is not None and place.lon is not None
    update: dict[str, Any] = {
        "name": name,
        "admin2": admin2,
        "lat": _middle(place.lat, grain) if has_point else None,
        "lon": _middle(place.lon, grain) if has_point else None,
        "precision": held if place.precision != "unknown" else "unknown",
        "radius_km": max(place.radius_km or 0, grain.radius_km) if has_point else None,
        "gazetteer_id": None,
    }
    return place.model_copy(update=bare | update)


def _middle(degrees: float | None, grain: Grain) -> float | None:
    return None if degrees is None else (math.floor(degrees / grain.degrees) + 0.5) * grain.degrees


def unnamed(actor: Actor) -> Actor:
    """A side is named; whoever else has a name of their own is told by kind only."""
    name = (
        actor.name
        if actor.kind in PUBLIC_KINDS or actor.name.islower()
        else UNNAMED.get(actor.kind, "a person or body not named")
    )
    return actor.model_copy(update={"name": name, "id": actor.id if name == actor.name else None, "span": NOWHERE})


def _source(source: Source) -> Source:
    """An office or a group speaks in its name, a person by their role only."""
    speaker = (source.role or "a person") if source.kind == "person" else source.speaker
    return source.model_copy(update={"speaker": speaker, "cue": None, "span": NOWHERE, "via": ()})


def _sources(incident: Incident) -> Iterator[Source]:
    for account in incident.accounts:
        yield from account.event.sources
        for figure in account.event.figures:
            yield from figure.sources


def _dispute(dispute: Dispute, speakers: Mapping[str, str]) -> Dispute:
    sides = (
        side.model_copy(update={"said_by": tuple(dict.fromkeys(speakers.get(name, name) for name in side.said_by))})
        for side in dispute.sides
    )
    return dispute.model_copy(update={"sides": tuple(sides)})


def _account(account: Account, precision: Precision) -> Account:
    event = account.event
    bare = event.model_copy(
        update={
            "trigger": NOWHERE,
            "by": tuple(map(unnamed, event.by)),
            "on": tuple(map(unnamed, event.on)),
            "place": event.place and coarse(event.place, precision),
            "other_places": (),
            "when": event.when and event.when.model_copy(update={"span": NOWHERE}),
            "figures": tuple(
                figure.model_copy(update={"span": NOWHERE, "sources": tuple(map(_source, figure.sources))})
                for figure in event.figures
            ),
            "control": None,
            "means": None,
            "sources": tuple(map(_source, event.sources)),
            "evidence": (),
        }
    )
    return Account(report=_head(account.report), event=bare, copy_of=account.copy_of and _hidden(account.copy_of))


def _head(report: ReportHead) -> ReportHead:
    return report.model_copy(update={"id": _hidden(report.id), "title": None, "url": None})


def _hidden(report_id: str) -> str:
    """A report's id may be its address: the same report keeps the same hidden id."""
    return "r" + content_id(report_id, length=15)


def released_holding(holding: Holding, precision: Precision) -> Holding:
    place = coarse(holding.place, precision)
    return holding.model_copy(
        update={
            "key": content_id(holding.key),
            "place": place,
            "accounts": tuple(map(_testimony, holding.accounts)),
            "contradicted_by": tuple(map(_testimony, holding.contradicted_by)),
        }
    )


def _testimony(told: Testimony) -> Testimony:
    return told.model_copy(update={"report_id": _hidden(told.report_id), "words": "", "said_by": ()})


class PublicWire(Wire):
    """The same in JSON: parsed and coarsened, never passed on as stored."""

    def __init__(self, archive: PublicArchive) -> None:
        super().__init__(archive._engine, archive._moment)
        self._archive = archive

    def incidents(self, ids: Sequence[str], as_known_on: AsKnownOn = None) -> list[str]:
        return [found.model_dump_json(by_alias=True) for found in self._archive.incidents_of(ids, as_known_on)]

    def incident(self, incident_id: str, as_known_on: AsKnownOn = None) -> str | None:
        found = self._archive.incident(incident_id, as_known_on)
        return found.model_dump_json(by_alias=True) if found else None

    def events(self, query: Query, after: int, limit: int) -> list[Line]:
        return []

    def reports(self, as_known_on: AsKnownOn, after: int, limit: int) -> list[Line]:
        return []

    def holdings(
        self, on: date | None, place: str | None, as_known_on: AsKnownOn, after: HoldingKey = FIRST, limit: int | None = None
    ) -> list[Line]:
        """A stretch's place in the list is its key: rows of the archive say nothing here."""
        found = self._archive.holdings(on, as_known_on, place)
        begin = after[2]
        rest = found[begin : None if limit is None else begin + limit]
        return [Line(("", 1, begin + n), held.model_dump_json(by_alias=True)) for n, held in enumerate(rest, 1)]


class PublicArchive(Archive):
    """Choose it to show an archive to the public: it reads coarsened, hands out no report, and keeps no verdict."""

    precision: Precision = "admin1"

    @classmethod
    def over(cls, archive: Archive, precision: Precision) -> PublicArchive:
        made = cls(archive._engine, archive.address, archive._clock)
        made.precision = precision
        return made

    @cached_property
    def wire(self) -> Wire:
        return PublicWire(self)

    def incidents(self, query: Query = Query()) -> list[Incident]:
        """By what may be seen: a place is looked for among districts and provinces, a name among sides."""
        seen = replace(query, place=None, actor=None, box=None, words=None, limit=None, offset=0)
        found = [released(incident, self.precision) for incident in super().incidents(seen)]
        if query.place:
            found = [i for i in found if fold(query.place) in place_words(i)]
        if query.actor:
            found = [i for i in found if fold(query.actor) in actor_words(i)]
        if query.box or query.words:
            raise UsageError("a public desk has no map window or words to search by: use place")
        return found[query.offset : query.offset + query.limit if query.limit is not None else None]

    def incidents_of(self, ids: Sequence[str], as_known_on: AsKnownOn = None) -> list[Incident]:
        return [released(incident, self.precision) for incident in super().incidents_of(ids, as_known_on)]

    def incident(self, incident_id: str, as_known_on: AsKnownOn = None) -> Incident | None:
        found = super().incident(incident_id, as_known_on)
        return found and released(found, self.precision)

    def pictures(self, rows: Sequence[int], as_known_on: AsKnownOn = None) -> Iterator[Picture]:
        for picture in super().pictures(rows, as_known_on):
            seen = released(picture.incident, self.precision)
            yield replace(picture, incident=seen, place_words=place_words(seen), actor_words=actor_words(seen))

    def holdings(self, on: date | None = None, as_known_on: AsKnownOn = None, place: str | None = None) -> list[Holding]:
        found = [released_holding(holding, self.precision) for holding in super().holdings(on, as_known_on)]
        wanted = fold(place) if place else ""
        return [holding for holding in found if wanted in searchable(_names(holding.place))]

    def changes(self, since: datetime, until: datetime | None = None) -> list[Change]:
        return [replace(change, words=change.kind) for change in super().changes(since, until) if change.subject == "incident"]

    def reports(self, as_known_on: AsKnownOn = None, limit: int | None = None, offset: int = 0) -> list[StoredReport]:
        return []

    def report(self, report_id: str, as_known_on: AsKnownOn = None) -> Report | None:
        return None

    def texts(self, as_known_on: AsKnownOn = None) -> Iterator[Report]:
        yield from ()

    def search(self, words: str, as_known_on: AsKnownOn = None, limit: int = 50) -> list[StoredReport]:
        return []

    def record(self, report_id: str, as_known_on: AsKnownOn = None) -> Record | None:
        return None

    def events(self, query: Query = Query()) -> Iterator[StoredEvent]:
        yield from ()

    def judgement_history(self) -> list[Judgement]:
        return []

    def judge(self, *arguments: Any, **named: Any) -> Judgement:
        raise UsageError("this desk shows a record for the public: judge at the desk of those who keep it")


def _names(place: Place | None) -> tuple[str | None, ...]:
    return (place.name, place.admin2, place.admin1, place.country) if place else ()


def place_words(incident: Incident) -> str:
    return searchable(_names(incident.place))


def actor_words(incident: Incident) -> str:
    return searchable(actor.name for actor in (*incident.by, *incident.on))
