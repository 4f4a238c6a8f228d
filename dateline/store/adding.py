"""Writing reports and records: one transaction a report, rows are closed and added, never edited or deleted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pydantic import BaseModel, TypeAdapter
from sqlalchemy import Connection, and_, func, insert, select, update

from dateline.errors import SkipReport
from dateline.model.event import Event, Record, Tally, head_of
from dateline.model.text import Report, Span, content_id
from dateline.store.query import searchable
from dateline.store.tables import edited, events, journal, records, reports, set_aside
from dateline.store.values import Added

TALLIES = TypeAdapter(tuple[Tally, ...])
NOTES = TypeAdapter(tuple[str, ...])


def check_record(report: Report, record: Record) -> None:
    """The rule of citation: every span is in the text, letter for letter; and the record is this report's."""
    if record.report != head_of(report):
        raise SkipReport(f"the record of {record.report.id!r} is not the record of report {report.id!r}")
    for span in spans_in(record):
        if report.text[span.start : span.end] != span.text or span.start >= span.end:
            raise SkipReport(
                f"report {report.id!r}: the record cites {span.text!r} at {span.start}-{span.end}, which the text does not say"
            )
    ids = [event.id for event in record.events]
    if len(set(ids)) != len(ids):
        raise SkipReport(f"report {report.id!r}: two events of the record have one id")


def spans_in(value: object) -> Iterator[Span]:
    """Every span anywhere inside a value."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from spans_in(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from spans_in(item)


def note(connection: Connection, kind: str, subject: str, known_from: datetime, now: datetime) -> int:
    """Add a line to the journal; its number."""
    done = connection.execute(insert(journal).values(journal_row(kind, subject, known_from, now)))
    return int(done.inserted_primary_key[0])  # type: ignore[index]


def journal_row(kind: str, subject: str, known_from: datetime, now: datetime) -> dict[str, object]:
    return {"kind": kind, "subject": subject, "recorded_at": now, "known_from": known_from}


def text_digest(report: Report) -> str:
    return content_id(report.model_dump_json(), length=32)


def add(connection: Connection, report: Report, record: Record, known_from: datetime, now: datetime) -> Added:
    """Inside one write transaction: the report's row, its record's row, its events' rows, a line in the journal."""
    open_report = connection.execute(
        select(reports.c.row, reports.c.digest, reports.c.known_from).where(
            reports.c.report_id == report.id, reports.c.known_to.is_(None)
        )
    ).first()
    digest = text_digest(report)
    known = known_from if open_report is None else max(known_from, open_report.known_from)
    if open_report is None or open_report.digest != digest:
        if open_report is not None:
            _close(connection, report.id, known)
        row = _insert_report(connection, report, known, now)
        _insert_record(connection, row, record, known)
        note(connection, "new" if open_report is None else "version", report.id, known, now)
        return Added(report.id, "new" if open_report is None else "version", len(record.events))
    return _recode(connection, open_report.row, record, known, now)


def holds(connection: Connection, report: Report) -> bool:
    asked = (
        select(reports.c.row)
        .join(records, and_(records.c.report_row == reports.c.row, records.c.known_to.is_(None)))
        .where(reports.c.report_id == report.id, reports.c.known_to.is_(None))
        .where(reports.c.digest == text_digest(report))
    )
    return connection.execute(asked).first() is not None


def _close(connection: Connection, report_id: str, at: datetime) -> None:
    for table in (reports, records, events):
        connection.execute(update(table).where(table.c.report_id == report_id, table.c.known_to.is_(None)).values(known_to=at))


def _insert_report(connection: Connection, report: Report, known: datetime, now: datetime) -> int:
    done = connection.execute(insert(reports).values(report_row(report, known, now)))
    return int(done.inserted_primary_key[0])  # type: ignore[index]


def report_row(report: Report, known: datetime, now: datetime) -> dict[str, object]:
    return {
        "report_id": report.id,
        "digest": text_digest(report),
        "outlet": report.outlet,
        "title": report.title,
        "published": report.published,
        "url": report.url,
        "language": report.language,
        "text": report.text,
        "recorded_at": now,
        "known_from": known,
    }


def record_digest(record: Record) -> str:
    return content_id(record.to_json(), length=32)


