"""Who is meant: names to known actors, demonyms to their forces, the rest as described. Sentences of our own."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.annotate.language import Language
from dateline.annotate.mentions import find_mentions
from dateline.codebook.actors import ActorBook
from dateline.model.actor import Actor
from dateline.model.text import Report
from dateline.resolve.actors import Cast, mention_actor, resolve_actors


@pytest.fixture(scope="module")
def book() -> ActorBook:
    return ActorBook.load()


def cast_of(text: str, language: Language, book: ActorBook, day: date | None = None) -> tuple[Cast, list[Actor]]:
    reading = language.read(Report(id="t", text=text, published=day))
    cast = resolve_actors(reading, find_mentions(reading), (), book)
    return cast, [mention_actor(mention, cast, reading) for mention in cast.mentions]


def actor(text: str, words: str, language: Language, book: ActorBook, day: date | None = None) -> Actor:
    """The actor of the last mention that reads so."""
    _, actors = cast_of(text, language, book, day)
    return [a for a in actors if a.span.text == words][-1]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        # names, short forms, transliterations, acronyms
        ("Boko Haram burned the school.", "Boko Haram", "boko-haram"),
        ("Al-Shabab fired mortars at the base.", "Al-Shabab", "al-shabaab"),
        ("Al Shabaab fired mortars at the base.", "Al Shabaab", "al-shabaab"),
        ("The convoy was stopped by the Kurdistan Workers’ Party.", "Kurdistan Workers’ Party", "pkk"),
        ("Turkey says the PKK planted the mine.", "PKK", "pkk"),
        ("Daesh claimed the bombing.", "Daesh", "islamic-state"),
        ("The clinic is run by Médecins Sans Frontières.", "Médecins Sans Frontières", "msf"),
        ("The U.N. urged restraint.", "U.N.", "un"),
        ("The figure was given by the Syrian Observatory for Human Rights.", "Syrian Observatory for Human Rights", "sohr"),
        # members are their group
        ("Islamic State militants stormed the village.", "Islamic State militants", "islamic-state"),
        ("Fighters of the FARC kidnapped a mayor in Colombia.", "Fighters of the FARC", "farc"),
        # countries and their demonyms
        ("Afghan troops retook the pass.", "Afghan troops", "mil-AF"),
        ("Russian warplanes bombed the bakery.", "Russian warplanes", "mil-RU"),
        ("Turkey's army crossed the border.", "Turkey's army", "mil-TR"),
        ("Kenyan police fired tear gas.", "Kenyan police", "pol-KE"),
        ("The Sudanese government rejected the plan.", "Sudanese government", "gov-SD"),
        ("France condemned the coup.", "France", "gov-FR"),
        ("Turkish shelling killed a farmer.", "Turkish", "gov-TR"),
        # seats and capitals that act
        ("The Kremlin denied the claim.", "Kremlin", "gov-RU"),
        ("The Pentagon confirmed the strike.", "Pentagon", "mil-US"),
        ("Ankara accused the militia of shelling the border.", "Ankara", "gov-TR"),
        ("The talks between Kyiv and Moscow failed.", "Moscow", "gov-RU"),
        # a leader's government and forces
        ("The Obama administration rejected the request.", "Obama administration", "gov-US"),
        ("Haftar's forces shelled the airport of Libya's capital.", "Haftar's forces", "libyan-national-army"),
    ],
)
def test_known_actors(text: str, words: str, expected: str, language: Language, book: ActorBook) -> None:
    assert actor(text, words, language, book, date(2016, 5, 1)).id == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kabul fell to the insurgents.", "Kabul"),  # a capital that is a place
        ("The congress of dentists met in Lyon.", "congress of dentists"),  # small letters are no name
        ("A man from Maaret Ikhwan was hurt.", "Maaret Ikhwan"),  # a known word inside another name
        ("US-backed rebels took the hill.", "US-backed rebels"),  # a backer is not the actor
        ("Saudi-led negotiators met the envoy.", "Saudi-led negotiators"),
    ],
)
def test_what_is_no_known_actor(text: str, words: str, language: Language, book: ActorBook) -> None:
    assert actor(text, words, language, book).id is None


@pytest.mark.parametrize(
    ("text", "words", "kind", "country"),
    [
        ("Unidentified gunmen shot a judge.", "Unidentified gunmen", "political_militia", None),
        ("Syrian rebels shelled the road.", "Syrian rebels", "rebel_group", "SY"),
        ("Anti-government fighters took the hill.", "Anti-government fighters", "rebel_group", None),
        ("Government troops took the hill.", "Government troops", "state_forces", None),
        ("Rebel troops took the hill.", "Rebel troops", "rebel_group", None),
        ("Iraqi civilians fled the city.", "Iraqi civilians", "civilians", "IQ"),
        ("Dozens of villagers fled the city.", "Dozens of villagers", "civilians", None),
        ("Protesters marched through Lima.", "Protesters", "protesters", None),
        ("A mob burned the shop.", "mob", "rioters", None),
        ("A rights group published the list.", "rights group", "organisation", None),
        ("Reuters published the list.", "Reuters", "media", "GB"),
        ("A court in Cairo jailed the editor.", "court", "government", None),
        ("U.N. peacekeepers were wounded.", "U.N. peacekeepers", "organisation", None),
        ("The movement of weapons was seen by pilots.", "movement of weapons", "unknown", None),
    ],
)
def test_unnamed_actors_keep_their_words_and_get_a_kind(
    text: str, words: str, kind: str, country: str | None, language: Language, book: ActorBook
) -> None:
    found = actor(text, words, language, book)
    assert (found.kind, found.country) == (kind, country)


def test_the_name_is_the_fullest_in_the_report(language: Language, book: ActorBook) -> None:
    text = "Afghan troops fled the base. The troops left their guns. They walked to Herat."
    assert {a.name for a in cast_of(text, language, book)[1] if a.id == "mil-AF"} == {"Afghan troops"}


def test_the_usual_name_is_used_when_the_report_shows_it(language: Language, book: ActorBook) -> None:
    text = "The Islamic State of Iraq and the Levant, or ISIL, took the dam. ISIL fighters burned the bridge."
    assert actor(text, "ISIL", language, book, date(2015, 1, 1)).name == "Islamic State"


def test_a_country_is_called_as_the_report_calls_it(language: Language, book: ActorBook) -> None:
    text = "Russian jets hit the town. Russia denied it."
    assert actor(text, "Russian", language, book).name == "Russia"
    assert actor("Russian jets hit the town.", "Russian", language, book).name == "Russia"


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("The SPLA took the town, Sudan said.", date(1995, 1, 1), "spla"),
        ("The SPLA took the town, South Sudan said.", date(2016, 1, 1), "sspdf"),
        ("The UPC took the town in Congo.", date(2003, 1, 1), "upc-congo"),
        ("The UPC took the town, the Central African Republic said.", date(2018, 1, 1), "fpr-car"),
        ("The ADF attacked the village.", date(2020, 1, 1), None),  # no country in sight
    ],
)
def test_country_and_time_tell_namesakes_apart(
    text: str, day: date, expected: str | None, language: Language, book: ActorBook
) -> None:
    _, actors = cast_of(text, language, book, day)
    acronym = text.split()[1]
    assert {a.id for a in actors if acronym in a.span.text} == {expected}


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2010, 1, 1), "taliban"), (date(2023, 1, 1), "taliban-government"), (None, "taliban")]
)
def test_a_movement_that_became_a_government(day: date | None, expected: str, language: Language, book: ActorBook) -> None:
    assert actor("The Taliban closed the bridge.", "Taliban", language, book, day).id == expected


def test_foreign_troops_are_not_the_countrys_own(language: Language, book: ActorBook) -> None:
    text = "Niger closed its border. Niger wants foreign troops out. The foreign troops stayed, by force."
    assert actor(text, "foreign troops", language, book).id is None
    assert actor(text, "force", language, book).kind == "unknown"


def test_the_army_is_that_of_the_country_the_report_is_about(language: Language, book: ActorBook) -> None:
    text = "Mali has closed its border. Mali said the army killed six bandits."
    assert actor(text, "army", language, book).id == "mil-ML"


def test_some_of_a_body_are_not_the_body(language: Language, book: ActorBook) -> None:
    text = "Turkish troops entered the town. Three Turkish soldiers were killed."
    cast, actors = cast_of(text, language, book)
    assert [a.name for a in actors if a.id == "mil-TR"] == ["Turkish troops", "Three Turkish soldiers"]
    assert len({entity.number for entity in cast.entities if entity.id == "mil-TR"}) == 2


@pytest.mark.parametrize(
    ("text", "person", "affiliation"),
    [
        ("Karim Daoud, a spokesman for Hamas, said the truce held.", "Karim Daoud", "Hamas"),
        ("Turkish Foreign Minister Selim Kaya rejected the plan.", "Selim Kaya", "Government of Turkey"),
        ("Sergei Lavrov rejected the plan, Russia's press wrote.", "Sergei Lavrov", "Government of Russia"),
    ],
)
def test_persons_keep_whom_they_speak_for(text: str, person: str, affiliation: str, language: Language, book: ActorBook) -> None:
    cast, _ = cast_of(text, language, book, date(2016, 1, 1))
    found = next(entity for entity in cast.entities if entity.name == person)
    assert found.is_person and found.affiliation == affiliation


def test_text_in_small_letters_only(language: Language, book: ActorBook) -> None:
    text = (
        "the farabundo marti national liberation front attacked the garrison and the town who is known for its coffee. "
        "the fmln said it was over."
    )
    _, actors = cast_of(text, language, book, date(1989, 11, 1))
    assert {a.id for a in actors if a.id} == {"fmln"}


def test_every_mention_has_its_entity_and_every_span_its_words(language: Language, book: ActorBook) -> None:
    text = "Ethiopian troops and Eritrean soldiers entered Humera, said Tigrayan officials who fled. They blamed Addis Ababa."
    cast, actors = cast_of(text, language, book)
    assert [entity.number for entity in cast.entities] == list(range(len(cast.entities)))
    assert {mention.entity for mention in cast.mentions} == set(range(len(cast.entities)))
    for found in actors:
        assert text[found.span.start : found.span.end] == found.span.text


def test_the_same_text_gives_the_same_cast(language: Language, book: ActorBook) -> None:
    text = "The Houthis fired a missile at Riyadh. The group said it would fire more. Saudi officials blamed Iran."
    assert cast_of(text, language, book) == cast_of(text, language, book)


def test_an_actor_is_not_named_by_whose_it_is_while_another_mention_names_it(language: Language, book: ActorBook) -> None:
    text = "Ukraine said that its troops had crossed the river. Ukrainian forces held the far bank, and its troops dug in."
    cast, _actors = cast_of(text, language, book)
    assert "its troops" not in {entity.name for entity in cast.entities if entity.id == "mil-UA"}
