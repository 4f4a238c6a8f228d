"""Parts, lists and running tolls: what leans on the count before it takes its measure and is never added twice."""

from __future__ import annotations

import pytest

from dateline.annotate.language import Language
from dateline.annotate.quantities import find_quantities
from dateline.codebook.quantities import load_vague_table
from dateline.model.text import Report

Leaning = list[tuple[str, int | None, int | None, str]]


def leaning(text: str, language: Language) -> Leaning:
    found = find_quantities(language.read(Report(id="t", text=text)), load_vague_table("guidelines"))
    return [(q.measure, q.low, q.high, q.part) for q in found if q.measure]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "At least 12 people were killed, including two children.",
            [("killed", 12, None, "total"), ("killed", 2, 2, "part")],
        ),
        (
            "Between 13 and 15 villagers, including at least five women and four children, were killed.",
            [("killed", 13, 15, "total"), ("killed", 5, None, "part"), ("killed", 4, 4, "part")],
        ),
        (
            "Twelve people, among them two children, were killed.",
            [("killed", 12, 12, "total"), ("killed", 2, 2, "part")],
        ),
        (
            "Twelve people were killed, two of them children.",
            [("killed", 12, 12, "total"), ("killed", 2, 2, "part")],
        ),
        (
            "Twelve people were wounded, including a nurse and three guards.",
            [("injured", 12, 12, "total"), ("injured", 1, 1, "part"), ("injured", 3, 3, "part")],
        ),
        (
            "The ministry said 208 were killed, including 145 civilians, 60 policemen and three soldiers.",
            [("killed", 208, 208, "total"), ("killed", 145, 145, "part"), ("killed", 60, 60, "part"), ("killed", 3, 3, "part")],
        ),
        (
            "The clash killed 40 soldiers in addition to 12 policemen.",
            [("killed", 40, 40, "total"), ("killed", 12, 12, "total")],
        ),
        ("Thirty people died. Eight were children.", [("killed", 30, 30, "total"), ("killed", 8, 8, "part")]),
        ("Thirty people were arrested. Five of them were minors.", [("arrested", 30, 30, "total"), ("arrested", 5, 5, "part")]),
        ("The death toll rose to 85.", [("killed", 85, 85, "cumulative")]),
        ("The blast brought the death toll to 85.", [("killed", 85, 85, "cumulative")]),
        ("The toll stands at 85.", [("killed", 85, 85, "cumulative")]),
        ("Officials put the death toll at more than 85.", [("killed", 85, None, "cumulative")]),
        ("The number of people killed has reached 40.", [("killed", 40, 40, "cumulative")]),
        ("The number of wounded climbed to 40.", [("injured", 40, 40, "cumulative")]),
        ("The dead included two women.", [("killed", 2, 2, "total")]),
        ("Among those killed were 12 members of the guard.", [("killed", 12, 12, "total")]),
        ("Another 12 people were killed.", [("killed", 12, 12, "total")]),
        ("A further nine people died.", [("killed", 9, 9, "total")]),
    ],
)
def test_leaning(text: str, expected: Leaning, language: Language) -> None:
    assert leaning(text, language) == expected


@pytest.mark.parametrize(
    ("text", "is_period"),
    [
        ("More than 90,000 people have died since the war began in 2011.", True),
        ("The conflict has killed 4,000 people.", True),
        ("Some 300 people were killed over the past two years.", True),
        ("Nine people were killed on Monday.", False),
        ("Nine people were killed in the market.", False),
    ],
)
def test_a_span_of_time_is_no_single_happening(text: str, is_period: bool, language: Language) -> None:
    found = find_quantities(language.read(Report(id="t", text=text)), load_vague_table("guidelines"))
    assert [q.period for q in found if q.measure == "killed"] == [is_period]
