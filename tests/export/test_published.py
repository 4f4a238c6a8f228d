"""Each format against what its publisher says: columns, their order, and the values that a column may take."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.codebook.crosswalk import load_acled, load_countries
from dateline.codebook.plover import load_pcodes, load_plover
from dateline.export.base import export
from dateline.export.cameo import quad_of
from dateline.export.formats import FORMATS
from dateline.export.table import FORMULA_STARTS, csv_line
from dateline.model.event import EventType
from dateline.model.incident import Incident
from dateline.model.place import PlacePrecision
from tests.export import published
from tests.export.conftest import incident_of, text_of
from tests.factories import make_actor, make_event, make_figure, make_place, make_report, make_source, make_when


def rows_of(name: str, *incidents: Incident) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text_of(name, *incidents)), delimiter="\t" if name == "plover" else ","))


@pytest.mark.parametrize(
    ("name", "columns", "delimiter"),
    [
        ("acled", published.ACLED, ","),
        ("ucdp", published.UCDP, ","),
        ("plover", published.POLECAT, "\t"),
        ("hapi", published.HAPI, ","),
    ],
)
def test_columns_are_the_published_ones_in_their_order(name, columns, delimiter, placed, vague):
    rows = list(csv.reader(io.StringIO(text_of(name, placed, vague)), delimiter=delimiter))
    assert rows[0] == columns
    assert len(rows) > 1 and {len(row) for row in rows} == {len(columns)}


def test_every_type_of_acleds_is_one_it_publishes():
    crosswalk = load_acled()
    pairs = [pair for variants in crosswalk.types.values() for pair in variants.values()]
    assert all(sub in published.ACLED_TYPES[kind] for kind, sub in pairs)
    assert set(crosswalk.inter.values()) == published.ACLED_INTER


def test_every_deed_of_plovers_has_a_mode_and_a_quad_that_it_publishes():
    deeds = [deed for variants in load_plover().types.values() for deed in variants.values()]
    for deed in deeds:
        if deed.plover:
            assert deed.mode in ("", *published.PLOVER_MODES[deed.plover].split())
            assert deed.quad in (1, 2, 3, 4)
        if deed.cameo:
            assert deed.goldstein is not None and -10 <= deed.goldstein <= 10
            assert (deed.goldstein < 0) == (quad_of(deed.root) > 2) or deed.goldstein == 0


def test_contexts_of_plovers_are_ones_it_publishes():
    crosswalk = load_plover()
    assert {name for names in crosswalk.contexts.values() for name in names} <= set(published.PLOVER_CONTEXTS.split())
    [row] = rows_of("plover", full("territory_gain"))
    assert row["Contexts"] == "military; territory"
    [row] = rows_of("plover", full("protest"))
    assert row["Contexts"] == ""


def test_a_crosswalk_speaks_of_every_type_or_leaves_it_out_on_purpose():
    kinds = set(get_args(EventType))
    assert kinds - set(load_plover().types) == {"displacement"}
    assert set(load_acled().types) <= kinds


def full(kind: EventType, precision: PlacePrecision = "town", last: str = "2021-08-06") -> Incident:
    report = make_report(
        "r9", "Soldiers struck villagers with a car bomb in Balkh on Friday, killing 3 to 5 people, aid workers said."
    )
    event = make_event(
        report,
        "struck",
        kind,
        by=[make_actor(report, "Soldiers", known_id="mil-AF", kind="state_forces")],
        on=[make_actor(report, "villagers", kind="civilians")],
        place=make_place(report, "Balkh", lat=36.75, lon=66.9, precision=precision, admin1="Balkh", gazetteer_id="1147288"),
        when=make_when(report, "Friday", "2021-08-06", last, precision="range"),
        figures=[make_figure(report, "3 to 5 people", low=3, high=5, whom="people")],
        means="car bomb",
        sources=[make_source(report, "aid workers", cue="said")],
    )
    return incident_of(report, event)


@pytest.mark.parametrize("kind", get_args(EventType))
def test_acled_and_ucdp_rows_keep_to_their_codes_for_every_type(kind):
    countries = load_countries()
    for row in rows_of("acled", full(kind)):
        assert row["sub_event_type"] in published.ACLED_TYPES[row["event_type"]]
        assert (row["inter1"], row["inter2"]) == ("State Forces", "Civilians")
        assert row["interaction"] == "State Forces-Civilians"
        assert row["civilian_targeting"] in ("", "Civilian targeting")
        assert (row["iso"], row["region"]) == (str(countries["AF"].numeric), countries["AF"].acled_region)
        assert row["fatalities"] == "3"
        date.fromisoformat(row["event_date"])
    [row] = rows_of("ucdp", full(kind))
    assert row["type_of_violence"] == "3"
    assert (row["best"], row["low"], row["high"]) == ("3", "3", "5")
    assert int(row["deaths_civilians"]) + int(row["deaths_unknown"]) == int(row["best"])
    assert row["geom_wkt"] == "POINT (66.9 36.75)"


@pytest.mark.parametrize(
    ("last", "acled", "ucdp"),
    [
        ("2021-08-06", "1", "1"),
        ("2021-08-08", "2", "2"),
        ("2021-08-12", "2", "3"),
        ("2021-08-31", "3", "4"),
        ("2022-01-01", "3", "5"),
    ],
)
def test_how_precisely_the_day_is_known(last, acled, ucdp):
    incident = full("clash", last=last)
    assert rows_of("acled", incident)[0]["time_precision"] == acled
    assert rows_of("ucdp", incident)[0]["date_prec"] == ucdp


@pytest.mark.parametrize(
    ("precision", "acled", "ucdp"),
    [
        ("point", "1", "1"),
        ("town", "1", "1"),
        ("district", "2", "3"),
        ("province", "3", "4"),
        ("region", "3", "5"),
        ("country", "3", "6"),
    ],
)
def test_how_precisely_the_place_is_known(precision, acled, ucdp):
    incident = full("clash", precision)
    assert rows_of("acled", incident)[0]["geo_precision"] == acled
    assert rows_of("ucdp", incident)[0]["where_prec"] == ucdp


def test_polecat_says_who_did_what_to_whom():
    [row] = rows_of("plover", full("bombing"))
    assert (row["Event Type"], row["Event Mode"], row["Quad Code"]) == ("ASSAULT", "explosives", "4")
    assert (row["Primary Actor Sector"], row["Primary Recipient Sector"]) == ("MIL", "CVL")
    assert (row["Country"], row["City"], row["GeoNames ID"], row["Feature Type"]) == ("AFG", "Balkh", "1147288", "P")


def test_cameo_has_code_root_quad_and_goldstein():
    [row] = rows_of("cameo", full("bombing"))
    assert [row[name] for name in ("EventCode", "EventRootCode", "QuadClass", "GoldsteinScale")] == ["1832", "18", "4", "-10.0"]
    exporter = FORMATS["cameo"]()
    assert b"".join(export([full("aid_obstruction")], exporter)).count(b"\n") == 1
    assert exporter.losses == {"aid_obstruction has no code in CAMEO": 1}


def test_hapi_sums_by_province_month_and_kind_with_p_codes():
    incidents = [full("bombing"), full("clash"), full("protest"), full("bombing", last="2021-09-02")]
    exporter = FORMATS["hapi"]()
    text = b"".join(export(incidents, exporter)).decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["event_type"], row["events"], row["fatalities"]) for row in rows] == [
        ("civilian_targeting", "2", "6"), ("demonstration", "1", "3"), ("political_violence", "2", "6"),
    ]  # fmt: skip
    assert {(row["admin1_code"], row["admin_level"], row["location_code"]) for row in rows} == {("AF21", "1", "AFG")}
    assert {(row["reference_period_start"], row["reference_period_end"]) for row in rows} == {("2021-08-01", "2021-08-31")}
    assert exporter.losses == {"its days lie in more than one month": 1}


def test_hapi_warns_where_no_p_code_is_known(placed):
    [row, *_] = rows_of("hapi", placed)
    assert row["admin1_code"] == "" and row["provider_admin1_name"] == "Wexshire" and "no p-code" in row["warning"]


def test_p_codes_are_their_countrys_and_stand_once():
    codes = load_pcodes()
    assert len(set(codes.values())) == len(codes) > 100
    assert all(re.fullmatch(rf"{country}\d\d", code) for (country, _name), code in codes.items())


def test_timemap_events_have_the_schemas_keys_as_strings(placed, vague):
    exporter = FORMATS["timemap"]()
    events = json.loads(b"".join(export([placed, vague], exporter)))
    assert [list(event) for event in events] == [published.TIMEMAP]
    assert (events[0]["date"], events[0]["latitude"], events[0]["longitude"]) == ("08/06/2021", "34.123457", "62.500000")
    assert all(isinstance(value, str | list) for value in events[0].values())
    assert sum(exporter.losses.values()) == 1


def test_geojson_is_rfc_7946(placed, vague):
    collection = json.loads(text_of("geojson", placed, vague))
    assert set(collection) == {"type", "features"} and collection["type"] == "FeatureCollection"  # no crs member
    for feature in collection["features"]:
        assert feature["type"] == "Feature" and isinstance(feature["properties"], dict) and isinstance(feature["id"], str)
        if feature["geometry"] is not None:
            lon, lat = feature["geometry"]["coordinates"]
            assert -180 <= lon <= 180 and -90 <= lat <= 90
            assert all(len(str(value).partition(".")[2]) <= 7 for value in (lon, lat))


@given(st.lists(st.one_of(st.none(), st.integers(), st.floats(allow_nan=False), st.text()), min_size=1, max_size=5))
def test_no_cell_can_run_as_a_formula_and_none_is_lost(cells):
    [read] = csv.reader(io.StringIO(csv_line(["first", *cells]), newline=""))
    assert len(read) == len(cells) + 1
    for given_cell, cell in zip(cells, read[1:], strict=True):
        if isinstance(given_cell, str):
            told = given_cell.replace("\r\n", "\n").replace("\r", "\n")
            assert not cell.startswith(FORMULA_STARTS)
            assert cell in (told, f"'{told}")


@pytest.mark.parametrize("name", ["acled", "ucdp", "hxl", "csv", "plover", "cameo", "package"])
def test_formulas_in_words_and_names_are_disarmed(name):
    report = make_report("r4", "=cmd() struck -Dunmore, killing 4 people.", outlet="+Herald", published="2021-08-07")
    event = make_event(
        report,
        "struck",
        "shelling",
        by=["=cmd()"],
        place=make_place(report, "-Dunmore", lat=-34.5, lon=-62.5, admin1="@Wex"),
        figures=[make_figure(report, "4 people", low=4, high=4)],
    )
    incident = incident_of(report, event)
    if name == "package":
        return  # its tables are written by the same csv_line; read back in test_readers.py
    for row in csv.reader(io.StringIO(text_of(name, incident)), delimiter="\t" if name == "plover" else ","):
        assert not [cell for cell in row if cell.startswith(FORMULA_STARTS) and not re.fullmatch(r"-?[\d.]+", cell)]


def test_a_format_counts_what_went_into_its_notes(placed):
    for name in ("acled", "ucdp", "hxl"):
        exporter = FORMATS[name]()
        text = b"".join(export([placed], exporter)).decode()
        assert exporter.losses["only claimed, disputed or taken back (the notes say by whom)"] == 1
        assert "Said by: The army." in text
