"""People without a number: a name is one, so is "a guard"; a bare plural counts only by a table that says so."""

from __future__ import annotations

import pytest

from dateline.annotate.language import Language
from dateline.annotate.quantities import find_quantities
from dateline.codebook.quantities import load_vague_table
from dateline.model.text import Report

Counts = list[tuple[str, int | None, int | None]]


def people(text: str, language: Language, table: str = "guidelines") -> Counts:
    found = find_quantities(language.read(Report(id="t", text=text)), load_vague_table(table))
    return [(q.measure, q.low, q.high) for q in found if q.unnumbered and q.real]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A guard was killed at the gate.", [("killed", 1, 1)]),
        ("Snipers killed a nurse.", [("killed", 1, 1)]),
        ("Police arrested a student.", [("arrested", 1, 1)]),
        ("Maria Lopez was shot dead outside her office.", [("killed", 1, 1)]),
        ("The mayor, his wife and a guard were killed.", [("killed", 3, 3)]),
        ("A man was shot and killed, and his brother was wounded.", [("killed", 1, 1), ("injured", 1, 1)]),
        ("The death of a fisherman angered the port.", [("killed", 1, 1)]),
        ("A wounded soldier was flown to the capital.", [("injured", 1, 1)]),
        ("One policeman died; another was kidnapped.", [("abducted", 1, 1)]),
        ("A third died later in hospital.", [("killed", 1, 1)]),
        ("Troops detained the commander.", [("detained", 1, 1)]),
        ("He was captured near the bridge.", [("captured", 1, 1)]),
        ("The soldier who was killed came from the south.", [("killed", 1, 1)]),
        ("Gunmen kidnapped a priest and a teacher.", [("abducted", 2, 2)]),
        # lists: ages stand for articles, whoever is somebody's is another person
        ("A 16-month-old girl and 24-year-old man were both shot.", [("injured", 2, 2)]),
        ("A woman, her son and a guard died in the fire set by rebels.", [("killed", 3, 3)]),
        # the parser cuts a name in two, and takes a person for the object of another verb
        ("A force arrested a senior Islamic Movement of Ruritania leader.", [("arrested", 1, 1)]),
        ("A drone carried out a lethal strike against a commander.", [("killed", 1, 1)]),
        ("A weapons facilitator turned himself in to the army.", [("surrendered", 1, 1)]),
        # not one more
        ("Rebels were killed.", []),
        ("The villagers were killed.", []),
        ("A guard was not killed.", []),
        ("They wanted to kill a judge.", []),
        ("The army launched an operation to capture a commander.", []),
        ("A guard killed time.", []),
        ("No soldier was killed.", []),
    ],
)
def test_people(text: str, expected: Counts, language: Language) -> None:
    assert people(text, language) == expected


@pytest.mark.parametrize(
    ("table", "text", "expected"),
    [
        ("isaf", "Insurgents were detained.", [("detained", 3, 3)]),
        ("airwars", "Others were injured in the blast.", [("injured", 2, 2)]),
        ("guidelines", "Insurgents were detained.", []),
        ("isaf", "The insurgents were detained.", []),
    ],
)
def test_bare_plural_by_table(table: str, text: str, expected: Counts, language: Language) -> None:
    assert people(text, language, table) == expected
