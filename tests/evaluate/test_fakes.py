"""Invented articles: governorate, actor, cause and killed by group out of records."""

from __future__ import annotations

import pytest

from dateline.evaluate.fakes import ISIS, YARDSTICK, answer, to_article
from tests.evaluate.invented import Invented
from tests.factories import make_event, make_figure, make_place, make_record, make_report

TEXT = (
    "Regime jets hit Saraqib; the raid left nine people dead, four children and two women among them, with 12 rebel fighters. "
    "Islamic State gunmen used chlorine gas at a gate by the US-led coalition. Kurdish fighters set off a car bomb."
)


def test_one_raid() -> None:
    report = make_report("r1", TEXT)
    figures = [
        make_figure(report, "nine people", "killed", 9, 9, whom="people"),
        make_figure(report, "four children", "killed", 4, 4, whom="children", part="part"),
        make_figure(report, "two women", "killed", 2, 2, whom="women", part="part"),
        make_figure(report, "12 rebel fighters", "killed", 12, 12, whom="rebel fighters"),
    ]
    raid = make_event(
        report, "raid", "airstrike", by=["Regime jets"], place=make_place(report, "Saraqib", admin1="Idlib"), figures=figures
    )
    assert answer(make_record(report, raid)) == {
        "location": "idlib",
        "actor": "syrian government or russian troops",
        "cause_of_death": "shelling",
        "civilians": 9,
        "noncivilians": 12,
        "children": 4,
        "women": 2,
    }


@pytest.mark.parametrize(
    ("by", "kind", "means", "actor", "cause"),
    [
        ("Islamic State gunmen", "armed_attack", "chlorine gas", ISIS, "chemical and toxic gases"),
        ("US-led coalition", "airstrike", None, "international coalition forces", "shelling"),
        ("Kurdish fighters", "bombing", "car bomb", "self administration forces", "explosion"),
        ("rebel fighters", "clash", None, "armed opposition groups", "unknown"),
        (None, "shelling", None, "unknown", "shelling"),
    ],
)  # fmt: skip
def test_actors_and_causes(by: str | None, kind: str, means: str | None, actor: str, cause: str) -> None:
    report = make_report("r1", TEXT)
    event = make_event(report, "hit", kind, by=[by] if by else [], means=means)  # type: ignore[arg-type]
    told = answer(make_record(report, event))
    assert (told["actor"], told["cause_of_death"]) == (actor, cause)


def test_the_title_stands_above_the_text_and_exact_counts_are_asked() -> None:
    gold = {"location": "idlib", "actor": "unknown", "cause_of_death": "unknown", "civilians": 0, "noncivilians": 0,
            "children": 0, "women": 1}  # fmt: skip
    item = to_article({"id": "r1", "title": "Raid on Saraqib", "published": "2017-03-01", "text": TEXT, "gold": gold})
    assert item.report.text.startswith("Raid on Saraqib\n\nRegime jets")
    (judged,) = YARDSTICK.judge([item], Invented([make_record(item.report)]))
    assert {name: right for name, (right, _) in judged.counts.items()} == {
        "location": 0, "actor": 1, "cause_of_death": 1, "civilians": 1, "noncivilians": 1, "children": 1, "women": 0,
    }  # fmt: skip
