"""Invented readings by hand; and the given scorer, where it is there, on the same records."""

from __future__ import annotations

import importlib.util
import json
import random
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from dateline.evaluate.alike import alike, count_slot
from dateline.evaluate.data import find_file, read_lines
from dateline.evaluate.metrics import measure
from dateline.evaluate.voa_gold import YARDSTICK, count, pair, read, to_reading
from tests.evaluate.invented import Invented
from tests.factories import make_event, make_figure, make_place, make_record, make_report, make_source, make_when

TEXT = (
    "Shells hit Farby.\n"
    "Rebels of the Red Column shelled Farby on Friday, killing nine, the mayor said.\n"
    "A day earlier police held two men in Kesh.\n"
    "The envoy met the rebels."
)
GOLD: dict[str, Any] = {
    "id": "r1",
    "published": "2021-08-07",
    "text": TEXT,
    "events": [
        {
            "id": "e1",
            "type": "shelling",
            "status": "happened",
            "sents": [1, 0],
            "trigger": "shelled",
            "by": ["Red Column"],
            "on": [],
            "place": {"name": "Farby", "country": "AF"},
            "when": {"start": "2021-08-06", "end": "2021-08-06"},
            "figures": [{"measure": "killed", "low": 9, "high": 9}],
            "said_by": [{"who": "mayor", "stance": "asserts"}],
        },
        {"id": "e2", "type": "arrest", "status": "happened", "sents": [2], "trigger": "held", "by": ["police"], "on": ["men"]},
        {
            "id": "e3",
            "type": "talks",
            "status": "happened",
            "sents": [3],
            "trigger": "met",
            "by": ["envoy"],
            "on": [],
            "minor": True,
        },
    ],
}


def values(*events: Any) -> dict[str, float]:
    item = to_reading(GOLD, GOLD)
    (judged,) = YARDSTICK.judge([item], Invented([make_record(item.report, *events)]))
    return {one.name: one.value for one in measure(YARDSTICK.figures([item]), [judged.counts])}


REPORT = make_report("r1", TEXT)
SHELLING = make_event(
    REPORT,
    "shelled",
    "shelling",
    by=["Rebels of the Red Column"],
    place=make_place(REPORT, "Farby"),
    when=make_when(REPORT, "Friday", "2021-08-06"),
    figures=[make_figure(REPORT, "nine", "killed", 9, 9)],
    sources=[make_source(REPORT, "the mayor")],
)


def test_one_event_found_whole_and_one_missed() -> None:
    found = values(SHELLING)
    assert found["found_material"] == found["found_all"] == 66.67
    assert found["place"] == found["when"] == found["figures"] == found["sources"] == 100.0
    assert found["by"] == 66.67  # the police are missed
    assert found["by_in_pairs"] == 100.0
    # record: told type, status, by, place, when, figures, sources: 7 of 7 right; the arrest's type, status, by and on are missed
    assert found["record_material"] == pytest.approx(100 * 2 * 7 / (11 + 7), abs=0.01)


def test_what_is_made_up_costs_every_slot_that_it_fills() -> None:
    again = make_event(REPORT, "Shells", "shelling", place=make_place(REPORT, "Farby"))
    found = values(SHELLING, again)
    assert found["found_material"] == 50.0
    assert found["place"] == 66.67
    assert found["place_in_pairs"] == 100.0


def test_minor_events_are_optional() -> None:
    talks = make_event(REPORT, "met", "talks", by=["The envoy"])
    assert values(SHELLING, talks)["record_all"] == values(SHELLING)["record_all"]


def test_another_group_of_types_or_another_sentence_is_no_pair() -> None:
    assert values(make_event(REPORT, "shelled", "deployment"))["found_material"] == 0.0
    assert values(make_event(REPORT, "held", "shelling"))["found_material"] == 0.0


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [("Islamic State", "the Islamic State group", True), ("Turkish troops", "Syrian soldiers", False), ("rebel", "Rebels", True),
     ("the", "a", False), ("Sár-e Pol", "Sar Pol city", True)],
)  # fmt: skip
def test_names_are_alike_when_they_share_half_of_their_words(a: str, b: str, expected: bool) -> None:
    assert alike(a, b) is expected


