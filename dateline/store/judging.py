"""Verdicts: each is a new row; the later one on the same subject stands, the earlier stays to be read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, insert, select, update

from dateline.errors import UsageError
from dateline.model.event import Event
from dateline.model.incident import Judgement, Verdict
from dateline.model.text import content_id
from dateline.store.adding import note as journal_note
from dateline.store.tables import events, incidents, judgements, known_at

PAIR_VERDICTS: frozenset[str] = frozenset({"same", "different", "unsure"})


def judge(
    connection: Connection,
    verdict: Verdict,
    left: str,
    right: str | None,
    by: str,
    note: str,
    correction: str | None,
    is_human: bool,
    now: datetime,
    event: Event | None = None,
    fields: tuple[str, ...] = (),
) -> Judgement:
    if (verdict in PAIR_VERDICTS) != (right is not None):
        raise UsageError(f"{verdict!r} needs {'two ids' if verdict in PAIR_VERDICTS else 'one id'}")
    if right is not None:
        left, right = sorted((left, right))  # the same pair either way round
    for subject in (left, right):
        if subject is not None and verdict != "add" and not _is_known(connection, subject):
            raise UsageError(f"no event or incident {subject!r} in this archive: `dateline incidents --json` lists them")
    judgement = Judgement(
        id="j" + content_id(verdict, left, right, by, note, correction, now.isoformat(), length=15),
        verdict=verdict,
        left=left,
        right=right,
        by=by,
        is_human=is_human,
        note=note,
        correction=correction,
        event=event,
        fields=fields,
        made_at=now,
    )
    standing = _standing(connection, left, right)
    if not is_human and (people := [given for _row, given in standing if given.is_human]):
        return people[-1]  # people outrank the machine
    superseded = [row for row, given in standing if right is not None or given.by == by or not given.is_human]
    connection.execute(update(judgements).where(judgements.c.row.in_(superseded)).values(known_to=now))
    connection.execute(
        insert(judgements).values(
            judgement_id=judgement.id,
            left_id=left,
            right_id=right,
            verdict=verdict,
            is_human=is_human,
            value=judgement.model_dump_json(),
            known_from=now,
        )
    )
    journal_note(connection, "judged", judgement.id, now, now)
    return judgement


def _right_is(right: str | None) -> ColumnElement[bool]:
    return judgements.c.right_id.is_(None) if right is None else judgements.c.right_id == right


def _standing(connection: Connection, left: str, right: str | None) -> list[tuple[int, Judgement]]:
    """Verdicts in force, oldest first: one on a pair, on a single event one of each person."""
    asked = select(judgements.c.row, judgements.c.value).where(judgements.c.left_id == left, _right_is(right))
    rows = connection.execute(asked.where(judgements.c.known_to.is_(None)).order_by(judgements.c.row))
    return [(row.row, Judgement.model_validate_json(row.value)) for row in rows]


def latest(found: Iterable[Judgement]) -> dict[str, Judgement]:
    """For each single event the verdict that stands: the latest of all people's, of those not taken back."""
    standing: dict[str, Judgement] = {}
    for judgement in sorted(found, key=lambda judgement: (judgement.is_human, judgement.made_at)):
        if judgement.right is None and judgement.verdict != "undecided":
            standing[judgement.left] = judgement
    return standing


def _is_known(connection: Connection, subject: str) -> bool:
    event = select(events.c.row).where(events.c.event_id == subject).limit(1)
    incident = select(incidents.c.row).where(incidents.c.incident_id == subject).limit(1)
    return connection.execute(event).first() is not None or connection.execute(incident).first() is not None


def judgements_at(connection: Connection, moment: datetime) -> list[Judgement]:
    rows = connection.execute(select(judgements.c.value).where(known_at(judgements, moment)).order_by(judgements.c.row)).scalars()
    return [_carried_over(connection, Judgement.model_validate_json(value), moment) for value in rows]


def history(connection: Connection) -> list[Judgement]:
    """Every verdict ever given, superseded ones too, oldest first; ids as they were then."""
    return [
        Judgement.model_validate_json(value)
        for value in connection.execute(select(judgements.c.value).order_by(judgements.c.row)).scalars()
    ]


def _carried_over(connection: Connection, judgement: Judgement, moment: datetime) -> Judgement:
    """Event ids as they are now: a newer coder may have given the happening another id, its words stay where they were."""
    left = _event_now(connection, judgement.left, moment)
    right = None if judgement.right is None else _event_now(connection, judgement.right, moment)
    if (left, right) == (judgement.left, judgement.right):
        return judgement
    return judgement.model_copy(update={"left": left, "right": right})


def _event_now(connection: Connection, event_id: str, moment: datetime) -> str:
    rows = connection.execute(select(events).where(events.c.event_id == event_id).order_by(events.c.row.desc())).all()
    if not rows or any(row.known_from <= moment and (row.known_to is None or row.known_to > moment) for row in rows):
        return event_id
    old = Event.model_validate_json(rows[0].value)
    values = connection.execute(
        select(events.c.value)
        .where(events.c.report_id == rows[0].report_id, known_at(events, moment))
        .order_by(events.c.position)
    ).scalars()
    heirs = [event for event in map(Event.model_validate_json, values) if _same_words(old, event)]
    heirs.sort(key=lambda event: (event.type != old.type, abs(event.trigger.start - old.trigger.start), event.id))
    return heirs[0].id if heirs else event_id


def _same_words(old: Event, new: Event) -> bool:
    return old.trigger.start < new.trigger.end and new.trigger.start < old.trigger.end
