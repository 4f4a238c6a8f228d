"""The formats that `dateline export --format` knows, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dateline.export.acled import Acled
from dateline.export.base import Exporter
from dateline.export.geojson import GeoJson
from dateline.export.hxl import Hxl
from dateline.export.lines import JsonLines
from dateline.export.table import Csv
from dateline.export.ucdp import Ucdp

FORMATS: Mapping[str, Callable[[], Exporter]] = {maker.name: maker for maker in (GeoJson, Csv, JsonLines, Acled, Ucdp, Hxl)}
