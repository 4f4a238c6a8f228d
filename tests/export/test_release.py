from __future__ import annotations

import pytest

from dateline.errors import UsageError
from dateline.export.release import GRAINS, PublicArchive, coarse, released, unnamed
from dateline.model.actor import Actor
from dateline.model.place import Place
from dateline.model.text import Span
from dateline.store.archive import Archive
from dateline.store.query import Query
from tests.web import small_archive

HERE = Span(start=0, end=1, text="x")


@pytest.fixture
def archive(tmp_path):
    small_archive.fill(str(tmp_path / "a.sqlite"))
    with Archive.open(str(tmp_path / "a.sqlite")) as opened:
        yield opened


def place(**values):
    return Place(span=HERE, **values)


@pytest.mark.parametrize(
    ("precision", "given", "name", "held"),
    [
        ("admin2", {"admin2": "Imam Sahib", "precision": "town"}, "Imam Sahib", "district"),
        ("admin2", {"precision": "town"}, "Kunduz Province", "province"),
        ("admin1", {"admin2": "Imam Sahib", "precision": "district"}, "Kunduz Province", "province"),
        ("admin2", {"precision": "province"}, "Qal'ah", "province"),
        ("admin2", {"precision": "unknown"}, "Kunduz Province", "unknown"),
    ],
)
def test_a_place_becomes_the_area_that_holds_it(precision, given, name, held):
    made = coarse(place(name="Qal'ah", admin1="Kunduz Province", country="AF", lat=37.19, lon=68.91, **given), precision)
    assert (made.name, made.precision) == (name, held)


@pytest.mark.parametrize("precision", ["admin1", "admin2"])
def test_a_point_is_moved_and_still_covered_by_its_circle(precision):
    spot = place(name="a", admin1="b", lat=36.728, lon=68.868, precision="town", radius_km=5)
    made = coarse(spot, precision)
    grain = GRAINS[precision]
    assert (made.lat, made.lon) != (spot.lat, spot.lon)
    assert abs(made.lat - spot.lat) <= grain.degrees / 2 and abs(made.lon - spot.lon) <= grain.degrees / 2
    assert made.radius_km >= 111 * grain.degrees / 2 * 2**0.5
    assert coarse(spot.model_copy(update={"lat": 36.6, "lon": 68.6}), "admin2").lat == coarse(spot, "admin2").lat


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("Taliban", "rebel_group", "Taliban"),
        ("villagers", "civilians", "villagers"),
        ("Ahmad Shah", "civilians", "civilians"),
        ("Ahmad Shah", "unknown", "a person or body not named"),
        ("Maria Lopez", "media", "journalists"),
    ],
)
def test_only_sides_are_named(name, kind, expected):
    assert unnamed(Actor(name=name, kind=kind, span=HERE)).name == expected


def test_nothing_released_repeats_the_reports_words(archive):
    for incident in archive.incidents():
        told = released(incident, "admin1").model_dump_json()
        for account in incident.accounts:
            for span in (*account.event.evidence, *(source.span for source in account.event.sources)):
                assert span.text not in told
        if incident.place and incident.place.precision == "town" and incident.place.name != incident.place.admin1:
            assert incident.place.name not in told


def test_a_public_archive_hands_out_no_report_and_takes_no_verdict(archive):
    public = PublicArchive.over(archive, "admin1")
    assert public.reports() == [] and public.report("k1") is None and public.record("k1") is None
    assert list(public.events()) == [] and public.search("doctor") == []
    assert len(public.incidents()) == len(archive.incidents())
    assert public.incidents(Query(place="Sheberghan")) == [] and len(public.incidents(Query(place="Jowzjan"))) == 1
    assert all(holding.place.precision != "town" for holding in public.holdings())
    with pytest.raises(UsageError, match="public"):
        public.judge("accept", "e1", by="ada")


def test_a_public_desk_shows_areas_only(archive, needs_vendor):
    from fastapi.testclient import TestClient

    from dateline.settings import Settings
    from dateline.web.app import create_app

    app = create_app(PublicArchive.over(archive, "admin1"), Settings())
    with TestClient(app, base_url="http://127.0.0.1") as client:
        listed = client.get("/").text
        assert "Jowzjan" in listed and "Sheberghan" not in listed
        assert "Sheberghan" not in client.get("/api/v1/incidents").text
        assert "Sheberghan" not in client.get("/api/v1/geojson").text
        assert client.get("/reports/k1").status_code == 404
        [strike] = [i for i in archive.incidents() if i.type == "airstrike"]
        assert "Sheberghan" not in client.get(f"/incidents/{strike.id}").text
        assert "Sheberghan" not in client.get("/sitrep?since=2021-08-01&until=2021-08-12").text
        assert "Sheberghan" not in client.get("/feed.atom").text


@pytest.fixture
def needs_vendor():
    from dateline.web.app import VENDOR

    if not (VENDOR / "labels.json").exists():
        pytest.skip("the desk's front-end packages are not installed: make setup")
