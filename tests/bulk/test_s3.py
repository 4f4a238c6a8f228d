"""Storage that speaks S3 is storage like any other: the same reports, the same bytes, the same restart.

The server is moto's, on loopback, in a process of its own; `make test-ray` brings it. Elsewhere these tests are skipped.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from dateline.bulk.sources import Source
from dateline.engines import Local
from dateline.model.text import Report
from dateline.settings import Settings
from dateline.store.archive import Archive
from tests.bulk.corpus import bulk, corpus, ids, tree, web_archive

pytest.importorskip("moto", reason="moto's S3 server is not installed here: `make test-ray` runs these tests")
s3fs = pytest.importorskip("s3fs")
pytestmark = pytest.mark.slow

COUNT, SIZE = 40, 9
KEYS = {"AWS_ACCESS_KEY_ID": "reader", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 120
    while time.monotonic() < until and running.poll() is None:
        with closing(socket.socket()) as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(timeout=20)


@pytest.fixture
def storage(endpoint: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Empty buckets `news` and `coded`; who opens an s3:// address here, or in a child, comes to this server."""
    for name, value in {**KEYS, "AWS_ENDPOINT_URL": endpoint}.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    opened = s3fs.S3FileSystem()
    for bucket in ("news", "coded"):
        if opened.exists(bucket):
            opened.rm(bucket, recursive=True)
        opened.mkdir(bucket)
    yield opened
    s3fs.S3FileSystem.clear_instance_cache()


def test_lines_tables_and_web_archives_are_read_as_from_a_folder(storage: Any, tmp_path: Path) -> None:
    folder = corpus(tmp_path / "news", 12)
    table(folder)
    web_archive(folder / "crawl.warc.gz")
    storage.put(f"{folder}/", "news/2021/", recursive=True)
    here = [found.item for found in Source.open(str(folder), 1_000_000)]
    there = [found.item for found in Source.open("s3://news/2021/", 1_000_000)]
    assert there == here
    assert {item.outlet for item in there if isinstance(item, Report)} == {"Wire", "Table"}
    assert [found.item for found in Source.open("s3://news/2021/*.parquet", 1_000_000)] == [
        item for item in here if isinstance(item, Report) and item.outlet == "Table"
    ]


def table(folder: Path) -> None:
    import pyarrow.parquet

    rows = [{"id": f"t{number}", "outlet": "Table", "text": f"Rebels left Goma with {number} trucks."} for number in range(5)]
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), folder / "table.parquet")


def test_killed_and_started_again_the_bucket_ends_as_a_folder_would(storage: Any, tmp_path: Path, settings: Settings) -> None:
    folder = corpus(tmp_path / "news", COUNT)
    bulk(folder, tmp_path / "undisturbed", Local(settings), settings, SIZE)
    storage.put(f"{folder}/", "news/2021/", recursive=True)
    command = [sys.executable, "-m", "dateline", "bulk", "s3://news/2021/", "s3://coded/2021", "--workers", "2"]
    command += ["--part", str(SIZE)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 240
    while not _has(storage, "coded/2021/_parts/000000.json") and running.poll() is None and time.monotonic() < until:
        time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    running.wait(timeout=20)
    assert _has(storage, "coded/2021/_parts/000000.json")
    again = subprocess.run(command, capture_output=True, text=True, timeout=240)
    assert again.returncode == 1, again.stderr  # one line was set aside
    assert "1 set aside" in again.stdout
    storage.get("coded/2021/", f"{tmp_path}/coded/", recursive=True)
    whole = {name: data for name, data in tree(tmp_path / "coded").items() if not name.endswith(".unfinished")}
    assert whole == tree(tmp_path / "undisturbed")


def _has(storage: Any, path: str) -> bool:
    storage.invalidate_cache()
    return bool(storage.exists(path))


def test_a_run_in_a_bucket_goes_into_an_archive(storage: Any, tmp_path: Path, settings: Settings) -> None:
    bulk(corpus(tmp_path / "news", 10), tmp_path / "coded", Local(settings), settings, SIZE)
    storage.put(f"{tmp_path}/coded/", "coded/run/", recursive=True)
    command = [sys.executable, "-m", "dateline", "add", "s3://coded/run", "--archive", str(tmp_path / "a.sqlite")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, env=dict(os.environ))
    assert done.returncode == 0, done.stderr
    with Archive.open(str(tmp_path / "a.sqlite"), create=False) as opened:
        assert sorted(stored.head.id for stored in opened.reports()) == ids(tmp_path / "coded")
