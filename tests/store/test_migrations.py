"""The migrations make what tables.py says, and the code knows the newest of them."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import insert, select, text

from dateline.link.run import link_incidents
from dateline.store import adding
from dateline.store.archive import Archive
from dateline.store.dialects import inside
from dateline.store.engine import SCHEMA, _engine, migrate, open_engine, writing
from dateline.store.query import Box
from dateline.store.tables import events, metadata, traces
from tests.factories import make_event, make_record, make_report
from tests.store.conftest import Clock
from tests.store.writer import numbered

# Kept by triggers beside the tables (store/migrations/first_indexes.py).
INDEXES = ("report_search", "incident_box")


def test_the_newest_migration_is_the_one_that_the_code_expects() -> None:
    config = Config()
    config.set_main_option("script_location", str(resources.files("dateline.store") / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == SCHEMA


def test_the_migrations_make_the_tables_that_the_code_reads(tmp_path: Path) -> None:
    engine = open_engine(str(tmp_path / "a.sqlite"), create=True)
    with engine.connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
    ours = [change for change in found if not any(name in str(change) for name in INDEXES)]
    assert ours == []


@pytest.mark.parametrize("schema", ["0001", "0002"])
def test_what_an_earlier_dateline_linked_is_linked_anew(address: str, clock: Clock, schema: str) -> None:
    """Its traces are shorter than ours: reading one would fail."""
    engine = _engine(address, create=True)
    with writing(engine) as connection:
        migrate(connection, schema)
        for number in range(6):
            report, record, _known = numbered(number)
            adding.add(connection, report, record, clock(), clock())
        connection.execute(insert(traces), [{"row": row, "value": "[1]"} for row in connection.scalars(select(events.c.row))])
        adding.note(connection, "link", "6/6", clock(), clock())
    engine.dispose()
    with Archive.open(address, create=False, clock=clock) as archive:
        clock.next_day()
        linked = link_incidents(archive)
        assert linked.new == linked.incidents == len(archive.incidents()) > 0
        assert link_incidents(archive).incidents == 0
        assert archive.check() == []


def test_linking_anew_with_nothing_changed_changes_nothing(address: str, clock: Clock) -> None:
    with Archive.open(address, clock=clock) as archive:
        for number in range(9):
            archive.add(*numbered(number)[:2])
        link_incidents(archive)
        before = archive.incidents(), archive.holdings()
        clock.next_day()
        assert archive.begin_anew() == 9
        done = link_incidents(archive)
        assert (done.new, done.changed, done.merged, done.gone) == (0, 0, 0, 0)
        assert done.incidents == len(before[0])
        assert (archive.incidents(), archive.holdings()) == before


def test_an_archive_of_the_first_schema_is_carried_over_with_its_rows(address: str, clock: Clock) -> None:
    engine = _engine(address, create=True)
    with writing(engine) as connection:
        migrate(connection, "0001")
        report = make_report("r1", "The Taliban captured Kunduz.")
        adding.add(connection, report, make_record(report, make_event(report, "captured", "territory_gain")), clock(), clock())
    engine.dispose()
    with Archive.open(address, create=False, clock=clock) as archive:
        assert archive.report("r1") == report
        assert [stored.event.trigger.text for stored in archive.events()] == ["captured"]
        assert not archive.people.has_users()
        archive.people.add("ada", "seven grey herons", "admin", by="test")
        assert archive.people.has_users()


@pytest.mark.postgres
def test_map_windows_use_postgis_where_the_server_has_it(postgres_address: str) -> None:
    engine = open_engine(postgres_address, create=True)
    with engine.connect() as connection:
        if connection.scalar(text("SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'")) is None:
            pytest.skip("the server has no PostGIS")
        assert connection.scalar(text("SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_incidents_point'"))
        window = inside(connection, Box(60, 30, 70, 40), None, None)
        assert "ST_MakeEnvelope" in str(window)
    engine.dispose()
