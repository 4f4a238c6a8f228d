"""What linking reads of an archive at one moment: the reports that changed, and whatever stands near them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, insert, or_, select

from dateline.model.event import Event, ReportHead
from dateline.model.text import Report
from dateline.store.tables import events, known_at, memberships, records, reports, sketches

# SQLite allows 32,766 bound values a statement.
PAGE = 5_000


@dataclass(frozen=True, slots=True)
class SketchRow:
    """The cache of one coded report. `signature` and `runs` are None for a text too short to be a copy."""

    record_row: int
    story: str
    signature: bytes | None
    runs: bytes | None


@dataclass(frozen=True, slots=True)
class NearEvent:
    """An event with its row; `copy_of` and `part` as the standing picture has them."""

    row: int
    event: Event
    head: ReportHead
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

    def unsketched(self, report_ids: Collection[str]) -> Iterator[tuple[int, Report, list[Event]]]:
        """Row of the record, report and events of those reports that have no sketch yet."""
        for page in pages(sorted(report_ids)):
            asked = (
                select(*HEAD, reports.c.text, records.c.row.label("record_row"))
                .join(records, records.c.report_row == reports.c.row)
                .outerjoin(sketches, sketches.c.row == records.c.row)
                .where(reports.c.report_id.in_(page), known_at(reports, self.moment), known_at(records, self.moment))
                .where(sketches.c.row.is_(None))
                .order_by(reports.c.report_id)
            )
            for row in self.connection.execute(asked).all():
                report = Report(text=row.text, **head_of_row(row).model_dump())
                yield row.record_row, report, [near.event for near in self.events_of([row.report_id])]

    def events_of(self, report_ids: Collection[str]) -> Iterator[NearEvent]:
        """All events of the reports."""
        for page in pages(sorted(report_ids)):
            yield from self._near(events.c.report_id.in_(page))

    def events_with(self, event_ids: Collection[str]) -> Iterator[NearEvent]:
        for page in pages(sorted(event_ids)):
            yield from self._near(events.c.event_id.in_(page))

    def events_in_parts(self, parts: Collection[str]) -> Iterator[NearEvent]:
        for page in pages(sorted(parts)):
            inside = select(memberships.c.event_id).where(memberships.c.part.in_(page), memberships.c.known_to.is_(None))
            yield from self._near(events.c.event_id.in_(inside))

    def events_between(self, first: date, last: date, longest: int, told_after: int) -> Iterator[NearEvent]:
        """Events that may have happened between two days: dated ones, and those told up to `told_after` days later."""
        early, late = first - timedelta(days=longest + 1), last + timedelta(days=told_after)
        yield from self._near(
            or_(
                events.c.first_day.between(early, last),
                events.c.last_day.between(first - timedelta(days=1), last),
                events.c.told.between(first, late),
            )
        )

    def undated_events(self) -> Iterator[NearEvent]:
        yield from self._near(and_(events.c.first_day.is_(None), events.c.told.is_(None)))

    def _near(self, which: ColumnElement[bool]) -> Iterator[NearEvent]:
        asked: Select[Any] = (
            select(*HEAD, events.c.row, events.c.value, memberships.c.copy_of, memberships.c.part)
            .join(reports, and_(reports.c.report_id == events.c.report_id, known_at(reports, self.moment)))
            .outerjoin(memberships, and_(memberships.c.event_id == events.c.event_id, memberships.c.known_to.is_(None)))
            .where(which, known_at(events, self.moment))
        )
        for row in self.connection.execution_options(yield_per=PAGE).execute(asked):
            event = Event.model_validate_json(row.value)
            yield NearEvent(row.row, event, head_of_row(row), row.copy_of, row.part)

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
    fresh = [
        {"row": row.record_row, "story": row.story, "signature": row.signature, "runs": row.runs}
        for row in rows
        if row.record_row not in there
    ]
    if fresh:
        connection.execute(insert(sketches), fresh)
