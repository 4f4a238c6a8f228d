"""Text without capitals gets back those of its names: sentences of our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.annotate.truecase import is_name, truecase


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the mayor of tarapoto, julio quispe, was kidnapped", "the mayor of Tarapoto, Julio Quispe, was kidnapped"),
        ("police in san salvador blamed the fmln", "police in San Salvador blamed the FMLN"),
        ("a u.s. bodyguard was killed in january", "a U.S. bodyguard was killed in January"),
        ("juan de la torre spoke of the attack", "Juan De La Torre spoke of the attack"),
        ("maria de la quintana was wounded", "Maria De La Quintana was wounded"),
        ("guerrillas dynamited two bridges", "guerrillas dynamited two bridges"),
    ],
)
def test_names(text: str, expected: str) -> None:
    assert truecase(text) == expected


def test_words_of_the_trade_are_no_names() -> None:
    assert not any(is_name(word) for word in ("kidnapped", "terrorists", "bodyguard", "counteroffensive", "voting"))
    assert all(is_name(word) for word in ("oquendo", "carlos", "salvadoran"))


@given(st.text(alphabet="abcdefghij .,'ñé", max_size=80))
def test_letters_and_length_stay(text: str) -> None:
    assert truecase(text).casefold() == text.casefold()
    assert len(truecase(text)) == len(text)
