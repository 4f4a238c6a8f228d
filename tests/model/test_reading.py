"""Where a character lies among the sentences."""

from __future__ import annotations

import pytest
import spacy

from dateline.model.reading import Chars, Reading
from dateline.model.text import Report

TEXT = "Rebels came. Soldiers left.  It rained."


@pytest.mark.parametrize(
    ("offset", "sentence"),
    [(0, 0), (11, 0), (12, 0), (13, 1), (26, 1), (28, 1), (29, 2), (500, 2), (-1, 0)],
)
def test_the_sentence_of_a_character_is_the_last_that_starts_before_it(offset: int, sentence: int) -> None:
    doc = spacy.blank("en")(TEXT)
    reading = Reading(Report(id="r", text=TEXT), doc, (Chars(0, 12), Chars(13, 27), Chars(29, 39)), has_title=False)
    assert reading.sentence_at(offset) == sentence


def test_a_text_without_sentences_has_a_first_one() -> None:
    assert Reading(Report(id="r", text=" "), spacy.blank("en")(" "), (), has_title=False).sentence_at(0) == 0
