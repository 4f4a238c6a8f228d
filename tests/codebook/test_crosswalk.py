"""The crosswalks name only what both sides know."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.codebook.crosswalk import load_acled, load_countries
from dateline.errors import BrokenCodebook

# The types and sub-types of ACLED's codebook.
ACLED = {
    "Battles": {"Armed clash", "Government regains territory", "Non-state actor overtakes territory"},
    "Explosions/Remote violence": {
        "Chemical weapon",
        "Air/drone strike",
        "Suicide bomb",
        "Shelling/artillery/missile attack",
        "Remote explosive/landmine/IED",
        "Grenade",
    },
    "Violence against civilians": {"Sexual violence", "Attack", "Abduction/forced disappearance"},
    "Protests": {"Peaceful protest", "Protest with intervention", "Excessive force against protesters"},
    "Riots": {"Violent demonstration", "Mob violence"},
    "Strategic developments": {
        "Agreement",
        "Arrests",
        "Change to group/activity",
        "Disrupted weapons use",
        "Headquarters or base established",
        "Looting/property destruction",
        "Non-violent transfer of territory",
        "Other",
    },
}


def test_every_pair_is_one_of_acleds() -> None:
    crosswalk = load_acled()
    for variants in crosswalk.types.values():
        for kind, sub in variants.values():
            assert sub in ACLED[kind]
            assert kind in crosswalk.disorder


def test_countries_have_their_codes() -> None:
    countries = load_countries()
    assert (countries["AF"].alpha3, countries["AF"].numeric, countries["UA"].acled_region) == ("AFG", 4, "Europe")
    assert countries["NA"].name == "Namibia"
    assert len(countries) > 240


def test_a_type_without_a_default_or_of_another_house_is_refused(tmp_path: Path) -> None:
    (tmp_path / "acled.toml").write_text('[types.clash]\n"on:civilians" = ["Battles", "Armed clash"]\n[inter]\n[disorder]\n')
    with pytest.raises(BrokenCodebook, match="needs a default"):
        load_acled(tmp_path)
    (tmp_path / "acled.toml").write_text('[types.picnic]\ndefault = ["Battles", "Armed clash"]\n[inter]\n[disorder]\n')
    with pytest.raises(BrokenCodebook, match="no type of dateline"):
        load_acled(tmp_path)
