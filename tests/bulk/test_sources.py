"""JSON lines, gzip, Parquet, WARC, other storage: the same reports, in a fixed order; what is no report has its place named."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import fsspec
import pyarrow
import pyarrow.parquet
import pytest

from dateline.bulk.parts import Parts
from dateline.bulk.sources import Source
from dateline.engines import Local
from dateline.errors import UsageError
from dateline.model.text import Report
from dateline.read.sources import SetAside
from dateline.settings import Settings
from tests.bulk.corpus import lines, web_archive


def read(address: str) -> list[Report | SetAside]:
    return [found.item for found in Source.open(address, 10_000)]


def test_lines_are_read_plain_and_packed(tmp_path: Path) -> None:
    text = "\n".join(lines(12))
    (tmp_path / "plain.jsonl").write_text(text, encoding="utf-8")
    (tmp_path / "packed.jsonl.gz").write_bytes(gzip.compress(text.encode()))
    plain, packed = read(str(tmp_path / "plain.jsonl")), read(str(tmp_path / "packed.jsonl.gz"))
    assert [item for item in plain if isinstance(item, Report)] == [item for item in packed if isinstance(item, Report)]
    aside = [item for item in packed if isinstance(item, SetAside)]
    assert [one.where for one in aside] == ["packed.jsonl.gz line 8"]


def test_a_table_gives_what_its_lines_give(tmp_path: Path) -> None:
    rows = [json.loads(line) for line in lines(6)]
    for row in rows:
        row["published"] = date.fromisoformat(row["published"]) if row["published"] else None
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist([*rows, {**rows[0], "text": " "}]), tmp_path / "t.parquet")
    (tmp_path / "t.jsonl").write_text("\n".join(lines(6)), encoding="utf-8")
    table = read(str(tmp_path / "t.parquet"))
    assert table[:6] == read(str(tmp_path / "t.jsonl"))
    assert isinstance(table[6], SetAside) and table[6].where == "t.parquet row 7"


def test_a_table_without_text_stops_the_run(tmp_path: Path) -> None:
    pyarrow.parquet.write_table(pyarrow.table({"body": ["x"]}), tmp_path / "t.parquet")
    with pytest.raises(UsageError, match="no column named text"):
        read(str(tmp_path / "t.parquet"))


def test_a_web_archive_gives_its_pages_with_their_addresses(tmp_path: Path) -> None:
    web_archive(tmp_path / "crawl.warc.gz")
    first, second = read(str(tmp_path / "crawl.warc.gz"))
    assert isinstance(first, Report)
    assert first.url == "https://wire.example/taiz"
    assert first.title == "Shelling kills four in Taiz"
    assert first.published is None  # the crawl's date is not the page's
    assert isinstance(second, SetAside) and second.where == "crawl.warc.gz record 4"


def test_files_come_by_name_and_what_is_read_adds_up_to_the_whole(tmp_path: Path) -> None:
    for name in ("b", "a", "c"):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps({"id": name, "text": "Rebels left."}) + "\n", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not a corpus", encoding="utf-8")
    source = Source.open(str(tmp_path), 10_000)
    found = list(source)
    assert [item.item.id for item in found if isinstance(item.item, Report)] == ["a", "b", "c"]
    assert found[-1].read == source.size
    assert [item.item.id for item in Source.open(f"{tmp_path}/[ab].jsonl", 10_000) if isinstance(item.item, Report)] == ["a", "b"]


@pytest.mark.parametrize(("address", "words"), [("no-such-folder", "does not exist"), ("tests", "holds no"), ("zz://x", "zz")])
def test_a_source_that_is_none_is_said_so(address: str, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        Source.open(address, 10_000)


def test_source_and_target_may_lie_in_other_storage(settings: Settings) -> None:
    from dateline.bulk.run import run

    storage = fsspec.filesystem("memory")
    storage.pipe_file("/news/a.jsonl", "\n".join(lines(3)).encode())
    target = Parts.open("memory://coded")
    steps = list(run(Source.open("memory://news", 10_000), target, Local(settings), settings, 2))
    assert [step.part.reports for step in steps] == [2, 1]
    assert sorted(report.id for part in target for report, _record in target.rows(part)) == ["r0", "r1", "r2"]
    assert not [path for path in storage.find("/coded") if path.endswith(".unfinished")]
