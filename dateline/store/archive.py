"""The archive keeps the record: what is added stays, what replaces it says since when, and every read names its moment.

One class for SQLite and PostgreSQL. Adding is atomic per report and repeatable: killed at any moment and started again,
the archive equals an undisturbed run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Engine

from dateline.model.event import Event, Record
from dateline.model.incident import Holding, Incident, Judgement, Verdict
from dateline.model.text import Report
from dateline.store import adding, changing, checking, deciding, filling, judging, linking, reading
from dateline.store import pictures as picturing
from dateline.store.alerts import Alerts
from dateline.store.backup import backup, restore
from dateline.store.engine import open_engine, writing
from dateline.store.linking import Relinked
from dateline.store.people import People
from dateline.store.pictures import Picture
from dateline.store.query import AsKnownOn, Query, moment_of
from dateline.store.values import Added, Change, Linked, LinkState, StoredEvent, StoredReport
from dateline.store.wire import Wire
from dateline.store.workbench import SketchRow, Workbench, save_sketches

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


class Archive:
    """Open it with `Archive.open(address)`, as a context manager. Reading never waits for writing."""

    def __init__(self, engine: Engine, address: str, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self.address = address

    @classmethod
    def open(cls, address: str, create: bool = True, clock: Clock = utc_now) -> Archive:
        """`address`: a file path or an SQLAlchemy URL. `clock` tells when a thing became known; tests give their own."""
        return cls(open_engine(str(address), create), str(address), clock)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._engine.dispose()

    @cached_property
    def people(self) -> People:
        """Who may use the desk over this archive, and what they did."""
        return People(self._engine, self._clock)

    @cached_property
    def alerts(self) -> Alerts:
        """Saved views told to other programs."""
        return Alerts(self._engine, self._clock)

    @cached_property
    def wire(self) -> Wire:
        """The record as JSON texts, for whoever only passes it on."""
        return Wire(self._engine, self._moment)

    # -- adding ---------------------------------------------------------------------------------------------------

    def add(self, report: Report, record: Record, known_from: datetime | None = None) -> Added:
        """Take in one report with its record, whole or not at all. The same again changes nothing.

        Another text under the same id is a new version; another record of the same text a new coding. Raises SkipReport
        when the record does not fit its report. `known_from` is for a backlog that was known earlier than today.
        """
        adding.check_record(report, record)
        with writing(self._engine) as connection:
            now = self._clock()
            added = adding.add(connection, report, record, min(known_from or now, now), now)
            if added.changed:
                deciding.lay_over(connection, report.id, now)
            return added

    def add_many(self, coded: Sequence[tuple[Report, Record, datetime | None]]) -> list[Added]:
        """The same for many at once, all or none: many times faster, for corpora that are coded already."""
        for report, record, _known in coded:
            adding.check_record(report, record)
        with writing(self._engine) as connection:
            now = self._clock()
            return filling.add_many(connection, [(r, record, min(known or now, now)) for r, record, known in coded], now)

    def holds(self, report: Report) -> bool:
        """Whether the report is here as it is, coded: then it need not be coded again."""
        with self._engine.connect() as connection:
            return adding.holds(connection, report)

    def withdraw(self, report_id: str) -> bool:
        """Take a report out of the record from now on; as known earlier it stays. False when there is no such report."""
        with writing(self._engine) as connection:
            return adding.withdraw(connection, report_id, self._clock())

    def put_aside(self, address: str, reason: str) -> None:
        """Note a bad report and why it was skipped."""
        with writing(self._engine) as connection:
            adding.put_aside(connection, address, reason, self._clock())

    # -- reading --------------------------------------------------------------------------------------------------

    def reports(self, as_known_on: AsKnownOn = None, limit: int | None = None, offset: int = 0) -> list[StoredReport]:
        """Reports without their texts, by publication day and id; all of them without a limit."""
        with self._engine.connect() as connection:
            return reading.reports_at(connection, self._moment(as_known_on), limit, offset)

    def report(self, report_id: str, as_known_on: AsKnownOn = None) -> Report | None:
        with self._engine.connect() as connection:
            return reading.report(connection, report_id, self._moment(as_known_on))

    def texts(self, as_known_on: AsKnownOn = None) -> Iterator[Report]:
        """All reports with their texts, in order of id."""
        with self._engine.connect() as connection:
            yield from reading.texts(connection, self._moment(as_known_on))

    def search(self, words: str, as_known_on: AsKnownOn = None, limit: int = 50) -> list[StoredReport]:
        """Reports whose title or text holds all the words, newest first; "quoted words" stand together."""
        with self._engine.connect() as connection:
            return reading.search(connection, words, self._moment(as_known_on), limit)

    def versions(self, report_id: str) -> list[StoredReport]:
        """Every version of one report, oldest first."""
        with self._engine.connect() as connection:
            return reading.versions(connection, report_id)

    def record(self, report_id: str, as_known_on: AsKnownOn = None) -> Record | None:
        with self._engine.connect() as connection:
            return reading.record(connection, report_id, self._moment(as_known_on))

    def events(self, query: Query = Query()) -> Iterator[StoredEvent]:
        """Events in the order of publication, each with its report."""
        with self._engine.connect() as connection:
            yield from reading.events_at(connection, query, self._moment(query.as_known_on))

    def event(self, event_id: str, as_known_on: AsKnownOn = None) -> StoredEvent | None:
        with self._engine.connect() as connection:
            return reading.event_at(connection, event_id, self._moment(as_known_on))

    def incidents(self, query: Query = Query()) -> list[Incident]:
        """Incidents by first day, then id, with all their accounts known at the moment."""
        with self._engine.connect() as connection:
            return reading.incidents_at(connection, query, self._moment(query.as_known_on))

    def incident(self, incident_id: str, as_known_on: AsKnownOn = None) -> Incident | None:
        """By its id, the start of its id, or an id that was redirected to it."""
        with self._engine.connect() as connection:
            return reading.incident_at(connection, incident_id, self._moment(as_known_on))

    def incidents_of(self, ids: Sequence[str], as_known_on: AsKnownOn = None) -> list[Incident]:
        """Those incidents in the order of their ids given; an id without an incident at the moment is left out."""
        with self._engine.connect() as connection:
            return reading.incidents_of(connection, ids, self._moment(as_known_on))

    def revision(self) -> tuple[int, datetime | None]:
        """The number and the time of the last act: while they stand, every answer about the present does."""
        with self._engine.connect() as connection:
            return changing.revision(connection)

    def incident_rows(self, as_known_on: AsKnownOn = None) -> list[int]:
        """The rows of the incidents in force: a row never changes, so what is made of it can be kept."""
        with self._engine.connect() as connection:
            return picturing.rows_at(connection, self._moment(as_known_on))

    def pictures(self, rows: Sequence[int], as_known_on: AsKnownOn = None) -> Iterator[Picture]:
        """Those rows as incidents without accounts, many times faster than `incidents`."""
        with self._engine.connect() as connection:
            yield from picturing.pictures(connection, rows, self._moment(as_known_on))

    def report_count(self, as_known_on: AsKnownOn = None) -> int:
        with self._engine.connect() as connection:
            return picturing.report_count(connection, self._moment(as_known_on))

    def holdings(self, on: date | None = None, as_known_on: AsKnownOn = None, place: str | None = None) -> list[Holding]:
        """Who holds what on a day; without a day, the whole ledger."""
        with self._engine.connect() as connection:
            return reading.holdings_at(connection, on, place, self._moment(as_known_on))

    def changes(self, since: datetime, until: datetime | None = None) -> list[Change]:
        """What became new, changed, merged or withdrawn in the archive between two moments."""
        with self._engine.connect() as connection:
            return changing.changes(connection, since, until or self._clock())

    # -- judging and linking ----------------------------------------------------------------------------------------

    def judge(
        self,
        verdict: Verdict,
        left: str,
        right: str | None = None,
        by: str = "",
        note: str = "",
        correction: str | None = None,
        is_human: bool = True,
        event: Event | None = None,
        fields: Sequence[str] = (),
    ) -> Judgement:
        """Note a verdict; a later one on the same subject supersedes it, both stay. Linking heeds it from the next run on.

        With correct, `event` is the event as it should read and `fields` are those that were changed: they stand in the record
        from now on, whatever a newer coding reads. Accept vouches for the event as it is.
        """
        with writing(self._engine) as connection:
            now = self._clock()
            if right is None and is_human:
                return deciding.decide(connection, verdict, left, by, note, correction, event, tuple(fields), now)
            return judging.judge(connection, verdict, left, right, by, note, correction, is_human, now)

    def add_event(self, report_id: str, event: Event, by: str, note: str = "") -> Judgement:
        """An event that the coder missed, by a person: it stands in the report's record and links like others."""
        with writing(self._engine) as connection:
            return deciding.add_event(connection, report_id, event, by, note, self._clock())

    def judgements(self, as_known_on: AsKnownOn = None) -> list[Judgement]:
        """Verdicts in force, oldest first."""
        with self._engine.connect() as connection:
            return judging.judgements_at(connection, self._moment(as_known_on))

    def judgement_history(self) -> list[Judgement]:
        """Every verdict ever given, superseded ones too, oldest first."""
        with self._engine.connect() as connection:
            return judging.history(connection)

    def link_state(self) -> LinkState:
        """What linking needs to know: how far it has come."""
        with self._engine.connect() as connection:
            return linking.state(connection, self._clock())

    @contextmanager
    def workbench(self, moment: datetime) -> Iterator[Workbench]:
        """What linking reads, in one snapshot as known at the moment."""
        with self._engine.connect() as connection:
            yield Workbench(connection, moment)

    def begin_anew(self) -> int:
        """Let every report wait for linking again, as after a change of weights; the number of reports."""
        with writing(self._engine) as connection:
            return linking.begin_anew(connection, self._clock())

    def save_sketches(self, rows: Sequence[SketchRow]) -> None:
        """Keep what linking worked out of coded reports, so that it need not do it again."""
        with writing(self._engine) as connection:
            save_sketches(connection, rows)

    def save_links(self, relinked: Relinked, base: int, covers: tuple[int, int], known_from: datetime) -> Linked:
        """Put incidents in the place of those that a linking touched: only what changed gets a new row, and joined ids
        become signposts. `base` is of the LinkState that the linking began with; `covers` are the journal rows up to which
        everything, and up to which what was known by then, is linked."""
        with writing(self._engine) as connection:
            return linking.save(connection, relinked, base, covers, known_from, self._clock())

    def check(self) -> list[str]:
        """The archive's invariants, each breach in one line; an empty list is a sound archive."""
        with self._engine.connect() as connection:
            return list(checking.breaches(connection, self._clock()))

    def backup(self, target: Path) -> int:
        """Write every row to one SQLite file; the number of rows."""
        return backup(self._engine, target)

    def restore(self, source: Path) -> int:
        """Fill this archive, which must be empty, from a backup; the number of rows."""
        return restore(source, self._engine)

    def _moment(self, as_known_on: AsKnownOn) -> datetime:
        return moment_of(as_known_on, self._clock())
