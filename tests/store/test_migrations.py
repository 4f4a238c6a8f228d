"""The migrations make what tables.py says, and the code knows the newest of them."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from dateline.store import adding
from dateline.store.archive import Archive
from dateline.store.engine import SCHEMA, _engine, migrate, open_engine, writing
from dateline.store.tables import metadata
from tests.factories import make_event, make_record, make_report
from tests.store.conftest import Clock

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
