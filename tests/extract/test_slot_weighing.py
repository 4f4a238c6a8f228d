"""By whom, on whom and with what in text of a single case: wires of our own."""

from __future__ import annotations

from collections.abc import Mapping

from dateline.codebook.weights import EventWeights, TelexSlot, TelexWeights
from dateline.extract.events import scene_of
from dateline.extract.merging import Told
from dateline.extract.slot_signs import path_between, slot_signs
from dateline.extract.slot_weighing import candidates, fill_slots
from dateline.extract.weighing import INCIDENTS
from dateline.model.event import Event
from dateline.model.reading import Chars
from dateline.model.text import Report
from dateline.pipeline import Resources, code_report, tell

WIRE = (
    "the police of huanta said today that unidentified gunmen killed teacher rosa quispe in front of her house. "
    "the attackers threw a grenade and fled in a blue truck. the mayor has asked for calm."
)
NEVER = EventWeights(-9.0, 0.5, {})


def weights(threshold: float = 0.5, **signs: Mapping[str, float]) -> TelexWeights:
    slots: dict[TelexSlot, EventWeights] = {
        "by": EventWeights(-4.0, threshold, signs.get("by", {})),
        "on": EventWeights(-4.0, threshold, signs.get("on", {})),
        "means": EventWeights(-4.0, threshold, signs.get("means", {})),
    }
    return TelexWeights(NEVER, slots)


def filled(text: str, table: TelexWeights, resources: Resources) -> tuple[Told, ...]:
    reading = resources.language.read(Report(id="r1", text=text))
    telling = tell(reading, resources)
    cast = telling.cast
    scene = scene_of(reading, cast.mentions, cast.entities, telling.places, resources.codebook.events)
    return fill_slots(reading, telling.told, telling.told, cast.mentions, scene, table)


def words(text: str, chars: Chars | None) -> str:
    return text[chars.start : chars.end] if chars else ""


def test_only_phrases_in_or_beside_the_sentence_of_a_violent_happening_are_asked(resources: Resources) -> None:
    text = WIRE + " the weather was fine. schools will open on monday."
    reading = resources.language.read(Report(id="r1", text=text))
    telling = tell(reading, resources)
    cast = telling.cast
    scene = scene_of(reading, cast.mentions, cast.entities, telling.places, resources.codebook.events)
    asked = list(candidates(reading, telling.told, cast.mentions, scene))
    said = [words(text, each.mention.chars) for each in asked]
    assert "unidentified gunmen" in said
    assert "blue truck" in said
    assert "schools" not in said
    assert {telling.told[each.nearest].draft.type for each in asked} <= INCIDENTS


def test_a_phrase_above_the_threshold_joins_the_nearest_happening_and_made_by_says_so(resources: Resources) -> None:
    told = filled(WIRE, weights(on={"head=mayor": 6.0}), resources)
    (joined,) = [one.draft for one in told if "mayor" in [words(WIRE, mention.chars) for mention in one.draft.on]]
    assert words(WIRE, joined.trigger) == "threw a grenade"
    assert joined.made_by.endswith("on by weights")


def test_a_phrase_of_the_frame_that_the_weights_find_unlikely_is_dropped(resources: Resources) -> None:
    believed = {f"rule {slot}": 6.0 for slot in ("by", "on")}
    kept = filled(WIRE, weights(by=believed, on=believed), resources)
    dropped = filled(WIRE, weights(), resources)
    assert any("unidentified gunmen" in words(WIRE, m.chars) for one in kept for m in one.draft.by)
    assert not any(one.draft.by for one in dropped if one.draft.type == "armed_attack")


def test_without_a_violent_happening_nothing_changes(resources: Resources) -> None:
    text = "the foreign ministers of peru and chile signed an agreement on trade in lima on monday, officials said."
    told = filled(text, weights(by={"form=nominal": 9.0}), resources)
    assert all("by weights" not in one.draft.made_by for one in told)


def test_text_in_the_case_of_prose_is_left_to_the_frames(resources: Resources) -> None:
    record = code_report(Report(id="r1", text=WIRE.replace("the police", "The police").replace("rosa", "Rosa")), resources)
    assert all("by weights" not in event.made_by for event in record.events)


def test_signs_can_be_read(resources: Resources) -> None:
    reading = resources.language.read(Report(id="r1", text=WIRE))
    telling = tell(reading, resources)
    cast = telling.cast
    scene = scene_of(reading, cast.mentions, cast.entities, telling.places, resources.codebook.events)
    (one,) = [t for t in telling.told if words(WIRE, t.draft.trigger) == "killed"]
    (gunmen,) = [m for m in cast.mentions if words(WIRE, m.chars) == "unidentified gunmen"]
    found = slot_signs(reading, gunmen, one, scene, near=True)
    assert {"with unidentified", "rel=nsubj", "gov=kill nsubj", "before by 0", "rule by"} <= set(found)
    assert path_between(reading.doc[gunmen.head], reading.doc[one.draft.head]) == "nsubj^"


def events(text: str, resources: Resources) -> list[Event]:
    return [event for event in code_report(Report(id="r1", text=text), resources).events if event.type in INCIDENTS]


def test_who_did_it_to_whom_by_the_weights_of_the_codebook(resources: Resources) -> None:
    killing, bomb = events(WIRE, resources)
    assert [actor.span.text for actor in killing.by] == ["unidentified gunmen"]
    assert any("rosa quispe" in actor.span.text for actor in killing.on)
    assert [actor.span.text for actor in bomb.by] == ["attackers"]
    assert bomb.means is not None
    assert bomb.means.text == "grenade"
