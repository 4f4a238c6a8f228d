"""One event per happening: what is told twice is one, what differs in place, time or people is two."""

from __future__ import annotations

import pytest

from dateline.model.text import Report
from dateline.pipeline import Resources, tell

ONE = (
    "Gunmen attacked a police post in Herat on Monday. The attack killed four officers.",
    "A bomb exploded in a market in Kano. The blast wounded twenty people. No group claimed the bombing.",
    "Police arrested the editor on Friday. The editor was arrested at his home.",
)
TWO = (
    "Gunmen attacked a police post in Herat on Monday. Gunmen attacked an army base in Kandahar on Tuesday.",
    "Rebels captured Goma in January. Rebels captured Bukavu in February.",
    "Police arrested the editor on Friday. Police arrested the owner of the printing house on Sunday.",
)


def kinds(text: str, resources: Resources) -> list[str]:
    told = tell(resources.language.read(Report(id="merge", text=text)), resources).told
    return [one.draft.type for one in told if one.draft.type != "claim_responsibility"]


@pytest.mark.parametrize("text", ONE)
def test_told_twice_is_one_event(text: str, resources: Resources) -> None:
    assert len(kinds(text, resources)) == 1


@pytest.mark.parametrize("text", TWO)
def test_another_place_or_person_is_another_event(text: str, resources: Resources) -> None:
    assert len(kinds(text, resources)) == 2


def test_the_headline_is_no_second_event(resources: Resources) -> None:
    title = "Rebels Capture Kandahar Base"
    text = f"{title}\n\nKANDAHAR, Aug. 16 - Rebels captured the base in Kandahar on Friday after the army withdrew."
    reading = resources.language.read(Report(id="title", title=title, text=text))
    told = tell(reading, resources).told
    gains = [one.draft for one in told if one.draft.type == "territory_gain"]
    assert len(gains) == 1
    assert gains[0].sentence == reading.sentence_at(text.index("Rebels captured"))
    assert 0 in gains[0].other_sentences


def test_a_headline_whose_object_is_no_plain_noun_is_no_second_fall(resources: Resources) -> None:
    title = "Rebels take Goma, fourth city to fall"
    text = f"{title}\n\nCongolese rebels captured Goma, the capital of North Kivu, on Friday, an officer said."
    told = tell(resources.language.read(Report(id="fall", title=title, text=text)), resources).told
    assert [one.draft.type for one in told].count("territory_gain") == 1
