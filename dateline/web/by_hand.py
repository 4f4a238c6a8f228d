"""What a person typed, as values of the record. Each value cites the report: the words typed, where they stand in the text
nearest to the event, else the words that the corrected value cited, else the event's own.

A name that the report's other events know is that actor or place; else codebook and gazetteer are asked; else it stays a name.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import get_args

from dateline.codebook.actors import ActorBook
from dateline.errors import MissingResource, UsageError
from dateline.export import words
from dateline.model.actor import Actor
from dateline.model.event import Control, Event, EventType, Figure, Measure, Record, Status
from dateline.model.incident import Judgement
from dateline.model.place import Place
from dateline.model.text import Report, Span, content_id
from dateline.model.when import When
from dateline.resolve.actors_names import find_names
from dateline.resolve.gazetteer import Candidate, Gazetteer
from dateline.resolve.places import PRECISION, with_point
from dateline.settings import Settings
from dateline.store.archive import Archive
from dateline.store.query import fold

FIELDS = ("type", "status", "by", "on", "place", "start", "end", "figures", "before", "after")
# A form's field to the event's.
FIELD_OF = {"start": "when", "end": "when", "before": "control", "after": "control"}
COUNT = re.compile(
    r"(?:up to (?P<upto>[\d,]+)|(?P<low>[\d,]+)(?:\s*[-–]\s*(?P<high>[\d,]+)|(?P<open> or more))?|a number not told)"
    r"\s*(?P<rest>.*)"
)
SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+(?=[\"“‘(]?[A-Z0-9])|\n+")


class Known:
    """What codebook and gazetteer know of names, opened when first asked. Without a gazetteer places stay names."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()

    @cached_property
    def gazetteer(self) -> Gazetteer | None:
        try:
            return Gazetteer.open(self._settings.gazetteer)
        except MissingResource:
            return None

    @cached_property
    def actors(self) -> ActorBook:
        folder = self._settings.codebook
        return ActorBook.load(folder / "actors" if folder else None)

    def place(self, name: str, near: str | None) -> Candidate | None:
        """'Kunduz', 'Kunduz, AF' or 'Aliabad, Kunduz, AF'; `near` is the country that the report's other places lie in."""
        with self._lock:
            if self.gazetteer is None:
                return None
            first, *holders = [part.strip() for part in name.split(",")]
            found = self.gazetteer.lookup(first)
            for holder in holders:
                found = tuple(c for c in found if self._lies(c, holder)) or found
            near_by = [candidate for candidate in found if near and candidate.place.country == near]
            return next(iter(near_by or found), None)

    def _lies(self, candidate: Candidate, holder: str) -> bool:
        above = self.gazetteer.by_code(candidate.place.admin1) if self.gazetteer else None
        return candidate.place.country == holder or (above is not None and fold(above.name) == fold(holder))

    def admin(self, code: str | None) -> str | None:
        found = self.gazetteer.by_code(code) if self.gazetteer else None
        return found.name if found else None

    def actor(self, name: str, day: date | None, span: Span) -> Actor:
        with self._lock:
            names = find_names(name, self.actors, day).found
        begun = len(name) - len(name.removeprefix("the ").removeprefix("The "))
        whole = next((one for one in names if one.actor and one.start <= begun and one.end >= len(name.rstrip())), None)
        if whole is None or whole.actor is None:
            return Actor(name=name, span=span)
        known = whole.actor
        return Actor(name=name, id=known.id, kind=known.kind, country=known.country, span=span)


