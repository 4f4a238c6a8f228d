"""The migrations make what tables.py says, and the code knows the newest of them."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from dateline.store.engine import SCHEMA, open_engine
from dateline.store.tables import metadata

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
