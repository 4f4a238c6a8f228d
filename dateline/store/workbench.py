"""What linking reads of an archive at one moment: the reports that changed, and whatever stands near them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, insert, or_, select

from dateline.model.event import Event, ReportHead
from dateline.model.text import Report
from dateline.store.tables import events, known_at, memberships, records, reports, sketches, traces

# SQLite allows 32,766 bound values a statement.
PAGE = 5_000


@dataclass(frozen=True, slots=True)
class SketchRow:
    """The cache of one coded report, with the traces of its events by their rows. `signature` and `runs` are None for a text
    too short to be a copy."""

    record_row: int
    story: str
    traces: tuple[tuple[int, str], ...]
    signature: bytes | None
    runs: bytes | None


@dataclass(frozen=True, slots=True)
class StoredTrace:
    """An event's trace with the days that its record tells; `copy_of` and `part` as the standing picture has them."""

    event_id: str
    value: str
    report_id: str
    published: date | None
    first_day: date | None
    last_day: date | None
    copy_of: str | None
    part: str | None


@dataclass(frozen=True, slots=True)
class SignedReport:
    head: ReportHead
    signature: bytes


def pages(items: Iterable[Any], size: int = PAGE) -> Iterator[list[Any]]:
    iterator = iter(items)
    while page := list(islice(iterator, size)):
        yield page


def head_of_row(row: Row[Any]) -> ReportHead:
    return ReportHead(
        id=row.report_id, outlet=row.outlet, title=row.title, published=row.published, url=row.url, language=row.language
    )


HEAD = (reports.c.report_id, reports.c.outlet, reports.c.title, reports.c.published, reports.c.url, reports.c.language)


