"""A backup holds every row of every table, and fills an empty archive of either database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from dateline.errors import UsageError
from dateline.link.run import link_incidents
from dateline.store.archive import Archive
from dateline.store.query import Query
from tests.store.conftest import Clock
from tests.store.test_archive import shelling


def fill(archive: Archive, clock: Clock) -> None:
    archive.add(*shelling("r1", "Dunmore"))
    clock.next_day()
    archive.add(*shelling("r2", "Dunmore", "2021-08-08"))
    archive.add(*shelling("r1", "Arden"))
    link_incidents(archive)
    first, second = (stored.event.id for stored in archive.events())
    archive.judge("different", first, second, by="ana")
    archive.put_aside("bad.bin", "not text")


def everything(archive: Archive) -> tuple[object, ...]:
    early = date(2021, 8, 7)
    return (
        archive.reports(),
        archive.reports(early),
        list(archive.texts()),
        archive.incidents(),
        archive.incidents(Query(as_known_on=early)),
        archive.judgements(),
        archive.link_state(),
    )


def test_a_restored_archive_equals_the_one_backed_up(archive: Archive, address: str, clock: Clock, tmp_path: Path) -> None:
    fill(archive, clock)
    saved = tmp_path / "saved.sqlite"
    assert archive.backup(saved) == archive.backup(saved)  # over an earlier one as well
    assert sorted(path.name for path in tmp_path.glob("saved*")) == ["saved.sqlite"]
    with Archive.open(str(tmp_path / "new.sqlite"), clock=clock) as restored:
        restored.restore(saved)
        assert everything(restored) == everything(archive)
        assert restored.check() == []
        assert [stored.head.id for stored in restored.search("arden")] == ["r1"]


@pytest.mark.postgres
def test_a_backup_moves_an_archive_from_sqlite_to_postgresql(postgres_address: str, clock: Clock, tmp_path: Path) -> None:
    now: Callable[[], datetime] = clock
    with Archive.open(str(tmp_path / "a.sqlite"), clock=now) as small, Archive.open(postgres_address, clock=now) as large:
        fill(small, clock)
        small.backup(tmp_path / "saved.sqlite")
        large.restore(tmp_path / "saved.sqlite")
        assert everything(large) == everything(small)
        assert large.add(*shelling("r3", "Sel")).how == "new"  # row numbers go on after the restored ones


def test_restoring_never_mixes_two_records(archive: Archive, clock: Clock, tmp_path: Path) -> None:
    fill(archive, clock)
    archive.backup(tmp_path / "saved.sqlite")
    with pytest.raises(UsageError, match="not empty"):
        archive.restore(tmp_path / "saved.sqlite")
