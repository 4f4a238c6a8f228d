"""The record as JSON for other programs, put together from what is stored: what is only passed on is never parsed.

Every text equals the value's own `model_dump_json(by_alias=True)`. Listings go on after the key of their last line, so that a
later page costs what the first one does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, Connection, Engine, Table, and_, bindparam, func, or_, select

from dateline.errors import BrokenArchive
from dateline.store import reading
from dateline.store.query import AsKnownOn, Query
from dateline.store.tables import Moment, events, holdings, incidents, known_at, memberships, reports
from dateline.store.workbench import HEAD, head_of_row

# Where the stored value of an incident leaves room for what is added when it is read.
NO_ACCOUNTS, NO_MOMENT = '"accounts":[],"bonds":', '"known_from":null}'
MOMENT: TypeAdapter[datetime] = TypeAdapter(datetime)
# Where a place's stretch stands in the ledger: the place, its first day counted from 0001-01-01, its row.
HoldingKey = tuple[str, int, int]
FIRST: HoldingKey = ("", 1, 0)
NAME: TypeAdapter[str | None] = TypeAdapter(str | None)


@dataclass(frozen=True, slots=True)
class Line:
    """One item of a listing; the next page begins after `key`."""

    key: tuple[str | int, ...]
    text: str


def _known(table: Table) -> ColumnElement[bool]:
    """known_at with the moment left open, so that a statement is built once and not at every call."""
    moment = bindparam("moment", type_=Moment())
    return and_(table.c.known_from <= moment, or_(table.c.known_to.is_(None), table.c.known_to > moment))


INCIDENTS = select(incidents.c.incident_id, incidents.c.value, incidents.c.known_from).where(
    incidents.c.incident_id.in_(bindparam("ids", expanding=True)),
    _known(incidents),
)
ACCOUNTS = (
    select(*HEAD, events.c.value, memberships.c.incident_id, memberships.c.copy_of)
    .join(events, and_(events.c.event_id == memberships.c.event_id, _known(events)))
    .join(reports, and_(reports.c.report_id == memberships.c.report_id, _known(reports)))
    .where(memberships.c.incident_id.in_(bindparam("ids", expanding=True)), _known(memberships))
    .order_by(reports.c.published.is_(None), reports.c.published, reports.c.report_id, events.c.position)
)


class Wire:
    """Reads of one archive as JSON texts."""

    def __init__(self, engine: Engine, moment_of: Callable[[AsKnownOn], datetime]) -> None:
        self._engine = engine
        self._moment_of = moment_of

    def incidents(self, ids: Sequence[str], as_known_on: AsKnownOn = None) -> list[str]:
        """In the order of the ids given; an id without an incident at the moment is left out."""
        if not ids:
            return []
        asked = {"ids": list(ids), "moment": self._moment_of(as_known_on)}
        with self._engine.connect() as connection:
            rows = {row.incident_id: row for row in connection.execute(INCIDENTS, asked)}
            accounts = _accounts(connection, asked)
        return [_filled(rows[one].value, accounts[one], rows[one].known_from) for one in ids if one in rows]

    def incident(self, incident_id: str, as_known_on: AsKnownOn = None) -> str | None:
        """By its id, the start of its id, or an id that was redirected to it."""
        found = self.incidents([incident_id], as_known_on)
        if found:
            return found[0]
        with self._engine.connect() as connection:
            value = reading.incident_at(connection, incident_id, self._moment_of(as_known_on))
        return value.model_dump_json(by_alias=True) if value else None

    def events(self, query: Query, after: int, limit: int) -> list[Line]:
        """Events in the order in which they became part of the record, after a row, each with its report."""
        moment = self._moment_of(query.as_known_on)
        asked = (
            select(*HEAD, events.c.value, events.c.row.label("number"))
            .join(reports, and_(reports.c.report_id == events.c.report_id, known_at(reports, moment)))
            .where(events.c.row > after, known_at(events, moment), *reading.narrowed(events, query))
            .order_by(events.c.row)
            .limit(limit)
        )
        with self._engine.connect() as connection:
            rows = connection.execute(asked).all()
        return [Line((row.number,), f'{{"report":{head_of_row(row).model_dump_json()},"event":{row.value}}}') for row in rows]

    def reports(self, as_known_on: AsKnownOn, after: int, limit: int) -> list[Line]:
        """Reports without their texts in the order in which they were added, after a row."""
        moment = self._moment_of(as_known_on)
        asked = select(*HEAD, reports.c.row.label("number")).where(reports.c.row > after, known_at(reports, moment))
        with self._engine.connect() as connection:
            rows = connection.execute(asked.order_by(reports.c.row).limit(limit)).all()
        return [Line((row.number,), head_of_row(row).model_dump_json()) for row in rows]

    def holdings(
        self, on: date | None, place: str | None, as_known_on: AsKnownOn, after: HoldingKey = FIRST, limit: int | None = None
    ) -> list[Line]:
        """Who holds what on a day, without a day the whole ledger: by place, within a place by time."""
        table, begins = holdings, func.coalesce(holdings.c.since_day, date.min)
        asked = select(table.c.value, table.c.place_key, begins.label("begins"), table.c.row).where(
            known_at(table, self._moment_of(as_known_on)), *reading.held(on, place)
        )
        if after != FIRST:
            key, begun, row = after[0], date.fromordinal(after[1]), after[2]
            later = or_(begins > begun, and_(begins == begun, table.c.row > row))
            asked = asked.where(or_(table.c.place_key > key, and_(table.c.place_key == key, later)))
        with self._engine.connect() as connection:
            rows = connection.execute(asked.order_by(table.c.place_key, begins, table.c.row).limit(limit)).all()
        return [Line((row.place_key, row.begins.toordinal(), row.row), row.value) for row in rows]


def _accounts(connection: Connection, asked: dict[str, object]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in connection.execute(ACCOUNTS, asked):
        copy_of = NAME.dump_json(row.copy_of).decode()
        head = head_of_row(row).model_dump_json()
        found[row.incident_id].append(f'{{"report":{head},"event":{row.value},"copy_of":{copy_of}}}')
    return found


def _filled(value: str, accounts: Sequence[str], known_from: datetime) -> str:
    """Both marks stand once in a stored value: within its texts quotes are escaped, and no part of it has bonds or a moment."""
    before, mark, after = value.partition(NO_ACCOUNTS)
    if not mark or not after.endswith(NO_MOMENT):
        raise BrokenArchive(f"an incident is not stored as this version writes it: {value[:60]}…")
    known = MOMENT.dump_json(known_from).decode()
    return f'{before}"accounts":[{",".join(accounts)}],"bonds":{after.removesuffix(NO_MOMENT)}"known_from":{known}}}'