@dataclass(frozen=True, slots=True)
class Workbench:
    """Reads at one moment, in one snapshot."""

    connection: Connection
    moment: datetime

    def unsketched(self, report_ids: Collection[str]) -> Iterator[tuple[int, Report, list[tuple[int, Event]]]]:
        """Row of the record, report, and events with their rows, of those reports that have no sketch yet."""
        for page in pages(sorted(report_ids)):
            asked = (
                select(*HEAD, reports.c.text, records.c.row.label("record_row"))
                .join(records, records.c.report_row == reports.c.row)
                .outerjoin(sketches, sketches.c.row == records.c.row)
                .where(reports.c.report_id.in_(page), known_at(reports, self.moment), known_at(records, self.moment))
                .where(sketches.c.row.is_(None))
                .order_by(reports.c.report_id)
            )
            rows = self.connection.execute(asked).all()
            told = self._events_by_report([row.report_id for row in rows])
            for row in rows:
                yield row.record_row, Report(text=row.text, **head_of_row(row).model_dump()), told[row.report_id]

    def _events_by_report(self, report_ids: Sequence[str]) -> dict[str, list[tuple[int, Event]]]:
        told: dict[str, list[tuple[int, Event]]] = defaultdict(list)
        asked = select(events.c.report_id, events.c.row, events.c.value)
        for page in pages(report_ids):
            here = asked.where(events.c.report_id.in_(page), known_at(events, self.moment))
            for row in self.connection.execute(here.order_by(events.c.report_id, events.c.position)):
                told[row.report_id].append((row.row, Event.model_validate_json(row.value)))
        return told

    def events_with(self, event_ids: Collection[str]) -> dict[str, tuple[ReportHead, str]]:
        """Events as JSON, each with its report, by event id."""
        found: dict[str, tuple[ReportHead, str]] = {}
        for page in pages(sorted(event_ids)):
            asked = (
                select(*HEAD, events.c.event_id, events.c.value)
                .join(reports, and_(reports.c.report_id == events.c.report_id, known_at(reports, self.moment)))
                .where(events.c.event_id.in_(page), known_at(events, self.moment))
            )
            found.update((row.event_id, (head_of_row(row), row.value)) for row in self.connection.execute(asked))
        return found

    def traces_of(self, report_ids: Collection[str]) -> Iterator[StoredTrace]:
        """Of all events of the reports."""
        for page in pages(sorted(report_ids)):
            yield from self._traces(events.c.report_id.in_(page))

    def traces_with(self, event_ids: Collection[str]) -> Iterator[StoredTrace]:
        for page in pages(sorted(event_ids)):
            yield from self._traces(events.c.event_id.in_(page))

    def traces_in_parts(self, parts: Collection[str]) -> Iterator[StoredTrace]:
        for page in pages(sorted(parts)):
            inside = select(memberships.c.event_id).where(memberships.c.part.in_(page), memberships.c.known_to.is_(None))
            yield from self._traces(events.c.event_id.in_(inside))

    def traces_between(self, first: date, last: date, longest: int, told_after: int) -> Iterator[StoredTrace]:
        """Of what may have happened between two days: dated events, and those told up to `told_after` days later."""
        early, late = first - timedelta(days=longest + 1), last + timedelta(days=told_after)
        yield from self._traces(
            or_(
                events.c.first_day.between(early, last),
                events.c.last_day.between(first - timedelta(days=1), last),
                events.c.told.between(first, late),
            )
        )

    def undated_traces(self) -> Iterator[StoredTrace]:
        yield from self._traces(and_(events.c.first_day.is_(None), events.c.told.is_(None)))

    def _traces(self, which: ColumnElement[bool]) -> Iterator[StoredTrace]:
        asked: Select[Any] = (
            select(
                events.c.event_id,
                traces.c.value,
                events.c.report_id,
                events.c.told,
                events.c.first_day,
                events.c.last_day,
                memberships.c.copy_of,
                memberships.c.part,
            )
            .join(traces, traces.c.row == events.c.row)
            .outerjoin(memberships, and_(memberships.c.event_id == events.c.event_id, memberships.c.known_to.is_(None)))
            .where(which, known_at(events, self.moment))
        )
        for row in self.connection.execution_options(yield_per=PAGE).execute(asked):
            yield StoredTrace(*row)

    def sentences(self, report_ids: Collection[str]) -> Iterator[tuple[str, str, str]]:
        """Report, event and main sentence, for each event of the reports."""
        for report_id, event_rows in self._events_by_report(sorted(report_ids)).items():
            for _row, event in event_rows:
                if event.evidence:
                    yield report_id, event.id, event.evidence[0].text

    def published(self, report_ids: Collection[str]) -> Iterator[tuple[str, date | None]]:
        for page in pages(sorted(report_ids)):
            asked = select(reports.c.report_id, reports.c.published)
            for row in self.connection.execute(asked.where(reports.c.report_id.in_(page), known_at(reports, self.moment))):
                yield row.report_id, row.published

    def parts_of_reports(self, report_ids: Collection[str]) -> set[str]:
        """The parts in which events of the reports stand, or stood until now."""
        return self._parts(memberships.c.report_id, report_ids)

    def parts_of_events(self, event_ids: Collection[str]) -> set[str]:
        return self._parts(memberships.c.event_id, event_ids)

    def _parts(self, column: ColumnElement[str], keys: Collection[str]) -> set[str]:
        found: set[str] = set()
        for page in pages(sorted(keys)):
            asked = select(memberships.c.part).where(column.in_(page), memberships.c.known_to.is_(None)).distinct()
            found.update(self.connection.execute(asked).scalars())
        return found

    def incidents_in_parts(self, parts: Collection[str]) -> set[str]:
        found: set[str] = set()
        for page in pages(sorted(parts)):
            asked = select(memberships.c.incident_id).where(memberships.c.part.in_(page), memberships.c.known_to.is_(None))
            found.update(self.connection.execute(asked.distinct()).scalars())
        return found

    def is_unlinked(self) -> bool:
        """Whether nothing was linked yet."""
        return self.connection.execute(select(memberships.c.row).limit(1)).first() is None

    def heads(self, report_ids: Collection[str]) -> dict[str, ReportHead]:
        found: dict[str, ReportHead] = {}
        for page in pages(sorted(report_ids)):
            asked = select(*HEAD).where(reports.c.report_id.in_(page), known_at(reports, self.moment))
            found.update((row.report_id, head_of_row(row)) for row in self.connection.execute(asked))
        return found

    def stories(self, report_ids: Collection[str]) -> Iterator[tuple[ReportHead, str]]:
        for page in pages(sorted(report_ids)):
            for row in self.connection.execute(self._sketched(sketches.c.story).where(reports.c.report_id.in_(page))):
                yield head_of_row(row), row.story

    def runs(self, report_ids: Collection[str]) -> Iterator[tuple[str, bytes]]:
        for page in pages(sorted(report_ids), 500):
            for row in self.connection.execute(self._sketched(sketches.c.runs).where(reports.c.report_id.in_(page))):
                if row.runs is not None:
                    yield row.report_id, row.runs

    def signed(self, first: date | None, last: date | None) -> Iterator[SignedReport]:
        """Reports published between two days (None, None: undated ones) that are long enough to be copies, by day and id."""
        when = reports.c.published.is_(None) if first is None else reports.c.published.between(first, last)
        asked = self._sketched(sketches.c.signature).where(when, sketches.c.signature.is_not(None))
        for row in self.connection.execute(asked.order_by(reports.c.published, reports.c.report_id)):
            yield SignedReport(head_of_row(row), row.signature)

    def _sketched(self, column: ColumnElement[Any]) -> Select[Any]:
        return (
            select(*HEAD, column)
            .join(records, records.c.report_row == reports.c.row)
            .join(sketches, sketches.c.row == records.c.row)
            .where(known_at(reports, self.moment), known_at(records, self.moment))
        )


def save_sketches(connection: Connection, rows: Sequence[SketchRow]) -> None:
    """Keep sketches; one that another linker made meanwhile is the same."""
    known = select(sketches.c.row).where(sketches.c.row.in_([row.record_row for row in rows]))
    there = set(connection.execute(known).scalars())
    fresh = [row for row in rows if row.record_row not in there]
    told = [{"row": event_row, "value": value} for row in fresh for event_row, value in row.traces]
    if fresh:
        kept = ({"row": r.record_row, "story": r.story, "signature": r.signature, "runs": r.runs} for r in fresh)
        connection.execute(insert(sketches), list(kept))
    if told:
        connection.execute(insert(traces), told)
