"""A writer that is killed at any moment and started again leaves the archive of an undisturbed run; two at once lose nothing.

`pytest -m slow tests/store/test_killed.py` kills it fifty times.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import create_engine, select

from dateline.store.archive import Archive
from dateline.store.tables import metadata
from tests.store.writer import NOW, main

REPORTS = 40
# Row numbers depend on how often linking was begun; everything else must be equal.
INTERNAL = {"row", "report_row", "record_row"}


def start(address: str, first: int, last: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.store.writer", address, str(first), str(last)]
    root = Path(__file__).parents[2]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def contents(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, without row numbers; the journal without its linking runs."""
    engine = create_engine(f"sqlite:///{path}")
    found = {}
    with engine.connect() as connection:
        for table in metadata.sorted_tables:
            columns = [column for column in table.columns if column.name not in INTERNAL]
            rows = [tuple(row) for row in connection.execute(select(*columns))]
            if table.name == "journal":
                rows = [row for row in rows if row[0] != "link"]
            found[table.name] = sorted(rows, key=repr)
    engine.dispose()
    return found


@pytest.mark.parametrize(("kills", "reports"), [(4, REPORTS), pytest.param(50, 240, marks=pytest.mark.slow)])
def test_killed_at_random_moments_the_archive_equals_an_undisturbed_run(tmp_path: Path, kills: int, reports: int) -> None:
    main(str(tmp_path / "calm.sqlite"), 0, reports)
    chance = random.Random(7)
    killed = 0
    for _attempt in range(kills):
        writer = start(str(tmp_path / "hurt.sqlite"), 0, reports)
        assert writer.stdout is not None
        writer.stdout.readline()  # killed while it writes, not while Python starts
        time.sleep(chance.uniform(0, 0.4))
        writer.kill()
        killed += writer.wait() == -9
        writer.communicate()
    final = start(str(tmp_path / "hurt.sqlite"), 0, reports)
    _out, errors = final.communicate()
    assert final.returncode == 0, errors
    assert killed > kills // 2
    assert contents(tmp_path / "hurt.sqlite") == contents(tmp_path / "calm.sqlite")
    with Archive.open(str(tmp_path / "hurt.sqlite"), clock=lambda: NOW) as archive:
        assert archive.check() == []


@pytest.mark.parametrize("second", [(20, 40), (10, 40)], ids=["apart", "overlapping"])
def test_two_writers_at_once_lose_nothing(tmp_path: Path, second: tuple[int, int]) -> None:
    path = tmp_path / "both.sqlite"
    writers = [start(str(path), 0, 20), start(str(path), *second)]
    for writer in writers:
        _out, errors = writer.communicate()
        assert writer.returncode == 0, errors
    with Archive.open(str(path), clock=lambda: NOW) as archive:
        assert len(archive.reports()) == REPORTS
        assert archive.check() == []
        main(str(tmp_path / "calm.sqlite"), 0, REPORTS)
        with Archive.open(str(tmp_path / "calm.sqlite"), clock=lambda: NOW) as calm:
            assert [i.id for i in archive.incidents()] == [i.id for i in calm.incidents()]
