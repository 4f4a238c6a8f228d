"""A PostgreSQL server of one's own for the time of a test or a measurement: over a socket, gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dateline.errors import MissingResource


@contextmanager
def server() -> Iterator[str]:
    """The address of its database `postgres`. Raises MissingResource where none can be started."""
    tools = _programs()
    # Not under a test's own folder: that one is closed to other users, and a socket's path must be short.
    folder = Path(tempfile.mkdtemp(prefix="dateline-pg-"))
    prefix = _as_whom(folder)
    data = folder / "data"
    made = subprocess.run(
        [*prefix, f"{tools}/initdb", "-D", str(data), "-A", "trust", "-U", "postgres", "-E", "UTF8"], capture_output=True
    )
    if made.returncode:
        raise MissingResource(f"initdb failed: {made.stderr.decode()[-200:]}")
    options = f"-k {folder} -c listen_addresses='' -c fsync=off -c shared_buffers=512MB -c max_wal_size=4GB"
    control = [*prefix, f"{tools}/pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log")]
    subprocess.run([*control, "-o", options, "start"], check=True, capture_output=True)
    try:
        yield f"postgresql+psycopg://postgres@/postgres?host={folder}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    """The folder of PostgreSQL's server programs: on the path, or where Debian puts them."""
    found = shutil.which("initdb")
    places = [Path(found).resolve()] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not places:
        raise MissingResource("no PostgreSQL: install Debian's postgresql")
    return places[-1].parent


def _as_whom(folder: Path) -> list[str]:
    """The server refuses to run as root."""
    if os.geteuid() != 0:
        return []
    if shutil.which("runuser") is None or subprocess.run(["id", "postgres"], capture_output=True).returncode:
        raise MissingResource("PostgreSQL does not run as root, and there is no user `postgres` to run it as")
    shutil.chown(folder, "postgres", "postgres")
    return ["runuser", "-u", "postgres", "--"]
