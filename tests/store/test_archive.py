"""The archive: what goes in comes out, the same again changes nothing, and every read names its moment."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from dateline.errors import BrokenArchive, SkipReport, UsageError
from dateline.model.event import Record
from dateline.model.text import Report
from dateline.store.archive import Archive
from dateline.store.query import Query
from tests.factories import make_event, make_figure, make_place, make_record, make_report, make_when
from tests.store.conftest import Clock as ManualClock

START = datetime(2021, 8, 7, 12, tzinfo=UTC)


def shelling(report_id: str = "r1", town: str = "Dunmore", published: str = "2021-08-07") -> tuple[Report, Record]:
    report = make_report(report_id, f"Rebels shelled {town} on Friday, killing three people.", published=published)
    event = make_event(
        report,
        "shelled",
        by=["Rebels"],
        place=make_place(report, town, lat=1.0, lon=2.0, admin1="Wexshire"),
        when=make_when(report, "Friday", "2021-08-06"),
        figures=[make_figure(report, "three people", low=3, high=3)],
    )
    return report, make_record(report, event)


def test_a_report_and_its_record_come_back_whole(archive: Archive) -> None:
    report, record = shelling()
    added = archive.add(report, record)
    assert (added.how, added.events) == ("new", 1)
    assert archive.report("r1") == report
    assert archive.record("r1") == record
    assert [stored.event for stored in archive.events()] == list(record.events)


def test_the_same_again_changes_nothing(archive: Archive, clock: ManualClock) -> None:
    archive.add(*shelling())
    clock.next_day()
    assert archive.add(*shelling()).how == "unchanged"
    assert len(archive.versions("r1")) == 1
    assert archive.changes(clock.now) == []


def test_another_text_under_the_same_id_is_a_new_version_and_the_old_one_stays(archive: Archive, clock: ManualClock) -> None:
    first, first_record = shelling(town="Dunmore")
    archive.add(first, first_record)
    clock.next_day()
    second, second_record = shelling(town="Arden")
    assert archive.add(second, second_record).how == "version"
    assert archive.report("r1") == second
    assert archive.report("r1", as_known_on=date(2021, 8, 7)) == first
    assert archive.record("r1", as_known_on=date(2021, 8, 7)) == first_record
    assert [stored.known_to is None for stored in archive.versions("r1")] == [False, True]


def test_a_new_coding_of_the_same_text_closes_the_old_one(archive: Archive, clock: ManualClock) -> None:
    report, record = shelling()
    archive.add(report, record)
    clock.next_day()
    assert archive.add(report, make_record(report)).how == "recoded"
    assert list(archive.events()) == []
    assert len(list(archive.events(Query(as_known_on=date(2021, 8, 7))))) == 1


def test_a_text_that_goes_back_to_an_earlier_wording_is_a_version_too(archive: Archive, clock: ManualClock) -> None:
    for town in ("Dunmore", "Arden", "Dunmore"):
        archive.add(*shelling(town=town))
        clock.next_day()
    assert len(archive.versions("r1")) == 3
    assert archive.report("r1") == shelling(town="Dunmore")[0]


def test_withdrawn_is_gone_from_now_on_and_still_there_as_known_earlier(archive: Archive, clock: ManualClock) -> None:
    archive.add(*shelling())
    clock.next_day()
    assert archive.withdraw("r1")
    assert not archive.withdraw("r1")
    assert archive.report("r1") is None
    assert archive.report("r1", as_known_on=date(2021, 8, 7)) is not None


def test_a_record_that_cites_what_the_text_does_not_say_is_refused(archive: Archive) -> None:
    _report, record = shelling()
    other, _ = shelling(town="Arden Bridge")
    with pytest.raises(SkipReport, match="does not say"):
        archive.add(other, record)
    assert archive.reports() == []


def test_an_event_id_belongs_to_one_report(archive: Archive) -> None:
    first, _ = shelling("r1")
    second, _ = shelling("r2")
    archive.add(first, make_record(first, make_event(first, "shelled", event_id="e1")))
    with pytest.raises(SkipReport, match="belongs to report 'r1'"):
        archive.add(second, make_record(second, make_event(second, "shelled", event_id="e1")))
    assert [stored.head.id for stored in archive.reports()] == ["r1"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Query(), {"r1", "r2"}),
        (Query(place="dunmore"), {"r1"}),
        (Query(place="WEXSHIRE"), {"r1", "r2"}),
        (Query(actor="rebels"), {"r1", "r2"}),
        (Query(actor="army"), set()),
        (Query(types=("airstrike",)), set()),
        (Query(types=("shelling",), since=date(2021, 8, 7)), set()),
        (Query(since=date(2021, 8, 6), until=date(2021, 8, 6)), {"r1", "r2"}),
        (Query(statuses=("planned",)), set()),
        (Query(limit=1), {"r1"}),
        (Query(limit=1, offset=1), {"r2"}),
    ],
)
def test_queries_narrow(archive: Archive, query: Query, found: set[str]) -> None:
    archive.add(*shelling("r1", "Dunmore"))
    archive.add(*shelling("r2", "Arden"))
    assert {stored.report.id for stored in archive.events(query)} == found


def test_a_backlog_may_be_known_earlier_than_today_but_never_later(archive: Archive, clock: ManualClock) -> None:
    archive.add(*shelling("r1"), known_from=START - timedelta(days=3))
    archive.add(*shelling("r2"), known_from=START + timedelta(days=3))
    assert [stored.head.id for stored in archive.reports(date(2021, 8, 4))] == ["r1"]
    assert {stored.known_from for stored in archive.reports()} == {START - timedelta(days=3), START}


def test_a_sound_archive_has_no_breaches_and_a_tampered_text_is_one(tmp_path: Path) -> None:
    with Archive.open(str(tmp_path / "a.sqlite")) as archive:
        archive.add(*shelling())
        assert archive.check() == []
        with sqlite3.connect(tmp_path / "a.sqlite") as raw:
            raw.execute("UPDATE reports SET text = replace(text, 'Dunmore', 'Dunmoor')")
        assert any("does not say" in line for line in archive.check())


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("dunmore", ["r1"]),
        ("shelled friday", ["r2", "r1"]),
        ('"shelled arden"', ["r2"]),
        ('"arden shelled"', []),
        ("  ", []),
        ("AND OR (", []),
        ('unclosed " quote', []),
    ],
)
def test_search_finds_words_and_phrases(archive: Archive, words: str, found: list[str]) -> None:
    archive.add(*shelling("r1", "Dunmore", "2021-08-07"))
    archive.add(*shelling("r2", "Arden", "2021-08-08"))
    assert [stored.head.id for stored in archive.search(words)] == found
    assert {stored.report.id for stored in archive.events(Query(words=words))} == (set(found) if words.strip() else {"r1", "r2"})


def test_search_as_known_on_an_earlier_day_reads_the_earlier_text(archive: Archive, clock: ManualClock) -> None:
    archive.add(*shelling("r1", "Dunmore"))
    clock.next_day()
    archive.add(*shelling("r1", "Arden"))
    assert archive.search("dunmore") == []
    assert [stored.head.id for stored in archive.search("dunmore", as_known_on=date(2021, 8, 7))] == ["r1"]


def test_what_is_no_archive_ends_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("not a database at all")
    with pytest.raises(BrokenArchive, match="no SQLite file"):
        Archive.open(str(tmp_path / "notes.txt"))
    with pytest.raises(UsageError, match="no archive at"):
        Archive.open(str(tmp_path / "missing.sqlite"), create=False)
    with pytest.raises(UsageError, match="no folder"):
        Archive.open(str(tmp_path / "nowhere" / "a.sqlite"))
    with pytest.raises(UsageError, match="no archive address"):
        Archive.open("nonsense://x")


def test_an_archive_of_another_program_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.sqlite") as raw:
        raw.execute("CREATE TABLE cats (name TEXT)")
    with pytest.raises(BrokenArchive, match="no dateline archive"):
        Archive.open(str(tmp_path / "other.sqlite"))
