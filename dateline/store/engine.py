"""Opening a database so that a killed writer leaves nothing half done: WAL, one writer at a time, schema brought up to date."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError, OperationalError

from dateline.errors import BrokenArchive, MissingResource, UsageError

# The newest migration; `tests/store/test_migrations.py` holds it to the folder's head.
SCHEMA = "0004"
SQLITE_MAGIC = b"SQLite format 3\x00"
# The lock number under which PostgreSQL writers of one archive take turns; any constant will do.
WRITE_LOCK = 7351


def open_engine(address: str, create: bool) -> Engine:
    """An engine whose archive exists and has the newest schema; one clear line when that cannot be."""
    engine = _engine(address, create)
    try:
        _bring_up_to_date(engine, address, create)
    except (OperationalError, DatabaseError) as error:
        raise BrokenArchive(f"cannot open the archive {address}: {error.orig}") from error
    return engine


def _engine(address: str, create: bool) -> Engine:
    if "://" not in address:
        return _sqlite(address, create)
    try:
        url = make_url(address)
        if url.get_backend_name() == "sqlite":
            return _sqlite(url.database or "", create)
        if url.drivername == "postgresql":
            url = url.set(drivername="postgresql+psycopg")
        engine = create_engine(url, pool_pre_ping=True)
    except (ArgumentError, NoSuchModuleError) as error:
        raise UsageError(f"{address!r} is no archive address: give a path or an SQLAlchemy URL ({error})") from error
    except ModuleNotFoundError as error:
        raise MissingResource(f"the driver for {address!r} is not installed: pip install 'dateline[postgres]'") from error
    event.listen(engine, "begin", _postgres_begin)
    return engine


def _sqlite(path: str, create: bool) -> Engine:
    file = Path(path)
    if not path or file.is_dir():
        raise UsageError(f"{path!r} is no archive file: give the path of an SQLite file")
    if not file.exists():
        if not create:
            raise UsageError(f"no archive at {path}: make one with `dateline add PATH --archive {path}`")
        if not file.parent.is_dir():
            raise UsageError(f"no folder {file.parent} to keep the archive in: make it first")
    elif file.stat().st_size:
        with file.open("rb") as opened:
            if opened.read(16) != SQLITE_MAGIC:
                raise BrokenArchive(f"{path} is no SQLite file: name another with --archive")
    engine = create_engine(f"sqlite:///{file}", connect_args={"timeout": 60})
    event.listen(engine, "connect", _sqlite_settings)
    event.listen(engine, "begin", _sqlite_begin)
    return engine


# Kilobytes of pages that a connection keeps: the indexes of a large archive are read at random.
CACHE_KB = 131_072


def _sqlite_settings(connection: sqlite3.Connection, _record: object) -> None:
    # SQLAlchemy, not the driver, says when a transaction begins (see _sqlite_begin).
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "busy_timeout=60000",
        "temp_store=MEMORY",
        f"cache_size=-{CACHE_KB}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _sqlite_begin(connection: Connection) -> None:
    # A writer takes its lock at once: two writers wait for each other instead of failing half way.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgres_begin(connection: Connection) -> None:
    if connection.get_execution_options().get("writes", False):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITE_LOCK})")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that alone may write; all of it is kept, or nothing."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        yield connection


def schema_of(connection: Connection) -> str | None:
    """The archive's schema number; None when the database is empty."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _bring_up_to_date(engine: Engine, address: str, create: bool) -> None:
    with engine.connect() as connection:
        found = schema_of(connection)
        if found == SCHEMA:
            return
        if found is None and inspect(connection).get_table_names():
            raise BrokenArchive(f"{address} holds a database that is no dateline archive: name another with --archive")
    if found is None and not create:
        raise UsageError(f"{address} holds no archive yet: make one with `dateline add`")
    if found is not None and found > SCHEMA:
        raise BrokenArchive(f"{address} was written by a newer dateline (schema {found}, this is {SCHEMA}): update dateline")
    with writing(engine) as connection:
        if schema_of(connection) != SCHEMA:  # another process may have been first
            migrate(connection, SCHEMA)


def migrate(connection: Connection, revision: str) -> None:
    """Alembic up to `revision`, inside the caller's transaction: a killed migration has never been."""
    from alembic import command  # slow to import, and needed once in an archive's life
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(resources.files("dateline.store") / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
