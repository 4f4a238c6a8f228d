"""The notation of our own readings: sentences keep their places, a line that is not of it is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dateline.model.event import GROUP_OF
from training.readings import written

GOOD = """=== X1 | published 2015-04-02 | Gunmen Raid Mill
Gunmen raided a mill in Sumbe on Thursday.
Two guards were killed.
.
The raid was the second this month.
---
armed_attack | happened | 1,0,2 | raided | Gunmen; raiders | guards | Sumbe | -
armed_attack | happened | 3 | second | - | - | - | minor aggregate
"""


def test_sentences_and_events_keep_their_places(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(GOOD)
    (reading,) = written(tmp_path)
    text = reading.report.text
    assert [text[a:b] for a, b in reading.sentences] == [
        "Gunmen Raid Mill",
        "Gunmen raided a mill in Sumbe on Thursday.",
        "Two guards were killed.",
        "The raid was the second this month.",
    ]
    assert text.count("\n\n") == 2
    assert reading.report.published == date(2015, 4, 2)
    first, second = reading.events or ()
    assert (first["sents"], first["by"], first["place"]) == ([1, 0, 2], ["Gunmen", "raiders"], {"name": "Sumbe"})
    assert (second["on"], second["place"], second["minor"], second["aggregate"]) == ([], None, True, True)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (GOOD.replace(" | - | minor aggregate", ""), "a.txt line 8"),
        (GOOD.replace("---\n", ""), "a.txt line 1"),
        (GOOD.replace(" | Gunmen Raid Mill", ""), "a.txt line 1"),
    ],
)
def test_what_is_not_of_the_notation_is_named(text: str, named: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(text)
    with pytest.raises(ValueError, match=named):
        list(written(tmp_path))


def test_our_readings_are_of_the_notation_and_enough() -> None:
    """Triggers stand in their main sentences; types are those of the record; at least 1,500 sentences."""
    readings = list(written(Path(__file__).parents[2] / "training" / "readings"))
    assert sum(len(reading.sentences) for reading in readings) >= 1500
    for reading in readings:
        for event in reading.events or ():
            start, end = reading.sentences[event["sents"][0]]
            assert event["trigger"] in reading.report.text[start:end], (reading.report.id, event)
            assert event["type"] in GROUP_OF
            assert max(event["sents"]) < len(reading.sentences)
