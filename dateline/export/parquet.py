"""Parquet and GeoParquet: the table of incidents with its types kept. Needs pyarrow (`pip install 'dateline[parquet]'`)."""

from __future__ import annotations

import io
import json
import struct
from collections import Counter
from collections.abc import Iterator
from typing import Any

from dateline.errors import MissingResource
from dateline.export.table import COLUMNS, count_losses, row_of
from dateline.model.incident import Incident

ROWS_A_GROUP = 5_000
GEO = {
    "version": "1.1.0",
    "primary_column": "geometry",
    "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
}


class Sink(io.RawIOBase):
    """Takes what the writer has finished and hands it on: the file's length is remembered, not its bytes."""

    def __init__(self) -> None:
        self._kept: list[bytes] = []
        self._length = 0

    def writable(self) -> bool:
        return True

    def write(self, piece: Any, /) -> int:
        data = bytes(piece)
        self._kept.append(data)
        self._length += len(data)
        return len(data)

    def tell(self) -> int:
        return self._length

    def drain(self) -> bytes:
        found = b"".join(self._kept)
        self._kept.clear()
        return found


class Parquet:
    """Choose it for large archives in pandas, DuckDB or R; types and empty values survive, which CSV loses."""

    name = "parquet"
    suffix = "parquet"
    has_geometry = False

    def __init__(self) -> None:
        self.losses: Counter[str] = Counter()
        self._rows: list[tuple[object, ...]] = []
        self._sink = Sink()
        self._writer: Any = None
        self._schema: Any = None

    def begin(self) -> Iterator[bytes]:
        arrow, parquet = _arrow()
        kinds = {"string": arrow.string(), "date": arrow.date32(), "integer": arrow.int64(), "number": arrow.float64()}
        fields = [arrow.field(column.name, kinds[column.kind]) for column in COLUMNS]
        if self.has_geometry:
            fields.append(arrow.field("geometry", arrow.binary()))
        about = {"geo": json.dumps(GEO)} if self.has_geometry else None
        self._schema = arrow.schema(fields, metadata=about)
        self._writer = parquet.ParquetWriter(self._sink, self._schema, compression="zstd")
        yield from self._written()

    def feed(self, incident: Incident) -> Iterator[bytes]:
        count_losses(incident, self.losses)
        row = row_of(incident)
        self._rows.append((*row, point_of(incident)) if self.has_geometry else row)
        if len(self._rows) == ROWS_A_GROUP:
            self._write_group()
            yield from self._written()

    def finish(self) -> Iterator[bytes]:
        self._write_group()
        self._writer.close()
        yield from self._written()

    def _write_group(self) -> None:
        arrow, _parquet = _arrow()
        columns = list(zip(*self._rows, strict=True)) or [() for _field in self._schema]
        arrays = [arrow.array(list(cells), field.type) for cells, field in zip(columns, self._schema, strict=True)]
        self._writer.write_table(arrow.Table.from_arrays(arrays, schema=self._schema))
        self._rows.clear()

    def _written(self) -> Iterator[bytes]:
        yield self._sink.drain()


class GeoParquet(Parquet):
    """Choose it for geopandas, QGIS and the like: Parquet with each incident's point as its geometry."""

    name = "geoparquet"
    suffix = "geo.parquet"
    has_geometry = True


def point_of(incident: Incident) -> bytes | None:
    """A point as little-endian WKB, longitude first."""
    place = incident.place
    if place is None or place.lat is None or place.lon is None:
        return None
    return struct.pack("<BIdd", 1, 1, place.lon, place.lat)


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise MissingResource("Parquet needs pyarrow: pip install 'dateline[parquet]'") from None
    return pyarrow, pyarrow.parquet
