"""Exports: one walk feeds every format; what is unknown stays empty, what is vague is not sharpened."""

from __future__ import annotations

import csv
import io
import json

import pytest

from dateline.export.base import export
from dateline.export.formats import FORMATS
from dateline.export.ucdp import priogrid
from dateline.model.incident import Incident
from tests.export.conftest import text_of


def test_geojson_puts_longitude_first_and_unknown_places_nowhere(placed: Incident, vague: Incident) -> None:
    collection = json.loads(text_of("geojson", placed, vague))
    first, second = collection["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [62.5, 34.1234568]}
    assert first["properties"]["figures"] == [{"measure": "killed", "whom": None, "low": 3, "high": None, "disputed": False}]
    assert first["properties"]["standing"] == "claimed"
    assert second["geometry"] is None
    assert second["properties"]["start"] is None


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_an_empty_archive_exports_to_a_valid_empty_file(name: str) -> None:
    if name in ("parquet", "geoparquet", "package"):
        return  # read back in test_readers.py
    text = text_of(name)
    if name == "timemap":
        assert json.loads(text) == []
    elif name == "geojson":
        assert json.loads(text) == {"type": "FeatureCollection", "features": []}
    elif name == "jsonl":
        assert text == ""
    else:
        assert len(list(csv.reader(io.StringIO(text)))) >= 1


@pytest.mark.parametrize(("name", "columns"), [("acled", 31), ("ucdp", 49), ("hxl", 23), ("csv", 32), ("cameo", 20)])
def test_tables_have_their_columns_in_every_row(name: str, columns: int, placed: Incident, vague: Incident) -> None:
    rows = list(csv.reader(io.StringIO(text_of(name, placed, vague))))
    assert {len(row) for row in rows} == {columns}
    assert len(set(rows[0])) == columns


def test_json_lines_hold_the_whole_incident(placed: Incident, vague: Incident) -> None:
    lines = text_of("jsonl", placed, vague).splitlines()
    assert [Incident.model_validate_json(line) for line in lines] == [placed, vague]


def test_acled_picks_the_lowest_count_and_says_so_in_the_notes(placed: Incident, vague: Incident) -> None:
    exporter = FORMATS["acled"]()
    row = next(csv.DictReader(io.StringIO(b"".join(export([placed, vague], exporter)).decode())))
    assert (row["event_date"], row["time_precision"], row["geo_precision"]) == ("2021-08-06", "1", "1")
    assert (row["event_type"], row["sub_event_type"]) == ("Explosions/Remote violence", "Shelling/artillery/missile attack")
    assert (row["iso"], row["country"], row["fatalities"]) == ("4", "Afghanistan", "3")
    assert "Said by: The army." in row["notes"]
    assert any("range of counts" in reason for reason in exporter.losses)


def test_ucdp_holds_deaths_only_and_counts_what_it_leaves_out(placed: Incident, vague: Incident) -> None:
    exporter = FORMATS["ucdp"]()
    rows = list(csv.DictReader(io.StringIO(b"".join(export([placed, vague], exporter)).decode())))
    assert [(row["best"], row["low"], row["high"], row["where_prec"], row["date_prec"]) for row in rows] == [
        ("3", "3", "3", "1", "1")
    ]
    assert exporter.losses["no death is told"] == 1


def test_priogrid_counts_from_the_south_west() -> None:
    assert priogrid(-90, -180) == 1
    assert priogrid(-89.6, -179.4) == 2
    assert priogrid(-89.5, -180) == 721
    assert priogrid(90, 180) == 360 * 720


def test_hxl_has_hashtags_under_its_headings(placed: Incident) -> None:
    rows = list(csv.reader(io.StringIO(text_of("hxl", placed))))
    assert all(tag.startswith("#") for tag in rows[1])
    assert dict(zip(rows[1], rows[2], strict=True))["#affected+killed+min"] == "3"


def test_what_did_not_happen_is_left_out_of_tables_of_what_did(placed: Incident) -> None:
    planned = placed.model_copy(update={"status": "planned"})
    for name in ("acled", "ucdp", "hxl"):
        exporter = FORMATS[name]()
        assert len(b"".join(export([planned], exporter)).splitlines()) <= 2
        assert exporter.losses == {"planned: it did not happen, or not yet": 1}


def test_csv_keeps_open_ends_open_and_disarms_formulas(placed: Incident, vague: Incident) -> None:
    rows = list(csv.DictReader(io.StringIO(text_of("csv", placed, vague))))
    assert (rows[0]["killed_low"], rows[0]["killed_high"]) == ("3", "")
    assert (rows[0]["start"], rows[0]["by"]) == ("2021-08-06", "rebels")
    assert rows[1]["start"] == rows[1]["place"] == rows[1]["first_told"] == ""
    assert rows[1]["words"].startswith("'=")
