"""With what it was done, and who wields it: sentences of our own."""

from __future__ import annotations

import pytest

from dateline.model.text import Report
from dateline.pipeline import Resources, tell


@pytest.mark.parametrize(
    ("sentence", "kind", "means", "by"),
    [
        ("Guerrillas attacked the station with rifles.", "armed_attack", "rifles", ["Guerrillas"]),
        ("Rebels used poisonous gas against the village.", "armed_attack", "poisonous gas", ["Rebels"]),
        ("A missile fired by Syrian forces killed 18 civilians.", "shelling", "missile", ["Syrian forces"]),
        ("Yemeni missiles hit the army base in Jizan.", "shelling", "Yemeni missiles", ["Yemeni"]),
        ("Shells of the regime hit a school.", "shelling", "Shells", ["regime"]),
        ("Police seized seven illegal rifles.", "restriction", "seven illegal rifles", ["Police"]),
        ("A grenade attack killed a guard.", "bombing", "grenade", []),
        ("Rebels attacked the village.", "armed_attack", None, ["Rebels"]),
    ],
)
def test_weapon_and_wielder(sentence: str, kind: str, means: str | None, by: list[str], resources: Resources) -> None:
    reading = resources.language.read(Report(id="table", text=sentence))
    draft = next(one.draft for one in tell(reading, resources).told if one.draft.type == kind)
    assert (sentence[draft.means.start : draft.means.end] if draft.means else None) == means
    assert [sentence[m.chars.start : m.chars.end] for m in draft.by] == by
