"""The formats that `dateline export --format` knows, by name; its class says when to choose it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dateline.export.acled import Acled
from dateline.export.base import Exporter
from dateline.export.cameo import Cameo
from dateline.export.geojson import GeoJson
from dateline.export.hapi import Hapi
from dateline.export.hxl import Hxl
from dateline.export.lines import JsonLines
from dateline.export.package import Package
from dateline.export.parquet import GeoParquet, Parquet
from dateline.export.plover import Plover
from dateline.export.table import Csv
from dateline.export.timemap import Timemap
from dateline.export.ucdp import Ucdp

_MAKERS: tuple[type[Exporter], ...] = (
    JsonLines, Csv, GeoJson, Acled, Ucdp, Plover, Cameo, Hxl, Hapi, Timemap, Parquet, GeoParquet, Package,
)  # fmt: skip
FORMATS: Mapping[str, Callable[[], Exporter]] = {maker.name: maker for maker in _MAKERS}


def advice() -> str:
    """One line a format: when to choose it."""
    width = max(map(len, FORMATS))
    told = ((maker.name, " ".join((maker.__doc__ or "").split())) for maker in _MAKERS)
    return "\n".join(f"{name:{width}}  {text.removeprefix('Choose it ')}" for name, text in told)
