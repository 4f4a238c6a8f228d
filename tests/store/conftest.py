"""Archives to test on: an SQLite file, and a PostgreSQL database where a server can be started or is named."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bench.postgres import server
from dateline.errors import MissingResource
from dateline.store.archive import Archive

START = datetime(2021, 8, 7, 12, tzinfo=UTC)


class Clock:
    """A clock that a test sets by hand."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def next_day(self) -> None:
        self.now += timedelta(days=1)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a server's database `postgres`: DATELINE_TEST_POSTGRES, or one started here over a socket."""
    named = os.environ.get("DATELINE_TEST_POSTGRES")
    if named:
        yield named
        return
    with ExitStack() as stack:
        try:
            address = stack.enter_context(server())
        except MissingResource as error:
            pytest.skip(f"{error}, or set DATELINE_TEST_POSTGRES to a server's address")
        yield address


@pytest.fixture
def postgres_address(postgres_server: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh database for one test."""
    from sqlalchemy import create_engine, text
    from sqlalchemy.engine import make_url

    name = f"dateline_{abs(hash(request.node.nodeid)) % 10**10}"
    admin = create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(postgres_server).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
    admin.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The same tests run on both databases."""
    if request.param == "sqlite":
        return str(tmp_path / "a.sqlite")
    return str(request.getfixturevalue("postgres_address"))


@pytest.fixture
def archive(address: str, clock: Callable[[], datetime]) -> Iterator[Archive]:
    with Archive.open(address, clock=clock) as opened:
        yield opened
