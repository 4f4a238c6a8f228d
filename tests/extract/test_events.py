"""Who did what to whom: sentences of our own with the slots that a careful coder fills."""

from __future__ import annotations

import pytest

from dateline.model.reading import Draft, Mention
from dateline.model.text import Report
from dateline.pipeline import Resources, tell

# (sentence, type, by, on): the words of each slot, in order
TABLE = (
    ("Rebels attacked an army convoy.", "armed_attack", ["Rebels"], ["army convoy"]),
    ("An army convoy was attacked by rebels.", "armed_attack", ["rebels"], ["army convoy"]),
    ("An attack on an army convoy by rebels lasted two hours.", "armed_attack", ["rebels"], ["army convoy"]),
    ("The army's shelling of the camp went on for hours.", "shelling", ["army"], ["camp"]),
    ("Government forces carried out an air strike on rebel positions.", "airstrike", ["Government forces"], ["rebel positions"]),
    ("The garrison came under attack.", "armed_attack", [], ["garrison"]),
    ("Militants who kidnapped three engineers demanded a ransom.", "abduction", ["Militants"], ["three engineers"]),
    ("The rebels tried to kill the governor.", "armed_attack", ["rebels"], ["governor"]),
    ("Soldiers accused of torturing prisoners were dismissed.", "abuse", ["Soldiers"], ["prisoners"]),
    ("Police fired rubber bullets at the protesters.", "crackdown", ["Police"], ["protesters"]),
    ("Dozens of militants surrendered to the army.", "surrender", ["militants"], ["army"]),
    ("Militants fired a barrage of rockets at Sderot.", "shelling", ["Militants"], []),
    (
        "An attack believed to have been carried out by Syrian jets killed nine people.",
        "airstrike",
        ["Syrian jets"],
        ["nine people"],
    ),
    ("Russian strikes killed nine civilians.", "airstrike", ["Russian"], ["nine civilians"]),
    ("US-led strikes hit a village, killing a man.", "airstrike", ["US"], ["man"]),
    ("Gunmen stormed a school in Gujba, killing three teachers.", "armed_attack", ["Gunmen"], ["three teachers"]),
    ("Gunners shelled the rebel town of Saraqeb on Friday.", "shelling", ["Gunners"], ["rebel"]),
    ("Police arrested a trader, Amina Yusuf, on Sunday.", "arrest", ["Police"], ["Amina Yusuf"]),
    ("Fighters loyal to Alassane Ouattara shelled the palace.", "shelling", ["Fighters loyal to Alassane Ouattara"], ["palace"]),
    ("In the suburbs, retaken by Iraqi troops in May, shops are open.", "territory_gain", ["Iraqi troops"], []),
    ("Police clashed with protesters.", "riot", ["protesters"], ["Police"]),
    ("Fighting between soldiers and rebels killed ten people.", "clash", ["soldiers"], ["rebels"]),
)


def told(sentence: str, resources: Resources) -> tuple[Draft, ...]:
    reading = resources.language.read(Report(id="table", text=sentence))
    return tuple(one.draft for one in tell(reading, resources).told)


def words(sentence: str, mentions: tuple[Mention, ...]) -> list[str]:
    return [sentence[m.chars.start : m.chars.end] for m in mentions]


@pytest.mark.parametrize(("sentence", "kind", "by", "on"), TABLE)
def test_slots(sentence: str, kind: str, by: list[str], on: list[str], resources: Resources) -> None:
    drafts = [draft for draft in told(sentence, resources) if draft.type == kind]
    assert len(drafts) == 1
    assert words(sentence, drafts[0].by) == by
    assert words(sentence, drafts[0].on) == on


def test_each_fallen_town_is_an_event_of_its_own(resources: Resources) -> None:
    sentence = "Kunduz, Taloqan and Aybak fell to the insurgents on Sunday."
    hints = [draft.place_hint for draft in told(sentence, resources) if draft.type == "territory_gain"]
    assert [sentence[hint.start : hint.end] for hint in hints if hint] == ["Kunduz", "Taloqan", "Aybak"]


def test_a_pronoun_may_mean_the_place_that_is_taken(resources: Resources) -> None:
    text = "Rebels reached the town of Bambari. They captured it two days later."
    taken = [draft for draft in told(text, resources) if draft.trigger.start == text.index("captured")]
    assert [(draft.type, draft.place_hint and text[draft.place_hint.start : draft.place_hint.end]) for draft in taken] == [
        ("territory_gain", "Bambari")
    ]


def test_a_toll_joins_the_attack_that_is_told_beside_it(resources: Resources) -> None:
    drafts = told("A car bomb exploded outside a bank, killing six people.", resources)
    assert [draft.type for draft in drafts] == ["bombing"]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Warplanes attacked the depot.", "airstrike"),
        ("Rockets hit the market.", "shelling"),
        ("A roadside bomb hit a bus.", "bombing"),
        ("Gunmen attacked the depot.", "armed_attack"),
    ],
)
def test_the_means_tell_the_kind_of_attack(sentence: str, kind: str, resources: Resources) -> None:
    assert [draft.type for draft in told(sentence, resources)] == [kind]


def test_what_experts_warn_of_is_no_act(resources: Resources) -> None:
    kinds = {
        draft.type for draft in told("Analysts have warned that the rebels' capture of the port would change the war.", resources)
    }
    assert kinds == {"territory_gain"}


@pytest.mark.parametrize(
    "sentence",
    [
        "The attack helicopters stood on the runway.",
        "The protest leader lives in exile.",
        "She was the army's chief of staff.",
        "Share prices fell sharply on Monday.",
    ],
)
def test_words_that_only_name_a_kind_of_thing_tell_nothing(sentence: str, resources: Resources) -> None:
    assert told(sentence, resources) == ()
