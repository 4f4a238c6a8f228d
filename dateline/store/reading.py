"""Every read of the archive: a query in, values out, as known at one moment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Connection, Row, Select, Table, and_, or_, select

from dateline.model.event import Event, Record, Tally
from dateline.model.incident import Account, Holding, Incident
from dateline.model.text import Report
from dateline.store.adding import NOTES
from dateline.store.dialects import inside, phrases, texts_with
from dateline.store.query import Query, fold
from dateline.store.tables import events, incident_controls, known_at, memberships, records, redirects, reports
from dateline.store.tables import holdings as holdings_table
from dateline.store.tables import incidents as incidents_table
from dateline.store.values import StoredEvent, StoredReport
from dateline.store.workbench import HEAD, PAGE, head_of_row

TALLIES = TypeAdapter(tuple[Tally, ...])


def reports_at(connection: Connection, moment: datetime, limit: int | None = None, offset: int = 0) -> list[StoredReport]:
    asked = select(*HEAD, reports.c.digest, reports.c.known_from, reports.c.known_to).where(known_at(reports, moment))
    asked = asked.order_by(reports.c.published, reports.c.report_id).limit(limit)
    return [_stored(row) for row in connection.execute(asked.offset(offset) if offset else asked)]


def search(connection: Connection, words: str, moment: datetime, limit: int) -> list[StoredReport]:
    if not phrases(words):
        return []
    asked = select(*HEAD, reports.c.digest, reports.c.known_from, reports.c.known_to)
    asked = asked.where(known_at(reports, moment), texts_with(connection, words))
    newest = asked.order_by(reports.c.published.desc(), reports.c.report_id).limit(limit)
    return [_stored(row) for row in connection.execute(newest)]


def versions(connection: Connection, report_id: str) -> list[StoredReport]:
    asked = select(*HEAD, reports.c.digest, reports.c.known_from, reports.c.known_to).where(reports.c.report_id == report_id)
    return [_stored(row) for row in connection.execute(asked.order_by(reports.c.row))]


def _stored(row: Row[Any]) -> StoredReport:
    return StoredReport(head_of_row(row), row.digest, row.known_from, row.known_to)


def report(connection: Connection, report_id: str, moment: datetime) -> Report | None:
    asked = select(*HEAD, reports.c.text).where(reports.c.report_id == report_id, known_at(reports, moment))
    row = connection.execute(asked).first()
    return None if row is None else Report(text=row.text, **head_of_row(row).model_dump())


def texts(connection: Connection, moment: datetime) -> Iterator[Report]:
    asked = select(*HEAD, reports.c.text).where(known_at(reports, moment)).order_by(reports.c.report_id)
    for row in connection.execution_options(yield_per=200).execute(asked):
        yield Report(text=row.text, **head_of_row(row).model_dump())


def record(connection: Connection, report_id: str, moment: datetime) -> Record | None:
    asked = (
        select(*HEAD, records.c.tallies, records.c.notes)
        .join(records, records.c.report_row == reports.c.row)
        .where(reports.c.report_id == report_id, known_at(reports, moment), known_at(records, moment))
    )
    row = connection.execute(asked).first()
    if row is None:
        return None
    values = connection.execute(
        select(events.c.value).where(events.c.report_id == report_id, known_at(events, moment)).order_by(events.c.position)
    ).scalars()
    return record_of(row, values)


def record_of(row: Row[Any], values: Iterable[str]) -> Record:
    """`row`: the head's columns with tallies and notes; `values`: the events in order."""
    return Record(
        report=head_of_row(row),
        events=tuple(map(Event.model_validate_json, values)),
        tallies=TALLIES.validate_json(row.tallies),
        notes=NOTES.validate_json(row.notes),
    )


def event_at(connection: Connection, event_id: str, moment: datetime) -> StoredEvent | None:
    asked = (
        select(*HEAD, events.c.value, events.c.known_from)
        .join(reports, and_(reports.c.report_id == events.c.report_id, known_at(reports, moment)))
        .where(events.c.event_id == event_id, known_at(events, moment))
    )
    row = connection.execute(asked).first()
    return None if row is None else StoredEvent(head_of_row(row), Event.model_validate_json(row.value), row.known_from)


def events_at(connection: Connection, query: Query, moment: datetime) -> Iterator[StoredEvent]:
    asked = (
        select(*HEAD, events.c.value, events.c.known_from)
        .join(reports, and_(reports.c.report_id == events.c.report_id, known_at(reports, moment)))
        .where(known_at(events, moment), *narrowed(events, query))
        .order_by(reports.c.published, reports.c.report_id, events.c.position)
    )
    if query.words and phrases(query.words):
        asked = asked.where(texts_with(connection, query.words))
    for row in connection.execute(_paged(asked, query)):
        yield StoredEvent(head_of_row(row), Event.model_validate_json(row.value), row.known_from)


def _paged(asked: Select[Any], query: Query) -> Select[Any]:
    if query.offset:
        asked = asked.offset(query.offset)
    return asked.limit(query.limit) if query.limit is not None else asked


def narrowed(table: Table, query: Query) -> list[ColumnElement[bool]]:
    """The conditions that events and incidents share."""
    wanted: list[ColumnElement[bool]] = []
    if query.types:
        wanted.append(table.c.type.in_(query.types))
    if query.statuses:
        wanted.append(table.c.status.in_(query.statuses))
    if query.place:
        wanted.append(table.c.place_words.like(f"%{fold(query.place)}%"))
    if query.actor:
        wanted.append(table.c.actor_words.like(f"%{fold(query.actor)}%"))
    if query.since:
        wanted.append(table.c.last_day >= query.since)
    if query.until:
        wanted.append(table.c.first_day <= query.until)
    return wanted


