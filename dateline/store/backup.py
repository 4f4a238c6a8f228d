"""A backup is an SQLite archive with every row of every table, whatever database it came from; restoring fills an empty archive.

It is written beside its place and moved there when whole: a killed backup leaves the earlier one as it was.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, func, select, text

from dateline.errors import BrokenArchive, UsageError
from dateline.store.engine import open_engine, writing
from dateline.store.filling import put_rows
from dateline.store.tables import metadata

PAGE = 2_000


def backup(engine: Engine, target: Path) -> int:
    """Rows written. The archive may be read and written meanwhile: the backup holds one moment."""
    if not target.parent.is_dir():
        raise UsageError(f"no folder {target.parent} to put the backup in: make it first")
    unfinished = target.with_name(target.name + ".unfinished")
    for leftover in (unfinished, *_companions(unfinished)):
        leftover.unlink(missing_ok=True)
    copy = open_engine(str(unfinished), create=True)
    with engine.connect() as source, writing(copy) as into:
        if source.dialect.name == "postgresql":
            source.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        rows = _copy(source, into)
    copy.dispose()
    with sqlite3.connect(unfinished) as raw:  # one file, without its write-ahead log
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.execute("PRAGMA journal_mode=DELETE")
    raw.close()
    for companion in _companions(unfinished):
        companion.unlink(missing_ok=True)
    unfinished.replace(target)
    return rows


def _companions(path: Path) -> tuple[Path, Path]:
    return path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")


def restore(source_path: Path, engine: Engine) -> int:
    """Rows written into an archive that must be empty: restoring never mixes two records."""
    backed = open_engine(str(source_path), create=False)
    with backed.connect() as source, writing(engine) as into:
        for table in metadata.sorted_tables:
            if into.execute(select(table.c.row).limit(1)).first() is not None:
                raise UsageError("the archive to restore into is not empty: name a new one with --archive")
        rows = _copy(source, into)
        _count_on(into)
        if rows == 0:
            raise BrokenArchive(f"{source_path} holds no rows: it is no backup of a used archive")
    backed.dispose()
    return rows


def _copy(source: Connection, into: Connection) -> int:
    total = 0
    for table in metadata.sorted_tables:
        found = source.execution_options(yield_per=PAGE).execute(select(table).order_by(table.c.row))
        for page in found.mappings().partitions(PAGE):
            put_rows(into, table, [dict(row) for row in page])
            total += len(page)
    return total


def _count_on(connection: Connection) -> None:
    """PostgreSQL numbers new rows by counters of their own: they go on after the restored rows."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        last = connection.execute(select(func.max(table.c.row))).scalar()
        if last is not None:
            connection.execute(
                text("SELECT setval(pg_get_serial_sequence(:name, 'row'), :last)").bindparams(name=table.name, last=last)
            )
