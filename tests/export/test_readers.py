"""Exports read back with what their readers use: pandas, geopandas, and a zip of tables that names its own types."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date

import pytest

from dateline.export.formats import FORMATS
from dateline.export.hxl import COLUMNS as HXL_COLUMNS
from dateline.export.table import COLUMNS
from dateline.store.archive import Archive
from tests.export.conftest import bytes_of
from tests.web import small_archive

hxl = pytest.importorskip("hxl")
pandas = pytest.importorskip("pandas")
geopandas = pytest.importorskip("geopandas")


@pytest.fixture(scope="module")
def incidents(tmp_path_factory):
    address = str(tmp_path_factory.mktemp("export") / "small.sqlite")
    small_archive.fill(address)
    with Archive.open(address, create=False) as archive:
        return archive.incidents()


def frame_of(name, incidents, **options):
    return pandas.read_csv(io.BytesIO(bytes_of(name, *incidents)), **options)


def test_csv_round_trips_through_pandas(incidents):
    frame = frame_of("csv", incidents, parse_dates=["start", "end"])
    assert list(frame["incident"]) == [incident.id for incident in incidents]
    kunduz = frame[frame["place"] == "Kunduz"].iloc[0]
    assert (kunduz["killed_low"], pandas.isna(kunduz["killed_high"]), kunduz["accounts"]) == (14, True, 3)
    assert kunduz["start"] == pandas.Timestamp(2021, 8, 8)


@pytest.mark.parametrize(("name", "columns"), [("acled", 31), ("ucdp", 49), ("cameo", 20)])
def test_tables_of_others_load_with_numbers_as_numbers(name, columns, incidents):
    frame = frame_of(name, incidents)
    assert frame.shape[1] == columns and len(frame) >= 2
    lat = "ActionGeo_Lat" if name == "cameo" else "latitude"
    assert pandas.api.types.is_float_dtype(frame[lat])
    if name == "acled":
        assert frame["event_id_cnty"].is_unique and pandas.api.types.is_integer_dtype(frame["fatalities"])


def test_polecat_is_tab_separated(incidents):
    frame = frame_of("plover", incidents, sep="\t")
    assert frame.shape[1] == 40 and set(frame["Quad Code"]) <= {1, 2, 3, 4}


def test_hxl_tags_stand_under_the_headings(incidents):
    frame = frame_of("hxl", incidents, header=[0, 1])
    tags = [tag for _heading, tag in frame.columns]
    assert tags[0] == "#event+id" and len(set(tags)) == len(tags)


def test_geojson_round_trips_through_geopandas(incidents):
    frame = geopandas.read_file(io.BytesIO(bytes_of("geojson", *incidents)))
    assert frame.crs.to_epsg() == 4326
    by_place = {row["place"]: row["geometry"] for _, row in frame.iterrows()}
    assert (by_place["Merowe"].x, by_place["Merowe"].y) == (31.82, 18.45)


def test_parquet_keeps_types_and_empty_values(incidents):
    frame = pandas.read_parquet(io.BytesIO(bytes_of("parquet", *incidents)), dtype_backend="pyarrow")
    assert list(frame.columns) == [column.name for column in COLUMNS]
    strike = frame[frame["place"] == "Sheberghan"].iloc[0]
    assert strike["start"] == date(2021, 8, 7) and strike["killed_low"] == 200
    assert pandas.isna(strike["killed_high"]) and pandas.isna(strike["injured_low"])


def test_geoparquet_round_trips_through_geopandas(incidents):
    frame = geopandas.read_parquet(io.BytesIO(bytes_of("geoparquet", *incidents)))
    assert frame.crs.to_authority() == ("OGC", "CRS84")  # WGS84, longitude first
    merowe = frame[frame["place"] == "Merowe"].iloc[0]
    assert (merowe.geometry.x, merowe.geometry.y) == (31.82, 18.45)


def test_parquet_in_many_groups_is_one_file(incidents, monkeypatch):
    monkeypatch.setattr("dateline.export.parquet.ROWS_A_GROUP", 2)
    frame = pandas.read_parquet(io.BytesIO(bytes_of("parquet", *incidents)))
    assert list(frame["incident"]) == [incident.id for incident in incidents]


def test_an_empty_archive_makes_empty_tables():
    assert pandas.read_parquet(io.BytesIO(bytes_of("parquet"))).shape == (0, len(COLUMNS))
    assert geopandas.read_parquet(io.BytesIO(bytes_of("geoparquet"))).empty


def test_a_data_package_describes_its_own_tables(incidents):
    data = bytes_of("package", *incidents)
    assert data == bytes_of("package", *incidents)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        described = json.loads(archive.read("datapackage.json"))
        frames = {
            resource["name"]: (resource, pandas.read_csv(archive.open(resource["path"]))) for resource in described["resources"]
        }
        assert "citation" not in archive.read("METHOD.md").decode().casefold()
        assert "6 incidents in 8 accounts" in archive.read("CITATION.cff").decode()
    for resource, frame in frames.values():
        assert list(frame.columns) == [field["name"] for field in resource["schema"]["fields"]]
        for field in resource["schema"]["fields"]:
            if field["type"] in ("integer", "number"):
                assert pandas.api.types.is_numeric_dtype(frame[field["name"]])
    known = set(frames["incidents"][1]["incident"])
    assert set(frames["accounts"][1]["incident"]) == known and set(frames["disputes"][1]["incident"]) <= known
    assert len(frames["accounts"][1]) == sum(len(incident.accounts) for incident in incidents)


def test_every_format_says_when_to_choose_it_and_what_its_files_are():
    for name, maker in FORMATS.items():
        assert maker().name == name and maker().suffix
        assert (maker.__doc__ or "").startswith("Choose it ")


# What the columns hold, in HXL's own schema language; the standard's core schema, which libhxl brings, knows the hashtags.
HXL_TYPES = [
    ["#valid_tag", "#valid_required", "#valid_datatype"],
    ["#event+id", "true", "text"],
    ["#date+start", "", "date"],
    ["#date+end", "", "date"],
    ["#geo+lat", "", "number"],
    ["#geo+lon", "", "number"],
    *([f"#affected+{measure}+{end}", "", "number"] for measure in ("killed", "injured", "displaced") for end in ("min", "max")),
]


def hxl_errors(body):
    found = []
    for rules in (None, HXL_TYPES):
        source = hxl.data(io.BytesIO(body))
        hxl.schema(hxl.data(rules) if rules else None, callback=found.append).validate(source)
    return found


def test_the_standards_own_validator_accepts_hxl(incidents, monkeypatch):
    monkeypatch.setattr("socket.create_connection", None)  # it must not ask anybody
    body = bytes_of("hxl", *incidents)
    assert hxl.data(io.BytesIO(body)).display_tags == [tag for _heading, tag in HXL_COLUMNS]
    assert hxl_errors(body) == []
    assert hxl_errors(body.replace(b"36.665", b"north"))
    assert hxl_errors(body.replace(b"2021-08-07", b"someday"))
