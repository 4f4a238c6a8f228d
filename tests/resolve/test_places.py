"""Names in reports: what is found, what it means, how precisely, and what it does in its sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.annotate.language import Language
from dateline.model.place import Place
from dateline.model.reading import Chars, PlaceMention
from dateline.model.text import Report
from dateline.resolve.gazetteer import Gazetteer, great_circle
from dateline.resolve.gazetteer_store import GazPlace, LayerWriter, NewPlace
from dateline.resolve.places import find_places, resolve_spans
from dateline.resolve.places_find import Finder
from dateline.resolve.places_tokens import Tokens
from dateline.settings import Settings


@pytest.fixture(scope="module")
def gazetteer(settings: Settings) -> Gazetteer:
    return Gazetteer.open(settings.gazetteer)


def places_in(text: str, language: Language, gazetteer: Gazetteer) -> dict[str, PlaceMention]:
    reading = language.read(Report(id="t", text=text))
    return {mention.place.span.text: mention for mention in find_places(reading, gazetteer)}


@pytest.mark.parametrize(
    ("text", "name", "country", "precision"),
    [
        ("Shells fell on Kharkiv and on villages of Donetsk region in Ukraine.", "Kharkiv", "UA", "town"),
        ("Gunmen stormed a post in Idlib governorate, Syria.", "Idlib", "SY", "province"),
        ("Two shops burned in Kherson region, Ukraine.", "Kherson", "UA", "province"),
        ("The army entered Tripoli after leaving Benghazi, Libya.", "Tripoli", "LY", "town"),
        ("Protesters marched in Tripoli while Beirut, Lebanon, was calm.", "Tripoli", "LB", "town"),
        ("Troops moved through northern Mali.", "Mali", "ML", "region"),
        ("Pirates seized a tanker in the Red Sea.", "Red Sea", None, "sea"),
        ("A deputy was shot in Columbus, Ga., on Friday.", "Columbus", "US", "town"),
        ("Militants held Shiberghan, Kunduz and Taloqan in Afghanistan.", "Shiberghan", "AF", "town"),
        ("Rebels seized Gardez, the capital of Paktia province in Afghanistan.", "Gardez", "AF", "town"),
        ("Rebels overran Asadabad, in Kunar. Asadabad was quiet at dawn.", "Asadabad", "AF", "town"),
        ("Planes bombed villages in Andar district, Ghazni province.", "Andar", "AF", "district"),
        # the province that the words name, though its capital's quarters are near
        ("Rebels in the province of Aleppo shelled Bustan al-Qasr and Tariq al-Bab.", "Aleppo", "SY", "province"),
        ("A raid in Dahanah-ye Ghori district, Baghlan province, killed four.", "Dahanah-ye Ghori", "AF", "district"),
        # links written small within a name; an address told by its kinds of place
        ("Two men were held in Nawah-ye Barakzai district, Helmand province, on Monday.", "Nawah-ye Barakzai", "AF", "district"),
        ("A patrol came under fire in Shigal wa Sheltan district, Kunar province.", "Shigal wa Sheltan", "AF", "district"),
        ("Troops searched Karezak village of Shah Wali Kot district in Afghanistan.", "Karezak", "AF", "district"),
        # an article run together with its noun
        ("Strikes killed nine people in Deir Ezzor.", "Deir Ezzor", "SY", "town"),
        # apostrophes lost on the way, an agency's name and a day run into the place
        ("Strikes killed nine people in Syrias Aleppo on Monday.", "Aleppo", "SY", "town"),
        # a people's name lies in no town
        ("Two Syrian men were shot in the Turkish city of Gaziantep.", "Turkish", "TR", "country"),
        # nor a country in another
        ("Fighters stopped a convoy of Iraq in Syria near Raqqa.", "Iraq", "IQ", "country"),
        ("Talks opened at the embassy of Ukraine in Nigeria.", "Ukraine", "UA", "country"),
    ],
)
def test_a_name_means_a_place(
    text: str, name: str, country: str | None, precision: str, language: Language, gazetteer: Gazetteer
) -> None:
    place = places_in(text, language, gazetteer)[name].place
    assert (place.country, place.precision) == (country, precision)
    assert place.reasons


@pytest.mark.parametrize(
    ("text", "marked", "label", "names"),
    [
        ("Talks opened in Lomé, Togo, on Monday.", "Lomé, Togo", "GPE", ["Lomé", "Togo"]),
        ("Four Dead in Coalition Strikes. The coalition said its strikes went on.", "Coalition Strikes", "GPE", []),
        ("Rebels took the hill.", "Rebels", "GPE", []),
        ("A bomb went off near an IDF post at dawn.", "IDF post", "FAC", []),
        ("Shells fell in Sadr City at dawn.", "Sadr City", "GPE", ["Sadr City"]),
    ],
)
def test_what_the_tagger_marks_is_not_always_one_place(
    text: str, marked: str, label: str, names: list[str], language: Language, gazetteer: Gazetteer
) -> None:
    doc = language.read(Report(id="t", text=text)).doc
    span = doc.char_span(text.index(marked), text.index(marked) + len(marked))
    assert span is not None
    found = Finder(Tokens.of(doc), gazetteer).marked([(span.start, span.end - 1, label)])
    assert [one.name for one in found] == names


def test_a_word_that_only_an_import_knows_needs_words_that_make_it_a_place(
    tmp_path: Path, language: Language, settings: Settings
) -> None:
    writer = LayerWriter(tmp_path / "villages-001")
    hamlets = ("Defense", "Zarkunda")
    writer.add([NewPlace(GazPlace(f"v:{n}", n, "town", "AF", "AF.10", None, None, 31.6, 64.4, 0, 2.0)) for n in hamlets])
    writer.finish()
    (tmp_path / "default").symlink_to(settings.gazetteer / "default")
    both = Gazetteer.open(tmp_path)
    found = places_in("Troops entered the village of Zarkunda in Helmand province, Afghanistan, on Monday.", language, both)
    assert found["Zarkunda"].place.gazetteer_id == "v:Zarkunda"
    text = "The Defense Department in Washington praised the rule. Defense officials spoke on Monday."
    assert places_in(text, language, both).keys() == {"Washington"}
    alone = places_in("The village of Zarkunda was quiet on Monday.", language, both)["Zarkunda"].place
    assert (alone.lat, alone.precision) == (None, "unknown")  # known by nothing but a point: unresolved without a country


def test_a_short_form_is_the_full_name(language: Language, gazetteer: Gazetteer) -> None:
    text = "Fighters reached Mazar-i-Sharif in Afghanistan on Monday. People in Mazar fear the worst."
    found = places_in(text, language, gazetteer)
    assert found["Mazar"].place.gazetteer_id == found["Mazar-i-Sharif"].place.gazetteer_id


def test_a_small_town_far_from_the_whole_report_is_not_meant(language: Language, gazetteer: Gazetteer) -> None:
    text = "Rebels in Syria hit Idlib and Saraqib. Shells fell on the town of Meles. Aleppo and Homs, in Syria, were calm."
    place = places_in(text, language, gazetteer)["Meles"].place
    assert (place.country, place.gazetteer_id) == (None, None)


def test_a_sound_is_not_followed_abroad(language: Language, gazetteer: Gazetteer) -> None:
    text = "The United States said rebels hit Idlib, Homs and Aleppo, in Syria. Shells fell on the town of Meles, in Syria."
    assert places_in(text, language, gazetteer)["Meles"].place.country != "US"


def test_a_quarter_knows_its_province(language: Language, gazetteer: Gazetteer) -> None:
    assert (
        places_in("Shells fell on Eastern Ghouta in Syria.", language, gazetteer)["Eastern Ghouta"].place.admin1 == "Rif Dimashq"
    )


def test_a_list_is_no_address(language: Language, gazetteer: Gazetteer) -> None:
    found = places_in("Gunmen raided the villages of Karwan, Tolun and Marbeya near Homs, Syria.", language, gazetteer)
    assert [found[name].place.lat for name in ("Karwan", "Tolun", "Marbeya")] == [None, None, None]


def test_what_the_report_says_outranks_a_namesake(language: Language, gazetteer: Gazetteer) -> None:
    place = places_in("A raid in Karjan district, Uruzgan province, killed four.", language, gazetteer)["Karjan"].place
    assert place.country == "AF"
    assert place.gazetteer_id is None


@pytest.mark.parametrize(
    ("text", "of", "km", "bearing"),
    [
        ("The convoy was hit 20 km west of Kunduz in Afghanistan.", "Kunduz", 20.0, "west"),
        ("The convoy was hit ten miles north-east of Kunduz in Afghanistan.", "Kunduz", 16.09, "east"),
    ],
)
def test_a_distance_is_a_point_and_a_radius(
    text: str, of: str, km: float, bearing: str, language: Language, gazetteer: Gazetteer
) -> None:
    found = places_in(text, language, gazetteer)
    (told,) = [m.place for phrase, m in found.items() if phrase.endswith(of)]
    base = max(gazetteer.lookup(of), key=lambda c: (c.place.kind == "town", c.place.population)).place
    assert told.lat and told.lon and base.lat and base.lon and told.radius_km
    assert great_circle(told.lat, told.lon, base.lat, base.lon) == pytest.approx(km, abs=0.5)
    assert (told.lon < base.lon) == (bearing == "west")
    assert told.radius_km < km
    assert told.gazetteer_id is None


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("Moscow accused the rebels of shelling a market.", "Moscow", "metonym"),
        ("Syrian soldiers fled.", "Syrian", "modifier"),
        ("GOMA, DR Congo (Reuters) - Rebels advanced on Sunday.", "GOMA", "dateline"),
        ("Two people died in Goma on Sunday.", "Goma", "place"),
        ("The town of Taloqan fell on Sunday, residents of Afghanistan said.", "Taloqan", "place"),
    ],
)
def test_roles(text: str, name: str, role: str, language: Language, gazetteer: Gazetteer) -> None:
    assert places_in(text, language, gazetteer)[name].role == role


@pytest.mark.parametrize(
    "text",
    [
        "IS claimed the attack and said more would come.",
        "The police chief told us to come in March.",
        "Many say the union will march for more pay.",
    ],
)
def test_what_is_no_place(text: str, language: Language, gazetteer: Gazetteer) -> None:
    assert places_in(text, language, gazetteer) == {}


def test_disputed_land_says_who_claims_it(language: Language, gazetteer: Gazetteer) -> None:
    place = places_in("Drones hit an airfield in Crimea.", language, gazetteer)["Crimea"].place
    assert set(place.claimed_by) == {"UA", "RU"}


def test_given_spans_are_resolved_together(language: Language, gazetteer: Gazetteer) -> None:
    text = "Paris and Austin are towns of Texas."
    reading = language.read(Report(id="t", text=text))
    spans = [Chars(text.index(name), text.index(name) + len(name)) for name in ("Paris", "Austin")]
    found: list[Place | None] = list(resolve_spans(reading, spans, gazetteer))
    assert [place.country if place else None for place in found] == ["US", "US"]


def test_every_span_is_letter_for_letter(language: Language, gazetteer: Gazetteer) -> None:
    text = "KABUL — Troops from  Helmand’s Sangin district\nleft for Lashkar Gah, 90 km south of Sangin."
    for mention in places_in(text, language, gazetteer).values():
        span = mention.place.span
        assert text[span.start : span.end] == span.text
