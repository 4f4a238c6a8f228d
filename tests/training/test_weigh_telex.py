"""What a message of MUC-4's kind teaches: messages of our own."""

from __future__ import annotations

import pytest

from dateline.evaluate.incident_templates import Templates
from dateline.evaluate.muc4 import Message
from dateline.evaluate.yardstick import Json
from dateline.model.text import Report
from dateline.pipeline import Resources
from training.weigh_telex import Lesson, Teacher

ATTACK = "unidentified gunmen killed teacher rosa quispe in front of her house in tarma last night, the police said."
ON_FORCES = "rebels attacked soldiers of the peruvian army near the town of tarma on friday, and the soldiers returned fire."


def lesson(text: str, templates: list[Json], resources: Resources) -> Lesson:
    message = Message(Report(id="m1", text=text), tuple(templates))
    teacher = Teacher(resources, Templates(resources.codebook.actors))
    return teacher.lesson(message, resources.language.read(message.report))


def template(kind: str, **slots: str) -> Json:
    names = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
    return {"incident_type": kind} | {name: [[[slots[name], 0]]] if name in slots else [] for name in names}


def test_a_happening_with_its_template_is_right_and_its_phrases_have_their_slots(resources: Resources) -> None:
    taught = lesson(ATTACK, [template("attack", PerpInd="unidentified gunmen", Victim="rosa quispe")], resources)
    assert {example.label for example in taught.keep} == {1.0}
    (doer,) = [example for example in taught.slots["by"] if example.label]
    assert "with unidentified" in doer.signs
    assert not any(example.label for example in taught.slots["means"])


def test_of_a_message_without_templates_all_is_wrong(resources: Resources) -> None:
    taught = lesson(ATTACK, [], resources)
    assert {example.label for example in taught.keep} == {0.0}
    assert not any(example.label for slot in taught.slots.values() for example in slot)


def test_an_attack_on_armed_forces_teaches_nothing(resources: Resources) -> None:
    assert lesson(ON_FORCES, [], resources).keep == ()


@pytest.mark.parametrize(
    ("text", "forms"),
    [("two hooded men", {"two hooded men", "hooded men"}), ("general ana maria sol", {"general ana maria sol", "ana maria sol"})],
)
def test_a_phrase_in_the_forms_that_the_set_may_give_it(text: str, forms: set[str], resources: Resources) -> None:
    assert forms <= Teacher(resources, Templates(resources.codebook.actors)).strings(text)
