"""The engine changes nothing: the same records, in the order of the reports, over one process or two."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
from dataclasses import replace
from multiprocessing import active_children

import pytest

from dateline.annotate.language import Language
from dateline.batches import BATCH, DEADLY, Coded, batches_of, code_batch
from dateline.engines import Processes, map_reports
from dateline.errors import MissingResource
from dateline.model.event import Record
from dateline.model.reading import Reading
from dateline.model.text import Report
from dateline.pipeline import Resources
from dateline.read.sources import SetAside
from dateline.settings import Settings


def reports(count: int) -> list[Report]:
    return [Report(id=str(n), text=f"Rebels attacked a convoy near Goma, killing {n + 2} soldiers.") for n in range(count)]


def test_two_processes_give_the_records_of_one(settings: Settings) -> None:
    given = reports(2 * BATCH + 3)
    alone = [record.to_json() for record in map_reports(given, settings, 1)]
    shared = [record.to_json() for record in map_reports(given, settings, 2)]
    assert shared == alone
    assert len(alone) == len(given)


@pytest.mark.parametrize("size", [1, 7, 64])
def test_the_size_of_batches_changes_nothing(
    size: int, example_reports: tuple[Report, ...], example_records: tuple[Record, ...], resources: Resources
) -> None:
    """Nor does what was coded before: the batches come from the last to the first."""
    starts = range(0, len(example_reports), size)
    coded = {start: code_batch(example_reports[start : start + size], resources) for start in reversed(starts)}
    assert [told(one) for start in starts for one in coded[start]] == [told(one) for one in example_records]


@pytest.mark.parametrize("workers", [1, 2])
def test_processes_code_the_examples_as_one_does(
    workers: int, example_reports: tuple[Report, ...], example_records: tuple[Record, ...], settings: Settings
) -> None:
    coded = [one for batch in Processes(settings, workers).map(batches_of(example_reports)) for one in batch]
    assert [told(one) for one in coded] == [told(one) for one in example_records]


def told(coded: Coded) -> str:
    assert isinstance(coded, Record)
    return coded.to_json()


def test_a_generator_is_read_once_and_wholly(settings: Settings) -> None:
    ids = [record.report.id for record in map_reports((report for report in reports(BATCH + 1)), settings, 2)]
    assert ids == [str(n) for n in range(BATCH + 1)]


class Deadly(Report):
    """A report that ends the process that takes it out of its envelope."""

    def __reduce__(self) -> tuple[object, tuple[int]]:
        return os._exit, (1,)


class Choosy:
    """A language pass that fails on one word, as a parser may on a text nobody thought of."""

    def __init__(self, inner: Language) -> None:
        self.inner = inner

    def read(self, report: Report) -> Reading:
        if "Taiz" in report.text:
            raise ValueError("no such word")
        return self.inner.read(report)

    def read_many(self, reports: Iterable[Report]) -> Iterator[Reading]:
        return (self.read(report) for report in reports)


def test_a_report_that_cannot_be_coded_is_set_aside_alone(resources: Resources) -> None:
    given = [*reports(3), Report(id="bad", text="Rebels left Taiz."), *reports(2)]
    coded = code_batch(given, replace(resources, language=Choosy(resources.language)))  # type: ignore[arg-type]
    assert [one.where if isinstance(one, SetAside) else "coded" for one in coded] == ["coded"] * 3 + ["bad"] + ["coded"] * 2
    assert isinstance(coded[3], SetAside)
    assert coded[3].reason.startswith("ValueError in test_engines.py, line ")
    assert coded[:3] == code_batch(reports(3), resources)


def test_a_report_that_kills_its_worker_is_set_aside_and_the_others_are_coded(settings: Settings) -> None:
    given = reports(3 * BATCH)
    given[BATCH + 2] = Deadly(id="deadly", text="Rebels left Taiz.")
    coded = [one for batch in Processes(settings, 2).map(batches_of(given)) for one in batch]
    assert coded.pop(BATCH + 2) == SetAside("deadly", DEADLY)
    del given[BATCH + 2]
    assert [one.report.id for one in coded if isinstance(one, Record)] == [report.id for report in given]


def test_a_worker_that_is_killed_costs_nothing(settings: Settings) -> None:
    given = reports(4 * BATCH)
    coded: list[Coded] = []
    for number, batch in enumerate(Processes(settings, 2).map(batches_of(given))):
        coded += batch
        if number == 0:
            os.kill(active_children()[0].pid or 0, signal.SIGKILL)
    assert [one.report.id if isinstance(one, Record) else one for one in coded] == [report.id for report in given]


def test_what_is_missing_stops_the_run_in_a_worker_too(settings: Settings) -> None:
    with pytest.raises(MissingResource):
        list(Processes(settings.model_copy(update={"language_model": "no_such_model"}), 2).map([reports(1)]))
