"""Keeping the linked picture: what a linking touched is replaced, unchanged incidents keep their row, joined ones a signpost."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from dateline.model.incident import Holding, Incident
from dateline.model.text import content_id
from dateline.store import reading
from dateline.store.adding import note
from dateline.store.query import searchable
from dateline.store.tables import holdings as holdings_table
from dateline.store.tables import incident_controls, journal, memberships, redirects, reports, sketches, traces
from dateline.store.tables import incidents as incidents_table
from dateline.store.values import Batch, Linked, LinkState
from dateline.store.workbench import pages

# Rows are written in portions of so many incidents.
PORTION = 1_000


@dataclass(frozen=True, slots=True)
class Written:
    """An incident as it is written: its row, its part, its accounts (event, report, copied report), and the keys of the
    places whose holder it speaks of. Made where the incident is, so that writing is all that is left to do."""

    part: str
    row: Mapping[str, Any]
    accounts: tuple[tuple[str, str, str | None], ...]
    keys: tuple[str, ...]

    @property
    def id(self) -> str:
        return str(self.row["incident_id"])


def written(part: str, incident: Incident, keys: Sequence[str]) -> Written:
    accounts = tuple((account.event.id, account.report.id, account.copy_of) for account in incident.accounts)
    return Written(part, _incident_row(incident), accounts, tuple(keys))


@dataclass(frozen=True, slots=True)
class Relinked:
    """What one linking found: the incidents that stand in place of `replaced`, and how ledgers are made of incidents."""

    replaced: Collection[str]
    incidents: Iterable[Written]
    ledger: Callable[[Sequence[Incident]], Sequence[Holding]]


def state(connection: Connection, now: datetime) -> LinkState:
    """A backlog (known earlier than it was recorded) is linked moment by moment, so that the picture of each day can be read
    later; the rest is linked now. When something arrives late, behind a moment already linked, all that waits is known from
    now on: an answer once given for a moment stays."""
    last_link = connection.execute(
        select(journal).where(journal.c.kind == "link").order_by(journal.c.row.desc()).limit(1)
    ).first()
    # "7/9": everything up to row 7 is linked, and of rows 8 and 9 what became known up to this linking's moment.
    seen, reached = map(int, last_link.subject.split("/")) if last_link else (0, 0)
    asked = select(journal)
    rows = [
        row
        for row in connection.execute(asked.where(journal.c.row > seen, journal.c.kind != "link"))
        if last_link is None or row.row > reached or row.known_from > last_link.known_from
    ]
    is_late = last_link is not None and any(row.known_from < last_link.known_from for row in rows)
    moments: dict[datetime, list[Any]] = defaultdict(list)
    for row in rows:
        moments[row.known_from if row.known_from < row.recorded_at and not is_late else now].append(row)
    batches = (
        Batch(
            moment,
            frozenset(row.subject for row in moments[moment] if row.kind != "judged"),
            frozenset(row.subject for row in moments[moment] if row.kind == "judged"),
        )
        for moment in sorted(moments)
    )
    last = max((row.row for row in rows), default=reached)
    return LinkState(seen, last, last_link.row if last_link else 0, tuple(batches))


def begin_anew(connection: Connection, now: datetime) -> int:
    """Forget what was worked out of the reports, and let all of them wait for linking: after the weights or the word lists
    changed. Nothing that readers see changes before that linking; the number of reports."""
    connection.execute(delete(traces))
    connection.execute(delete(sketches))
    waiting = connection.execute(select(reports.c.report_id).where(reports.c.known_to.is_(None)).order_by(reports.c.report_id))
    rows = [{"kind": "anew", "subject": name, "recorded_at": now, "known_from": now} for name in waiting.scalars()]
    if rows:
        connection.execute(insert(journal), rows)
    return len(rows)


def save(
    connection: Connection, relinked: Relinked, base: int, covers: tuple[int, int], known_from: datetime, now: datetime
) -> Linked:
    """Inside one write transaction. What was worked out from an older picture is refused: another linker was faster."""
    last = connection.execute(
        select(journal.c.row, journal.c.known_from).where(journal.c.kind == "link").order_by(journal.c.row.desc()).limit(1)
    ).first()
    if (last.row if last else 0) != base:
        return Linked(0, 0, 0, 0, 0, superseded=True)
    at = max(known_from, last.known_from) if last else known_from
    writer = _Writer(connection, relinked, at)
    for portion in pages(relinked.incidents, PORTION):
        writer.write(portion)
    done = writer.finish()
    return replace(done, base=note(connection, "link", f"{covers[0]}/{covers[1]}", at, now))


class _Writer:
    """One replacement: closes what the new picture lacks, adds what it brings, in portions."""

    def __init__(self, connection: Connection, relinked: Relinked, at: datetime) -> None:
        self.connection, self.relinked, self.at = connection, relinked, at
        self.standing = self._standing_incidents()
        self.members = self._standing_members()
        self.before: dict[str, list[str]] = defaultdict(list)
        for incident_id, event_id, *_rest in self.members:
            self.before[incident_id].append(event_id)
        self.homes: dict[str, str] = {}
        self.keys = self._standing_keys()
        self.total = 0
        self.new: set[str] = set()
        self.changed: set[str] = set()
        self.kept: set[str] = set()

    def _standing_incidents(self) -> dict[str, tuple[str, int]]:
        """Digest and row of each incident to be replaced."""
        found: dict[str, tuple[str, int]] = {}
        table = incidents_table
        for page in pages(sorted(self.relinked.replaced)):
            asked = select(table.c.incident_id, table.c.digest, table.c.row)
            for row in self.connection.execute(asked.where(table.c.incident_id.in_(page), table.c.known_to.is_(None))):
                found[row.incident_id] = (row.digest, row.row)
        return found

    def _standing_members(self) -> dict[tuple[str, str, str | None, str], int]:
        found: dict[tuple[str, str, str | None, str], int] = {}
        table = memberships
        for page in pages(sorted(self.relinked.replaced)):
            asked = select(table).where(table.c.incident_id.in_(page), table.c.known_to.is_(None))
            for row in self.connection.execute(asked):
                found[row.incident_id, row.event_id, row.copy_of, row.part] = row.row
        return found

    def _standing_keys(self) -> set[str]:
        found: set[str] = set()
        for page in pages(row for _digest, row in self.standing.values()):
            asked = select(incident_controls.c.place_key).where(incident_controls.c.incident_row.in_(page))
            found.update(self.connection.execute(asked).scalars())
        return found

    def write(self, portion: Sequence[Written]) -> None:
        fresh: list[dict[str, Any]] = []
        members: list[dict[str, Any]] = []
        keys: dict[str, Sequence[str]] = {}
        for one in portion:
            self.total += 1
            self.kept.add(one.id)
            digest, _row = self.standing.get(one.id, ("", 0))
            if digest != one.row["digest"]:
                fresh.append({**one.row, "known_from": self.at})
                keys[one.id] = one.keys
                (self.changed if digest else self.new).add(one.id)
            members.extend(self._fresh_members(one))
        self._close(incidents_table, [self.standing[r["incident_id"]][1] for r in fresh if r["incident_id"] in self.standing])
        self._insert_incidents(fresh, keys)
        if members:
            self.connection.execute(insert(memberships), members)

    def _fresh_members(self, one: Written) -> list[dict[str, Any]]:
        rows = []
        for event_id, report_id, copy_of in one.accounts:
            if self.before:
                self.homes[event_id] = one.id
            if self.members.pop((one.id, event_id, copy_of, one.part), None) is None:
                rows.append(
                    {
                        "incident_id": one.id,
                        "event_id": event_id,
                        "report_id": report_id,
                        "copy_of": copy_of,
                        "part": one.part,
                        "known_from": self.at,
                    }
                )
        return rows

    def _insert_incidents(self, fresh: Sequence[Mapping[str, Any]], keys: Mapping[str, Sequence[str]]) -> None:
        if not fresh:
            return
        self.connection.execute(insert(incidents_table), list(fresh))
        told = [incident_id for incident_id, named in keys.items() if named]
        table = incidents_table
        for page in pages(told):
            asked = select(table.c.row, table.c.incident_id).where(table.c.incident_id.in_(page), table.c.known_to.is_(None))
            rows = [
                {"incident_row": row.row, "place_key": key}
                for row in self.connection.execute(asked).all()
                for key in keys[row.incident_id]
            ]
            self.connection.execute(insert(incident_controls), rows)
            self.keys.update(row["place_key"] for row in rows)

    def finish(self) -> Linked:
        gone = set(self.standing) - self.kept
        self._close(incidents_table, [self.standing[incident_id][1] for incident_id in gone])
        self._close(memberships, list(self.members.values()))
        merged = self._signposts(gone)
        self._write_ledger()
        return Linked(self.total, len(self.new), len(self.changed), merged, len(gone) - merged)

    def _signposts(self, gone: set[str]) -> int:
        """An id that is gone leads to the incident that took in most of its events; one that is back needs no signpost."""
        back: list[int] = []
        for page in pages(sorted(self.new)):
            asked = select(redirects.c.row).where(redirects.c.old_id.in_(page), redirects.c.known_to.is_(None))
            back.extend(self.connection.execute(asked).scalars())
        self._close(redirects, back)
        fresh = []
        for old in sorted(gone):
            heirs = Counter(self.homes[event] for event in self.before.get(old, ()) if event in self.homes)
            if heirs:
                new = min(heirs, key=lambda heir: (-heirs[heir], heir))
                fresh.append({"old_id": old, "new_id": new, "known_from": self.at})
        if fresh:
            self.connection.execute(insert(redirects), fresh)
        return len(fresh)

    def _write_ledger(self) -> None:
        """The ledger of every place that a replaced or a new incident speaks of, from all incidents that speak of it."""
        for page in pages(sorted(self.keys), 500):
            spoken = reading.incidents_about(self.connection, page, self.at)
            self._replace_holdings(page, [h for h in self.relinked.ledger(spoken) if h.key in set(page)])

    def _replace_holdings(self, keys: Sequence[str], ledger: Sequence[Holding]) -> None:
        table = holdings_table
        asked = select(table.c.row, table.c.place_key, table.c.digest)
        rows = self.connection.execute(asked.where(table.c.place_key.in_(keys), table.c.known_to.is_(None)))
        standing: dict[tuple[str, str], int] = {(row.place_key, row.digest): row.row for row in rows}
        fresh = []
        for row in map(_holding_row, ledger):
            if standing.pop((row["place_key"], row["digest"]), None) is None:
                fresh.append({**row, "known_from": self.at})
        self._close(table, list(standing.values()))
        if fresh:
            self.connection.execute(insert(table), fresh)

    def _close(self, table: Any, rows: Sequence[int]) -> None:
        for page in pages(rows):
            self.connection.execute(update(table).where(table.c.row.in_(page)).values(known_to=self.at))


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
