"""Which place belongs to a trigger, and when none does."""

from __future__ import annotations

import pytest

from dateline.annotate.language import Language
from dateline.model.event import EventType
from dateline.model.reading import Chars, Draft
from dateline.model.text import Report
from dateline.resolve.event_places import place_drafts
from dateline.resolve.gazetteer import Gazetteer
from dateline.resolve.places import find_places
from dateline.settings import Settings


@pytest.fixture(scope="module")
def gazetteer(settings: Settings) -> Gazetteer:
    return Gazetteer.open(settings.gazetteer)


def place_of(
    text: str, trigger: str, kind: EventType, language: Language, gazetteer: Gazetteer, hint: str | None = None
) -> str | None:
    reading = language.read(Report(id="t", text=text))
    start = text.index(trigger)
    span = reading.doc.char_span(start, start + len(trigger), alignment_mode="expand")
    assert span is not None
    draft = Draft(
        type=kind,
        trigger=Chars(start, start + len(trigger)),
        head=span.root.i,
        sentence=reading.sentence_at(start),
        by=(),
        on=(),
        status="happened",
        made_by="test",
        confidence=1.0,
        place_hint=Chars(text.index(hint), text.index(hint) + len(hint)) if hint else None,
    )
    (place,) = place_drafts(reading, [draft], find_places(reading, gazetteer))
    return place.span.text if place else None


@pytest.mark.parametrize(
    ("text", "trigger", "kind", "place"),
    [
        ("Nine miners were killed in Goma, an official in Kinshasa said.", "killed", "armed_attack", "Goma"),
        ("In Mosul, gunmen shot three guards on Friday.", "shot", "armed_attack", "Mosul"),
        ("Rebels seized Sirte after a week of clashes.", "seized", "territory_gain", "Sirte"),
        ("Jets bombed the outskirts of Homs at dawn.", "bombed", "airstrike", "Homs"),
        ("Shells hit a market in Khan Younis, in the Gaza Strip.", "hit", "shelling", "Khan Younis"),
        ("The Syrian army shelled rebel posts.", "shelled", "shelling", None),
        ("Berlin accused Tehran of plotting.", "accused", "accuse", None),
        # where who says so, an edge of another country, a people's town
        ("According to police in Nairobi, gunmen killed six people.", "killed", "armed_attack", None),
        ("A blast at the Syria-Turkey border killed six people.", "killed", "bombing", None),
        ("Two men were shot near the Turkish border.", "shot", "armed_attack", None),
        ("Jets bombed a Kurdish town.", "bombed", "airstrike", None),
        ("A man was shot in the Turkish city of Gaziantep.", "shot", "armed_attack", "Gaziantep"),
        ("Shells hit a house in the Marwa refugee camp.", "hit", "shelling", "Marwa"),
    ],
)
def test_the_place_of_an_event(
    text: str, trigger: str, kind: EventType, place: str | None, language: Language, gazetteer: Gazetteer
) -> None:
    assert place_of(text, trigger, kind, language, gazetteer) == place


def test_a_hint_decides(language: Language, gazetteer: Gazetteer) -> None:
    text = "From Aleppo the army moved on and took Palmyra."
    assert place_of(text, "took", "territory_gain", language, gazetteer, hint="Palmyra") == "Palmyra"


def test_an_edge_of_another_country_is_no_place_of_that_name(language: Language, gazetteer: Gazetteer) -> None:
    text = "A lorry blew up near the Turkish border."
    assert place_of(text, "blew up", "bombing", language, gazetteer, hint="Turkish border") is None


def test_another_sentence_gives_no_place(language: Language, gazetteer: Gazetteer) -> None:
    assert place_of("Aleppo was quiet. Two men were shot.", "shot", "armed_attack", language, gazetteer) is None
