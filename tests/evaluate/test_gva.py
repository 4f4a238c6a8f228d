"""Invented shootings: reports put together, and the counts of the incident."""

from __future__ import annotations

from dateline.evaluate.coder import Linked
from dateline.evaluate.gva import YARDSTICK, Incident, to_incident
from dateline.evaluate.metrics import measure
from dateline.model.event import Record
from tests.evaluate.invented import Invented
from tests.factories import make_event, make_figure, make_record


def incident(name: str, killed: int, injured: int, *reports: str) -> Incident:
    told = [{"id": key, "title": f"Case {key}", "dct": "2014-02-13", "content": "A man shot two people."} for key in reports]
    return to_incident({"incident": name, "gold": {"num_killed": killed, "num_injured": injured}, "reports": told})


ITEMS = [incident("A", 0, 2, "a1", "a2"), incident("B", 1, 0, "b1", "b2", "shared"), incident("C", 0, 1, "shared")]


def records() -> list[Record]:
    out = []
    for report in {r.id: r for item in ITEMS for r in item.reports}.values():
        figures = [make_figure(report, "two people", "injured", 2, 2)]
        out.append(make_record(report, make_event(report, "shot", "armed_attack", figures=figures, event_id=f"e-{report.id}")))
    return out


def values(*linked: Linked) -> dict[str, float]:
    judged = list(YARDSTICK.judge(ITEMS, Invented(records(), linked)))
    return {one.name: one.value for one in measure(YARDSTICK.figures(ITEMS), [one.counts for one in judged])}


def test_the_title_stands_above_the_text() -> None:
    assert ITEMS[0].reports[0].text == "Case a1\n\nA man shot two people."


def test_all_put_together_rightly() -> None:
    found = values(
        Linked("i1", ("e-a1", "e-a2"), None, 2), Linked("i2", ("e-b1", "e-b2"), 1, None), Linked("i3", ("e-shared",), 0, 1)
    )
    assert found == {"b3_f1": 100.0, "conll_f1": 100.0, "killed": 100.0, "injured": 100.0}


def test_all_in_one_incident() -> None:
    found = values(Linked("i1", ("e-a1", "e-a2", "e-b1", "e-b2", "e-shared"), 1, 2))
    assert found["b3_f1"] == 66.67  # precision 1/2, recall 1; the report of two incidents is left out
    assert (found["killed"], found["injured"]) == (33.33, 33.33)


def test_reports_without_event_stand_alone_and_give_no_count() -> None:
    empty = [make_record(report) for report in {r.id: r for item in ITEMS for r in item.reports}.values()]
    judged = list(YARDSTICK.judge(ITEMS, Invented(empty)))
    found = {one.name: one.value for one in measure(YARDSTICK.figures(ITEMS), [one.counts for one in judged])}
    assert found["b3_f1"] == 66.67  # precision 1, recall 1/2
    assert (found["killed"], found["injured"]) == (0.0, 0.0)
