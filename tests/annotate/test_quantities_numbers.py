"""Numbers as written, before anything is known of what they count. No language model is needed: the tokenizer is enough."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language as Pipeline

from dateline.annotate.quantities_numbers import find_numbers, grammar_of
from dateline.codebook.quantities import VagueTable, load_vague_table

Found = list[tuple[str, int | None, int | None]]


@pytest.fixture(scope="module")
def tokenizer() -> Pipeline:
    return spacy.blank("en")


@pytest.fixture(scope="module")
def guidelines() -> VagueTable:
    return load_vague_table("guidelines")


def numbers(text: str, tokenizer: Pipeline, table: VagueTable) -> Found:
    doc = tokenizer(text)
    return [(text[n.chars.start : n.chars.end], n.low, n.high) for n in find_numbers(doc, grammar_of(table))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # digits
        ("7 men", [("7", 7, 7)]),
        ("1,250 tents", [("1,250", 1250, 1250)]),
        ("2500 tents", [("2500", 2500, 2500)]),
        ("3.5 million people", [("3.5 million", 3500000, 3500000)]),
        ("12k followers", [("12k", 12000, 12000)]),
        ("$4bn", [("$4bn", 4000000000, 4000000000)]),
        ("2.5 children", []),
        # words
        ("eleven boys", [("eleven", 11, 11)]),
        ("twenty-five boys", [("twenty-five", 25, 25)]),
        ("thirty two boys", [("thirty two", 32, 32)]),
        ("a hundred men", [("a hundred", 100, 100)]),
        ("one hundred and six men", [("one hundred and six", 106, 106)]),
        ("four thousand two hundred tents", [("four thousand two hundred", 4200, 4200)]),
        ("half a million people", [("half a million", 500000, 500000)]),
        ("a quarter of a million people", [("a quarter of a million", 250000, 250000)]),
        ("two dozen men", [("two dozen", 24, 24)]),
        ("half a dozen men", [("half a dozen", 6, 6)]),
        ("Nineteen sheep", [("Nineteen", 19, 19)]),
        # at least
        ("at least 9 men", [("at least 9", 9, None)]),
        ("more than 40 men", [("more than 40", 40, None)]),
        ("over 40 men", [("over 40", 40, None)]),
        ("no fewer than six men", [("no fewer than six", 6, None)]),
        ("upwards of 300 men", [("upwards of 300", 300, None)]),
        ("in excess of 1,000 men", [("in excess of 1,000", 1000, None)]),
        ("well over a hundred men", [("well over a hundred", 100, None)]),
        ("30 or more men", [("30 or more", 30, None)]),
        ("30-plus men", [("30-plus", 30, None)]),
        ("20+ men", [("20+", 20, None)]),
        # at most
        ("up to 90 men", [("up to 90", None, 90)]),
        ("as many as 15 men", [("as many as 15", None, 15)]),
        ("nearly 50 men", [("nearly 50", None, 50)]),
        ("almost three dozen men", [("almost three dozen", None, 36)]),
        ("fewer than 10 men", [("fewer than 10", None, 10)]),
        ("no more than five men", [("no more than five", None, 5)]),
        ("eight or fewer men", [("eight or fewer", None, 8)]),
        # about
        ("about 20 men", [("about 20", 20, 20)]),
        ("some 2,000 men", [("some 2,000", 2000, 2000)]),
        ("an estimated 700 men", [("an estimated 700", 700, 700)]),
        ("another 12 men", [("another 12", 12, 12)]),
        ("a total of 33 men", [("a total of 33", 33, 33)]),
        ("roughly sixty men", [("roughly sixty", 60, 60)]),
        ("perhaps as many as 80 men", [("perhaps as many as 80", None, 80)]),
        # ranges
        ("between 5 and 7 men", [("between 5 and 7", 5, 7)]),
        ("between five and seven men", [("between five and seven", 5, 7)]),
        ("from 20 to 30 men", [("from 20 to 30", 20, 30)]),
        ("20 to 30 men", [("20 to 30", 20, 30)]),
        ("5-7 men", [("5-7", 5, 7)]),
        ("5–7 men", [("5–7", 5, 7)]),
        ("two or three men", [("two or three", 2, 3)]),
        ("about 3,000 to 5,000 men", [("about 3,000 to 5,000", 3000, 5000)]),
        ("at least two but possibly up to nine men", [("at least two but possibly up to nine", 2, 9)]),
        ("at least 6 and up to 11 men", [("at least 6 and up to 11", 6, 11)]),
        # vague words
        ("a couple of men", [("a couple of", 2, None)]),
        ("several men", [("several", 3, None)]),
        ("a few men", [("a few", 3, None)]),
        ("a dozen men", [("a dozen", 12, None)]),
        ("dozens of men", [("dozens of", 24, None)]),
        ("scores of men", [("scores of", 40, None)]),
        ("hundreds of men", [("hundreds of", 200, None)]),
        ("tens of thousands of men", [("tens of thousands of", 20000, None)]),
        ("hundreds of thousands of men", [("hundreds of thousands of", 200000, None)]),
        ("millions", [("millions", 2000000, None)]),
        ("several hundred men", [("several hundred", 300, None)]),
        ("a few thousand men", [("a few thousand", 3000, None)]),
        # none
        ("no men", [("no", 0, 0)]),
        ("nobody", [("nobody", 0, 0)]),
        # two in a row
        ("12 men and 30 women", [("12", 12, 12), ("30", 30, 30)]),
        # names, dates, times, codes
        ("an AK-47 and a B-52", []),
        ("at 18:30 sharp", []),
        ("on 3/4 of it", []),
        ("20% of it", []),
        ("release 2011-03-S-081", []),
        ("the 205th corps", []),
        ("two three", []),
        ("won 3-1 at home", []),
        ("a 21-14 win", []),
    ],
)
def test_numbers(text: str, expected: Found, tokenizer: Pipeline, guidelines: VagueTable) -> None:
    assert numbers(text, tokenizer, guidelines) == expected


@pytest.mark.parametrize(
    ("table", "text", "low", "high"),
    [
        ("isaf", "several men", 3, 3),
        ("isaf", "multiple men", 3, 3),
        ("isaf", "numerous men", 4, 4),
        ("isaf", "a large number of men", 5, 5),
        ("isaf", "more than 30 men", 31, None),
        ("isaf", "at least 30 men", 30, None),
        ("acled", "dozens of men", 12, 12),
        ("acled", "hundreds of men", 100, 100),
        ("acled", "numerous men", 10, 10),
        ("airwars", "dozens of men", 12, 24),
        ("airwars", "a number of men", 2, 2),
        ("guidelines", "several men", 3, None),
    ],
)
def test_vague_tables_differ(table: str, text: str, low: int, high: int | None, tokenizer: Pipeline) -> None:
    (found,) = numbers(text, tokenizer, load_vague_table(table))
    assert found[1:] == (low, high)
