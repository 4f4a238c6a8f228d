"""Many at once or one by one: the same archive. On SQLite, and by COPY on PostgreSQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dateline.errors import SkipReport
from dateline.model.event import Record
from dateline.model.text import Report
from dateline.store.archive import Archive
from dateline.store.tables import events, journal, records, reports
from tests.factories import make_event, make_figure, make_place, make_record, make_report, make_when
from tests.store.conftest import START
from tests.store.conftest import Clock as ManualClock


def told(report_id: str, town: str = "Dunmore", killed: int = 3, **more: str | None) -> tuple[Report, Record, datetime | None]:
    """Two events; a quotation mark, a tab and a backslash, because COPY has marks of its own."""
    text = f'Rebels shelled {town} on Friday, killing {killed} people.\n"We left\tnothing \\N standing," one said. All fled.'
    report = make_report(report_id, text, **more)
    shelled = make_event(
        report,
        "shelled",
        by=["Rebels"],
        place=make_place(report, town, lat=1.0, lon=2.0),
        when=make_when(report, "Friday", "2021-08-06"),
        figures=[make_figure(report, f"{killed} people", low=killed, high=killed)],
    )
    return report, make_record(report, shelled, make_event(report, "fled", "displacement"), notes=["a note"]), None


def nothing_told(report_id: str) -> tuple[Report, Record, datetime | None]:
    report = make_report(report_id, "Quiet.", published=None, outlet=None)
    return report, make_record(report), START - timedelta(days=30)


def rows(archive: Archive, folder: Path) -> list[list[object]]:
    """Every row of the tables that adding fills, row numbers and times included."""
    archive.backup(folder / "backup.sqlite")
    with sqlite3.connect(folder / "backup.sqlite") as opened:
        found = [
            opened.execute(f'SELECT * FROM "{t.name}" ORDER BY "row"').fetchall() for t in (reports, records, events, journal)
        ]
    opened.close()
    return found


def test_new_reports_added_at_once_are_the_rows_of_adding_them_in_turn(
    archive: Archive, clock: Callable[[], datetime], tmp_path: Path
) -> None:
    portions = [[told(f"r{n}", killed=n + 2) for n in range(5)] + [nothing_told("q")], [told("s1"), told("s2", "Ashford")]]
    with Archive.open(str(tmp_path / "in-turn.sqlite"), clock=clock) as other:
        for portion in portions:
            added = archive.add_many(portion)
            assert added == [other.add(*one) for one in portion]
        (tmp_path / "one").mkdir()
        assert rows(archive, tmp_path) == rows(other, tmp_path / "one")
    assert archive.check() == []
    assert archive.report("r3") == portions[0][3][0]
    assert [stored.head.id for stored in archive.search('"nothing \\N standing"')] != []


def test_what_the_archive_knows_is_compared_with_what_it_holds(archive: Archive, clock: ManualClock) -> None:
    archive.add_many([told("r1"), told("r2"), told("r3")])
    clock.next_day()
    again = [told("r1"), told("r2", "Ashford"), told("new"), told("new", killed=9)]
    recoded = (told("r3")[0], make_record(told("r3")[0]), None)
    assert [added.how for added in archive.add_many([*again, recoded])] == ["unchanged", "version", "new", "version", "recoded"]
    assert len(archive.versions("r1")) == 1
    assert len(archive.versions("new")) == 2
    assert archive.record("r3", START) == told("r3")[1]
    assert archive.add_many([*again[:2], again[3], recoded])[0].how == "unchanged"
    assert archive.add(*told("r4")).how == "new"  # row numbers go on
    assert archive.check() == []


def test_an_event_id_of_another_report_is_refused_and_nothing_is_kept(archive: Archive) -> None:
    archive.add(*told("r1"))
    mine, theirs = make_report("r2", "Rebels fled."), archive.record("r1")
    assert theirs is not None
    stolen = (mine, make_record(mine, make_event(mine, "fled", event_id=theirs.events[0].id)), None)
    with pytest.raises(SkipReport, match="belongs to report 'r1'"):
        archive.add_many([told("r0"), stolen])
    twice = [(r, make_record(r, make_event(r, "fled", event_id="e")), None) for r in (mine, make_report("r3", "Rebels fled."))]
    with pytest.raises(SkipReport, match="belongs to report 'r2'"):
        archive.add_many(twice)
    assert [stored.head.id for stored in archive.reports()] == ["r1"]


def test_people_s_decisions_outlive_a_coding_that_comes_in_bulk(archive: Archive, clock: ManualClock) -> None:
    report, record, _known = told("r1")
    archive.add(report, record)
    moved = record.events[0].model_copy(update={"place": None})
    archive.judge("correct", moved.id, by="ada", correction="place=", event=moved, fields=("place",))
    archive.add_many([(report, make_record(report, record.events[0]), None)])
    after = archive.record("r1")
    assert after is not None and [event.place for event in after.events] == [None]
    archive.withdraw("r1")
    clock.now = datetime(2021, 9, 1, tzinfo=UTC)
    archive.add_many([told("r1")])  # new again, and decided still
    after = archive.record("r1")
    assert after is not None and after.events[0].place is None
