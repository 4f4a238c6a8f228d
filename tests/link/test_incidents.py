"""Linking: one happening becomes one incident with all its accounts, two happenings stay two, and arrival order is nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from pathlib import Path

from dateline.link.incidents import build_incidents
from dateline.link.run import link_incidents
from dateline.link.telling import Telling, telling_of
from dateline.link.weights import load_weights
from dateline.model.event import EventType, Source, Stance, Status, head_of
from dateline.model.incident import Incident
from dateline.store.archive import Archive
from dateline.store.query import Query
from tests.factories import (
    make_actor,
    make_event,
    make_figure,
    make_place,
    make_record,
    make_report,
    make_source,
    make_when,
)

TOWNS = {"Dunmore": (34.0, 62.0), "Arden": (36.5, 66.0), "Dunmore Heath": (34.02, 62.01)}


def telling(
    report_id: str,
    town: str = "Dunmore",
    *,
    kind: EventType = "shelling",
    day: str | None = "2021-08-06",
    published: str = "2021-08-07",
    killed: int | None = None,
    by: str = "Rebels",
    status: Status = "happened",
    stance: Stance | None = None,
    outlet: str | None = None,
) -> Telling:
    text = f"{by} shelled {town} on Friday, killing {killed or 'some'} people, the mayor said."
    report = make_report(report_id, text, published=published, outlet=outlet or f"Outlet {report_id}")
    lat, lon = TOWNS[town]
    sources: Sequence[Source] = [make_source(report, "the mayor", stance=stance)] if stance else []
    figures = [make_figure(report, f"{killed} people", low=killed, high=killed)] if killed else []
    event = make_event(
        report,
        "shelled",
        kind,
        status=status,
        by=[make_actor(report, by, known_id=by.lower())],
        place=make_place(report, town, lat=lat, lon=lon),
        when=make_when(report, "Friday", day) if day else None,
        figures=figures,
        sources=sources,
    )
    return telling_of(event, head_of(report))


def build(*tellings: Telling, verdicts: dict[frozenset[str], tuple[str, str]] | None = None) -> list[Incident]:
    return build_incidents(tellings, load_weights(), verdicts or {})


def groups(incidents: Sequence[Incident]) -> set[frozenset[str]]:
    return {frozenset(account.report.id for account in incident.accounts) for incident in incidents}


def test_the_same_place_day_and_type_is_one_incident() -> None:
    assert groups(build(telling("a"), telling("b", "Dunmore Heath"))) == {frozenset("ab")}


def test_another_town_day_or_group_is_another_incident() -> None:
    found = build(telling("a"), telling("b", "Arden"), telling("c", day="2021-07-29"), telling("d", kind="talks"))
    assert groups(found) == {frozenset("a"), frozenset("b"), frozenset("c"), frozenset("d")}


def test_an_undated_account_joins_when_told_in_the_same_days() -> None:
    found = groups(build(telling("a"), telling("b", day=None), telling("c", day=None, published="2021-12-01")))
    assert found == {frozenset("ab"), frozenset("c")}


def test_the_order_of_arrival_changes_nothing() -> None:
    tellings = [telling("a", killed=3), telling("b", killed=12), telling("c", "Arden"), telling("d", kind="airstrike")]
    results = [build(*order) for order in permutations(tellings)]
    assert all(result == results[0] for result in results)


def test_a_stranger_leaves_other_incidents_as_they_were() -> None:
    before = build(telling("a"), telling("b"))
    after = build(telling("a"), telling("b"), telling("c", "Arden"))
    assert before[0] in after


def test_a_verdict_of_different_parts_and_same_joins() -> None:
    a, b, far = telling("a"), telling("b"), telling("c", "Arden")
    parted = build(a, b, verdicts={frozenset((a.id, b.id)): ("different", "ana")})
    assert groups(parted) == {frozenset("a"), frozenset("b")}
    joined = build(a, far, verdicts={frozenset((a.id, far.id)): ("same", "ana")})
    assert groups(joined) == {frozenset("ac")}
    assert joined[0].bonds[0].judged_by == "ana"


def test_rival_counts_stay_side_by_side() -> None:
    incident = build(telling("a", killed=3), telling("b", killed=12, published="2021-08-07"))[0]
    killed = incident.figures[0]
    assert (killed.low, killed.high, killed.disputed) == (3, 12, True)
    dispute = next(d for d in incident.disputes if d.field == "killed")
    assert [side.words for side in dispute.sides] == ["3 people", "12 people"]
    assert [side.said_by for side in dispute.sides] == [("Outlet a",), ("Outlet b",)]


def test_a_toll_that_grows_from_day_to_day_is_no_dispute() -> None:
    incident = build(telling("a", killed=12), telling("b", killed=15, published="2021-08-08"))[0]
    assert not incident.figures[0].disputed
    assert [(step.told, step.low) for step in incident.figures[0].course] == [
        (date(2021, 8, 7), 12),
        (date(2021, 8, 8), 15),
    ]


def test_every_bond_explains_itself() -> None:
    bond = build(telling("a"), telling("b"))[0].bonds[0]
    assert bond.probability > 0.5
    assert {reason.feature for reason in bond.reasons} >= {"type", "place", "time", "actors", "figures"}
    assert "both in Dunmore" in [reason.words for reason in bond.reasons]


def test_grades() -> None:
    one = build(telling("a", stance="claims"))[0]
    assert (one.standing, one.grade) == ("claimed", "weak")
    two = build(telling("a"), telling("b"))[0]
    assert (two.witnesses, two.grade) == (2, "fair")
    three = build(telling("a"), telling("b"), telling("c"))[0]
    assert three.grade == "confirmed"
    denied = build(telling("a"), telling("b", stance="denies"))[0]
    assert (denied.standing, denied.grade) == ("disputed", "contested")
    assert denied.disputes[0].sides[1].said_by == ("the mayor",)
    false = build(telling("a", stance="claims"), telling("b", status="denied"))[0]
    assert false.grade == "discounted"


def test_linking_an_archive_twice_changes_nothing_and_a_merge_leaves_a_signpost(tmp_path: Path) -> None:
    now = [datetime(2021, 8, 7, tzinfo=UTC)]
    with Archive.open(str(tmp_path / "a.sqlite"), clock=lambda: now[0]) as archive:
        texts = {}
        for report_id, town in (("a", "Dunmore"), ("c", "Arden")):
            report = make_report(report_id, f"Rebels shelled {town} on Friday.")
            lat, lon = TOWNS[town]
            event = make_event(
                report,
                "shelled",
                by=["Rebels"],
                place=make_place(report, town, lat=lat, lon=lon),
                when=make_when(report, "Friday", "2021-08-06"),
            )
            texts[report_id] = event
            archive.add(report, make_record(report, event))
        assert link_incidents(archive).new == 2
        before = archive.incidents()
        now[0] += timedelta(days=1)
        assert link_incidents(archive).new == 0
        assert archive.incidents() == before
        archive.judge("same", texts["a"].id, texts["c"].id, by="ana")
        done = link_incidents(archive)
        assert (done.incidents, done.merged) == (1, 1)
        merged = archive.incidents()[0]
        assert {archive.incident(old.id) for old in before} == {merged}
        assert len(archive.incidents(Query(as_known_on=date(2021, 8, 7)))) == 2
        now[0] += timedelta(days=1)
        archive.judge("different", texts["a"].id, texts["c"].id, by="ana", note="two towns")
        link_incidents(archive)
        assert [(i.id, i.accounts) for i in archive.incidents()] == [(i.id, i.accounts) for i in before]
        assert archive.check() == []
