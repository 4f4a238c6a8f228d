"""Saved views that are told to other programs: what is to be sent is fixed once, and tried until it arrives."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, Row, and_, insert, select, update

from dateline.errors import UsageError
from dateline.store.engine import writing
from dateline.store.tables import alerts, audit, deliveries

# Waits between tries; after the last one a delivery is given up.
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440))


@dataclass(frozen=True, slots=True)
class Alert:
    """`view` is the query of a desk's address; `seen` the moment up to which it was told."""

    row: int
    id: str
    name: str
    view: str
    url: str
    secret: str
    by: str
    seen: datetime
    stopped_at: datetime | None


@dataclass(frozen=True, slots=True)
class Delivery:
    row: int
    id: str
    alert: Alert
    body: str
    tries: int


@dataclass(frozen=True, slots=True)
class Sent:
    """How a message stands: arrived (`done_at`), to be tried again (`next_try`), or given up (neither)."""

    id: str
    alert_id: str
    made_at: datetime
    tries: int
    next_try: datetime | None
    done_at: datetime | None
    answer: str


class Alerts:
    """Alerts and deliveries of one archive."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._clock = clock

    def new(self, name: str, view: str, url: str, by: str) -> Alert:
        """What becomes known from now on is told; the secret is drawn here."""
        now = self._clock()
        made = {"alert_id": secrets.token_hex(4), "name": name, "view": view, "url": url, "secret": secrets.token_hex(24)}
        with writing(self._engine) as connection:
            connection.execute(insert(alerts).values(**made, by=by[:80], made_at=now, seen=now))
            subject = f"{made['alert_id']}: {view} to {url}"
            connection.execute(insert(audit).values(at=now, by=by[:80], action="alert made", subject=subject))
        return next(alert for alert in self.all() if alert.id == made["alert_id"])

    def all(self) -> list[Alert]:
        with self._engine.connect() as connection:
            return [_alert(row) for row in connection.execute(select(alerts).order_by(alerts.c.row))]

    def stop(self, alert_id: str, by: str) -> None:
        """Nothing more is sent, what waits neither."""
        with writing(self._engine) as connection:
            now = self._clock()
            asked = update(alerts).where(alerts.c.alert_id == alert_id, alerts.c.stopped_at.is_(None)).values(stopped_at=now)
            if connection.execute(asked).rowcount != 1:
                raise UsageError(f"no alert {alert_id!r} in force: `dateline alert list` shows them")
            connection.execute(insert(audit).values(at=now, by=by[:80], action="alert stopped", subject=alert_id))

    def tell(self, alert: Alert, body: str | None, seen: datetime) -> None:
        """Fix what is to be sent, and up to when the alert has been told: both or neither. Another process may be first."""
        with writing(self._engine) as connection:
            mine = update(alerts).where(alerts.c.row == alert.row, alerts.c.seen == alert.seen).values(seen=seen)
            if connection.execute(mine).rowcount == 1 and body is not None:
                values = {"delivery_id": secrets.token_hex(8), "alert_row": alert.row, "body": body, "tries": 0, "answer": ""}
                connection.execute(insert(deliveries).values(**values, made_at=self._clock(), next_try=self._clock()))

    def due(self) -> list[Delivery]:
        """What should be tried now, oldest first."""
        asked = (
            select(deliveries.c.row.label("number"), deliveries.c.delivery_id, deliveries.c.body, deliveries.c.tries, alerts)
            .join(alerts, alerts.c.row == deliveries.c.alert_row)
            .where(deliveries.c.done_at.is_(None), deliveries.c.next_try <= self._clock(), alerts.c.stopped_at.is_(None))
            .order_by(deliveries.c.row)
        )
        with self._engine.connect() as connection:
            return [Delivery(row.number, row.delivery_id, _alert(row), row.body, row.tries) for row in connection.execute(asked)]

    def sent(self, limit: int) -> list[Sent]:
        """Messages and how they stand, latest first."""
        asked = select(deliveries, alerts.c.alert_id).join(alerts, alerts.c.row == deliveries.c.alert_row)
        with self._engine.connect() as connection:
            rows = connection.execute(asked.order_by(deliveries.c.row.desc()).limit(limit)).all()
        return [
            Sent(row.delivery_id, row.alert_id, row.made_at, row.tries, row.next_try, row.done_at, row.answer) for row in rows
        ]

    def again(self, delivery_id: str, by: str) -> None:
        """Let a message that has not arrived be tried at once, one that was given up too."""
        with writing(self._engine) as connection:
            now = self._clock()
            waits = and_(deliveries.c.delivery_id == delivery_id, deliveries.c.done_at.is_(None))
            if connection.execute(update(deliveries).where(waits).values(next_try=now)).rowcount != 1:
                raise UsageError(f"no message {delivery_id!r} waits to be sent")
            connection.execute(insert(audit).values(at=now, by=by[:80], action="message tried again", subject=delivery_id))

    def tried(self, delivery: Delivery, arrived: bool, answer: str) -> None:
        now, tries = self._clock(), delivery.tries + 1
        wait = WAITS[tries - 1] if tries <= len(WAITS) else None
        later = None if arrived or wait is None else now + wait
        values = {"tries": tries, "done_at": now if arrived else None, "next_try": later, "answer": answer[:300]}
        with writing(self._engine) as connection:
            connection.execute(update(deliveries).where(deliveries.c.row == delivery.row).values(**values))


def _alert(row: Row[Any]) -> Alert:
    return Alert(row.row, row.alert_id, row.name, row.view, row.url, row.secret, row.by, row.seen, row.stopped_at)
