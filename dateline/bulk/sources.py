"""Large inputs: JSON lines, Parquet and WARC, here or in any storage that fsspec knows (s3://, gs://, abfs://, https://).

The reports come in one fixed order, by file name and then as they stand in the file: a run that is started again counts on it.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dateline.errors import MissingResource, SkipReport, UsageError
from dateline.model.text import Report
from dateline.read.article import Given, parse_article
from dateline.read.sources import SetAside, report_of_line, report_of_row

LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz")
TABLES = (".parquet",)
WARCS = (".warc", ".warc.gz")
COLUMNS = ("id", "outlet", "title", "published", "url", "language", "text")
ROWS = 256  # of a Parquet file in memory at once


@dataclass(frozen=True, slots=True)
class File:
    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Found:
    """A report or the reason why it is none, and how many bytes of the source are read with it."""

    item: Report | SetAside
    read: int


@dataclass(frozen=True, slots=True)
class Source:
    """All files of a file, folder or pattern."""

    storage: Any
    files: tuple[File, ...]
    max_chars: int

    @classmethod
    def open(cls, address: str, max_chars: int) -> Source:
        storage, path = storage_of(address)
        try:
            found = storage.glob(path) if any(mark in path for mark in "*?[") else [path]
            paths = sorted({file for one in found for file in (storage.find(one) if storage.isdir(one) else [one])})
            files = tuple(File(one, int(storage.size(one) or 0)) for one in paths if one.endswith(LINES + TABLES + WARCS))
        except OSError as error:
            raise UsageError(f"{address} cannot be read: {error.strerror or error}") from error
        if not files and not any(storage.exists(one) for one in found):
            raise UsageError(
                f"{address} does not exist: give a file, a folder, a pattern, or an address such as s3://bucket/news"
            )
        if not files:
            raise UsageError(f"{address} holds no .jsonl, .ndjson (each also with .gz), .parquet, .warc or .warc.gz file")
        return cls(storage, files, max_chars)

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)

    def __iter__(self) -> Iterator[Found]:
        before = 0
        for file in self.files:
            try:
                for item, share in self._items(file):
                    yield Found(item, before + int(share * file.size))
            except OSError as error:
                raise UsageError(f"{file.path} cannot be read: {error.strerror or error}") from error
            before += file.size

    def _items(self, file: File) -> Iterator[tuple[Report | SetAside, float]]:
        with self.storage.open(file.path, "rb") as stream:
            if file.path.endswith(TABLES):
                yield from self._of_table(stream, file)
            elif file.path.endswith(WARCS):
                for item in self._of_warc(stream, file):
                    yield item, stream.tell() / max(1, file.size)
            else:
                lines = gzip.GzipFile(fileobj=stream) if file.path.endswith(".gz") else stream
                for number, line in enumerate(lines, start=1):
                    if line.strip():
                        yield self._of_line(line, f"{_name(file)} line {number}"), stream.tell() / max(1, file.size)

    def _of_line(self, line: bytes, where: str) -> Report | SetAside:
        try:
            return report_of_line(line, where, Given(), self.max_chars)
        except SkipReport as reason:
            return SetAside(where, str(reason))

    def _of_table(self, stream: Any, file: File) -> Iterator[tuple[Report | SetAside, float]]:
        table = parquet().ParquetFile(stream)
        named = [name for name in COLUMNS if name in table.schema_arrow.names]
        if "text" not in named:
            raise UsageError(f"{file.path} has no column named text; it may have {', '.join(COLUMNS)}")
        number = 0
        for rows in table.iter_batches(batch_size=ROWS, columns=named):
            for row in rows.to_pylist():
                number += 1
                yield self._of_row(row, f"{_name(file)} row {number}"), number / table.metadata.num_rows

    def _of_row(self, row: dict[str, Any], where: str) -> Report | SetAside:
        try:
            return report_of_row(row, where, Given(), self.max_chars)
        except SkipReport as reason:
            return SetAside(where, str(reason))

    def _of_warc(self, stream: Any, file: File) -> Iterator[Report | SetAside]:
        """HTML pages of successful responses; their date is the page's own, never the crawl's."""
        number = 0
        for record in _warc_records(stream):
            number += 1
            headers = record.http_headers
            if record.rec_type != "response" or headers is None or headers.get_statuscode() != "200":
                continue
            if "html" not in (headers.get_header("Content-Type") or ""):
                continue
            where = f"{_name(file)} record {number}"
            try:
                url = record.rec_headers.get_header("WARC-Target-URI")
                yield parse_article(record.content_stream().read(), Given(url=url), self.max_chars, where)
            except SkipReport as reason:
                yield SetAside(where, str(reason))


def storage_of(address: str) -> tuple[Any, str]:
    """The storage and the path in it: `news/`, s3://bucket/news, memory://news …"""
    try:
        import fsspec
    except ModuleNotFoundError as error:
        raise MissingResource("fsspec is not installed: pip install 'dateline[bulk]'") from error
    try:
        storage, path = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:  # a kind of storage that is unknown or whose package is missing
        raise UsageError(f"{address}: {error}") from error
    return storage, str(path)


def _name(file: File) -> str:
    return file.path.rsplit("/", 1)[-1]


def parquet() -> Any:
    """pyarrow's Parquet, loaded when asked for."""
    try:
        import pyarrow.parquet
    except ModuleNotFoundError as error:
        raise MissingResource("pyarrow is not installed: pip install 'dateline[bulk]'") from error
    return pyarrow.parquet


def _warc_records(stream: io.BufferedIOBase) -> Iterator[Any]:
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ModuleNotFoundError as error:
        raise MissingResource("warcio is not installed: pip install 'dateline[bulk]'") from error
    yield from ArchiveIterator(stream)
