"""Invented messages: templates out of records, and GTT's own form."""

from __future__ import annotations

import json

import pytest

from dateline.codebook.actors import ActorBook
from dateline.evaluate.incident_templates import Templates, split
from dateline.evaluate.metrics import measure
from dateline.evaluate.muc4 import YARDSTICK, to_message
from tests.evaluate.invented import Invented
from tests.factories import make_actor, make_event, make_place, make_record, make_report

TEMPLATES = Templates(ActorBook.load())
TEXT = (
    "guerrillas of the red column blew up a power pylon with dynamite in palmira. "
    "two men kidnapped the political leader hector ruiz. police arrested a student. a truck was burned by hooded men."
)


def test_one_template_an_incident() -> None:
    report = make_report("m1", TEXT)
    red_column = make_actor(report, "red column", kind="rebel_group", known_id="red-column")
    blast = make_event(
        report, "blew up", "bombing", by=[red_column, make_actor(report, "guerrillas", kind="rebel_group")],
        on=[make_actor(report, "a power pylon")], means="dynamite", place=make_place(report, "palmira"),
    )  # fmt: skip
    kidnapping = make_event(
        report,
        "kidnapped",
        "abduction",
        by=["two men"],
        on=[make_actor(report, "the political leader hector ruiz", kind="civilians")],
    )
    arrest = make_event(report, "arrested", "arrest", on=["a student"])
    fire = make_event(report, "burned", "property_destruction", by=["hooded men"], on=["a truck"])
    assert TEMPLATES.of(make_record(report, blast, kidnapping, arrest, fire)) == [
        {"incident_type": "bombing", "PerpInd": [["guerrillas"]], "PerpOrg": [["red column"]], "Target": [["power pylon"]],
         "Victim": [], "Weapon": [["dynamite"]]},
        {"incident_type": "kidnapping", "PerpInd": [["men"]], "PerpOrg": [["red column"]], "Target": [],
         "Victim": [["hector ruiz"]], "Weapon": []},
        {"incident_type": "arson", "PerpInd": [["hooded men"]], "PerpOrg": [["red column"]], "Target": [["truck"]],
         "Victim": [], "Weapon": []},
    ]  # fmt: skip


def test_tellings_of_one_incident_are_one_template() -> None:
    report = make_report("m1", TEXT)
    events = [make_event(report, words, "bombing", on=[make_actor(report, "a power pylon")]) for words in ("blew up", "dynamite")]
    (template,) = TEMPLATES.of(make_record(report, *events))
    assert template["Target"] == [["power pylon"]]


def test_what_was_only_planned_is_no_incident() -> None:
    report = make_report("m1", TEXT)
    assert TEMPLATES.of(make_record(report, make_event(report, "blew up", "bombing", status="planned"))) == []


def test_scored_and_written_in_the_form_of_gtt() -> None:
    gold = {"incident_type": "kidnapping", "PerpInd": [[["two men", 78]]], "PerpOrg": [], "Target": [],
            "Victim": [[["ruiz", 110], ["hector ruiz", 100]]], "Weapon": []}  # fmt: skip
    item = to_message({"docid": "m1", "doctext": TEXT, "templates": [gold]})
    victim = make_actor(item.report, "the political leader hector ruiz", kind="civilians")
    event = make_event(item.report, "kidnapped", "abduction", by=["hooded men"], on=[victim])
    (judged,) = YARDSTICK.judge([item], Invented([make_record(item.report, event)]))
    values = {one.name: one.value for one in measure(YARDSTICK.figures([item]), [judged.counts])}
    assert (values["type"], values["victim"], values["perp_ind"]) == (100.0, 100.0, 0.0)
    assert values["micro_f1"] == 66.67  # two of three told, two of three gold
    (line,) = YARDSTICK.predictions([judged])
    assert json.loads(line) == {"m1": {"doctext": TEXT, "pred_templates": [
        {"incident_type": "kidnapping", "PerpInd": [["hooded men"]], "PerpOrg": [], "Target": [],
         "Victim": [["hector ruiz"]], "Weapon": []}], "gold_templates": [gold]}}  # fmt: skip


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("the political leader hector ruiz", "hector ruiz"),
        ("hector ruiz, mayor of palmira", "hector ruiz"),
        ("general ana maria sol", "ana maria sol"),
        ("two priests", None),
        ("the mayor", None),
        ("12 soldiers", None),
    ],
)
def test_victims_are_names_without_titles(words: str, name: str | None) -> None:
    assert TEMPLATES.name(words) == name


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("a power pylon", True),
        ("the residence of the mayor", True),
        ("two buses", True),
        ("hector ruiz", False),
        ("the mayor", False),
    ],
)
def test_things_are_told_from_people(words: str, expected: bool) -> None:
    assert TEMPLATES.is_thing(words) is expected


@pytest.mark.parametrize(
    ("words", "people", "group"),
    [
        ("guerrillas of the red column", "guerrillas", "red column"),
        ("red column members", "red column members", "red column"),
        ("red column", None, "red column"),
        ("they", None, "red column front"),
    ],
)
def test_a_groups_people_and_the_group(words: str, people: str | None, group: str) -> None:
    report = make_report("m1", f"{words} came.")
    assert split(make_actor(report, words, name="Red Column Front", known_id="red-column")) == (people, group)


@pytest.mark.parametrize(
    ("words", "people", "group"),
    [
        ("17 alleged maoist shining path", None, "shining path"),
        ("five shining path terrorists", "five shining path terrorists", "shining path"),
        ("members of the shining path", "members", "shining path"),
        ("the rebels", "the rebels", "shining path"),
        ("they", None, "shining path"),
    ],
)
def test_a_group_of_the_codebook_by_its_name_as_it_stands(words: str, people: str | None, group: str) -> None:
    report = make_report("m1", f"{words} came.")
    assert TEMPLATES.split(make_actor(report, words, name="Shining Path", known_id="shining-path")) == (people, group)


def test_an_attack_on_nobody_but_armed_forces_is_no_incident() -> None:
    report = make_report("m1", TEXT)
    soldiers = make_actor(report, "two men", kind="state_forces")
    assert TEMPLATES.of(make_record(report, make_event(report, "blew up", "bombing", on=[soldiers]))) == []


def test_a_building_is_no_perpetrator() -> None:
    report = make_report("m1", "a bomb went off in the grand hotel")
    (template,) = TEMPLATES.of(make_record(report, make_event(report, "went off", "bombing", by=["grand hotel"])))
    assert template["PerpInd"] == []


def test_who_claims_a_deed_is_its_organisation() -> None:
    report = make_report("m1", TEXT)
    attack = make_event(report, "blew up", "bombing", by=["two men"])
    claimer = make_actor(report, "red column", kind="rebel_group", known_id="red-column")
    (template,) = TEMPLATES.of(make_record(report, attack, make_event(report, "burned", "claim_responsibility", by=[claimer])))
    assert (template["PerpInd"], template["PerpOrg"]) == ([["men"]], [["red column"]])