def incidents_at(connection: Connection, query: Query, moment: datetime) -> list[Incident]:
    table = incidents_table
    asked = select(table).where(known_at(table, moment), *narrowed(table, query))
    if query.grades:
        asked = asked.where(table.c.grade.in_(query.grades))
    if query.box:
        asked = asked.where(inside(connection, query.box, query.since, query.until))
    if query.words and phrases(query.words):
        hits = select(reports.c.report_id).where(known_at(reports, moment), texts_with(connection, query.words))
        members = select(memberships.c.incident_id).where(known_at(memberships, moment), memberships.c.report_id.in_(hits))
        asked = asked.where(table.c.incident_id.in_(members))
    undated_last = table.c.first_day.is_(None)
    asked = asked.order_by(undated_last, table.c.first_day, table.c.incident_id)
    return _with_accounts(connection, connection.execute(_paged(asked, query)).all(), moment)


def incidents_of(connection: Connection, ids: Sequence[str], moment: datetime) -> list[Incident]:
    table, place = incidents_table, {incident_id: number for number, incident_id in enumerate(ids)}
    rows: list[Row[Any]] = []
    for start in range(0, len(ids), PAGE):
        wanted = table.c.incident_id.in_(ids[start : start + PAGE])
        rows += connection.execute(select(table).where(known_at(table, moment), wanted)).all()
    return _with_accounts(connection, sorted(rows, key=lambda row: place[row.incident_id]), moment)


def incidents_about(connection: Connection, place_keys: Sequence[str], moment: datetime) -> list[Incident]:
    """The incidents in force that speak of a holder of one of the places, as the archive stands now."""
    table = incidents_table
    rows = select(incident_controls.c.incident_row).where(incident_controls.c.place_key.in_(place_keys))
    asked = select(table).where(table.c.known_to.is_(None), table.c.row.in_(rows)).order_by(table.c.incident_id)
    return _with_accounts(connection, connection.execute(asked).all(), moment)


def incident_at(connection: Connection, incident_id: str, moment: datetime) -> Incident | None:
    table = incidents_table
    wanted = follow(connection, incident_id, moment)
    rows = connection.execute(select(table).where(known_at(table, moment), table.c.incident_id == wanted)).all()
    if not rows and len(wanted) >= 4:
        like = table.c.incident_id.like(f"{wanted}%")
        rows = connection.execute(select(table).where(known_at(table, moment), like).limit(2)).all()
    return _with_accounts(connection, rows, moment)[0] if len(rows) == 1 else None


def follow(connection: Connection, incident_id: str, moment: datetime) -> str:
    """Where the signposts lead; an id without one is its own answer."""
    seen: set[str] = set()
    while incident_id not in seen:
        seen.add(incident_id)
        onward = connection.execute(
            select(redirects.c.new_id).where(redirects.c.old_id == incident_id, known_at(redirects, moment))
        ).scalar()
        incident_id = onward or incident_id
    return incident_id


def _with_accounts(connection: Connection, rows: Sequence[Row[Any]], moment: datetime) -> list[Incident]:
    ids = [row.incident_id for row in rows]
    accounts: dict[str, list[Account]] = defaultdict(list)
    for start in range(0, len(ids), PAGE):
        for incident_id, account in _accounts(connection, ids[start : start + PAGE], moment):
            accounts[incident_id].append(account)
    return [
        Incident.model_validate_json(row.value).model_copy(
            update={"accounts": tuple(accounts[row.incident_id]), "known_from": row.known_from}
        )
        for row in rows
    ]


def _accounts(connection: Connection, ids: Sequence[str], moment: datetime) -> Iterator[tuple[str, Account]]:
    asked = (
        select(*HEAD, events.c.value, memberships.c.incident_id, memberships.c.copy_of)
        .join(events, and_(events.c.event_id == memberships.c.event_id, known_at(events, moment)))
        .join(reports, and_(reports.c.report_id == memberships.c.report_id, known_at(reports, moment)))
        .where(memberships.c.incident_id.in_(ids), known_at(memberships, moment))
        .order_by(reports.c.published.is_(None), reports.c.published, reports.c.report_id, events.c.position)
    )
    for row in connection.execute(asked):
        event = Event.model_validate_json(row.value)
        yield row.incident_id, Account(report=head_of_row(row), event=event, copy_of=row.copy_of)


def held(on: date | None, place: str | None) -> list[ColumnElement[bool]]:
    """The conditions of a look at the ledger."""
    table, wanted = holdings_table, []
    if on is not None:
        wanted.append(or_(table.c.since_day.is_(None), table.c.since_day <= on))
        wanted.append(or_(table.c.until_day.is_(None), table.c.until_day > on))
    if place:
        wanted.append(table.c.place_words.like(f"%{fold(place)}%"))
    return wanted


def holdings_at(connection: Connection, on: date | None, place: str | None, moment: datetime) -> list[Holding]:
    table = holdings_table
    asked = select(table.c.value).where(known_at(table, moment), *held(on, place))
    asked = asked.order_by(table.c.place_key, table.c.since_day.is_not(None), table.c.since_day, table.c.row)
    return [Holding.model_validate_json(value) for value in connection.execute(asked).scalars()]
