"""Attribution, sentence by sentence: (text, speaker named, stance, a piece of what is said)."""

from __future__ import annotations

import pytest

from dateline.annotate.language import Language
from dateline.annotate.quotes import find_quotes
from dateline.codebook.cues import Cues, load_cues
from dateline.model.reading import Quote
from dateline.model.text import Report


@pytest.fixture(scope="session")
def cues() -> Cues:
    return load_cues()


def quotes_of(text: str, language: Language, cues: Cues) -> tuple[Quote, ...]:
    return find_quotes(language.read(Report(id="r", text=text)), cues)


SPOKEN = [
    ("The rebels shelled the market, police said.", "police", "asserts", "shelled the market"),
    ("Police said the rebels shelled the market.", "Police", "asserts", "shelled the market"),
    ("The army denied that its jets had bombed the clinic.", "army", "denies", "bombed the clinic"),
    ("The ministry confirmed the attack on the convoy.", "ministry", "confirms", "the attack"),
    ("According to witnesses, gunmen stormed the hotel.", "witnesses", "asserts", "stormed the hotel"),
    ("Gunmen stormed the hotel, according to witnesses.", "witnesses", "asserts", "stormed the hotel"),
]


@pytest.mark.parametrize(("text", "speaker", "stance", "piece"), SPOKEN)
def test_who_says_what(text: str, speaker: str, stance: str, piece: str, language: Language, cues: Cues) -> None:
    found = [
        (quote.speaker_name, quote.stance)
        for quote in quotes_of(text, language, cues)
        if any(piece in text[part.start : part.end] for part in quote.content)
    ]
    assert (speaker, stance) in found
