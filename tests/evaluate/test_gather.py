"""Grouping and adding up of invented events."""

from __future__ import annotations

import pytest

from dateline.evaluate.gather import (
    CIVILIANS,
    added_up,
    event_marks,
    is_among,
    is_one_of,
    lead,
    least,
    main_event,
    span_of,
    took_place,
    unaccented,
)
from tests.factories import make_event, make_figure, make_place, make_record, make_report

REPORT = make_report("r1", "Talks failed, shells fell, nine died and three fighters too in Kesh.")
NINE = make_figure(REPORT, "nine", "killed", 9, 9)
THREE = make_figure(REPORT, "three fighters", "killed", 3, None, whom="three fighters")
TALKS = make_event(REPORT, "Talks", "talks")
SHELLS = make_event(REPORT, "shells", "shelling", place=make_place(REPORT, "Kesh"))
DEATHS = make_event(REPORT, "died", "armed_attack", figures=[NINE, THREE])


def test_the_main_event_is_the_first_that_tells_of_harm_else_the_first() -> None:
    assert main_event([SHELLS, DEATHS]) is DEATHS
    assert main_event([TALKS, SHELLS]) is TALKS
    assert main_event([]) is None
    assert lead([TALKS, SHELLS, DEATHS]) == [DEATHS, TALKS]


@pytest.mark.parametrize(("status", "kept"), [("happened", True), ("attempted", True), ("planned", False), ("denied", False)])
def test_what_took_place(status: str, kept: bool) -> None:
    event = make_event(REPORT, "shells", "shelling", status=status)  # type: ignore[arg-type]
    assert bool(took_place(make_record(REPORT, event))) is kept
    assert took_place(make_record(REPORT, make_event(REPORT, "shells", "shelling", background=True))) == ()


def test_counts() -> None:
    up_to = make_figure(REPORT, "nine", "killed", None, 7)
    assert [least(f) for f in (NINE, THREE, up_to)] == [9, 3, 7]
    people = make_figure(REPORT, "nine", "killed", 9, 9, whom="people")
    assert is_among(people, CIVILIANS) and not is_among(THREE, CIVILIANS)
    assert is_one_of(THREE, "fighters") and not is_one_of(people, "fighters")


def test_counts_of_one_group_are_added_up_by_the_codebook() -> None:
    found = added_up([DEATHS], make_record(REPORT, DEATHS), ("killed",), lambda figure: is_one_of(figure, "fighters"))
    assert found is not None and found.low == 3
    assert added_up([SHELLS], make_record(REPORT, SHELLS), ("killed",)) is None


@pytest.mark.parametrize(("low", "high", "words"), [(9, 9, "9"), (9, 12, "9–12"), (9, None, "9 or more"), (None, 12, "up to 12")])
def test_ranges_in_words(low: int | None, high: int | None, words: str) -> None:
    assert span_of(low, high) == words


def test_marks_hold_the_words_of_the_values() -> None:
    found = [(REPORT.text[m.start : m.end], m.label) for m in event_marks([SHELLS, DEATHS])]
    assert found[:2] == [("shells", "shelling"), ("died", "armed_attack")]
    assert ("Kesh", "at Kesh") in found and ("three fighters", "killed 3 or more") in found


def test_letters_lose_their_marks() -> None:
    assert unaccented("Ghaznī, Ḩalab") == "Ghazni, Halab"
