"""Archives to test on: an SQLite file, and a PostgreSQL database where a server can be started or is named."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

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


def _programs() -> Path | None:
    """The folder of PostgreSQL's server programs: on the path, or where Debian puts them."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return places[-1].parent if places else None


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a server's database `postgres`: DATELINE_TEST_POSTGRES, or one started here over a socket."""
    named = os.environ.get("DATELINE_TEST_POSTGRES")
    if named:
        yield named
        return
    programs = _programs()
    if programs is None:
        pytest.skip("no PostgreSQL: set DATELINE_TEST_POSTGRES to a server's address, or install Debian's postgresql")
    # Not under pytest's own folder: that one is closed to other users, and a socket's path must be short.
    folder = Path(tempfile.mkdtemp(prefix="dateline-pg-"))
    prefix: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        if shutil.which("runuser") is None or subprocess.run(["id", "postgres"], capture_output=True).returncode:
            pytest.skip("PostgreSQL does not run as root, and there is no user `postgres` to run it as")
        prefix = ["runuser", "-u", "postgres", "--"]
        shutil.chown(folder, "postgres", "postgres")
    data, tools = folder / "data", str(programs)
    made = subprocess.run(
        [*prefix, f"{tools}/initdb", "-D", str(data), "-A", "trust", "-U", "postgres", "-E", "UTF8"], capture_output=True
    )
    if made.returncode:
        pytest.skip(f"initdb failed: {made.stderr.decode()[-200:]}")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off"
    control = [*prefix, f"{tools}/pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log")]
    subprocess.run([*control, "-o", options, "start"], check=True, capture_output=True)
    try:
        yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


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
