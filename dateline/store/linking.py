"""Keeping the linked picture: unchanged incidents keep their row, changed ones get a new one, joined ones a signpost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from dateline.model.incident import Holding, Incident
from dateline.model.text import content_id
from dateline.store.adding import note
from dateline.store.query import searchable
from dateline.store.tables import holdings as holdings_table
from dateline.store.tables import incidents as incidents_table
from dateline.store.tables import journal, memberships, redirects
from dateline.store.values import Linked, LinkState

PAGE = 5_000


def state(connection: Connection, now: datetime) -> LinkState:
    """A backlog is linked moment by moment, so that the picture of each day can be read later. What arrives late, behind
    a moment already linked, is known from now on: an answer once given for a moment stays."""
    seen = connection.execute(
        select(journal.c.subject).where(journal.c.kind == "link").order_by(journal.c.row.desc()).limit(1)
    ).scalar()
    done = int(seen or 0)
    rows = connection.execute(
        select(journal.c.row, journal.c.known_from).where(journal.c.row > done, journal.c.kind != "link")
    ).all()
    last = max((row.row for row in rows), default=done)
    linked_until = _last_moment(connection)
    moments = {row.known_from if linked_until is None or row.known_from >= linked_until else now for row in rows}
    return LinkState(done, last, tuple(sorted(moments)))


def _last_moment(connection: Connection) -> datetime | None:
    moment: datetime | None = connection.execute(
        select(journal.c.known_from).where(journal.c.kind == "link").order_by(journal.c.row.desc()).limit(1)
    ).scalar()
    return moment


def save(
    connection: Connection,
    picture: Sequence[Incident],
    ledger: Sequence[Holding],
    seen: int,
    known_from: datetime,
    now: datetime,
) -> Linked:
    """Inside one write transaction. A picture older than the archive's own is refused: another linker was faster."""
    if seen < state(connection, now).seen:
        return Linked(len(picture), 0, 0, 0, 0, superseded=True)
    latest = _last_moment(connection)
    at = max(known_from, latest) if latest is not None else known_from
    before = _founders(connection)
    new, changed, gone = _replace(connection, incidents_table, "incident_id", map(_incident_row, picture), at)
    _replace_memberships(connection, picture, at)
    merged = _signposts(connection, picture, gone, before, at)
    _replace(connection, holdings_table, "place_key", map(_holding_row, ledger), at)
    note(connection, "link", str(seen), at, now)
    return Linked(len(picture), len(new), len(changed), merged, len(gone) - merged)


def _incident_row(incident: Incident) -> dict[str, Any]:
    bare = incident.model_copy(update={"accounts": (), "known_from": None})
    value = bare.model_dump_json(by_alias=True)
    place, when = incident.place, incident.when
    events = [account.event for account in incident.accounts]
    places = [p for event in events for p in (event.place, event.control.place if event.control else None) if p]
    actors = [actor for event in events for actor in (*event.by, *event.on)]
    return {
        "incident_id": incident.id,
        "digest": content_id(value, *(f"{a.event.id} {a.copy_of}" for a in incident.accounts), length=32),
        "type": incident.type,
        "status": incident.status,
        "grade": incident.grade,
        "place_words": searchable(n for p in places for n in (p.name, p.admin2, p.admin1, p.country)),
        "actor_words": searchable(n for actor in actors for n in (actor.name, actor.id)),
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "first_day": when and (when.start or when.end),
        "last_day": when and (when.end or when.start),
        "first_told": incident.first_told,
        "value": value,
    }


def _holding_row(holding: Holding) -> dict[str, Any]:
    value = holding.model_dump_json(by_alias=True)
    place = holding.place
    return {
        "place_key": holding.key,
        "digest": content_id(value, length=32),
        "place_words": searchable((place.name, place.admin2, place.admin1, place.country)),
        "since_day": holding.since_earliest or holding.since_latest,
        "until_day": holding.until_latest or holding.until_earliest,
        "value": value,
    }


def _replace(
    connection: Connection, table: Table, key: str, rows: Iterable[dict[str, Any]], at: datetime
) -> tuple[set[str], set[str], set[str]]:
    """Close the open rows that the new picture lacks, add those that it brings; keys that are new, changed, gone."""
    standing: dict[tuple[str, str], int] = {
        (row[1], row[2]): row[0]
        for row in connection.execute(select(table.c.row, table.c[key], table.c.digest).where(table.c.known_to.is_(None)))
    }
    old_keys = {name for name, _digest in standing}
    fresh: list[dict[str, Any]] = []
    kept_keys: set[str] = set()
    for row in rows:
        kept_keys.add(row[key])
        if standing.pop((row[key], row["digest"]), None) is None:
            fresh.append({**row, "known_from": at})
    _close(connection, table, list(standing.values()), at)
    if fresh:
        connection.execute(insert(table), fresh)
    fresh_keys = {row[key] for row in fresh}
    return fresh_keys - old_keys, fresh_keys & old_keys, old_keys - kept_keys


def _close(connection: Connection, table: Table, rows: Sequence[int], at: datetime) -> None:
    for start in range(0, len(rows), PAGE):
        page = rows[start : start + PAGE]
        connection.execute(update(table).where(table.c.row.in_(page)).values(known_to=at))


def _replace_memberships(connection: Connection, picture: Sequence[Incident], at: datetime) -> None:
    asked = select(memberships.c.row, memberships.c.incident_id, memberships.c.event_id, memberships.c.copy_of).where(
        memberships.c.known_to.is_(None)
    )
    standing = {(row[1], row[2], row[3]): row[0] for row in connection.execute(asked)}
    fresh = []
    for incident in picture:
        for account in incident.accounts:
            if standing.pop((incident.id, account.event.id, account.copy_of), None) is None:
                fresh.append(
                    {
                        "incident_id": incident.id,
                        "event_id": account.event.id,
                        "report_id": account.report.id,
                        "copy_of": account.copy_of,
                        "known_from": at,
                    }
                )
    _close(connection, memberships, list(standing.values()), at)
    if fresh:
        connection.execute(insert(memberships), fresh)


def _founders(connection: Connection) -> dict[str, list[str]]:
    """The events of each incident in the picture that stands."""
    found: dict[str, list[str]] = {}
    asked = select(memberships.c.incident_id, memberships.c.event_id).where(memberships.c.known_to.is_(None))
    for incident_id, event_id in connection.execute(asked):
        found.setdefault(incident_id, []).append(event_id)
    return found


def _signposts(
    connection: Connection,
    picture: Sequence[Incident],
    gone: set[str],
    before: Mapping[str, Sequence[str]],
    at: datetime,
) -> int:
    """An id that is gone leads to the incident that took in most of its events; one that is back needs no signpost."""
    living = {incident.id for incident in picture}
    back = [
        row.row
        for row in connection.execute(select(redirects.c.row, redirects.c.old_id).where(redirects.c.known_to.is_(None)))
        if row.old_id in living
    ]
    _close(connection, redirects, back, at)
    home = {account.event.id: incident.id for incident in picture for account in incident.accounts}
    fresh = []
    for old in sorted(gone):
        heirs = Counter(home[event] for event in before.get(old, ()) if event in home)
        if heirs:
            new = min(heirs, key=lambda heir: (-heirs[heir], heir))
            fresh.append({"old_id": old, "new_id": new, "known_from": at})
    if fresh:
        connection.execute(insert(redirects), fresh)
    return len(fresh)
