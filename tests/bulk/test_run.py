"""The same bytes whatever engine, however many workers, however often killed; nothing lost, nothing twice."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from dateline.batches import Batch, Coded
from dateline.bulk.parts import Parts
from dateline.engines import Local, Processes
from dateline.errors import UsageError
from dateline.settings import Settings
from tests.bulk.corpus import bulk, corpus, ids, tree

COUNT, SIZE = 40, 9


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus(tmp_path_factory.mktemp("bulk") / "news", COUNT)


@pytest.fixture(scope="module")
def undisturbed(source: Path, tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Path:
    target = tmp_path_factory.mktemp("bulk") / "coded"
    assert bulk(source, target, Local(settings), settings, SIZE) == [True] * 5
    return target


def test_every_report_is_there_once_by_day_and_the_bad_line_is_set_aside(undisturbed: Path) -> None:
    assert ids(undisturbed) == sorted(f"r{number}" for number in range(COUNT) if number != 7)
    days = {path.name for path in undisturbed.iterdir() if path.name.startswith("day=")}
    assert days == {"day=2021-08-01", "day=2021-08-02", "day=2021-08-03", "day=unknown"}
    aside = [one for part in Parts.open(str(undisturbed)) for one in part.set_aside]
    assert [one.where for one in aside] == ["a.jsonl line 8"]
    assert "no JSON" in aside[0].reason


def test_the_records_are_those_of_the_pipeline(undisturbed: Path) -> None:
    parts = Parts.open(str(undisturbed))
    coded = [(report, record) for part in parts for report, record in parts.rows(part)]
    for report, record in coded:
        assert record.report.id == report.id
        assert record.events[0].type == "armed_attack"
        assert record.events[0].figures[0].low == int(report.id[1:]) + 2
    assert sum(len(record.events) for _report, record in coded) == sum(part.events for part in parts)


def test_two_processes_give_the_same_bytes(source: Path, undisturbed: Path, tmp_path: Path, settings: Settings) -> None:
    bulk(source, tmp_path / "coded", Processes(settings, 2), settings, SIZE)
    assert tree(tmp_path / "coded") == tree(undisturbed)


class Failing:
    """An engine that breaks down after so many batches."""

    def __init__(self, inner: Local, batches: int) -> None:
        self.inner, self.batches = inner, batches

    def map(self, batches: Iterable[Batch]) -> Iterator[list[Coded]]:
        for number, coded in enumerate(self.inner.map(batches)):
            if number == self.batches:
                raise ConnectionError("the cluster is gone")
            yield coded


class Unwanted:
    def map(self, batches: Iterable[Batch]) -> Iterator[list[Coded]]:
        raise AssertionError("nothing is left to code")


def test_a_run_goes_on_after_its_last_whole_part(source: Path, undisturbed: Path, tmp_path: Path, settings: Settings) -> None:
    target = tmp_path / "coded"
    with pytest.raises(ConnectionError):
        bulk(source, target, Failing(Local(settings), 2), settings, SIZE)
    unfinished = target / "day=2021-08-01" / "part-000002.parquet"  # of a part that was not whole when the run ended
    unfinished.write_bytes(b"half a file")
    assert "r20" not in ids(target)
    assert bulk(source, target, Local(settings), settings, SIZE) == [False, False, True, True, True]
    assert tree(target) == tree(undisturbed)
    assert bulk(source, target, Unwanted(), settings, SIZE) == [False] * 5


def children(process: int) -> list[str]:
    """Where Linux tells of them; elsewhere none."""
    told = Path(f"/proc/{process}/task/{process}/children")
    return told.read_text(encoding="ascii").split() if told.exists() else []


def test_killed_and_started_again_by_the_command(source: Path, undisturbed: Path, tmp_path: Path) -> None:
    target = tmp_path / "coded"
    command = [sys.executable, "-m", "dateline", "bulk", str(source), str(target), "--workers", "2", "--part", str(SIZE)]
    running = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    first = target / "_parts" / "000000.json"
    until = time.monotonic() + 120
    while not first.exists() and running.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    workers = children(running.pid)
    running.send_signal(signal.SIGKILL)
    running.wait(timeout=20)
    assert first.exists()
    while (left := [worker for worker in workers if Path(f"/proc/{worker}").exists()]) and time.monotonic() < until:
        time.sleep(0.1)
    assert left == [], "workers outlived the killed run"
    again = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert again.returncode == 1, again.stderr  # one line was set aside
    assert "1 set aside" in again.stdout
    assert tree(target) == tree(undisturbed)


def test_another_source_or_another_run_is_refused(source: Path, undisturbed: Path, tmp_path: Path, settings: Settings) -> None:
    other = corpus(tmp_path / "other", COUNT + 1)
    with pytest.raises(UsageError, match="other reports"):
        bulk(other, undisturbed, Unwanted(), settings, SIZE)
    with pytest.raises(UsageError, match="was begun with"):
        bulk(source, undisturbed, Unwanted(), settings, SIZE + 1)
    with pytest.raises(UsageError, match="not empty"):
        bulk(source, source, Unwanted(), settings, SIZE)


def test_a_bulk_run_goes_into_an_archive_without_being_coded_again(undisturbed: Path, tmp_path: Path) -> None:
    archive = tmp_path / "a.sqlite"
    command = [sys.executable, "-m", "dateline", "add", str(undisturbed), "--archive", str(archive), "--as-published"]
    for _ in range(2):  # the second time changes nothing
        done = subprocess.run(command, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
    from dateline.store.archive import Archive
    from dateline.store.query import Query

    with Archive.open(str(archive), create=False) as opened:
        assert sorted(stored.head.id for stored in opened.reports()) == ids(undisturbed)
        assert len(list(opened.events(Query()))) == sum(part.events for part in Parts.open(str(undisturbed)))
        assert opened.check() == []
