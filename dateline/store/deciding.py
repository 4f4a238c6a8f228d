"""What people decided of single events, laid over what the machine coded: corrections, acceptance, events that were missed.

The machine's record is never edited. A record with decisions is a row of its own that points to the machine's; it is made anew
whenever either side changes, so that a decision outlives any coding and taking it back gives the machine's word again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, insert, select

from dateline.errors import UsageError
from dateline.model.event import Event, Record
from dateline.model.incident import Judgement, Verdict
from dateline.store import judging, reading
from dateline.store.adding import note as journal_note
from dateline.store.adding import record_digest, replace_record, spans_in
from dateline.store.tables import decisions, edited, events, judgements, records, reports
from dateline.store.workbench import HEAD

# The fields of an event that a person can vouch for.
FIELDS = (
    "type", "status", "by", "on", "place", "when", "figures", "control", "means", "sources", "aggregate", "background",
)  # fmt: skip
DECIDED: frozenset[Verdict] = frozenset({"add", "accept", "correct"})


def decide(
    connection: Connection,
    verdict: Verdict,
    left: str,
    by: str,
    note: str,
    correction: str | None,
    event: Event | None,
    fields: tuple[str, ...],
    now: datetime,
) -> Judgement:
    """A person's verdict on one event, and the record of its report as it reads from now on."""
    report_id, standing = _told(connection, left)
    if verdict == "accept" and standing is not None:
        event, fields = standing, FIELDS
    if event is not None and report_id is not None:
        _refuse_uncited(connection, report_id, event)
    made = judging.judge(connection, verdict, left, None, by, note, correction, True, now, event, fields)
    if report_id is not None:
        _note(connection, made, report_id)
        if lay_over(connection, report_id, now):
            journal_note(connection, "edited", report_id, now, now)
    return made


def add_event(connection: Connection, report_id: str, event: Event, by: str, note: str, now: datetime) -> Judgement:
    _refuse_uncited(connection, report_id, event)
    if connection.execute(select(events.c.row).where(events.c.event_id == event.id, events.c.known_to.is_(None))).first():
        raise UsageError(f"event {event.id} stands in the record already: correct it instead")
    made = judging.judge(connection, "add", event.id, None, by, note, None, True, now, event, FIELDS)
    _note(connection, made, report_id)
    lay_over(connection, report_id, now)
    journal_note(connection, "edited", report_id, now, now)
    return made


def _told(connection: Connection, event_id: str) -> tuple[str | None, Event | None]:
    """The report of an event, and the event as it stands."""
    asked = select(events.c.report_id, events.c.value, events.c.known_to).where(events.c.event_id == event_id)
    row = connection.execute(asked.order_by(events.c.row.desc()).limit(1)).first()
    if row is None:
        return None, None
    return row.report_id, None if row.known_to else Event.model_validate_json(row.value)


def _note(connection: Connection, made: Judgement, report_id: str) -> None:
    row = connection.execute(select(judgements.c.row).where(judgements.c.judgement_id == made.id)).scalar_one()
    connection.execute(insert(decisions).values(row=row, report_id=report_id))


def _refuse_uncited(connection: Connection, report_id: str, event: Event) -> None:
    text = connection.execute(
        select(reports.c.text).where(reports.c.report_id == report_id, reports.c.known_to.is_(None))
    ).scalar()
    if text is None:
        raise UsageError(f"no report {report_id!r} in this archive")
    if not _cites(event, text):
        raise UsageError("the event cites words that the report does not say there")


def _cites(event: Event, text: str) -> bool:
    return all(text[span.start : span.end] == span.text for span in spans_in(event))


def lay_over(connection: Connection, report_id: str, now: datetime) -> bool:
    """Bring the record in force up to date with the decisions on its report; whether that changed it."""
    standing = connection.execute(
        select(records.c.row, records.c.digest, records.c.report_row, edited.c.machine_row)
        .join(edited, edited.c.row == records.c.row, isouter=True)
        .where(records.c.report_id == report_id, records.c.known_to.is_(None))
    ).first()
    if standing is None:
        return False
    decided = _decided(connection, report_id)
    if not decided and standing.machine_row is None:
        return False
    machine_row = standing.machine_row or standing.row
    machine = _record(connection, machine_row)
    text = connection.execute(select(reports.c.text).where(reports.c.row == standing.report_row)).scalar_one()
    now_reads = overlaid(machine, [judgement for judgement in decided if judgement.event and _cites(judgement.event, text)])
    if record_digest(now_reads) == standing.digest:
        return False
    row = replace_record(connection, standing.report_row, now_reads, now)
    connection.execute(insert(edited).values(row=row, machine_row=machine_row))
    return True


def _decided(connection: Connection, report_id: str) -> list[Judgement]:
    """Decisions in force on events of the report, oldest first."""
    asked = (
        select(judgements.c.value)
        .join(decisions, decisions.c.row == judgements.c.row)
        .where(decisions.c.report_id == report_id, judgements.c.known_to.is_(None), judgements.c.verdict.in_(sorted(DECIDED)))
        .order_by(judgements.c.row)
    )
    return [Judgement.model_validate_json(value) for value in connection.execute(asked).scalars()]


def _record(connection: Connection, row: int) -> Record:
    asked = (
        select(*HEAD, records.c.tallies, records.c.notes)
        .join(reports, reports.c.row == records.c.report_row)
        .where(records.c.row == row)
    )
    found = connection.execute(asked).one()
    values = connection.execute(select(events.c.value).where(events.c.record_row == row).order_by(events.c.position)).scalars()
    return reading.record_of(found, values)


def overlaid(machine: Record, decided: Iterable[Judgement]) -> Record:
    """The machine's record with decisions on it, in the order in which they were made."""
    told = list(machine.events)
    for judgement in decided:
        event = judgement.event
        if event is None:
            continue
        place = _place_of(event, told, judgement.verdict)
        if place is None:
            told.append(event)
        else:
            told[place] = _vouched(told[place], judgement, event)
    return machine.model_copy(update={"events": tuple(told)})


def _place_of(event: Event, told: Sequence[Event], verdict: Verdict) -> int | None:
    """Where the machine tells the same happening: by its id, else by its words."""
    for number, other in enumerate(told):
        if other.id == event.id:
            return number
    start, end = event.trigger.start, event.trigger.end
    over = [number for number, other in enumerate(told) if other.trigger.start < end and start < other.trigger.end]
    over.sort(key=lambda number: (told[number].type != event.type, number))
    if verdict == "add":
        over = [number for number in over if told[number].type == event.type]
    return over[0] if over else None


def _vouched(told: Event, judgement: Judgement, event: Event) -> Event:
    """The machine's event with the fields that a person vouches for."""
    update: dict[str, object] = {name: getattr(event, name) for name in judgement.fields}
    if judgement.verdict != "accept":
        update["made_by"] = event.made_by
        update["confidence"] = event.confidence
    return told.model_copy(update=update)
