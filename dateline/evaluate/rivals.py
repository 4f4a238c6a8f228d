"""Other ways to answer, run in the place of ours: each replaces one question of the Coder and hands the others on.

Rivals that need a package of their own are optional (`pip install dateline[rivals]`); without it they are left out and
a line says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

from dateline.evaluate.coder import Coder, Linking, PlacesRead
from dateline.evaluate.gather import main_event, of_types
from dateline.model.event import GROUPS, Record
from dateline.model.place import Place
from dateline.model.reading import Chars, PlaceMention, Quote, Reading, TimeMention
from dateline.model.text import Report

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from dateline.pipeline import Resources

PLACE_LABELS = frozenset(("GPE", "LOC", "FAC"))


@dataclass(frozen=True)
class Rival:
    """Hands every question on to the coder that it rivals; a rival overrides one."""

    ours: Coder
    resources: Resources

    def records(self, reports: Sequence[Report]) -> Iterator[Record]:
        return self.ours.records(reports)

    def times(self, reports: Sequence[Report]) -> Iterator[tuple[TimeMention, ...]]:
        return self.ours.times(reports)

    def quotes(self, reports: Sequence[Report]) -> Iterator[tuple[Quote, ...]]:
        return self.ours.quotes(reports)

    def places(self, asked: Sequence[tuple[Report, tuple[Chars, ...]]]) -> Iterator[PlacesRead]:
        return self.ours.places(asked)

    def places_of_triggers(self, asked: Sequence[tuple[Report, Chars]]) -> Iterator[tuple[Place, ...]]:
        return self.ours.places_of_triggers(asked)

    def link(self, records: Sequence[Record], reports: Sequence[Report]) -> Linking:
        return self.ours.link(records, reports)


class PlainEntities(Rival):
    """The spaCy model's own places (GPE, LOC, FAC), each the most populous place of that name."""

    def places(self, asked: Sequence[tuple[Report, tuple[Chars, ...]]]) -> Iterator[PlacesRead]:
        readings = self.resources.language.read_many([report for report, _ in asked])
        for reading, (_, spans) in zip(readings, asked, strict=True):
            found = tuple(PlaceMention(c, self._place(reading, c), "place") for c in entities(reading.doc))
            yield PlacesRead(found, tuple(self._place(reading, chars) for chars in spans))

    def _place(self, reading: Reading, chars: Chars) -> Place:
        span = reading.report.span(chars.start, chars.end)
        candidates = self.resources.gazetteer.lookup(span.text)
        if not candidates:
            return Place(name=span.text, span=span)
        best = max((c.place for c in candidates), key=lambda place: place.population)
        return Place(name=best.name, country=best.country, lat=best.lat, lon=best.lon, gazetteer_id=best.gid, span=span)


def entities(doc: Doc) -> Iterator[Chars]:
    return (Chars(ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ in PLACE_LABELS)


class DateparserTimes(Rival):
    """dateparser's search_dates, settings as its manual gives them for news: relative to the publication, past preferred."""

    def times(self, reports: Sequence[Report]) -> Iterator[tuple[TimeMention, ...]]:
        search = import_module("dateparser.search").search_dates
        for report in reports:
            base = datetime.combine(report.published or date(2000, 1, 1), datetime.min.time())
            options = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
            found = search(report.text, languages=["en"], settings=options) or []
            yield tuple(_in_order(report, [(words, moment.date().isoformat(), moment.date()) for words, moment in found]))


def _in_order(report: Report, found: Sequence[tuple[str, str, date]]) -> Iterator[TimeMention]:
    at = 0
    for words, value, day in found:
        start = report.text.find(words, at)
        if start >= 0:
            at = start + len(words)
            yield TimeMention(Chars(start, at), "DATE", value, day, day, "day", "published")


class RecognizersTimes(Rival):
    """Microsoft's recognizers-text: spans and TIMEX as it gives them."""

    def times(self, reports: Sequence[Report]) -> Iterator[tuple[TimeMention, ...]]:
        recognize = import_module("recognizers_date_time").recognize_datetime
        for report in reports:
            base = datetime.combine(report.published or date(2000, 1, 1), datetime.min.time())
            yield tuple(_recognized(result) for result in recognize(report.text, "en-us", reference=base))


KINDS = MappingProxyType({"duration": "DURATION", "set": "SET", "time": "TIME", "timerange": "TIME"})


def _recognized(result: object) -> TimeMention:
    """The last reading that it offers lies in the past; its value is the day resolved, else the TIMEX."""
    values = (getattr(result, "resolution", None) or {}).get("values") or [{}]
    past = values[0]
    kind = str(getattr(result, "type_name", "")).rsplit(".", 1)[-1]
    value = past.get("value") if kind == "date" else past.get("timex")
    chars = Chars(int(getattr(result, "start", 0)), int(getattr(result, "end", 0)) + 1)
    return TimeMention(chars, KINDS.get(kind, "DATE"), str(value or past.get("timex") or ""), None, None, None, "published")  # type: ignore[arg-type]


class OneADay(Rival):
    """The rule of event data made by machine: same place, same day of publication, one story and one incident."""

    def link(self, records: Sequence[Record], reports: Sequence[Report]) -> Linking:
        groups: dict[str, list[str]] = {}
        events: dict[str, list[str]] = {}
        for record in records:
            main = main_event(of_types(record.events, GROUPS["violence"]))
            where = (main.place.gazetteer_id or main.place.name) if main and main.place else record.report.id
            key = f"{record.report.published} {where}"
            groups.setdefault(key, []).append(record.report.id)
            events.setdefault(key, []).extend([main.id] if main else [])
        return Linking(tuple(map(tuple, events.values())), tuple(map(tuple, groups.values())))
