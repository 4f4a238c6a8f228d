"""A cluster of two nodes: run, kill a worker, kill a node, kill the driver and start again. The same bytes each time.

Ray is an extra with an environment of its own: `make test-ray` makes it and runs these tests; elsewhere they are skipped.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bench.synthetic import coded_reports
from dateline.batches import Batch, Coded, batches_of
from dateline.engines import Local, engine_of, hands_of
from dateline.link.hands import Hands
from dateline.link.run import link_incidents
from dateline.model.incident import Incident
from dateline.model.text import Report
from dateline.read.sources import SetAside
from dateline.settings import Settings
from dateline.store.archive import Archive
from tests.bulk.corpus import bulk, corpus, ids, tree

ray = pytest.importorskip("ray", reason="Ray is not installed here: `make test-ray` runs these tests")
cluster_utils = pytest.importorskip("ray.cluster_utils")
from dateline.engines_ray import Ray  # noqa: E402  (Ray is here)

pytestmark = pytest.mark.slow

COUNT, SIZE = 40, 4
NODE = {"num_cpus": 1, "object_store_memory": 100 * 2**20}  # one that has little


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return corpus(tmp_path_factory.mktemp("ray") / "news", COUNT)


@pytest.fixture(scope="module")
def undisturbed(source: Path, tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> dict[str, bytes]:
    target = tmp_path_factory.mktemp("ray") / "coded"
    bulk(source, target, Local(settings), settings, SIZE)
    return tree(target)


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    made = cluster_utils.Cluster(initialize_head=True, head_node_args={**NODE, "include_dashboard": False})
    made.add_node(**NODE)
    made.wait_for_nodes()
    try:
        yield made
    finally:
        ray.shutdown()
        made.shutdown()


def first_at_work(what: bytes = b"ray::Coder") -> int:
    """Waits for one: a process loads what it needs first."""
    until = time.monotonic() + 180
    while not (found := at_work(what)):
        assert time.monotonic() < until, "none has started"
        time.sleep(0.01)
    return found[0]


def at_work(what: bytes) -> list[int]:
    """Ray's processes of that name below this test's own process."""
    parents, found = {}, []
    for folder in Path("/proc").iterdir():
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if (folder / "cmdline").read_bytes().startswith(what):
                found.append(int(folder.name))
        except (ValueError, OSError):
            continue  # no process, or one that has just ended
    return [one for one in found if os.getpid() in _line(one, parents)]


def _line(process: int, parents: dict[int, int]) -> Iterator[int]:
    while process in parents:
        process = parents[process]
        yield process


@dataclass(frozen=True)
class Disturbed:
    """Does something to the cluster once each actor has a batch to code, and again when the first results have come."""

    inner: Ray
    disturb: Callable[[], None]

    def map(self, batches: Iterable[Batch]) -> Iterator[list[Coded]]:
        for number, coded in enumerate(self.inner.map(self._watched(batches))):
            if number == 0:
                self.disturb()
            yield coded

    def _watched(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        for number, batch in enumerate(batches):
            if number == self.inner.workers:
                self.disturb()
            yield batch


@pytest.fixture
def two(cluster: Any, settings: Settings) -> Ray:
    made = engine_of("ray", settings, 2, cluster.address)
    assert isinstance(made, Ray)
    return made


def test_two_nodes_give_the_bytes_of_one_process(
    two: Ray, source: Path, undisturbed: dict[str, bytes], tmp_path: Path, settings: Settings
) -> None:
    bulk(source, tmp_path / "coded", two, settings, SIZE)
    assert tree(tmp_path / "coded") == undisturbed


def test_killed_workers_cost_nothing(
    two: Ray, source: Path, undisturbed: dict[str, bytes], tmp_path: Path, settings: Settings
) -> None:
    killed = []

    def kill() -> None:
        killed.append(first_at_work())
        os.kill(killed[-1], signal.SIGKILL)

    bulk(source, tmp_path / "coded", Disturbed(two, kill), settings, SIZE)
    assert len(set(killed)) == 2
    assert tree(tmp_path / "coded") == undisturbed


@pytest.mark.parametrize("another_comes", [True, False])
def test_a_killed_node_costs_nothing(
    cluster: Any, two: Ray, source: Path, undisturbed: dict[str, bytes], tmp_path: Path, settings: Settings, another_comes: bool
) -> None:
    """Without another in its place, what its actor was given goes to the rest."""
    doomed, added = [cluster.add_node(**NODE)], []
    cluster.wait_for_nodes()

    def kill() -> None:
        if doomed:
            first_at_work()
            cluster.remove_node(doomed.pop(), allow_graceful=False)
            if another_comes:
                added.append(cluster.add_node(**NODE))

    bulk(source, tmp_path / "coded", Disturbed(replace(two, workers=3, late=10), kill), settings, SIZE)
    assert tree(tmp_path / "coded") == undisturbed
    for node in added:
        cluster.remove_node(node)


def test_a_killed_driver_goes_on_where_it_stood(
    cluster: Any, source: Path, undisturbed: dict[str, bytes], tmp_path: Path, settings: Settings
) -> None:
    target = tmp_path / "coded"
    command = [sys.executable, "-m", "dateline", "bulk", str(source), str(target), "--part", str(SIZE)]
    command += ["--engine", "ray", "--workers", "2", "--address", cluster.address]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    first, until = target / "_parts" / "000000.json", time.monotonic() + 180
    while not first.exists() and running.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    running.wait(timeout=20)
    assert first.exists()
    again = subprocess.run(command, capture_output=True, text=True, timeout=240)
    assert again.returncode == 1, again.stderr  # one line was set aside
    assert tree(target) == undisturbed
    assert ids(target) == sorted(f"r{number}" for number in range(COUNT) if number != 7)


class Deadly(Report):
    """A report that ends the process that takes it out of its envelope."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (1,)


