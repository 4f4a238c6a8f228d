"""The pipeline over the actors of a Ray cluster, an optional extra (`pip install 'dateline[ray]'`); only engines.py imports it.

Actors hold the resources. Ray starts a lost one anew, on another node if need be, and gives it its batch again; results are
taken in the order of the batches, so nothing is lost and nothing comes twice.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from dateline.batches import AHEAD, DEADLY, Batch, Coded, code_batch
from dateline.errors import MissingResource
from dateline.pipeline import Resources, load_resources
from dateline.read.sources import SetAside
from dateline.settings import Settings

try:
    import ray
except ModuleNotFoundError as error:
    raise MissingResource("Ray is not installed: pip install 'dateline[ray]', or choose --engine processes") from error

LOST = (ray.exceptions.RayActorError, ray.exceptions.ObjectLostError, ray.exceptions.NodeDiedError)
RETRIES = 3  # of a batch whose actor or node is lost, before its reports are tried one at a time


class Coder:
    """One actor: its resources are loaded once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._resources: Resources | None = None

    def code(self, batch: Batch) -> list[Coded]:
        if self._resources is None:  # not when the actor starts: what is missing then would look like an actor that died
            self._resources = load_resources(self._settings)
        return code_batch(batch, self._resources)


@dataclass(frozen=True, slots=True)
class Ray:
    """Choose it for more than one machine. `workers` 0 is one a core of the cluster; `address` None starts one here."""

    settings: Settings
    workers: int
    address: str | None

    def map(self, batches: Iterable[Batch]) -> Iterator[list[Coded]]:
        was_there = ray.is_initialized()
        if not was_there:
            ray.init(address=self.address, log_to_driver=False, logging_level="warning")
        try:
            count = self.workers or int(ray.cluster_resources().get("CPU", 1))
            yield from self._over([self._actor() for _ in range(count)], batches)
        finally:
            if not was_there:
                ray.shutdown()

    def _over(self, actors: list[Any], batches: Iterable[Batch]) -> Iterator[list[Coded]]:
        waiting: deque[tuple[Batch, Any]] = deque()
        for number, batch in enumerate(batches):
            waiting.append((batch, actors[number % len(actors)].code.remote(batch)))
            if len(waiting) >= AHEAD * len(actors):
                yield self._first(waiting)
        while waiting:
            yield self._first(waiting)

    def _first(self, waiting: deque[tuple[Batch, Any]]) -> list[Coded]:
        batch, result = waiting.popleft()
        try:
            return _taken(result)
        except LOST:
            return list(self._one_by_one(batch))

    def _one_by_one(self, batch: Batch) -> Iterator[Coded]:
        """In an actor of its own, so that it is plain which report ends its worker."""
        actor = self._actor(cores=0, retries=0)  # the cores are taken, by actors that wait for this one
        for number, report in enumerate(batch):
            coded: Coded = SetAside(report.id, DEADLY)
            for _attempt in range(2):
                try:
                    coded = _taken(actor.code.remote(batch[number : number + 1]))[0]
                    break
                except LOST:
                    actor = self._actor(cores=0, retries=0)
            yield coded
        ray.kill(actor)

    def _actor(self, cores: int = 1, retries: int = RETRIES) -> Any:
        # Ray gives an actor as many threads for linear algebra as it has cores.
        options = {"num_cpus": cores, "max_restarts": -1 if retries else 0, "max_task_retries": retries}
        return ray.remote(Coder).options(**options).remote(self.settings)


def _taken(result: Any) -> list[Coded]:
    try:
        coded: list[Coded] = ray.get(result)
    except ray.exceptions.RayTaskError as error:
        raise error.cause from error
    return coded
