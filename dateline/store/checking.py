"""What must hold in a sound archive; each breach is one line that names the row."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from pydantic import ValidationError
from sqlalchemy import Connection, func, select, text

from dateline.errors import SkipReport
from dateline.model.incident import Holding
from dateline.store import reading
from dateline.store.adding import check_record
from dateline.store.tables import events, holdings, incidents, judgements, known_at, memberships, records, redirects, reports

VERSIONED = (reports, records, events, incidents, memberships, holdings, judgements)


def breaches(connection: Connection, now: datetime) -> Iterator[str]:
    yield from _engine_says(connection)
    yield from _times(connection)
    yield from _one_open_row(connection)
    yield from _records(connection, now)
    yield from _memberships(connection, now)
    yield from _signposts(connection, now)
    yield from _ledger(connection, now)


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


def _signposts(connection: Connection, now: datetime) -> Iterator[str]:
    """An id that is gone leads, by one signpost or several, to an incident that is there."""
    leads = {row.old_id: row.new_id for row in connection.execute(select(redirects).where(known_at(redirects, now)))}
    living = set(connection.execute(select(incidents.c.incident_id).where(known_at(incidents, now))).scalars())
    for old in sorted(leads):
        seen, at = {old}, leads[old]
        while at in leads and at not in living and at not in seen:
            seen.add(at)
            at = leads[at]
        if old in living:
            yield f"incident {old} is there and has a signpost to {leads[old]}"
        elif at not in living:
            yield f"the signpost of incident {old} leads to {at}, which is not there"


def _ledger(connection: Connection, now: datetime) -> Iterator[str]:
    """Every stretch of the ledger rests on an incident that is there."""
    living = set(connection.execute(select(incidents.c.incident_id).where(known_at(incidents, now))).scalars())
    asked = select(holdings.c.place_key, holdings.c.value).where(known_at(holdings, now)).order_by(holdings.c.row)
    for key, value in connection.execute(asked):
        try:
            holding = Holding.model_validate_json(value)
        except ValidationError as error:
            yield f"a holding of {key} does not read: {error.errors()[0]['msg']}"
            continue
        if holding.incident_id is not None and holding.incident_id not in living:
            yield f"the ledger of {holding.place.name} rests on incident {holding.incident_id}, which is not there"
