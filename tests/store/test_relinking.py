"""Linking what is new gives what linking everything at once gives, whatever the order and the portions in which it came."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.link.run import link_incidents
from dateline.model.event import Record
from dateline.model.incident import Holding, Incident
from dateline.model.text import Report
from dateline.store.archive import Archive
from tests.factories import make_actor, make_control, make_event, make_figure, make_place, make_record, make_report, make_when

NOW = datetime(2022, 1, 1, tzinfo=UTC)
TOWNS = {"Dunmore": (34.0, 62.0), "Arden": (36.5, 66.0), "Brackwater": (34.1, 62.05), "Sel": (31.0, 64.0)}
SIDES = ("Rebels", "the army", "Militia")


def dispatch(number: int) -> tuple[Report, Record]:
    """A report of one or two events at random, from a generator of its own: some undated, some without a place, some copies."""
    chance = random.Random(number)
    source = chance.choice([None, None, number - 3]) if number > 3 else None
    if source is not None:
        original, record = dispatch(source)
        if original.id == f"r{source}":  # a copy of an original, a day later, under another name
            copy = original.model_copy(update={"id": f"r{number}", "outlet": "Reprints", "published": original.published})
            events = [event.model_copy(update={"id": f"{event.id}c{number}"}) for event in record.events]
            return copy, make_record(copy, *events)
    town, day = chance.choice(list(TOWNS)), date(2021, 8, 1) + timedelta(days=chance.randrange(5))
    side, count = chance.choice(SIDES), chance.randrange(2, 9)
    text = (
        f"{side} shelled {town} on that day and {count} people died, the hospital's director said. "
        f"Later {side} took the town from nobody. Witness {number} spoke of smoke over the harbour and of shops that stayed shut."
    )
    report = make_report(f"r{number}", text, outlet=f"Outlet {number % 5}", published=(day + timedelta(days=1)).isoformat())
    lat, lon = TOWNS[town]
    place = make_place(report, town, lat=lat, lon=lon, gazetteer_id=f"gn:{town}")
    shelled = make_event(
        report,
        "shelled",
        by=[make_actor(report, side, known_id=side)],
        place=place if chance.random() < 0.8 else None,
        when=make_when(report, "that day", day.isoformat()) if chance.random() < 0.8 else None,
        figures=[make_figure(report, f"{count} people", low=count, high=count)],
    )
    took = make_event(
        report,
        "took",
        "territory_gain",
        by=[make_actor(report, side, known_id=side)],
        place=place,
        when=make_when(report, "that day", day.isoformat()) if chance.random() < 0.7 else None,
        control=make_control(report, place, after=side),
    )
    return report, make_record(report, *((shelled, took) if chance.random() < 0.6 else (shelled,)))


def picture(archive: Archive) -> tuple[list[Incident], list[Holding]]:
    return [incident.model_copy(update={"known_from": None}) for incident in archive.incidents()], archive.holdings()


def at_once(path: Path, reports: Sequence[tuple[Report, Record]]) -> tuple[list[Incident], list[Holding]]:
    with Archive.open(str(path), clock=lambda: NOW) as archive:
        for report, record in reports:
            archive.add(report, record)
        link_incidents(archive)
        return picture(archive)


@pytest.mark.parametrize("seed", range(6))
def test_portions_in_any_order_give_what_all_at_once_gives(tmp_path: Path, seed: int) -> None:
    reports = [dispatch(number) for number in range(40)]
    expected = at_once(tmp_path / "whole.sqlite", reports)
    assert any(len(incident.accounts) > 2 for incident in expected[0])
    assert any(account.copy_of for incident in expected[0] for account in incident.accounts)
    chance = random.Random(seed)
    chance.shuffle(reports)
    with Archive.open(str(tmp_path / "parts.sqlite"), clock=lambda: NOW) as archive:
        for report, record in reports:
            archive.add(report, record)
            if chance.random() < 0.4:
                link_incidents(archive)
        link_incidents(archive)
        assert picture(archive) == expected
        assert archive.check() == []


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(16)), cuts=st.sets(st.integers(0, 15), max_size=4))
def test_the_order_of_arrival_changes_nothing(tmp_path: Path, order: list[int], cuts: set[int]) -> None:
    path = tmp_path / f"{uuid4()}.sqlite"
    with Archive.open(str(path), clock=lambda: NOW) as archive:
        for position, number in enumerate(order):
            archive.add(*dispatch(number))
            if position in cuts:
                link_incidents(archive)
        link_incidents(archive)
        assert picture(archive) == at_once(tmp_path / f"{uuid4()}.sqlite", [dispatch(number) for number in range(16)])


def test_a_signpost_or_a_ledger_that_leads_nowhere_is_a_breach(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with Archive.open(str(path), clock=lambda: NOW) as archive:
        for number in range(12):
            archive.add(*dispatch(number))
        link_incidents(archive)
        assert archive.holdings() and archive.check() == []
    with sqlite3.connect(path) as raw:
        raw.execute("INSERT INTO redirects (old_id, new_id, known_from) VALUES ('iold', 'igone', '2021-01-01T00:00:00.000000Z')")
        raw.execute(
            "UPDATE incidents SET known_to = '2021-01-01T00:00:00.000000Z' "
            "WHERE row IN (SELECT incident_row FROM incident_controls)"
        )
    with Archive.open(str(path), clock=lambda: NOW) as archive:
        breaches = archive.check()
        assert "the signpost of incident iold leads to igone, which is not there" in breaches
        assert any(line.startswith("the ledger of ") for line in breaches)


def test_withdrawing_and_coding_anew_give_what_was_never_otherwise(tmp_path: Path) -> None:
    reports = [dispatch(number) for number in range(30)]
    kept, gone, recoded = reports[:24], reports[24:], {0, 5, 7}
    other = [(r, make_record(r, *record.events[:1]) if n in recoded else record) for n, (r, record) in enumerate(kept)]
    expected = at_once(tmp_path / "whole.sqlite", other)
    with Archive.open(str(tmp_path / "parts.sqlite"), clock=lambda: NOW) as archive:
        for report, record in reports:
            archive.add(report, record)
        link_incidents(archive)
        for report, _record in gone:
            archive.withdraw(report.id)
        for report, record in other:
            archive.add(report, record)
        link_incidents(archive)
        assert picture(archive) == expected


def test_verdicts_reach_only_what_they_speak_of(tmp_path: Path) -> None:
    with Archive.open(str(tmp_path / "a.sqlite"), clock=lambda: NOW) as archive:
        for number in range(30):
            archive.add(*dispatch(number))
        link_incidents(archive)
        before = {incident.id: incident for incident in archive.incidents()}
        joined = next(incident for incident in before.values() if len(incident.accounts) > 1)
        first, second = joined.accounts[0].event.id, joined.accounts[1].event.id
        archive.judge("different", first, second, by="ana")
        link_incidents(archive)
        parted = archive.incidents()
        homes = {account.event.id: incident.id for incident in parted for account in incident.accounts}
        assert homes[first] != homes[second]
        archive.judge("unsure", first, second, by="ana")
        link_incidents(archive)
        again = {incident.id: incident for incident in archive.incidents()}
        assert {i: v.accounts for i, v in again.items()} == {i: v.accounts for i, v in before.items()}
