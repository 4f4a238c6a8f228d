"""The ledger: changes of hand in order, what is uncertain said so, contradictions kept, nothing inherited."""

from __future__ import annotations

from datetime import date

from dateline.link.holdings import build_ledger
from dateline.link.incidents import build_incidents
from dateline.link.telling import Telling, telling_of
from dateline.link.weights import load_weights
from dateline.model.event import EventType, Stance, Status, head_of
from dateline.model.incident import Holding
from tests.factories import make_actor, make_control, make_event, make_place, make_report, make_source, make_when


def turn(
    report_id: str,
    day: str | None,
    after: str | None = "Rebels",
    before: str | None = None,
    *,
    town: str = "Arden",
    end: str | None = None,
    kind: EventType = "territory_gain",
    status: Status = "happened",
    stance: Stance | None = None,
    published: str = "2021-08-20",
) -> Telling:
    text = f"{after or 'Nobody'} took {town} from {before or 'nobody'} on that day, the mayor said."
    report = make_report(report_id, text, published=published, outlet=f"Outlet {report_id}")
    place = make_place(report, town, lat=36.5, lon=66.0, gazetteer_id=f"gn:{town}")
    event = make_event(
        report,
        "took",
        kind,
        status=status,
        by=[make_actor(report, after, known_id=after.lower())] if after else [],
        place=place,
        when=make_when(report, "that day", day, end) if day else None,
        control=make_control(report, place, before=before, after=after),
        sources=[make_source(report, "the mayor", stance=stance)] if stance else [],
    )
    return telling_of(event, head_of(report))


def ledger(*turns: Telling) -> list[Holding]:
    return build_ledger(build_incidents(turns, load_weights(), {}))


def spans(holdings: list[Holding]) -> list[tuple[str | None, str, date | None, date | None]]:
    return [(h.holder, h.state, h.since_latest, h.until_earliest) for h in holdings]


def test_a_change_of_hands_closes_one_stretch_and_opens_the_next() -> None:
    found = ledger(turn("a", "2021-08-05", "Rebels", "the army"), turn("b", "2021-08-15", "the army", "Rebels"))
    assert spans(found) == [
        ("the army", "held", None, date(2021, 8, 5)),
        ("Rebels", "held", date(2021, 8, 5), date(2021, 8, 15)),
        ("the army", "held", date(2021, 8, 15), None),
    ]


def test_within_the_days_of_the_change_nobody_is_certain() -> None:
    before, after = ledger(turn("a", "2021-08-05", "Rebels", "the army", end="2021-08-07"))
    assert (before.certain_on(date(2021, 8, 4)), before.certain_on(date(2021, 8, 6))) == (True, False)
    assert (after.certain_on(date(2021, 8, 6)), after.certain_on(date(2021, 8, 7))) == (False, True)


def test_a_change_without_a_day_had_happened_when_it_was_told() -> None:
    found = ledger(turn("a", None, published="2021-08-09"))
    assert (found[0].since_earliest, found[0].since_latest) == (None, date(2021, 8, 9))


def test_a_later_account_of_the_same_holder_confirms() -> None:
    found = ledger(turn("a", "2021-08-05"), turn("b", "2021-08-15"))
    assert [h.holder for h in found] == ["Rebels"]
    assert [t.report_id for t in found[0].accounts] == ["a", "b"]


def test_who_left_and_who_came_are_one_change() -> None:
    left = turn("a", "2021-08-05", None, "the army", kind="withdrawal")
    came = turn("b", "2021-08-05", "Rebels")
    for order in ((left, came), (came, left)):
        assert [h.holder for h in ledger(*order)][-1] == "Rebels"
        assert ledger(*order)[-1].until_latest is None


def test_whoever_left_without_a_successor_leaves_the_holder_unsaid() -> None:
    assert spans(ledger(turn("a", "2021-08-05", None, "the army", kind="withdrawal"))) == [
        ("the army", "held", None, date(2021, 8, 5)),
        (None, "held", date(2021, 8, 5), None),
    ]


def test_a_siege_leaves_the_holder_in_place() -> None:
    found = ledger(turn("a", "2021-08-05"), turn("b", "2021-08-10", None, kind="siege"))
    assert spans(found)[-1] == ("Rebels", "besieged", date(2021, 8, 10), None)


def test_a_denied_change_is_contested_and_says_who_denies_it() -> None:
    found = ledger(turn("a", "2021-08-05"), turn("b", "2021-08-05", stance="denies"))
    assert [(h.state, h.standing) for h in found] == [("contested", "disputed")]
    assert [t.said_by for t in found[0].contradicted_by] == [("the mayor",)]


def test_a_false_rumour_changes_no_hands() -> None:
    held = turn("a", "2021-08-01", "the army")
    rumour = turn("b", "2021-08-05", "Rebels", stance="claims")
    denial = turn("c", "2021-08-05", "Rebels", status="denied")
    found = ledger(held, rumour, denial)
    assert [h.holder for h in found] == ["the army"]
    assert [t.report_id for t in found[0].contradicted_by] == ["b"]


def test_two_holders_on_one_day_contradict_each_other() -> None:
    found = ledger(turn("a", "2021-08-05", "Rebels"), turn("b", "2021-08-05", "Militia", kind="surrender"))
    assert [(h.holder, h.state) for h in found] == [("Rebels", "contested")]
    assert [t.report_id for t in found[0].contradicted_by] == ["b"]


def test_only_claimed_is_said_and_planned_is_left_out() -> None:
    assert [h.standing for h in ledger(turn("a", "2021-08-05", stance="claims"))] == ["claimed"]
    assert ledger(turn("a", "2021-08-05", status="planned")) == []


def test_places_do_not_inherit() -> None:
    found = ledger(turn("a", "2021-08-05", town="Arden"), turn("b", "2021-08-06", "the army", town="Sel"))
    assert {(h.place.name, h.holder) for h in found} == {("Arden", "Rebels"), ("Sel", "the army")}
