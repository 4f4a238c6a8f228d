"""Linking in pieces, by whatever hands, is linking as a whole; and no pair that speaks is missed by the bound."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from pathlib import Path

import pytest

from bench.synthetic import coded_reports
from dateline.codebook.frequency import load_word_table
from dateline.link.candidates import meet, meeting_days
from dateline.link.clusters import PairJudge, StoryBook, group
from dateline.link.hands import Hands, Here, processes
from dateline.link.likely import likely_pairs, stretch_of
from dateline.link.linkage import connect, join
from dateline.link.pieces import pages_of, stretches_touched
from dateline.link.prepare import Prepared, prepare
from dateline.link.run import link_incidents
from dateline.link.trace import Trace
from dateline.link.weights import load_weights
from dateline.model.event import Event, Record, ReportHead
from dateline.model.incident import Incident
from dateline.model.text import Report
from dateline.store.archive import Archive
from dateline.store.workbench import StoredTrace

NOW = datetime(2025, 1, 1, tzinfo=UTC)
WEIGHTS = load_weights()


def war(events: int, days: int, seed: int) -> list[tuple[Report, Record]]:
    return list(coded_reports(events, seed=seed, days=days))


def prepared(coded: Sequence[tuple[Report, Record]]) -> Prepared:
    told: list[tuple[ReportHead, Event]] = [(record.report, event) for _report, record in coded for event in record.events]
    return prepare(told, [report for report, _record in coded], load_word_table())


@pytest.fixture(scope="module", params=[(500, 4, 1), (300, 60, 2)], ids=["dense", "thin"])
def case(request: pytest.FixtureRequest) -> tuple[list[Trace], PairJudge]:
    made = prepared(war(*request.param))
    traces = sorted((telling.trace for telling in made.tellings), key=lambda trace: trace.sort_key)
    return traces, PairJudge(made.book, WEIGHTS)


def test_every_pair_that_speaks_is_found_in_a_stretch_where_it_meets(case: tuple[list[Trace], PairJudge]) -> None:
    traces, judge = case
    wanted = {
        (a, b)
        for a, b in combinations(range(len(traces)), 2)
        if meet(traces[a], traces[b]) and judge.score(traces[a], traces[b]) >= WEIGHTS.least
    }
    found: set[tuple[int, int]] = set()
    for stretch in {stretch_of(day) for trace in traces for day in meeting_days(trace)}:
        found.update(likely_pairs(traces, stretch, WEIGHTS))
    assert wanted <= found and len(wanted) > 50
    assert all(judge.speaks(traces[a], traces[b]) == ((a, b) in wanted) for a, b in found)


def test_groups_found_in_stretches_are_those_of_all_pairs_at_once(case: tuple[list[Trace], PairJudge]) -> None:
    traces, judge = case
    scores = {
        (a, b): judge.score(traces[a], traces[b]) for a, b in combinations(range(len(traces)), 2) if meet(traces[a], traces[b])
    }
    speaking = [pair for pair, score in scores.items() if score >= WEIGHTS.least]
    parts = connect(len(traces), speaking)
    expected = []
    for part in parts:
        inside = [pair for pair in speaking if pair[0] in part]
        expected.append(join(part, inside, lambda a, b: scores.get((a, b)), WEIGHTS.uncompared))
    assert group(traces, judge, {}) == expected


def shuffled(coded: Sequence[tuple[Report, Record]]) -> Iterator[tuple[Report, Record]]:
    order = list(coded)
    random.Random(3).shuffle(order)
    return iter(order)


def linked(path: Path, coded: Sequence[tuple[Report, Record]], hands: Hands) -> list[Incident]:
    with Archive.open(str(path), clock=lambda: NOW) as archive:
        for report, record in shuffled(coded):
            archive.add(report, record)
        link_incidents(archive, hands=hands)
        assert archive.check() == []
        return archive.incidents()


def test_two_processes_find_what_one_finds(tmp_path: Path) -> None:
    coded = war(250, 5, 4)
    alone = linked(tmp_path / "one.sqlite", coded, Here())
    with processes(2) as hands:
        assert linked(tmp_path / "two.sqlite", coded, hands) == alone
    assert any(len(incident.accounts) > 2 for incident in alone)


def test_the_stretches_that_a_stored_event_touches_are_at_least_those_in_which_it_meets() -> None:
    chance = random.Random(1)
    for trace in (telling.trace for telling in prepared(war(200, 30, 5)).tellings):
        days = trace.days
        if days and chance.random() < 0.3:  # some last for weeks, some are misread
            days = days[0], days[1] + timedelta(days=chance.randrange(50))
        stored = StoredTrace("e", "[]", "r", trace.published, days and days[0], days and days[1], None, None)
        for told in (days, None):
            met = {stretch_of(day) for day in meeting_days(replace(trace, days=told))}
            assert met <= stretches_touched(stored)


def test_an_undated_event_of_an_undated_report_has_a_stretch_of_its_own() -> None:
    assert len(stretches_touched(StoredTrace("e", "[]", "r", None, None, None, None, None))) == 1
    assert stretch_of(date(2021, 8, 7).toordinal()) in stretches_touched(
        StoredTrace("e", "[]", "r", date(2021, 8, 7), None, None, None, None)
    )


def test_pages_hold_every_number_once_and_about_so_many() -> None:
    assert [list(page) for page in pages_of([3, 3, 9, 1, 1], 5)] == [[0, 1], [2], [3, 4]]
    assert list(pages_of([], 5)) == []


def test_without_stories_at_hand_only_events_are_compared() -> None:
    traces = [telling.trace for telling in prepared(war(60, 3, 6)).tellings]
    bare = PairJudge(StoryBook(), WEIGHTS)
    assert all(bare.level(a, b) == "untold" for a, b in combinations(traces[:20], 2))
