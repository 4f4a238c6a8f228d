"""What leads a report, and how two leading events meet although a slot of theirs is missing."""

from __future__ import annotations

import pytest

from dateline.codebook.frequency import load_word_table
from dateline.link.backdrop import TOPIC_WORDS, leads_of, topics_of
from dateline.link.candidates import meet as do_meet
from dateline.link.gist import gist_of
from dateline.link.incidents import build_incidents
from dateline.link.prepare import prepare
from dateline.link.weights import load_weights
from dateline.model.event import Event, EventType, Status, head_of
from dateline.model.text import Report
from tests.factories import make_actor, make_control, make_event, make_figure, make_place, make_report, make_when

# Two reports of one killing: only the first names the town, only the second the day.
TAVERN = make_report(
    "tavern",
    "Gunmen killed Oskar Brandvold, a grain merchant, outside the Quayside Tavern in Hollenbeck. "
    "Imelda Roux, who pours the beer there, hid under the counter.",
    published="2021-08-07",
    outlet="Hollenbeck Gazette",
)
MERCHANT = make_report(
    "merchant",
    "Grain merchant Oskar Brandvold was killed on Friday as he left the Quayside Tavern, his counsel said. "
    "Imelda Roux of the tavern told reporters of three masked men.",
    published="2021-08-11",
    outlet="Upland Herald",
)
# A third report of the same days and the same trade, of somebody else.
MINER = make_report(
    "miner",
    "A zinc miner was killed on Friday at the gate of the Ottersholm pit, a foreman said. Two colleagues carried him to a lorry.",
    published="2021-08-08",
    outlet="Upland Herald",
)


def killing(report: Report, *, town: str | None = None, day: str | None = None, kind: EventType = "armed_attack") -> Event:
    place = make_place(report, town, lat=34.0, lon=62.0, gazetteer_id=f"gn:{town}") if town else None
    when = make_when(report, "Friday", day) if day else None
    return make_event(report, "killed", kind, place=place, when=when)


def linked(*told: tuple[Report, Event]) -> set[frozenset[str]]:
    prepared = prepare([(head_of(report), event) for report, event in told], [r for r, _e in told], load_word_table())
    incidents = build_incidents(prepared.tellings, load_weights(), {}, prepared.book)
    return {frozenset(account.report.id for account in incident.accounts) for incident in incidents}


def test_what_leads_two_reports_of_one_story_is_one_happening_although_place_and_day_are_missing() -> None:
    tavern, merchant = (TAVERN, killing(TAVERN, town="Hollenbeck")), (MERCHANT, killing(MERCHANT))
    assert linked(tavern, merchant, (MINER, killing(MINER))) == {frozenset({"tavern", "merchant"}), frozenset({"miner"})}


def test_what_a_story_says_of_its_lead_it_does_not_say_of_another_kind_of_happening() -> None:
    assert len(linked((TAVERN, killing(TAVERN, town="Hollenbeck")), (MERCHANT, killing(MERCHANT, kind="airstrike")))) == 2


def test_two_named_towns_stay_two_whatever_the_stories_say() -> None:
    far = make_place(MERCHANT, "Quayside", lat=37.0, lon=66.0, gazetteer_id="gn:far")
    elsewhere = make_event(MERCHANT, "killed", "armed_attack", place=far)
    assert len(linked((TAVERN, killing(TAVERN, town="Hollenbeck")), (MERCHANT, elsewhere))) == 2


def test_a_place_that_changes_hands_twice_makes_two_incidents() -> None:
    def taken(report_id: str, day: str | None, by: str, from_whom: str, published: str) -> tuple[Report, Event]:
        text = f"{by} took the air base at Dunmore from {from_whom} on Friday. Oskar Brandvold of the Quayside Tavern saw it."
        report = make_report(report_id, text, published=published, outlet=f"Outlet {report_id}")
        place = make_place(report, "Dunmore", lat=34.0, lon=62.0, gazetteer_id="gn:dunmore")
        parties = [[make_actor(report, name, known_id=name)] for name in (by, from_whom)]
        when = make_when(report, "Friday", day) if day else None
        control = make_control(report, place, before=from_whom, after=by)
        return report, make_event(
            report, "took", "territory_gain", by=parties[0], on=parties[1], place=place, when=when, control=control
        )

    lost = taken("a", "2021-08-06", "Rebels", "Loyalists", "2021-08-07")
    won = taken("b", None, "Loyalists", "Rebels", "2021-08-13")
    assert len(linked(lost, won)) == 2


def test_the_first_event_that_counts_the_harmed_leads() -> None:
    report = make_report("r", "Rebels raided Dunmore, shelled Arden and killed 5 people. They seized Sel, and may bomb Wex.")

    def event(
        trigger: str, kind: EventType, status: Status = "happened", killed: bool = False, background: bool = False
    ) -> Event:
        figures = [make_figure(report, "5 people", low=5, high=5)] if killed else []
        return make_event(report, trigger, kind, status=status, figures=figures, background=background)

    raid, shelling = event("raided", "armed_attack"), event("shelled", "shelling", killed=True)
    others = [event("seized", "territory_gain"), event("bomb", "airstrike", "hypothetical", killed=True)]
    assert leads_of([raid, *others]) == {raid.id}
    assert leads_of([raid, shelling, *others]) == {shelling.id}
    assert leads_of([event("shelled", "shelling", background=True), *others]) == set()


def test_topics_are_names_and_the_rarest_words() -> None:
    topics = topics_of(gist_of(TAVERN.text, load_word_table()))
    assert {"oskar brandvold", "imelda roux"} <= topics
    assert "killed" not in topics
    assert len(topics) <= 2 + 2 * TOPIC_WORDS


@pytest.mark.parametrize(("published", "meet"), [("2021-08-12", True), ("2021-08-30", False)])
def test_leading_events_meet_by_their_topics_within_some_days(published: str, meet: bool) -> None:
    late = MERCHANT.model_copy(update={"published": make_report(published=published).published})
    told = [(TAVERN, killing(TAVERN, town="Hollenbeck")), (late, killing(late))]
    prepared = prepare([(head_of(report), event) for report, event in told], [r for r, _e in told], load_word_table())
    traces = [telling.trace for telling in prepared.tellings]
    assert do_meet(*traces) == meet
