"""The engine changes nothing: the same records, in the order of the reports, over one process or two."""

from __future__ import annotations

from dateline.engines import BATCH, map_reports
from dateline.model.text import Report
from dateline.settings import Settings


def reports(count: int) -> list[Report]:
    return [Report(id=str(n), text=f"Rebels attacked a convoy near Goma, killing {n + 2} soldiers.") for n in range(count)]


def test_two_processes_give_the_records_of_one(settings: Settings) -> None:
    given = reports(2 * BATCH + 3)
    alone = [record.to_json() for record in map_reports(given, settings, 1)]
    shared = [record.to_json() for record in map_reports(given, settings, 2)]
    assert shared == alone
    assert len(alone) == len(given)


def test_a_generator_is_read_once_and_wholly(settings: Settings) -> None:
    ids = [record.report.id for record in map_reports((report for report in reports(BATCH + 1)), settings, 2)]
    assert ids == [str(n) for n in range(BATCH + 1)]
