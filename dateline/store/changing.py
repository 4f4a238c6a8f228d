"""What is new since a moment: reports, incidents and verdicts, one line a change, oldest first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, Row, select

from dateline.model.incident import Incident, Judgement
from dateline.store.tables import incidents, journal, judgements, redirects
from dateline.store.values import Change, ChangeKind

REPORT_WORDS: dict[str, tuple[ChangeKind, str]] = {
    "new": ("new", "a report was added"),
    "version": ("version", "the outlet changed its text: a new version"),
    "recoded": ("recoded", "coded anew, with another result"),
    "edited": ("edited", "a person corrected its record"),
    "withdrawn": ("withdrawn", "the report was withdrawn"),
}


def revision(connection: Connection) -> tuple[int, datetime | None]:
    row = connection.execute(select(journal.c.row, journal.c.recorded_at).order_by(journal.c.row.desc()).limit(1)).first()
    return (row.row, row.recorded_at) if row else (0, None)


def changes(connection: Connection, since: datetime, until: datetime) -> list[Change]:
    found = [*_reports(connection, since, until), *_verdicts(connection, since, until), *_incidents(connection, since, until)]
    return sorted(found, key=lambda change: (change.at, change.subject, change.id))


def _reports(connection: Connection, since: datetime, until: datetime) -> Iterator[Change]:
    asked = select(journal.c.kind, journal.c.subject, journal.c.known_from).where(
        journal.c.known_from >= since, journal.c.known_from <= until, journal.c.kind.in_(REPORT_WORDS)
    )
    for kind, subject, at in connection.execute(asked):
        named, words = REPORT_WORDS[kind]
        yield Change(at, named, "report", subject, words)


def _verdicts(connection: Connection, since: datetime, until: datetime) -> Iterator[Change]:
    asked = select(judgements.c.value).where(judgements.c.known_from >= since, judgements.c.known_from <= until)
    for value in connection.execute(asked).scalars():
        verdict = Judgement.model_validate_json(value)
        about = verdict.left if verdict.right is None else f"{verdict.left} and {verdict.right}"
        yield Change(verdict.made_at, "judged", "judgement", verdict.id, f"{verdict.by or 'somebody'}: {verdict.verdict} {about}")


def _incidents(connection: Connection, since: datetime, until: datetime) -> Iterator[Change]:
    began = select(incidents).where(incidents.c.known_from >= since, incidents.c.known_from <= until)
    ended = select(incidents).where(incidents.c.known_to >= since, incidents.c.known_to <= until)
    new_rows = connection.execute(began.order_by(incidents.c.row)).all()
    old_rows = {(row.incident_id, row.known_to): row for row in connection.execute(ended)}
    heirs = {
        (row.old_id, row.known_from): row.new_id
        for row in connection.execute(select(redirects).where(redirects.c.known_from >= since))
    }
    for row in new_rows:
        old = old_rows.pop((row.incident_id, row.known_from), None)
        if old is None:
            yield Change(row.known_from, "new", "incident", row.incident_id, _title(row))
        else:
            yield Change(row.known_from, "changed", "incident", row.incident_id, "; ".join(_differences(old, row)))
    for (incident_id, at), row in old_rows.items():
        heir = heirs.get((incident_id, at))
        if heir:
            yield Change(at, "merged", "incident", incident_id, f"now part of {heir}")
        else:
            yield Change(at, "withdrawn", "incident", incident_id, f"no account is left: {_title(row)}")


def _title(row: Row[tuple[object, ...]]) -> str:
    incident = Incident.model_validate_json(row.value)
    place = incident.place.name if incident.place else "place unknown"
    day = incident.when.start or incident.when.end if incident.when else None
    return f"{incident.type}, {place}, {day or 'day unknown'} ({incident.grade})"


def _differences(old: Row[tuple[object, ...]], new: Row[tuple[object, ...]]) -> list[str]:
    left, right = Incident.model_validate_json(old.value), Incident.model_validate_json(new.value)
    words = []
    for field in ("type", "status", "standing", "grade", "witnesses", "holder_after"):
        before, after = getattr(left, field), getattr(right, field)
        if before != after:
            words.append(f"{field.replace('_', ' ')} {before} → {after}")
    figures_before = {(figure.measure, figure.whom): (figure.low, figure.high) for figure in left.figures}
    for figure in right.figures:
        before = figures_before.get((figure.measure, figure.whom))
        if before != (figure.low, figure.high):
            words.append(f"{figure.measure} {_range(before)} → {_range((figure.low, figure.high))}")
    if (left.place and left.place.name) != (right.place and right.place.name):
        words.append(f"place {left.place and left.place.name} → {right.place and right.place.name}")
    if left.when != right.when:
        words.append("the days changed")
    return words or ["its accounts changed"]


def _range(ends: tuple[int | None, int | None] | None) -> str:
    if ends is None:
        return "untold"
    low, high = ends
    if low == high:
        return str(low)
    return f"{low if low is not None else 'up to'}–{high if high is not None else ''}"