@pytest.mark.parametrize(
    ("gold", "told", "expected"),
    [
        ({"to": "Taliban", "place": "Kunduz"}, {"to": {"name": "Taliban"}, "place": {"name": "Kunduz"}}, 1),
        ({"to": "Taliban", "place": "Kunduz"}, {"to": None, "place": {"name": "Kunduz"}}, 0),
        ({"to": None, "from": None, "place": "Kunduz city"}, {"to": {"name": "army"}, "place": {"name": "Kunduz"}}, 1),
        ({"from": "army", "place": "Kunduz"}, {"from": {"name": "the army"}, "place": {"name": "Taloqan"}}, 0),
    ],
)
def test_control(gold: dict[str, Any], told: dict[str, Any], expected: int) -> None:
    assert count_slot("control", {"control": gold}, {"control": told}) == (1, 1, expected)


def test_texts_come_in_the_line_or_in_a_file_beside(tmp_path: Path) -> None:
    own = tmp_path / "ours.jsonl"
    own.write_text(json.dumps(GOLD) + "\n", encoding="utf-8")
    assert read(own).items[0].sentences[1] == (18, 18 + len(TEXT.splitlines()[1]))
    text = {key: GOLD[key] for key in ("id", "text")} | {"offsets": [[0, 17], [18, 60]]}
    (tmp_path / "my_gold.jsonl").write_text(json.dumps({"id": "r1", "events": GOLD["events"]}) + "\n")
    (tmp_path / "my_docs.jsonl").write_text(json.dumps(text) + "\n")
    assert read(tmp_path / "my_gold.jsonl").items[0].sentences == ((0, 17), (18, 60))


SHARED = Path(__file__).parents[3] / "shared" / "yardsticks" / "voa_gold"


def given_scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("given_score", SHARED / "score.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def disturbed(reading: dict[str, Any], doc: dict[str, Any], chance: random.Random) -> Iterator[dict[str, Any]]:
    """The gold as a record of ours might have it: events lost and doubled, slots lost, changed and moved."""
    events, offsets, text = reading["events"], doc["offsets"], doc["text"]
    for event in events:
        if chance.random() < 0.2:
            continue
        for _ in range(2 if chance.random() < 0.2 else 1):
            spans = [{"start": offsets[n][0], "end": offsets[n][1], "text": text[slice(*offsets[n])]} for n in event["sents"]]
            out = {**event, "evidence": spans, "trigger": spans[0], "sources": event.get("said_by") or []}
            del out["sents"]
            out.pop("said_by", None)
            for slot in ("by", "on", "place", "when", "figures", "sources", "control"):
                if chance.random() < 0.3:
                    out[slot] = chance.choice(events).get(slot) if slot != "sources" else []
            if chance.random() < 0.3:
                out["type"] = chance.choice(events)["type"]
            yield out


@pytest.mark.parametrize("seed", range(5))
def test_agrees_with_the_given_scorer_to_three_decimals(seed: int) -> None:
    if not (SHARED / "score.py").is_file():
        pytest.skip("the yardsticks are not there")
    scorer = given_scorer()
    gold, docs = scorer.load(SHARED / "gold.jsonl"), scorer.load(SHARED / "docs.jsonl")
    chance = random.Random(seed)
    told = {key: list(disturbed(reading, docs[key], chance)) for key, reading in gold.items()}
    theirs = scorer.score(gold, docs, told)
    items = read_lines(find_file(SHARED, "gold.jsonl"), lambda line: [to_reading(line, docs[line["id"]])]).items
    counts = [count(item.events, told[item.report.id], pair(item.events, told[item.report.id], item.sentences)) for item in items]
    ours = {one.name: one.value / 100 for one in measure(YARDSTICK.figures(items), counts)}
    for scope, slot, name in (
        ("material", "record", "record_material"),
        ("all", "record", "record_all"),
        ("material", "found", "found_material"),
        ("all", "found", "found_all"),
        *(("material", slot, slot) for slot in scorer.SLOTS),
        *(("material", f"{slot} in pairs", f"{slot}_in_pairs") for slot in scorer.SLOTS),
    ):
        g, p, h = theirs[scope][slot]
        assert ours[name] == pytest.approx(scorer.prf(g, p, h)[2], abs=0.0005), name