class Scribe:
    """One a form: turns its words into values that cite `report`. `record` lends the names that its events know."""

    def __init__(self, report: Report, record: Record, known: Known) -> None:
        self._report, self._record, self._known = report, record, known

    def corrected(self, event: Event, changes: Mapping[str, str], by: str) -> tuple[Event, tuple[str, ...]]:
        """The event with the changed fields of the form, and the names of the event's fields that changed."""
        unknown = sorted(set(changes) - set(FIELDS))
        if unknown:
            raise UsageError(f"no field {unknown[0]!r}: fields are {', '.join(FIELDS)}")
        fields = tuple(dict.fromkeys(FIELD_OF.get(name, name) for name in FIELDS if name in changes))
        update: dict[str, object] = {name: self._value(name, event, changes) for name in fields}
        update["made_by"] = f"{event.made_by.partition('; corrected by ')[0]}; corrected by {by}"
        update["confidence"] = 1.0
        return event.model_copy(update=update), fields

    def missed(self, start: int, end: int, form: Mapping[str, str], by: str) -> Event:
        """An event that nobody coded, of the words between two offsets; its evidence are the sentences that they stand in."""
        text = self._report.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if not 0 <= start < end <= len(text):
            raise UsageError("no words are selected: select in the report the words that tell the event")
        kind = one_of(form.get("type", ""), get_args(EventType), "type")
        bare = Event(
            id="e" + content_id("by hand", self._report.id, kind, start, end),
            type=kind,
            status="happened",
            trigger=self._report.span(start, end),
            evidence=tuple(self._report.span(*stretch) for stretch in sentences_over(text, start, end)),
            confidence=1.0,
            made_by=f"added by {by}",
        )
        told = {name: value for name, value in form.items() if name in FIELDS and name != "type" and value.strip()}
        event, _fields = self.corrected(bare, told, by) if told else (bare, ())
        return event.model_copy(update={"made_by": bare.made_by})

    def _value(self, name: str, event: Event, changes: Mapping[str, str]) -> object:
        if name == "type":
            return one_of(changes["type"], get_args(EventType), "type")
        if name == "status":
            return one_of(changes["status"], get_args(Status), "status")
        if name in ("by", "on"):
            old = event.by if name == "by" else event.on
            return tuple(self._actor(part, event, old) for part in parts_of(changes[name], ","))
        if name == "place":
            return self._place(changes["place"].strip(), event)
        if name == "when":
            return self._when(event, changes)
        if name == "figures":
            return tuple(self._figure(part, event) for part in parts_of(changes["figures"], ";"))
        return self._control(event, changes)

    def _actor(self, name: str, event: Event, old: Sequence[Actor]) -> Actor:
        same = [actor for actor in (*old, *self._actors()) if fold(actor.name) == fold(name)]
        span = self._cite(name, event) or (old[0].span if old else event.trigger)
        if same:
            return same[0] if same[0] in old else same[0].model_copy(update={"span": span})
        return self._known.actor(name, self._report.published, span)

    def _actors(self) -> Iterator[Actor]:
        for event in self._record.events:
            yield from (*event.by, *event.on)

    def _places(self) -> Iterator[Place]:
        for event in self._record.events:
            yield from (place for place in (event.place, event.control.place if event.control else None) if place)

    def _place(self, name: str, event: Event) -> Place | None:
        if not name:
            return None
        span = self._cite(name.partition(",")[0], event) or (event.place.span if event.place else event.trigger)
        same = [place for place in self._places() if fold(place.name) == fold(name) and place.lat is not None]
        if same:
            return same[0].model_copy(update={"span": span, "runner_up": None, "reasons": ("named by a person",)})
        near = event.place.country if event.place else next((place.country for place in self._places() if place.country), None)
        found = self._known.place(name, near)
        if found is None or self._known.gazetteer is None:
            return Place(name=name, span=span, reasons=("named by a person; no gazetteer entry of that name",))
        chosen = with_point(found.place, self._known.gazetteer)
        return Place(
            name=chosen.name, country=chosen.country, admin1=self._known.admin(chosen.admin1),
            admin2=self._known.admin(chosen.admin2), lat=chosen.lat, lon=chosen.lon,
            precision=PRECISION.get(chosen.kind, "unknown"), radius_km=chosen.radius_km, gazetteer_id=chosen.gid, span=span,
            reasons=("named by a person",),
        )  # fmt: skip

    def _when(self, event: Event, changes: Mapping[str, str]) -> When | None:
        old = event.when
        start = day_of(changes.get("start", str(old.start or "") if old else ""), "start")
        end = day_of(changes.get("end", str(old.end or "") if old else ""), "end")
        if start is None and end is None:
            return None
        end = end if end or "end" in changes else start
        if start and end and start > end:
            raise UsageError(f"the event would end ({end}) before it begins ({start})")
        return When(start=start, end=end, precision="day" if start == end else "range", span=old.span if old else event.trigger)

    def _figure(self, told: str, event: Event) -> Figure:
        for figure in event.figures:
            if words.figure(figure) == told:
                return figure
        measure, whom, low, high = count_of(told)
        old = next((figure for figure in event.figures if figure.measure == measure), None)
        number = re.search(r"[\d,]+", told)
        span = (self._cite(number[0], event) if number else None) or (old.span if old else event.trigger)
        return Figure(measure=measure, whom=whom, low=low, high=high, span=span, sources=old.sources if old else ())

    def _control(self, event: Event, changes: Mapping[str, str]) -> Control | None:
        old = event.control
        place = old.place if old else event.place
        holders = []
        for name, holder in (("before", old and old.holder_before), ("after", old and old.holder_after)):
            words_given = changes[name].strip() if name in changes else (holder.name if holder else "")
            holders.append(self._actor(words_given, event, [holder] if holder else []) if words_given else None)
        if place is None and any(holders):
            raise UsageError("a place that changes hands needs a place: fill in Where as well, then correct its holder")
        return Control(place=place, holder_before=holders[0], holder_after=holders[1]) if place and any(holders) else None

    def _cite(self, told: str, event: Event) -> Span | None:
        """The words as they stand in the report, nearest to the event's trigger."""
        if not told.strip():
            return None
        pattern = re.compile(rf"(?<!\w){re.escape(told.strip())}(?!\w)", re.IGNORECASE)
        found = [(match.start(), match.end()) for match in pattern.finditer(self._report.text)]
        if not found:
            return None
        return self._report.span(*min(found, key=lambda ends: (abs(ends[0] - event.trigger.start), ends)))


