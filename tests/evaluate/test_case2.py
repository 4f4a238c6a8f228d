"""Invented snippets: our types to ACLED's codes."""

from __future__ import annotations

import pytest

from dateline.evaluate.acled_types import FURTHER, KNOWN, PLAIN, code_of
from dateline.evaluate.case2 import YARDSTICK, to_snippet
from dateline.evaluate.metrics import measure
from dateline.model.event import GROUP_OF, Record, Tally, head_of
from tests.evaluate.invented import Invented
from tests.factories import make_actor, make_event, make_figure, make_record, make_report

TEXT = (
    "Rebels seized Dunmore with a grenade and a suicide vest; a mob beat a man; police fired tear gas and mustard gas at a march."
)


@pytest.mark.parametrize(
    ("kind", "slots", "expected"),
    [
        ("clash", {}, "ARMED_CLASH"),
        ("armed_attack", {"means": "a grenade"}, "GRENADE"),
        ("bombing", {"means": "suicide vest"}, "SUIC_BOMB"),
        ("shelling", {"means": "mustard gas"}, "CHEM_WEAP"),
        ("crackdown", {"means": "tear gas"}, "PROTEST_WITH_INTER"),
        ("protest", {}, "PEACE_PROTEST"),
        ("talks", {}, None),
    ],
)
def test_types_and_means(kind: str, slots: dict[str, str], expected: str | None) -> None:
    report = make_report("s1", TEXT)
    assert code_of(make_record(report, make_event(report, "seized", kind, **slots))) == expected  # type: ignore[arg-type]


def test_who_takes_a_place_decides() -> None:
    report = make_report("s1", TEXT)
    by_rebels = make_event(report, "seized", "territory_gain", by=[make_actor(report, "Rebels", kind="rebel_group")])
    by_police = make_event(report, "seized", "territory_gain", by=[make_actor(report, "police", kind="state_forces")])
    assert code_of(make_record(report, by_rebels)) == "NON_STATE_ACTOR_OVERTAKES_TER"
    assert code_of(make_record(report, by_police)) == "GOV_REGAINS_TERIT"


def test_a_crackdown_that_hurt_people() -> None:
    report = make_report("s1", TEXT)
    event = make_event(report, "fired", "crackdown", figures=[make_figure(report, "a man", "injured", 1, 1)])
    assert code_of(make_record(report, event)) == "FORCE_AGAINST_PROTEST"


def test_an_attack_of_one_armed_group_on_another_is_a_fight() -> None:
    report = make_report("s1", TEXT)
    rebels, police = make_actor(report, "Rebels", kind="rebel_group"), make_actor(report, "police", kind="state_forces")
    assert code_of(make_record(report, make_event(report, "fired", "armed_attack", by=[rebels], on=[police]))) == "ARMED_CLASH"
    assert code_of(make_record(report, make_event(report, "fired", "armed_attack", by=[rebels], on=["a man"]))) == "ATTACK"
    assert code_of(make_record(report, make_event(report, "fired", "armed_attack", on=[police]))) == "ATTACK"


def test_arrests_at_a_protest() -> None:
    report = make_report("s1", TEXT)
    arrest, march = make_event(report, "seized", "arrest", on=["a man"]), make_event(report, "march", "protest")
    assert code_of(make_record(report, arrest)) == "ARREST"
    assert code_of(make_record(report, arrest, march)) == "PROTEST_WITH_INTER"
    assert code_of(make_record(report, march, arrest)) == "PROTEST_WITH_INTER"


def test_a_count_of_no_event_says_what_happened() -> None:
    report = make_report("s1", TEXT)
    tally = Tally(measure="arrested", low=12, high=12, span=report.span(0, 6))
    assert code_of(Record(report=head_of(report), tallies=(tally,))) == "ARREST"


def test_every_mapped_type_is_ours_and_every_code_acleds() -> None:
    assert set(PLAIN) <= set(GROUP_OF)
    assert set(PLAIN.values()) <= set(KNOWN)
    assert (len(KNOWN), len(FURTHER)) == (25, 5)


def test_weighted_f1_over_the_known_types() -> None:
    lines = [("a", "ARMED_CLASH"), ("b", "ARMED_CLASH"), ("c", "GRENADE"), ("d", "DIPLO")]
    items = [to_snippet({"id": key, "text": TEXT, "gold": gold}) for key, gold in lines]
    clash, nothing = (make_event(items[0].report, "seized", "clash"),), ()
    told = [make_record(item.report, *events) for item, events in zip(items, (clash, nothing, clash, clash), strict=True)]
    judged = list(YARDSTICK.judge(items, Invented(told)))
    values = {one.name: one.value for one in measure(YARDSTICK.figures(items), [one.counts for one in judged])}
    of_clash = 2 * 1 / (2 + 3)  # gold 2, told 3, right 1; GRENADE has none right; DIPLO is only an error
    assert values["weighted_f1"] == pytest.approx(100 * 2 * of_clash / 3, abs=0.01)
    assert values["macro_f1"] == pytest.approx(100 * of_clash / 2, abs=0.01)


def test_weapons_that_were_taken() -> None:
    report = make_report("s1", TEXT)
    assert code_of(make_record(report, make_event(report, "seized", "restriction", means="a grenade"))) == "DISR_WEAP"
    assert code_of(make_record(report, make_event(report, "seized", "restriction"))) is None


def test_what_opens_with_a_claim_is_attribution() -> None:
    report = make_report("s1", TEXT)
    claim, attack = make_event(report, "seized", "claim_responsibility"), make_event(report, "beat", "armed_attack")
    assert code_of(make_record(report, claim, attack)) is None
    assert code_of(make_record(report, attack)) == "ATTACK"


def test_a_place_left_and_taken_without_a_fight() -> None:
    report = make_report("s1", TEXT)
    gain = make_event(report, "seized", "territory_gain", by=[make_actor(report, "Rebels", kind="rebel_group")])
    left, fight = make_event(report, "fired", "withdrawal"), make_event(report, "beat", "clash")
    assert code_of(make_record(report, gain, left)) == "NON_VIOL_TERRIT_TRANSFER"
    assert code_of(make_record(report, gain, left, fight)) == "NON_STATE_ACTOR_OVERTAKES_TER"


def test_a_mob_and_a_crowd_against_police() -> None:
    report = make_report("s1", TEXT)
    mob, police = make_actor(report, "a mob", kind="rioters"), make_actor(report, "police", kind="state_forces")
    assert code_of(make_record(report, make_event(report, "beat", "armed_attack", by=[mob], on=["a man"]))) == "MOB_VIOL"
    assert code_of(make_record(report, make_event(report, "beat", "armed_attack", by=[mob], on=[police]))) == "VIOL_DEMONSTR"
    assert code_of(make_record(report, make_event(report, "beat", "riot", by=[mob], on=[police]))) == "VIOL_DEMONSTR"
