"""Invented shootings: reports put together, and the counts of the incident."""

from __future__ import annotations

import pytest

from dateline.evaluate.coder import Linking
from dateline.evaluate.gva import YARDSTICK, Incident, led_with, most_told, to_incident
from dateline.evaluate.metrics import measure
from dateline.model.event import Record
from tests.evaluate.invented import Invented
from tests.factories import make_event, make_figure, make_record, make_report


def incident(name: str, killed: int, injured: int, *reports: str) -> Incident:
    told = [{"id": key, "title": f"Case {key}", "dct": "2014-02-13", "content": "A man shot two people."} for key in reports]
    return to_incident({"incident": name, "gold": {"num_killed": killed, "num_injured": injured}, "reports": told})


ITEMS = [incident("A", 0, 2, "a1", "a2"), incident("B", 1, 0, "b1", "b2", "shared"), incident("C", 0, 1, "shared")]


def records(**injured: int) -> list[Record]:
    """One shooting a report; by default two injured in each."""
    out = []
    for report in {r.id: r for item in ITEMS for r in item.reports}.values():
        figures = [make_figure(report, "two people", "injured", injured.get(report.id, 2), 9)]
        out.append(make_record(report, make_event(report, "shot", "armed_attack", figures=figures, event_id=f"e-{report.id}")))
    return out


def values(told: list[Record], *stories: tuple[str, ...]) -> dict[str, float]:
    judged = list(YARDSTICK.judge(ITEMS, Invented(told, Linking((), stories))))
    return {one.name: one.value for one in measure(YARDSTICK.figures(ITEMS), [one.counts for one in judged])}


def test_the_title_stands_above_the_text() -> None:
    assert ITEMS[0].reports[0].text == "Case a1\n\nA man shot two people."


def test_all_put_together_rightly() -> None:
    found = values(records(), ("a1", "a2"), ("b1", "b2"), ("shared",))
    assert (found["b3_f1"], found["conll_f1"]) == (100.0, 100.0)
    assert (found["killed"], found["injured"]) == (66.67, 33.33)  # all injured two, nobody killed: A whole, C's killed


def test_all_in_one_story() -> None:
    found = values(records(), ("a1", "a2", "b1", "b2", "shared"))
    assert found["b3_f1"] == 66.67  # precision 1/2, recall 1; the report of two incidents is left out


def test_reports_alone() -> None:
    found = values(records(), *((key,) for key in ("a1", "a2", "b1", "b2", "shared")))
    assert found["b3_f1"] == 66.67  # precision 1, recall 1/2


@pytest.mark.parametrize(
    ("counts", "expected"),
    [({"b1": 1, "b2": 1, "shared": 4}, 1), ({"b1": 1, "b2": 3, "shared": 4}, 4), ({"b1": 5, "b2": 3, "shared": 3}, 3)],
)
def test_the_count_that_most_reports_give_and_the_latest_of_equals(counts: dict[str, int], expected: int) -> None:
    told = [record for record in records(**counts) if record.report.id in counts]
    assert most_told(told) == {"killed": 0, "injured": expected}


def test_who_was_shot_and_died_is_not_injured_too() -> None:
    report = make_report("r", "Four people were shot in Kesh and one died; two others were shot later.")
    four = make_figure(report, "Four people", "injured", 4, 4, whom="people")
    one = make_figure(report, "one", "killed", 1, 1)
    others = make_figure(report, "two others", "injured", 2, 2, whom="others")
    assert led_with(make_record(report, make_event(report, "shot", "armed_attack", figures=[four, one]))) == (1, 3)
    assert led_with(make_record(report, make_event(report, "shot", "armed_attack", figures=[others, one]))) == (1, 2)
    assert led_with(make_record(report, make_event(report, "shot", "armed_attack"))) is None


def test_a_report_stands_in_the_incident_that_most_accounts_tell_or_alone() -> None:
    told = Linking((("e-a1", "e-a2"), ("e-b1", "e-b2", "e-shared")), (("a1", "a2"), ("b1", "b2"), ("shared",)))
    judged = list(YARDSTICK.judge(ITEMS, Invented(records(), told)))
    found = {one.name: one.value for one in measure(YARDSTICK.figures(ITEMS), [one.counts for one in judged])}
    assert (found["incident_b3_f1"], found["told_conll_f1"]) == (100.0, 100.0)
    silent = [r if r.report.id != "a1" else make_record(ITEMS[0].reports[0]) for r in records()]
    judged = list(YARDSTICK.judge(ITEMS, Invented(silent, told)))
    found = {one.name: one.value for one in measure(YARDSTICK.figures(ITEMS), [one.counts for one in judged])}
    assert found["told_b3_f1"] == 100.0
    assert found["incident_b3_f1"] == 85.71  # precision 1, recall 3/4: a1 stands alone


def test_no_count_at_all_is_no_answer() -> None:
    empty = [make_record(report) for report in {r.id: r for item in ITEMS for r in item.reports}.values()]
    found = values(empty, ("a1", "a2"), ("b1", "b2"), ("shared",))
    assert (found["killed"], found["injured"]) == (0.0, 0.0)
