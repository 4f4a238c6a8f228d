"""Whatever is written, the number parser returns numbers that stand in the text, in order, and never fails."""

from __future__ import annotations

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.annotate.language import Language
from dateline.annotate.quantities import find_quantities
from dateline.annotate.quantities_numbers import find_numbers, grammar_of
from dateline.codebook.quantities import VagueTable, load_vague_table
from dateline.model.reading import Reading
from dateline.model.text import Report

TOKENIZER = spacy.blank("en")
GUIDELINES = load_vague_table("guidelines")
TABLES = tuple(load_vague_table(name) for name in ("guidelines", "acled", "isaf", "airwars"))

# Pieces that mean something to the parser, glued in any order, and anything at all between them.
PIECES = st.sampled_from(
    [
        *(
            "12",
            "1,250",
            "3.5",
            "2014",
            "0",
            "007",
            "99999999999999999999",
            "5-7",
            "5–7",
            "3-1",
            "18:30",
            "AK-47",
            "8)",
            "$",
            "€",
            "%",
        ),
        *(
            "two",
            "twenty-five",
            "hundred",
            "thousand",
            "million",
            "dozen",
            "dozens",
            "half a",
            "a",
            "and",
            "to",
            "or",
            "between",
            "from",
        ),
        *(
            "at least",
            "more than",
            "up to",
            "nearly",
            "some",
            "about",
            "no",
            "no more than",
            "several",
            "tens of",
            "of",
            "plus",
            "+",
            "-",
        ),
        *(
            "killed",
            "were",
            "wounded",
            "people",
            "men",
            "including",
            "of them",
            "the",
            "toll",
            "rose",
            "March",
            "year",
            "old",
            ",",
            ".",
            "\n",
        ),
    ]
)
SALAD = st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=24).map(" ".join)


TEXT = st.one_of(SALAD, st.text(max_size=80))


def check_numbers(text: str, table: VagueTable) -> None:
    done = 0
    for number in find_numbers(TOKENIZER(text), grammar_of(table)):
        assert done <= number.chars.start < number.chars.end <= len(text)
        assert number.chars.start <= number.core.start < number.core.end <= number.chars.end
        assert number.low is None or number.high is None or number.low <= number.high
        done = number.chars.end


def check_quantities(reading: Reading, table: VagueTable) -> None:
    for quantity in find_quantities(reading, table):
        assert 0 <= quantity.chars.start < quantity.chars.end <= len(reading.report.text)
        assert quantity.number.inside(quantity.chars)


@given(text=TEXT, table=st.sampled_from(TABLES))
@settings(max_examples=400, deadline=None)
def test_numbers_stand_in_the_text_in_order(text: str, table: VagueTable) -> None:
    check_numbers(text, table)


@given(value=st.integers(min_value=0, max_value=999_999_999))
@settings(max_examples=200, deadline=None)
def test_a_number_with_commas_is_read_back(value: int) -> None:
    (found,) = find_numbers(TOKENIZER(f"{value:,} men"), grammar_of(GUIDELINES))
    assert (found.low, found.high) == (value, value)


@given(low=st.integers(min_value=2, max_value=900), more=st.integers(min_value=1, max_value=900))
@settings(max_examples=100, deadline=None)
def test_a_range_is_read_back(low: int, more: int) -> None:
    (found,) = find_numbers(TOKENIZER(f"between {low} and {low + more} men"), grammar_of(GUIDELINES))
    assert (found.low, found.high) == (low, low + more)


@given(text=SALAD)
@settings(max_examples=60, deadline=None)
def test_quantities_stand_in_the_text(text: str, language: Language) -> None:
    check_quantities(language.read(Report(id="t", text=text)), GUIDELINES)
