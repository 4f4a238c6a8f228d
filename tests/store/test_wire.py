"""What is spliced from stored texts equals the values' own JSON, letter for letter."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.export.release import PublicArchive
from dateline.model.incident import Holding
from dateline.store.archive import Archive
from dateline.store.query import Query
from tests.web import small_archive


@pytest.fixture
def filled(tmp_path):
    small_archive.fill(str(tmp_path / "a.sqlite"))
    with Archive.open(str(tmp_path / "a.sqlite")) as opened:
        yield opened


@pytest.mark.parametrize("known", [None, date(2021, 8, 8)])
@pytest.mark.parametrize("is_public", [False, True])
def test_incidents_and_holdings_are_the_values_own_json(filled, known, is_public):
    archive = PublicArchive.over(filled, "admin2") if is_public else filled
    incidents = archive.incidents(Query(as_known_on=known))
    texts = [incident.model_dump_json(by_alias=True) for incident in incidents]
    assert archive.wire.incidents([incident.id for incident in incidents], known) == texts
    assert [archive.wire.incident(incident.id[:8], known) for incident in incidents] == texts
    assert archive.wire.incident("nothing", known) is None and archive.wire.incidents(["nothing"], known) == []
    held = [holding.model_dump_json(by_alias=True) for holding in archive.holdings(None, known)]
    assert [line.text for line in archive.wire.holdings(None, None, known)] == held


def test_events_and_reports_are_the_values_own_json_unless_for_the_public(filled):
    lines = filled.wire.events(Query(place="kunduz"), 0, 10)
    told = [
        f'{{"report":{e.report.model_dump_json()},"event":{e.event.model_dump_json(by_alias=True)}}}'
        for e in filled.events(Query(place="kunduz"))
    ]
    assert sorted(line.text for line in lines) == sorted(told) and len(told) == 3
    heads = sorted(stored.head.model_dump_json() for stored in filled.reports())
    assert sorted(line.text for line in filled.wire.reports(None, 0, 100)) == heads
    public = PublicArchive.over(filled, "admin2").wire
    assert public.events(Query(), 0, 10) == [] and public.reports(None, 0, 10) == []


def test_the_ledger_goes_on_after_any_stretch(filled):
    for archive in (filled, PublicArchive.over(filled, "admin1")):
        whole = archive.wire.holdings(None, None, None)
        assert len(whole) == 2 and Holding.model_validate_json(whole[0].text)
        for place, line in enumerate(whole, 1):
            rest = archive.wire.holdings(None, None, None, line.key, 50)
            assert [later.text for later in rest] == [later.text for later in whole[place:]]
