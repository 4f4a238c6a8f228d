"""Many coded reports in one transaction: new ones go in table by table, those that the archive knows one by one. The archive is
the same either way, row for row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text

from dateline.model.event import Record
from dateline.model.text import Report
from dateline.store import adding, deciding
from dateline.store.tables import decisions, events, journal, records, reports
from dateline.store.values import Added
from dateline.store.workbench import pages

Coded = tuple[Report, Record, datetime]


def add_many(connection: Connection, coded: Sequence[Coded], now: datetime) -> list[Added]:
    """Inside one write transaction; what `adding.add` does with each in turn."""
    ids = {report.id for report, _record, _known in coded}
    known_ids, decided = set(_known_ids(connection, ids)), set(_decided_ids(connection, ids))
    first = {report.id: position for position, (report, _record, _known) in reversed(list(enumerate(coded)))}
    fresh = {position for report_id, position in first.items() if report_id not in known_ids}
    _insert(connection, [coded[position] for position in sorted(fresh)], now)
    done = []
    for position, (report, record, known) in enumerate(coded):
        is_new = position in fresh
        added = Added(report.id, "new", len(record.events)) if is_new else adding.add(connection, report, record, known, now)
        if added.changed and report.id in decided:
            deciding.lay_over(connection, report.id, now)
        done.append(added)
    return done


def put_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """All with the same columns. PostgreSQL takes them by COPY, several times faster than by INSERT."""
    if not rows:
        return
    if connection.dialect.name != "postgresql":
        connection.execute(insert(table), list(rows))
        return
    names = list(rows[0])
    columns = ", ".join(f'"{name}"' for name in names)
    convert = [table.c[name].type.dialect_impl(connection.dialect).bind_processor(connection.dialect) for name in names]
    driver: Any = connection.connection  # psycopg's, of which SQLAlchemy knows no COPY
    with driver.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({columns}) FROM STDIN') as copy:
        for row in rows:
            copy.write_row([as_sent(row[name]) if as_sent else row[name] for name, as_sent in zip(names, convert, strict=True)])


def _known_ids(connection: Connection, ids: Iterable[str]) -> Iterator[str]:
    for page in pages(sorted(ids)):
        yield from connection.execute(
            select(reports.c.report_id).where(reports.c.report_id.in_(page), reports.c.known_to.is_(None))
        ).scalars()


def _decided_ids(connection: Connection, ids: Iterable[str]) -> Iterator[str]:
    for page in pages(sorted(ids)):
        yield from connection.execute(select(decisions.c.report_id).where(decisions.c.report_id.in_(page))).scalars()


def _insert(connection: Connection, coded: Sequence[Coded], now: datetime) -> None:
    _refuse_taken_ids(connection, coded)
    report_rows, record_rows = _numbers(connection, reports, len(coded)), _numbers(connection, records, len(coded))
    numbered = list(zip(coded, report_rows, record_rows, strict=True))
    put_rows(connection, reports, [{"row": row, **adding.report_row(r, known, now)} for (r, _, known), row, _ in numbered])
    put_rows(
        connection, records, [{"row": row, **adding.record_row(record, of, known)} for (_, record, known), of, row in numbered]
    )
    told = [row for (_, record, known), _, of in numbered for row in adding.event_rows(record, of, known)]
    put_rows(connection, events, told)
    lines = [adding.journal_row("new", report.id, known, now) for report, _record, known in coded]
    put_rows(connection, journal, lines)


def _numbers(connection: Connection, table: Table, count: int) -> Sequence[int]:
    """So many unused row numbers, in order; only one transaction writes at a time."""
    if connection.dialect.name == "postgresql":
        drawn = text("SELECT nextval(pg_get_serial_sequence(:name, 'row')) FROM generate_series(1, :count)")
        return sorted(connection.execute(drawn, {"name": table.name, "count": count}).scalars())
    last: int = connection.execute(select(func.max(table.c.row))).scalar() or 0
    return range(last + 1, last + 1 + count)


def _refuse_taken_ids(connection: Connection, coded: Sequence[Coded]) -> None:
    owners: dict[str, str] = {}
    for report, record, _known in coded:
        for event in record.events:
            if (owner := owners.setdefault(event.id, report.id)) != report.id:
                raise adding.taken_id(event.id, report.id, owner)
    for page in pages(sorted(owners)):
        asked = select(events.c.event_id, events.c.report_id).where(events.c.event_id.in_(page), events.c.known_to.is_(None))
        for row in connection.execute(asked):
            raise adding.taken_id(row.event_id, owners[row.event_id], row.report_id)
