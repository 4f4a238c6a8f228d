"""The pipeline over the actors of a Ray cluster, an optional extra (`pip install 'dateline[ray]'`); only engines.py imports it.

Actors hold the resources. Ray starts a lost one anew, on another node if need be, and gives it its batch again; where no
node has room for it, its batches go to the others. Results are taken in the order of the batches: nothing is lost, and nothing
comes twice.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from dateline.batches import AHEAD, DEADLY, Batch, Coded, code_batch
from dateline.errors import MissingResource
from dateline.pipeline import Resources, load_resources
from dateline.read.sources import SetAside
from dateline.settings import Settings

try:
    import ray
except ModuleNotFoundError as error:
    raise MissingResource("Ray is not installed: pip install 'dateline[ray]', or choose --engine processes") from error

Piece = TypeVar("Piece")
Answer = TypeVar("Answer")
LOST = (ray.exceptions.RayActorError, ray.exceptions.ObjectLostError, ray.exceptions.NodeDiedError)
RETRIES = 3  # of a batch whose actor or node is lost, before its reports are tried one at a time
LATE = 120.0  # seconds; an actor whose node is gone for good may wait for a place as long as the others hold all cores


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
    """Choose it for more than one machine. `workers` 0 is one a core of the cluster; `address` None starts one here. A batch
    that nothing has come of after `late` seconds is given to another actor as well: both would answer the same."""

    settings: Settings
    workers: int
    address: str | None
    late: float = LATE

    def map(self, batches: Iterable[Batch]) -> Iterator[list[Coded]]:
        with _connected(self.address) as cores:
            crew = _Crew([_actor(self.settings) for _ in range(self.workers or cores)])
            yield from self._over(crew, batches)

    def _over(self, crew: _Crew, batches: Iterable[Batch]) -> Iterator[list[Coded]]:
        waiting: deque[tuple[Batch, list[Any]]] = deque()
        for batch in batches:
            waiting.append((batch, [crew.give(batch)]))
            if len(waiting) >= AHEAD * len(crew.actors):
                yield self._first(crew, waiting)
        while waiting:
            yield self._first(crew, waiting)

    def _first(self, crew: _Crew, waiting: deque[tuple[Batch, list[Any]]]) -> list[Coded]:
        """The first batch's results, from whichever actor answers first."""
        batch, asked = waiting[0]
        while not (answered := ray.wait(asked, timeout=self.late * 2 ** (len(asked) - 1))[0]):
            silent = crew.asked.get(asked[-1])
            for other, tried in waiting if len(crew.actors) > 1 and silent is not None else ():
                if crew.asked.get(tried[-1]) == silent:  # all that it was given
                    tried.append(crew.give(other, but=silent))
        waiting.popleft()
        try:
            coded: list[Coded] = _taken(answered[0])
            return coded
        except LOST:
            return list(self._one_by_one(batch))

    def _one_by_one(self, batch: Batch) -> Iterator[Coded]:
        """In an actor of its own, so that it is plain which report ends its worker."""
        actor = _actor(self.settings, cores=0, retries=0)  # the cores are taken, by actors that wait for this one
        for number, report in enumerate(batch):
            coded: Coded = SetAside(report.id, DEADLY)
            for _attempt in range(2):
                try:
                    coded = _taken(actor.code.remote(batch[number : number + 1]))[0]
                    break
                except LOST:
                    actor = _actor(self.settings, cores=0, retries=0)
            yield coded
        ray.kill(actor)


@dataclass(frozen=True, slots=True)
class RayHands:
    """Does a linking's pieces over a cluster, by `ray_hands`: each is a task that Ray does again elsewhere when its node is lost.
    Choose it for an archive on a server that all nodes reach."""

    workers: int

    def map(self, work: Callable[[Piece], Answer], pieces: Iterable[Piece]) -> Iterator[Answer]:
        task = ray.remote(_done).options(num_cpus=1, max_retries=RETRIES)
        sent = ray.put(work)  # once, with all that is bound to it
        waiting: deque[Any] = deque()
        for piece in pieces:
            waiting.append(task.remote(sent, piece))
            if len(waiting) >= AHEAD * self.workers:
                yield _taken(waiting.popleft())
        while waiting:
            yield _taken(waiting.popleft())


@contextmanager
def ray_hands(workers: int, address: str | None) -> Iterator[RayHands]:
    with _connected(address) as cores:
        yield RayHands(workers or cores)


def _done(work: Callable[[Piece], Answer], piece: Piece) -> Answer:
    return work(piece)


@contextmanager
def _connected(address: str | None) -> Iterator[int]:
    """The cluster's cores. Whoever was connected already stays so."""
    was_there = ray.is_initialized()
    if not was_there:
        ray.init(address=address, log_to_driver=False, logging_level="warning")
    try:
        yield int(ray.cluster_resources().get("CPU", 1))
    finally:
        if not was_there:
            ray.shutdown()


class _Crew:
    """The actors of one run and which of them was asked for what: a batch goes to the one that has least to do."""

    def __init__(self, actors: list[Any]) -> None:
        self.actors = actors
        self.asked: dict[Any, int] = {}  # results that may not have come yet, by the number of their actor

    def give(self, batch: Batch, but: int | None = None) -> Any:
        if len(self.asked) >= AHEAD * len(self.actors):
            for result in ray.wait(list(self.asked), num_returns=len(self.asked), timeout=0, fetch_local=False)[0]:
                del self.asked[result]
        busy = Counter(self.asked.values())
        number = min((one for one in range(len(self.actors)) if one != but), key=lambda one: (busy[one], one))
        result = self.actors[number].code.remote(batch)
        self.asked[result] = number
        return result


def _actor(settings: Settings, cores: int = 1, retries: int = RETRIES) -> Any:
    # Ray gives an actor as many threads for linear algebra as it has cores.
    options = {"num_cpus": cores, "max_restarts": -1 if retries else 0, "max_task_retries": retries}
    return ray.remote(Coder).options(**options).remote(settings)


def _taken(result: Any) -> Any:
    try:
        return ray.get(result)
    except ray.exceptions.RayTaskError as error:
        raise error.cause from error