def parts_of(told: str, separator: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in told.split(separator) if part.strip()))


def one_of(value: str, known: tuple[str, ...], name: str) -> str:
    if value not in known:
        raise UsageError(f"no {name} {value!r}: known are {', '.join(known)}")
    return value


def day_of(told: str, name: str) -> date | None:
    if not told.strip():
        return None
    try:
        return date.fromisoformat(told.strip())
    except ValueError:
        raise UsageError(f"{name} is no day: write it as 2021-08-06") from None


def count_of(told: str) -> tuple[Measure, str | None, int | None, int | None]:
    """'14–25 people killed', '20 or more injured', 'up to 90 fighters captured': the inverse of `words.figure`."""
    match = COUNT.fullmatch(told.strip())
    if match is None:
        raise UsageError(f"{told!r} is no count: write '14 killed', '11–25 people injured', '200 or more fighters killed'")
    low, high, upto = (int(match[name].replace(",", "")) if match[name] else None for name in ("low", "high", "upto"))
    if low is not None and high is None and not match["open"]:
        high = low
    rest = match["rest"].strip()
    for measure, label in words.MEASURES.items():
        if measure != "other" and (rest == label or rest.endswith(f" {label}")):
            return measure, rest.removesuffix(label).strip() or None, low, high if upto is None else upto
    return "other", rest or None, low, high if upto is None else upto


def sentences_over(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences that the stretch reaches into, cut roughly: at full stops before a capital, and at line ends."""
    begun = 0
    for stop in (*SENTENCE_END.finditer(text), None):
        ended = stop.start() + len(stop[0].rstrip()) if stop else len(text)
        if begun < end and start < ended and text[begun:ended].strip():
            yield begun, ended
        begun = stop.end() if stop else ended


def correct_event(archive: Archive, known: Known, event_id: str, by: str, changes: Mapping[str, str], note: str) -> Judgement:
    """Lay a person's changes over one event. The incident shows them from the next linking on."""
    stored = archive.event(event_id)
    report = archive.report(stored.report.id) if stored else None
    record = archive.record(stored.report.id) if stored else None
    if stored is None or report is None or record is None:
        raise UsageError(f"no event {event_id!r} in this archive: `dateline show INCIDENT --json` lists an incident's")
    event, fields = Scribe(report, record, known).corrected(stored.event, changes, by)
    told = "; ".join(f"{name}={value.replace(';', ',')}" for name, value in changes.items())
    return archive.judge("correct", event_id, None, by, note, told, event=event, fields=fields)