def test_a_report_that_kills_its_actor_is_set_aside_alone(two: Ray) -> None:
    given = [Report(id=str(n), text=f"Rebels attacked Goma, killing {n + 2} soldiers.") for n in range(20)]
    given[3] = Deadly(id="deadly", text="Rebels left.")
    coded = [one for batch in two.map(batches_of(given)) for one in batch]
    assert [one.where for one in coded if isinstance(one, SetAside)] == ["deadly"]
    assert len(coded) == len(given)


@dataclass(frozen=True)
class Interrupted:
    """Kills the first process at work on the cluster."""

    inner: Hands
    killed: list[int]

    def map(self, work: Callable[[Any], Any], pieces: Iterable[Any]) -> Iterator[Any]:
        def watched() -> Iterator[Any]:
            for number, piece in enumerate(pieces):
                if number == 1 and not self.killed:
                    self.killed.append(first_at_work(b"ray::_done"))
                    os.kill(self.killed[0], signal.SIGKILL)
                yield piece

        return self.inner.map(work, watched())


def linked(address: Path, hands: Hands) -> list[Incident]:
    with Archive.open(str(address), clock=lambda: datetime(2025, 1, 1, tzinfo=UTC)) as archive:
        archive.add_many([(report, record, None) for report, record in coded_reports(1_100, days=15)])
        link_incidents(archive, hands=hands)
        assert archive.check() == []
        return archive.incidents()


def test_linking_over_two_nodes_finds_what_one_process_finds(cluster: Any, tmp_path: Path) -> None:
    with hands_of("local") as hands:
        alone = linked(tmp_path / "alone.sqlite", hands)
    with hands_of("ray", 2, cluster.address) as hands:
        interrupted = Interrupted(hands, [])
        assert linked(tmp_path / "ray.sqlite", interrupted) == alone
    assert interrupted.killed
    assert any(len(incident.accounts) > 3 for incident in alone)