def _machine_digest(connection: Connection, report_row: int) -> str | None:
    """Of the machine's record, which people's decisions may lie over."""
    standing = (
        select(func.coalesce(edited.c.machine_row, records.c.row))
        .join(edited, edited.c.row == records.c.row, isouter=True)
        .where(records.c.report_row == report_row, records.c.known_to.is_(None))
    )
    found: str | None = connection.execute(select(records.c.digest).where(records.c.row.in_(standing))).scalar()
    return found


def replace_record(connection: Connection, report_row: int, record: Record, known: datetime) -> int:
    """Close the record in force and put another in its place; the new one's row."""
    for table in (records, events):
        connection.execute(
            update(table).where(table.c.report_id == record.report.id, table.c.known_to.is_(None)).values(known_to=known)
        )
    return _insert_record(connection, report_row, record, known)


def _insert_record(connection: Connection, of_report: int, record: Record, known: datetime) -> int:
    done = connection.execute(insert(records).values(record_row(record, of_report, known)))
    row = int(done.inserted_primary_key[0])  # type: ignore[index]
    if rows := event_rows(record, row, known):
        _refuse_foreign_ids(connection, record)
        connection.execute(insert(events), rows)
    return row


def record_row(record: Record, of_report: int, known: datetime) -> dict[str, object]:
    return {
        "report_row": of_report,
        "report_id": record.report.id,
        "digest": record_digest(record),
        "tallies": TALLIES.dump_json(record.tallies, by_alias=True).decode(),
        "notes": NOTES.dump_json(record.notes).decode(),
        "known_from": known,
    }


def _refuse_foreign_ids(connection: Connection, record: Record) -> None:
    ids = [event.id for event in record.events]
    taken = connection.execute(
        select(events.c.event_id, events.c.report_id).where(
            events.c.event_id.in_(ids), events.c.report_id != record.report.id, events.c.known_to.is_(None)
        )
    ).first()
    if taken is not None:
        raise taken_id(taken.event_id, record.report.id, taken.report_id)


def taken_id(event_id: str, report_id: str, owner: str) -> SkipReport:
    return SkipReport(f"report {report_id!r}: event id {event_id!r} belongs to report {owner!r}")


def event_rows(record: Record, of_record: int, known: datetime) -> list[dict[str, object]]:
    return [_event_row(event, record, of_record, position, known) for position, event in enumerate(record.events)]


def _event_row(event: Event, record: Record, of_record: int, position: int, known: datetime) -> dict[str, object]:
    return {
        "record_row": of_record,
        "report_id": record.report.id,
        "event_id": event.id,
        "position": position,
        "type": event.type,
        "status": event.status,
        "place_words": place_words(event),
        "actor_words": searchable(name for actor in (*event.by, *event.on) for name in (actor.name, actor.id)),
        "first_day": event.when and (event.when.start or event.when.end),
        "last_day": event.when and (event.when.end or event.when.start),
        "told": record.report.published,
        "value": event.model_dump_json(by_alias=True),
        "known_from": known,
    }


def place_words(event: Event) -> str:
    places = (event.place, *event.other_places, event.control.place if event.control else None)
    return searchable(name for place in places if place for name in (place.name, place.admin2, place.admin1, place.country))


def _recode(connection: Connection, report_row: int, record: Record, known: datetime, now: datetime) -> Added:
    """The same text: nothing, or a new coding that closes the old one."""
    if _machine_digest(connection, report_row) == record_digest(record):
        return Added(record.report.id, "unchanged", len(record.events))
    replace_record(connection, report_row, record, known)
    note(connection, "recoded", record.report.id, known, now)
    return Added(record.report.id, "recoded", len(record.events))


def withdraw(connection: Connection, report_id: str, now: datetime) -> bool:
    found = connection.execute(
        select(reports.c.row).where(reports.c.report_id == report_id, reports.c.known_to.is_(None))
    ).first()
    if found is None:
        return False
    _close(connection, report_id, now)
    note(connection, "withdrawn", report_id, now, now)
    return True


def put_aside(connection: Connection, address: str, reason: str, now: datetime) -> None:
    digest = content_id(address, reason, length=32)
    known = connection.execute(select(set_aside.c.row).where(set_aside.c.digest == digest)).first()
    if known is None:
        connection.execute(insert(set_aside).values(address=address, reason=reason, digest=digest, known_from=now))
