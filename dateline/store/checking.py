"""What must hold in a sound archive; each breach is one line that names the row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pydantic import ValidationError
from sqlalchemy import Connection, func, select, text

from dateline.errors import SkipReport
from dateline.store import reading
from dateline.store.adding import check_record
from dateline.store.tables import events, holdings, incidents, judgements, known_at, memberships, records, reports

VERSIONED = (reports, records, events, incidents, memberships, holdings, judgements)


def breaches(connection: Connection, now: datetime) -> Iterator[str]:
    yield from _engine_says(connection)
    yield from _times(connection)
    yield from _one_open_row(connection)
    yield from _records(connection, now)
    yield from _memberships(connection, now)


def _engine_says(connection: Connection) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        return
    for line in connection.execute(text("PRAGMA quick_check")).scalars():
        if line != "ok":
            yield f"the database file is damaged: {line}: restore the last backup"
    for row in connection.execute(text("PRAGMA foreign_key_check")).all():
        yield f"{row[0]} row {row[1]} points to a row of {row[2]} that is not there"


def _times(connection: Connection) -> Iterator[str]:
    for table in VERSIONED:
        wrong = connection.execute(select(table.c.row).where(table.c.known_to < table.c.known_from)).scalars()
        for row in wrong:
            yield f"{table.name} row {row} was closed before it was known"


def _one_open_row(connection: Connection) -> Iterator[str]:
    keys = ((reports, "report_id"), (records, "report_id"), (events, "event_id"), (incidents, "incident_id"),
            (memberships, "event_id"))  # fmt: skip
    for table, key in keys:
        column = table.c[key]
        twice = select(column).where(table.c.known_to.is_(None)).group_by(column).having(func.count() > 1).order_by(column)
        for name in connection.execute(twice).scalars():
            yield f"{table.name}: {key} {name} has two rows in force"


def _records(connection: Connection, now: datetime) -> Iterator[str]:
    for stored in reading.reports_at(connection, now):
        report = reading.report(connection, stored.head.id, now)
        try:
            record = reading.record(connection, stored.head.id, now)
        except ValidationError as error:
            yield f"report {stored.head.id}: its record does not read: {error.errors()[0]['msg']}"
            continue
        if report is None or record is None:
            yield f"report {stored.head.id} has no record"
            continue
        try:
            check_record(report, record)
        except SkipReport as error:
            yield str(error)


def _memberships(connection: Connection, now: datetime) -> Iterator[str]:
    living = select(incidents.c.incident_id).where(known_at(incidents, now))
    orphans = select(memberships.c.event_id, memberships.c.incident_id).where(
        known_at(memberships, now), memberships.c.incident_id.not_in(living)
    )
    for event_id, incident_id in connection.execute(orphans):
        yield f"event {event_id} stands in incident {incident_id}, which is not there"
