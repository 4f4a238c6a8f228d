"""The template scorer on documents whose counts are worked out by hand."""

from __future__ import annotations

import pytest

from dateline.evaluate.templates_scorer import TYPE, Template, count, entity, plain


def template(kind: str, **slots: list[list[str]]) -> Template:
    return Template(kind, {slot: tuple(entity(one) for one in found) for slot, found in slots.items()})


@pytest.mark.parametrize(
    ("text", "expected"),
    [("The F.M.L.N.", "fmln"), ("a  car-bomb", "carbomb"), ("Guerrillas", "guerrillas"), ("the", ""), ("theatre", "theatre")],
)
def test_strings_are_compared_plainly(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_a_string_of_the_entity_is_enough() -> None:
    gold = [
        template("attack", PerpOrg=[["fmln", "farabundo marti national liberation front"]], Victim=[["the mayor"], ["guard"]])
    ]
    told = [template("attack", PerpOrg=[["FMLN"]], Victim=[["mayor"], ["two guards"]])]
    found = count(gold, told)
    assert found[TYPE] == (1, 1, 1, 1)
    assert found["PerpOrg"] == (1, 1, 1, 1)
    assert found["Victim"] == (2, 1, 2, 1)
    assert found["Weapon"] == (0, 0, 0, 0)


def test_templates_of_another_type_are_missed_and_made_up() -> None:
    found = count([template("bombing", Target=[["bridge"]])], [template("attack", Target=[["bridge"]])])
    assert found[TYPE] == (1, 0, 1, 0)
    assert found["Target"] == (1, 0, 1, 0)


def test_a_double_type_takes_either() -> None:
    assert count([template("bombing / attack")], [template("attack")])[TYPE] == (1, 1, 1, 1)


def test_the_best_mapping_counts_whatever_the_order() -> None:
    gold = [template("attack", Victim=[["priest"]]), template("attack", Victim=[["judge"]], Weapon=[["rifle"]])]
    told = [template("attack", Victim=[["judge"]]), template("attack", Victim=[["priest"]])]
    found = count(gold, told)
    assert found["Victim"] == (2, 2, 2, 2)
    assert found["Weapon"] == (0, 0, 1, 0)


def test_two_strings_may_hit_one_entity() -> None:
    found = count([template("attack", Weapon=[["bomb", "dynamite"]])], [template("attack", Weapon=[["bomb"], ["dynamite"]])])
    assert found["Weapon"] == (2, 2, 1, 1)


def test_nothing_told_and_nothing_to_tell() -> None:
    assert count([], [])[TYPE] == (0, 0, 0, 0)
    assert count([template("arson")], [])[TYPE] == (0, 0, 1, 0)
    assert count([], [template("arson", Target=[["bus"]])])["Target"] == (1, 0, 0, 0)


def test_many_templates_are_mapped_without_trying_all() -> None:
    gold = [template("attack", Victim=[[f"victim {n}"]]) for n in range(12)]
    found = count(gold, list(reversed(gold)))
    assert found["Victim"] == (12, 12, 12, 12)
