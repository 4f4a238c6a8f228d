"""Which texts are of a single case: teleprinter wires, not prose and not a few words."""

from __future__ import annotations

import pytest

from dateline.annotate.casing import is_single_case

SENTENCE = "gunmen killed the mayor of tarma near the bridge on friday night."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SENTENCE, True),
        (SENTENCE.upper(), True),
        (SENTENCE.upper() + " (end)", True),
        (SENTENCE.capitalize(), False),
        ("Gunmen killed the mayor of Tarma near the bridge on Friday night.", False),
        ("three dead", False),
        ("1989 12 24 " * 20, False),
    ],
)
def test_text_of_one_case(text: str, expected: bool) -> None:
    assert is_single_case(text) is expected
