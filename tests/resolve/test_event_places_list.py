"""Places told in one breath, and names that only say where another place lies."""

from __future__ import annotations

import pytest

from dateline.model.text import Report
from dateline.pipeline import Resources, code_report
from dateline.resolve.event_places_list import places_together
from dateline.resolve.places import find_places


@pytest.mark.parametrize(
    ("text", "place", "others"),
    [
        ("Bombs went off in Baghdad, Mosul and Kirkuk on Friday.", "Mosul", ["Baghdad", "Kirkuk"]),
        ("Rebels shelled the towns of Idlib and Marbeya in the Hama province.", "Idlib", ["Marbeya"]),
        ("Jets hit the villages of Idlib (twice) and Marbeya.", "Idlib", ["Marbeya"]),
        ("Militants shot farmers in the Karwan and Tolun villages.", "Karwan", ["Tolun"]),
        ("Troops shelled Aleppo's suburbs of Marbeya and Tolun.", "Marbeya", ["Tolun"]),
        # where it lies is no second place
        ("A bomb went off in Karbala, Iraq.", "Karbala", []),
        ("A bomb went off in Lashkar Gah in Helmand province.", "Lashkar Gah", []),
        ("Gunmen killed a trader in Homs and fled towards Aleppo.", "Homs", []),
    ],
)
def test_a_list_of_places(text: str, place: str, others: list[str], resources: Resources) -> None:
    reading = resources.language.read(Report(id="t", text=text))
    places = find_places(reading, resources.gazetteer)
    own = next(mention.place for mention in places if mention.place.span.text == place)
    assert [other.span.text for other in places_together(reading, own, places)] == others


def test_an_event_keeps_the_places_told_with_its_own(resources: Resources) -> None:
    record = code_report(Report(id="t", text="A bomb killed six people in Baghdad, Mosul and Kirkuk."), resources)
    (event,) = record.events
    assert event.place is not None
    assert (event.place.name, [place.name for place in event.other_places]) == ("Baghdad", ["Mosul", "Kirkuk"])


def test_towns_that_fell_are_events_of_their_own(resources: Resources) -> None:
    record = code_report(
        Report(id="t", text="Islamic State fighters seized the cities of Mosul and Tikrit on Friday."), resources
    )
    told = [(event.place and event.place.name, event.other_places) for event in record.events if event.type == "territory_gain"]
    assert told == [("Mosul", ()), ("Tikrīt", ())]
