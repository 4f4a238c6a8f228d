"""A small invented report in the place of the seed's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dateline.errors import UsageError
from dateline.evaluate.metrics import measure
from dateline.evaluate.seed import YARDSTICK, read
from dateline.model.event import Record, Tally, head_of
from tests.evaluate.invented import Invented
from tests.factories import make_event, make_place, make_source, span_of

TEXT = "Rebels took Kesh, a driver said.\nPolice left Farby.\nThe war has killed 40 people."
EXPECTED = {
    "id": "r1",
    "published": "2021-08-10",
    "title": None,
    "events": [
        {"id": "e1", "type": "territory_gain", "status": "happened", "sents": [1], "trigger": "took", "by": ["Rebels"], "on": [],
         "place": {"name": "Kesh", "country": None}, "when": None, "figures": [], "said_by": [{"who": "driver"}]},
        {"id": "e2", "type": "withdrawal", "status": "happened", "sents": [2], "trigger": "left", "by": ["Police"], "on": [],
         "place": {"name": "Farby"}, "when": None, "figures": [], "said_by": []},
    ],
    "tallies": [{"measure": "killed", "whom": "people", "low": 40, "high": 40}, {"measure": "displaced", "low": 9, "high": None}],
}  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "report.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "expected.json").write_text(json.dumps(EXPECTED), encoding="utf-8")
    return tmp_path


def test_events_tallies_and_speakers(folder: Path) -> None:
    ((reading, gold),) = read(folder).items
    report = reading.report
    took = make_event(report, "took", "territory_gain", by=["Rebels"], place=make_place(report, "Kesh"),
                      sources=[make_source(report, "a driver")])  # fmt: skip
    left = make_event(report, "left", "withdrawal", by=["Police"])  # without its place it is not right
    tally = Tally(measure="killed", whom="people", low=40, high=40, span=span_of(report, "40"))
    record = Record(report=head_of(report), events=(took, left), tallies=(tally,))
    (judged,) = YARDSTICK.judge([(reading, gold)], Invented([record]))
    values = {one.name: one.value for one in measure(YARDSTICK.figures([]), [judged.counts])}
    assert values == {"events_found": 100.0, "events_right": 50.0, "tallies": 50.0, "speakers": 100.0}


def test_a_folder_without_the_report_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"report\.txt and expected\.json"):
        read(tmp_path)
