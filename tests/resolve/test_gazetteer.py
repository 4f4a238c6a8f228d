"""The default gazetteer as set-up builds it: names find their places, places know what holds them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.codebook import places as codebook
from dateline.errors import MissingResource
from dateline.resolve.gazetteer import Gazetteer, contains, great_circle, moved
from dateline.resolve.gazetteer_check import check
from dateline.settings import Settings


@pytest.fixture(scope="module")
def gazetteer(settings: Settings) -> Gazetteer:
    return Gazetteer.open(settings.gazetteer)


@pytest.mark.parametrize(
    ("name", "country", "usual"),
    [
        ("Kharkov", "UA", "Kharkiv"),
        ("Artemivsk", "UA", "Bakhmut"),
        ("Hodeidah", "YE", "Hodeidah"),
        ("Al Ḩudaydah", "YE", "Hodeidah"),
        ("Avtonomna Respublika Krym", "UA", "Crimea"),
        ("Herāt", "AF", "Herat"),
        ("Al-Fashir", "SD", "El Fasher"),
        ("Mazar-e Sharif", "AF", "Mazār-e Sharīf"),
        ("Burma", "MM", "Myanmar"),
        ("Swaziland", "SZ", "Eswatini"),
        ("Donbass", "UA", "Donbas"),
        ("Ivory Coast", "CI", "Ivory Coast"),
        ("Syrians", "SY", "Syria"),
        ("North Kivu", "CD", "North Kivu"),
    ],
)
def test_a_name_finds_its_place(gazetteer: Gazetteer, name: str, country: str, usual: str) -> None:
    assert any(c.place.country == country and c.place.name == usual for c in gazetteer.lookup(name)[:4])


def test_the_larger_place_comes_first(gazetteer: Gazetteer) -> None:
    people = [c.place.population for c in gazetteer.lookup("Springfield")]
    assert people == sorted(people, reverse=True)
    assert len(people) > 10


def test_an_abbreviation_counts_as_it_stands(gazetteer: Gazetteer) -> None:
    assert [c.place.code for c in gazetteer.lookup("Fla.")] == ["US.FL"]
    assert all(c.place.code != "US.FL" for c in gazetteer.lookup("fla"))


def test_nothing_is_found_for_nothing(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("") == () == gazetteer.lookup("—")
    assert not gazetteer.knows("Xyzzyqua")


@pytest.mark.parametrize(
    ("outer", "inner"), [("Afghanistan", "Kunduz"), ("Darfur", "El Fasher"), ("Donbas", "Bakhmut"), ("Sahel", "Bamako")]
)
def test_containment_goes_by_codes(gazetteer: Gazetteer, outer: str, inner: str) -> None:
    holders = [c.place for c in gazetteer.lookup(outer)]
    held = [c.place for c in gazetteer.lookup(inner) if c.place.kind in ("town", "capital")]
    assert any(contains(o, i) for o in holders for i in held)
    assert not any(contains(i, o) for o in holders for i in held)


def test_every_code_of_the_codebook_is_a_division(gazetteer: Gazetteer) -> None:
    codes = {code for row in codebook.regions() for code in (*row.members, *row.countries)}
    codes |= {row.code for row in codebook.divisions()}
    assert [code for code in sorted(codes) if gazetteer.by_code(code) is None] == []


def test_weights_name_features_only() -> None:
    from dateline.resolve.places_resolve import FEATURES

    assert set(codebook.words().weights) == set(FEATURES)


def test_a_missing_gazetteer_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MissingResource, match="gazetteer build"):
        Gazetteer.open(tmp_path)


def test_check_explains(gazetteer: Gazetteer) -> None:
    found = check("Tripoli", gazetteer)
    assert found.spelt
    assert found.lines[0].place.endswith("LY (town)")
    assert abs(sum(line.share for line in found.lines) - 1) < 0.05
    assert all(", LB (" in line.place for line in check("Tripoli", gazetteer, "lb").lines)


@given(st.floats(-70, 70), st.floats(-179, 179), st.floats(1, 500), st.floats(0, 359))
def test_a_moved_point_is_that_far_away(lat: float, lon: float, km: float, bearing: float) -> None:
    there = moved(lat, lon, km, bearing)
    assert great_circle(lat, lon, *there) == pytest.approx(km, rel=0.01, abs=0.05)
