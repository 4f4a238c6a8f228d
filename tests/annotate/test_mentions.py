"""Which phrases may be actors, and where they begin and end, by sentences of our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.annotate.language import Language
from dateline.annotate.mentions import find_mentions
from dateline.model.reading import Mention
from dateline.model.text import Report


def mentions(text: str, language: Language) -> tuple[Mention, ...]:
    return find_mentions(language.read(Report(id="t", text=text)))


def phrases(text: str, language: Language, *forms: str) -> list[str]:
    return [text[m.chars.start : m.chars.end] for m in mentions(text, language) if not forms or m.form in forms]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # no determiner at the left, no clause at the right
        ("The soldiers who guarded the dam fled.", "soldiers"),
        ("All the villagers fled on Sunday.", "villagers"),
        ("Officials blamed the gunmen, who escaped on motorbikes.", "gunmen"),
        # adjectives and numbers stay, hedges of numbers go
        ("Three masked gunmen opened fire.", "Three masked gunmen"),
        ("At least three masked gunmen opened fire.", "three masked gunmen"),
        ("More than 40 herders were displaced.", "40 herders"),
        ("Mostly unarmed protesters filled the square.", "unarmed protesters"),
        # names that 'of' hangs on
        ("The Ministry of Defence denied the report.", "Ministry of Defence"),
        ("Members of the security forces joined the march.", "Members of the security forces"),
        ("Dozens of shepherds fled the valley.", "Dozens of shepherds"),
        # possessors stay in the phrase and are mentions of their own
        ("Turkey's navy boarded the ship.", "Turkey's navy"),
        ("Turkey's navy boarded the ship.", "Turkey"),
        ("The group's commander was arrested.", "group's commander"),
        # appositions
        ("Salim Aziz, a spokesman for the council, denied it.", "Salim Aziz"),
        ("Salim Aziz, a spokesman for the council, denied it.", "spokesman"),
        # adjectives and numbers that stand for people
        ("The wounded were carried to a clinic.", "wounded"),
        ("Two were killed by a mine.", "Two"),
    ],
)
def test_a_phrase_is_found_as_it_stands(text: str, expected: str, language: Language) -> None:
    assert expected in phrases(text, language, "name", "nominal")


def test_each_conjunct_stands_for_itself(language: Language) -> None:
    found = phrases("Rebels, policemen and the army fought in Karda.", language)
    assert {"Rebels", "policemen", "army"} <= set(found)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Turkish shelling killed a farmer.", ["Turkish"]),
        ("A Taliban attack killed a farmer.", ["Taliban"]),
        ("The US-Taliban agreement was signed in Doha.", ["US", "Taliban"]),
        ("The rebel attack lasted two hours.", ["rebel"]),
    ],
)
def test_names_that_modify_are_implied(text: str, expected: list[str], language: Language) -> None:
    assert phrases(text, language, "implied")[: len(expected)] == expected


def test_first_names_are_no_mentions_of_their_own(language: Language) -> None:
    assert "Salim" not in phrases("Salim Aziz spoke to reporters.", language)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They shelled the town.", ["They"]),
        ("The militia that took the bridge left it.", ["that", "it"]),
        ("He said his men held the road.", ["He", "his"]),
        ("Fighters who surrendered were freed.", ["who"]),
    ],
)
def test_pronouns(text: str, expected: list[str], language: Language) -> None:
    assert phrases(text, language, "pronoun") == expected


def test_expletives_and_days_are_nobody(language: Language) -> None:
    found = phrases("There was a clash on Friday.", language)
    assert "There" not in found and "Friday" not in found


def test_a_head_has_one_mention_and_its_index_is_its_entity(language: Language) -> None:
    found = mentions("Syrian rebels and Kurdish forces fought Islamic State militants near the town of Manbij.", language)
    heads = [mention.head for mention in found]
    assert heads == sorted(set(heads))
    assert [mention.entity for mention in found] == list(range(len(found)))


@given(st.text(max_size=200))
def test_any_text_gives_stretches_inside_it(language: Language, text: str) -> None:
    for mention in mentions(text, language):
        assert 0 <= mention.chars.start < mention.chars.end <= len(text)
        assert text[mention.chars.start : mention.chars.end].strip()
