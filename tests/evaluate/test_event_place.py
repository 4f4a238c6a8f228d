"""Invented sentences: tokens of the place of the marked verb."""

from __future__ import annotations

import pytest

from dateline.evaluate.event_place import YARDSTICK, align, to_sentence
from dateline.evaluate.metrics import measure
from dateline.model.place import Place
from dateline.model.text import Span
from tests.evaluate.invented import Invented

TEXT = "Gunmen stormed the town of Nether Kesh in western Farby province."
TOKENS = ["Gunmen", "stormed", "the", "town", "of", "Nether", "Kesh", "in", "western", "Farby", "province", "."]


def line(*places: tuple[int, int]) -> dict[str, object]:
    gold = [{"label": "VERB", "start": 1, "end": 1}] + [{"label": "LOCATION", "start": a, "end": b} for a, b in places]
    return {"id": "p1", "text": TEXT, "tokens": TOKENS, "gold": gold}


def at(words: str) -> Place:
    start = TEXT.index(words)
    return Place(name=words, span=Span(start=start, end=start + len(words), text=words))


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ((at("Nether Kesh"),), (100.0, 100.0, 100.0)),
        ((at("the town of Nether Kesh"),), (100.0, 100.0, 100.0)),  # kinds of places are left out
        ((at("western Farby province"),), (0.0, 0.0, 0.0)),
        ((at("Kesh"), at("Farby")), (50.0, 50.0, 50.0)),
        ((), (0.0, 0.0, 0.0)),
    ],
)
def test_tokens_of_places(told: tuple[Place, ...], expected: tuple[float, float, float]) -> None:
    items = [to_sentence(line((5, 6)))]
    (judged,) = YARDSTICK.judge(items, Invented([told]))
    values = {one.name: one.value for one in measure(YARDSTICK.figures(items), [judged.counts])}
    assert (values["precision"], values["recall"], values["f1"]) == expected


def test_no_place_is_a_right_answer() -> None:
    items = [to_sentence(line())]
    (judged,) = YARDSTICK.judge(items, Invented([()]))
    assert (judged.wrong, judged.counts["tokens"]) == (0, (0, 0, 0))


@pytest.mark.parametrize(
    ("text", "tokens", "expected"),
    [
        ("half-won", ["half", "-", "won"], [(0, 4), (4, 5), (5, 8)]),
        ("a  a", ["a", " ", "a"], [(0, 1), (1, 2), (3, 4)]),
    ],
)
def test_tokens_are_found_in_order(text: str, tokens: list[str], expected: list[tuple[int, int]]) -> None:
    assert [(c.start, c.end) for c in align(tokens, text)] == expected


@pytest.mark.parametrize(
    "broken",
    [
        {"id": "p1", "text": TEXT, "tokens": TOKENS, "gold": []},
        {"id": "p1", "text": "Other words.", "tokens": TOKENS, "gold": []},
        line((5, 40)),
    ],
)
def test_items_that_cannot_be_asked_are_malformed(broken: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"no verb|not in the text|after the last"):
        to_sentence(broken)
