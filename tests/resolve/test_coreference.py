"""Mentions of one actor inside a report: for marked words, the name that they are given. Sentences of our own."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.annotate.language import Language
from dateline.annotate.mentions import find_mentions
from dateline.codebook.actors import ActorBook
from dateline.model.text import Report
from dateline.resolve.actors import mention_actor, resolve_actors


@pytest.fixture(scope="module")
def book() -> ActorBook:
    return ActorBook.load()


def name_of(text: str, words: str, language: Language, book: ActorBook) -> str:
    """What the last mention that reads so is called."""
    reading = language.read(Report(id="t", text=text, published=date(2016, 6, 1)))
    cast = resolve_actors(reading, find_mentions(reading), (), book)
    actors = [mention_actor(mention, cast, reading) for mention in cast.mentions]
    return [a.name for a in actors if a.span.text == words][-1]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        # surnames, first names, titles, spelling
        ("General Omar Haddad left Tunis. Haddad had led the army.", "Haddad", "Omar Haddad"),
        ("Haddad left Tunis on Monday. Omar Haddad had led the army.", "Haddad", "Omar Haddad"),
        ("President Ana Ruiz flew to Bogota. The president met farmers.", "president", "Ana Ruiz"),
        ("Rebel commander Idris Salem was shot. The commander died.", "commander", "Idris Salem"),
        ("Idris Salem, a commander, was shot. The commander died.", "commander", "Idris Salem"),
        # acronyms in brackets, known and unknown
        ("The Karda Liberation Front (KLF) took a village. The KLF burned it.", "KLF", "Karda Liberation Front"),
        ("The Karda Liberation Front took a village. Villagers blamed the KLF.", "KLF", "Karda Liberation Front"),
    ],
)
def test_names(text: str, words: str, expected: str, language: Language, book: ActorBook) -> None:
    assert name_of(text, words, language, book) == expected


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Boko Haram took Bama. The group burned the market.", "group", "Boko Haram"),
        ("Boko Haram took Bama. The militants burned the market.", "militants", "Boko Haram"),
        ("Boko Haram took Bama. The terror group burned the market.", "terror group", "Boko Haram"),
        ("Boko Haram took Bama. The group's fighters burned the market.", "group's fighters", "Boko Haram"),
        ("The Taliban took Zaranj. The insurgents freed prisoners.", "insurgents", "Taliban"),
        ("Turkish troops entered Afrin. The soldiers set up posts.", "soldiers", "Turkish troops"),
        ("Egyptian police shot at students. The police denied it.", "police", "Egyptian police"),
        ("Masked gunmen stopped the bus. The gunmen shot the driver.", "gunmen", "Masked gunmen"),
        ("Two men robbed a bank in Oslo. The two men fled.", "two men", "Two men"),
        ("Ukrainian forces withdrew, handing Russia its biggest gain since it took Bakhmut.", "it", "Russia"),
        ("Chad closed the border. The country had warned of it.", "country", "Chad"),
        ("The militia leader was killed. His brother fled.", "His brother", "His brother"),
    ],
)
def test_nouns(text: str, words: str, expected: str, language: Language, book: ActorBook) -> None:
    assert name_of(text, words, language, book) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Boko Haram took Bama. Other militants burned the market.", "Other militants"),
        ("Turkish troops entered Afrin. Five soldiers died there.", "Five soldiers"),
        ("The Red Cross sent trucks. The militants burned them.", "militants"),
    ],
)
def test_nouns_that_mean_somebody_new(text: str, words: str, language: Language, book: ActorBook) -> None:
    assert name_of(text, words, language, book) == words


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The rebels took Goma. They looted shops.", "They", "rebels"),
        ("Hezbollah buried the commander. It blamed Israel.", "It", "Hezbollah"),
        ("Hezbollah buried its commander.", "its", "Hezbollah"),
        ("Ana Ruiz flew to Quito. She met the envoy.", "She", "Ana Ruiz"),
        ("Fighters who surrendered were freed.", "who", "Fighters"),
        ("The Houthis, who control Sanaa, fired a missile.", "who", "Houthis"),
        ("In his speech, Omar Haddad thanked the army.", "his", "Omar Haddad"),
        ("“We will not leave,” said Omar Haddad.", "We", "Omar Haddad"),
        ("Omar Haddad said the rebels had lied. “They burned the school,” he said.", "They", "rebels"),
        ("The army said it had shelled the hill.", "it", "army"),
    ],
)
def test_pronouns(text: str, words: str, expected: str, language: Language, book: ActorBook) -> None:
    assert name_of(text, words, language, book) == expected


def test_it_is_nobody_when_it_is_only_grammar(language: Language, book: ActorBook) -> None:
    assert name_of("The army took the hill. It is clear that many fled.", "It", language, book) == "It"


def test_not_its_own_object(language: Language, book: ActorBook) -> None:
    text = "The army met the rebels. The rebels attacked them."
    assert name_of(text, "them", language, book) != "rebels"
