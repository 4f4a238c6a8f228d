"""38 names of places at war in the spellings of reports: the first answer of the default gazetteer, the name alone given."""

from __future__ import annotations

import pytest

from dateline.resolve.gazetteer import Gazetteer, great_circle
from dateline.resolve.gazetteer_check import check
from dateline.settings import Settings

TOWN, PROVINCE = 30.0, 200.0  # km from the point below
NAMES = {
    "Kunduz": (36.73, 68.87, PROVINCE),
    "Taloqan": (36.74, 69.53, TOWN),
    "Zaranj": (30.96, 61.86, TOWN),
    "Kabul": (34.53, 69.17, TOWN),
    "Doha": (25.29, 51.53, TOWN),
    "Bakhmut": (48.59, 38.0, TOWN),
    "Kharkiv": (49.98, 36.25, TOWN),
    "El Fasher": (13.63, 25.35, TOWN),
    "Omdurman": (15.64, 32.48, TOWN),
    "Goma": (-1.68, 29.22, TOWN),
    "Deir ez-Zor": (35.34, 40.14, PROVINCE),
    "Idlib": (35.93, 36.63, PROVINCE),
    "Mazar-i-Sharif": (36.71, 67.11, TOWN),
    "Mazar-e Sharif": (36.71, 67.11, TOWN),
    "Sar-i-Pul": (36.22, 65.93, PROVINCE),
    "Sar-e Pol": (36.22, 65.93, PROVINCE),
    "Sheberghan": (36.67, 65.75, TOWN),
    "Aybak": (36.26, 68.02, TOWN),
    "Lashkar Gah": (31.59, 64.36, TOWN),
    "Avdiivka": (48.14, 37.74, TOWN),
    "Al-Fashir": (13.63, 25.35, TOWN),
    "Khan Younis": (31.34, 34.31, TOWN),
    "Badakhshan": (36.9, 71.1, PROVINCE),
    "Baghlan": (36.13, 68.7, PROVINCE),
    "Balkh province": (36.7, 67.0, PROVINCE),
    "Rakhine": (20.1, 93.5, PROVINCE),
    "Qatar": (25.3, 51.2, PROVINCE),
    "Dehdadi": (36.65, 66.97, TOWN),
    "Artemivsk": (48.59, 38.0, TOWN),
    "Kharkov": (49.98, 36.25, TOWN),
    "Myawaddy": (16.69, 98.51, TOWN),
    "Deir al-Zour": (35.34, 40.14, PROVINCE),
    "Al-Hudaydah": (14.8, 42.95, PROVINCE),
    "Hodeidah": (14.8, 42.95, PROVINCE),
    "Shiberghan": (36.67, 65.75, TOWN),
    "Dehdade": (36.65, 66.97, TOWN),
    # hamlets and short forms need a report around them
    "Bunagana": (-1.29, 29.59, TOWN),
    "Mazar": (36.71, 67.11, TOWN),
}
WITH_A_REPORT = {"Bunagana", "Mazar"}


@pytest.mark.parametrize("name", sorted(NAMES.keys() - WITH_A_REPORT))
def test_the_first_answer_is_the_place(name: str, settings: Settings) -> None:
    lat, lon, reach = NAMES[name]
    first = check(name, Gazetteer.open(settings.gazetteer)).lines[0]
    assert first.lat is not None
    assert first.lon is not None
    assert great_circle(first.lat, first.lon, lat, lon) <= reach, first.place
