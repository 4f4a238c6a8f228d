"""Incidents without their accounts, for lists and maps over a whole archive: nothing is joined that is not shown.

A row never changes once written, so whoever keeps what it made of a row may keep it for good.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, func, select

from dateline.model.incident import Incident
from dateline.store.tables import incidents, known_at, memberships, reports

# Above this many rows the whole tables are read instead of the rows named.
PAGE = 5_000


@dataclass(frozen=True, slots=True)
class Picture:
    """`incident` has no accounts; `events` are those of its independent accounts, `outlets` all that told it."""

    row: int
    incident: Incident
    place_words: str
    actor_words: str
    outlets: tuple[str, ...]
    events: tuple[str, ...]


def rows_at(connection: Connection, moment: datetime) -> list[int]:
    """The rows in force, in no order."""
    return list(connection.execute(select(incidents.c.row).where(known_at(incidents, moment))).scalars())


def report_count(connection: Connection, moment: datetime) -> int:
    return connection.execute(select(func.count()).select_from(reports).where(known_at(reports, moment))).scalar_one()


def pictures(connection: Connection, rows: Sequence[int], moment: datetime) -> Iterator[Picture]:
    """The rows named, which are all in force at the moment."""
    if len(rows) <= PAGE:
        yield from _pictures(connection, incidents.c.row.in_(rows), moment)
        return
    wanted = frozenset(rows)
    for picture in _pictures(connection, known_at(incidents, moment), moment):
        if picture.row in wanted:
            yield picture


def _pictures(connection: Connection, narrowed: ColumnElement[bool], moment: datetime) -> Iterator[Picture]:
    told = _tellings(connection, narrowed, moment)
    asked = select(
        incidents.c.row, incidents.c.incident_id, incidents.c.value, incidents.c.place_words, incidents.c.actor_words
    ).where(narrowed)
    for row in connection.execute(asked):
        tellings = told.get(row.incident_id, [])
        yield Picture(
            row.row,
            Incident.model_validate_json(row.value),
            row.place_words,
            row.actor_words,
            tuple(dict.fromkeys(telling.outlet for telling in tellings if telling.outlet)),
            tuple(telling.event_id for telling in tellings if telling.copy_of is None),
        )


def _tellings(connection: Connection, narrowed: ColumnElement[bool], moment: datetime) -> dict[str, list[Row[Any]]]:
    asked = (
        select(memberships.c.incident_id, memberships.c.event_id, memberships.c.copy_of, reports.c.outlet)
        .join(incidents, incidents.c.incident_id == memberships.c.incident_id)
        .join(reports, and_(reports.c.report_id == memberships.c.report_id, known_at(reports, moment)))
        .where(narrowed, known_at(memberships, moment))
        .order_by(reports.c.published, reports.c.report_id, memberships.c.row)
    )
    found: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(asked):
        found[row.incident_id].append(row)
    return found
