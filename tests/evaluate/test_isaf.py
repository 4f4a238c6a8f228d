"""Invented releases: counts, group, province and type out of records."""

from __future__ import annotations

import pytest

from dateline.evaluate.isaf import YARDSTICK, answer, share, to_release
from dateline.evaluate.metrics import measure
from dateline.model.actor import Actor
from tests.evaluate.invented import Invented
from tests.factories import make_actor, make_event, make_figure, make_place, make_record, make_report, make_when

TEXT = "A night raid near Zurmat killed two fighters and a Haqqani planner; 4 men were held on 3 May. A drone strike followed."


def raid(**more: object):  # type: ignore[no-untyped-def]
    report = make_report("r1", TEXT)
    return report, make_event(
        report,
        "raid",
        "armed_attack",
        on=[make_actor(report, "Haqqani planner", kind="rebel_group")],
        place=make_place(report, "Zurmat", admin1="Paktia Province"),
        when=make_when(report, "3 May", "2012-05-03"),
        figures=[make_figure(report, "two fighters", "killed", 2, 2, whom="fighters")],
        **more,
    )


def test_killed_and_captured() -> None:
    report, attack = raid()
    held = make_event(report, "held", "arrest", figures=[make_figure(report, "4 men", "arrested", 4, 4, whom="men")])
    told = answer(make_record(report, attack, held))
    assert told == {
        "start_date": "2012-05-03",
        "province": ["paktya"],
        "target_group": ["haqqani"],
        "event_type": ["captureandkill"],
        "min_killed": 2,
        "min_captured": 4,
        "killq": True,
        "captureq": True,
        "airstrike": False,
        "killcaptureraid": True,
        "noshotsfired": False,
    }


def test_killed_from_the_air() -> None:
    report = make_report("r1", TEXT)
    strike = make_event(report, "strike", "airstrike", figures=[make_figure(report, "two fighters", "killed", 2, 2)])
    told = answer(make_record(report, strike))
    assert (told["event_type"], told["airstrike"], told["killcaptureraid"]) == (["airstrike"], True, False)


@pytest.mark.parametrize(("status", "whom"), [("planned", "fighters"), ("denied", "fighters"), ("happened", "civilians")])
def test_what_did_not_happen_and_civilians_are_not_counted(status: str, whom: str) -> None:
    report = make_report("r1", TEXT)
    figure = make_figure(report, "two fighters", "killed", 2, 2, whom=whom)
    told = answer(make_record(report, make_event(report, "raid", "armed_attack", status=status, figures=[figure])))  # type: ignore[arg-type]
    assert (told["min_killed"], told["killq"], told["event_type"]) == (0, False, [])


def test_nothing_told() -> None:
    told = answer(make_record(make_report("r1", TEXT, published=None)))
    assert (told["start_date"], told["province"], told["target_group"]) == (None, [], [])


def test_a_release_that_dates_nothing_is_of_its_own_day() -> None:
    told = answer(make_record(make_report("r1", TEXT, published="2012-05-04")))
    assert told["start_date"] == "2012-05-04"


@pytest.mark.parametrize(
    ("gold", "told", "expected"),
    [
        (["aq", "taliban"], ["taliban"], 0.5),
        (["taliban"], ["haqqani", "taliban"], 1.0),
        ([], [], 1.0),
        ([], ["taliban"], 0.0),
        ("2012-05-03", "2012-05-03", 1.0),
        ("2012-05-03", None, 0.0),
    ],
)
def test_sets_score_the_share_of_gold_found(gold: object, told: object, expected: float) -> None:
    assert share(gold, told) == expected


def test_figures_over_items() -> None:
    gold = {"start_date": "2012-05-03", "province": ["paktya"], "target_group": ["haqqani;taliban"], "event_type": [""],
            "min_killed": 2, "min_captured": 0, "killq": True, "captureq": False, "airstrike": False, "killcaptureraid": True,
            "noshotsfired": True}  # fmt: skip
    report, attack = raid()
    item = to_release({"id": "r1", "text": TEXT, "gold": gold})
    (judged,) = YARDSTICK.judge([item], Invented([make_record(report, attack)]))
    values = {one.name: one.value for one in measure(YARDSTICK.figures([item]), [judged.counts])}
    assert values["start_date"] == values["province"] == values["min_killed"] == values["killcaptureraid"] == 100.0
    assert values["target_group"] == 50.0
    assert values["event_type"] == values["noshotsfired"] == 0.0
    assert values["mean9"] == pytest.approx(100 * (1 + 1 + 0.5 + 0 + 1 + 1 + 1 + 1 + 1) / 9, abs=0.01)
    assert judged.wrong == 3


def test_an_actor_is_known_by_its_id() -> None:
    report = make_report("r1", TEXT)
    who = Actor(name="the movement", id="islamic-movement-of-uzbekistan", span=report.span(0, 1))
    assert answer(make_record(report, make_event(report, "raid", "armed_attack", on=[who])))["target_group"] == ["imu"]
