"""Coded reports in storage, part by part: a part is whole or it is not there.

    DEST/day=2021-08-10/part-000012.parquet   reports of that day with their records; day=unknown for those without one
    DEST/_parts/000012.json                   written last: the part's files, counts, set-aside reports, and what was read
    DEST/_run.json                            what makes two runs the same: version, model, part size

Only files that a whole part names are read; what a killed run left half done is written over by the next.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dateline.bulk.sources import parquet, storage_of
from dateline.errors import BrokenArchive, UsageError
from dateline.model.event import Record
from dateline.model.text import Report
from dateline.read.sources import SetAside

UNKNOWN = "unknown"
COMPRESSION = "zstd"


@dataclass(frozen=True, slots=True)
class Whole:
    """What a part's own file says of it."""

    number: int
    digest: str
    reports: int
    events: int
    files: tuple[str, ...]
    set_aside: tuple[SetAside, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    storage: Any
    root: str

    @classmethod
    def open(cls, address: str) -> Parts:
        storage, path = storage_of(address)
        return cls(storage, path.rstrip("/"))

    def begin(self, run: Mapping[str, object]) -> None:
        """Note what the run is, or check that this is the run that was begun here."""
        standing = self._read("_run.json")
        if standing is None:
            if self.storage.exists(self.root) and self.storage.ls(self.root):
                raise UsageError(f"{self.root} is not empty and holds no bulk run: name a new folder")
            self._write("_run.json", _json(run))
        elif json.loads(standing) != json.loads(_json(run)):
            raise UsageError(
                f"{self.root} was begun with {standing.decode().strip()}, not {_json(run).decode().strip()}: name a new folder"
            )

    @property
    def is_run(self) -> bool:
        return bool(self.storage.exists(f"{self.root}/_run.json"))

    def whole(self, number: int) -> Whole | None:
        told = self._read(_manifest(number))
        if told is None:
            return None
        row = json.loads(told)
        aside = tuple(SetAside(one["where"], one["reason"]) for one in row["set_aside"])
        return Whole(number, row["read"], row["reports"], row["events"], tuple(row["files"]), aside)

    def write(self, number: int, digest: str, coded: Sequence[tuple[Report, Record]], aside: Sequence[SetAside]) -> Whole:
        days: dict[str, list[tuple[Report, Record]]] = {}
        for report, record in coded:
            days.setdefault(report.published.isoformat() if report.published else UNKNOWN, []).append((report, record))
        files = tuple(f"day={day}/part-{number:06}.parquet" for day in sorted(days))
        for name, day in zip(files, sorted(days), strict=True):
            self._write(name, _table(days[day]))
        events = sum(len(record.events) for _report, record in coded)
        told = {
            "read": digest,
            "reports": len(coded),
            "events": events,
            "files": files,
            "set_aside": [{"where": one.where, "reason": one.reason} for one in aside],
        }
        self._write(_manifest(number), _json(told))  # last: from here on the part is whole
        return Whole(number, digest, len(coded), events, files, tuple(aside))

    def __iter__(self) -> Iterator[Whole]:
        number = 0
        while (part := self.whole(number)) is not None:
            yield part
            number += 1

    def rows(self, part: Whole) -> Iterator[tuple[Report, Record]]:
        """The part's reports with their records, file by file."""
        for name in part.files:
            data = self._read(name)
            if data is None:
                raise BrokenArchive(f"{self.root}/{name} is missing, although its part is whole: run `dateline bulk` anew")
            for row in parquet().read_table(io.BytesIO(data)).to_pylist():
                record = Record.model_validate_json(row.pop("record"))
                row["id"] = row.pop("report_id")
                del row["events"]
                yield Report.model_validate(row), record

    def _read(self, name: str) -> bytes | None:
        try:
            found: bytes = self.storage.cat_file(f"{self.root}/{name}")
        except FileNotFoundError:
            return None
        return found

    def _write(self, name: str, data: bytes) -> None:
        """Under another name first: nobody sees half a file."""
        path = f"{self.root}/{name}"
        folder, _, file = path.rpartition("/")
        self.storage.makedirs(folder, exist_ok=True)
        unfinished = f"{folder}/.{file}.unfinished"
        self.storage.pipe_file(unfinished, data)
        self.storage.mv(unfinished, path)


def _manifest(number: int) -> str:
    return f"_parts/{number:06}.json"


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, sort_keys=True) + "\n").encode()


def _table(coded: Sequence[tuple[Report, Record]]) -> bytes:
    import pyarrow

    schema = pyarrow.schema(
        [(name, pyarrow.string()) for name in ("report_id", "outlet", "title")]
        + [("published", pyarrow.date32())]
        + [(name, pyarrow.string()) for name in ("url", "language", "text")]
        + [("events", pyarrow.int32()), ("record", pyarrow.string())]
    )
    rows: list[tuple[str | date | int | None, ...]] = [
        (r.id, r.outlet, r.title, r.published, r.url, r.language, r.text, len(record.events), record.to_json())
        for r, record in coded
    ]
    columns = [pyarrow.array(column, type=field.type) for column, field in zip(zip(*rows, strict=True), schema, strict=True)]
    sink = io.BytesIO()
    parquet().write_table(pyarrow.table(columns, schema=schema), sink, compression=COMPRESSION)
    return sink.getvalue()
