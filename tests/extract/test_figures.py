"""To which happening a count belongs, what is told twice, and what becomes a tally."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from dateline.annotate.language import Language
from dateline.annotate.quantities import find_quantities
from dateline.annotate.times import find_times
from dateline.codebook.quantities import load_vague_table
from dateline.extract.figures import CountedFigures, count_figures
from dateline.model.event import EventType, Figure
from dateline.model.reading import Chars, Draft, Quote
from dateline.model.text import Report

Told = list[tuple[str, int | None, int | None]]


def counted(
    text: str, events: Sequence[tuple[EventType, str]], language: Language, quotes: Sequence[Quote] = ()
) -> CountedFigures:
    """Each event is given by its type and its trigger's words, where they first stand."""
    reading = language.read(Report(id="t", text=text, published=date(2021, 8, 10)))
    drafts = []
    for kind, trigger in events:
        start = text.index(trigger)
        span = reading.doc.char_span(start, start + len(trigger), alignment_mode="expand")
        assert span is not None
        drafts.append(
            Draft(
                type=kind,
                trigger=Chars(start, start + len(trigger)),
                head=span.root.i,
                sentence=reading.sentence_at(start),
                by=(),
                on=(),
                status="happened",
                made_by="test",
                confidence=1.0,
            )
        )
    quantities = find_quantities(reading, load_vague_table("guidelines"))
    return count_figures(reading, drafts, quantities, [()] * len(drafts), quotes, find_times(reading))


def told(figures: Sequence[Figure]) -> Told:
    return [(figure.measure, figure.low, figure.high) for figure in figures]


@pytest.mark.parametrize(
    ("text", "events", "expected"),
    [
        (
            "A car bomb exploded in the market, killing 12 people and wounding 30.",
            [("bombing", "car bomb exploded")],
            [[("killed", 12, 12), ("injured", 30, 30)]],
        ),
        (
            "The blast caused 12 casualties, the ministry said.",
            [("bombing", "blast")],
            [[("other", 12, 12)]],  # killed or injured is not said
        ),
        (
            "A blast hit the market on Monday. At least 12 people died.",
            [("bombing", "blast")],
            [[("killed", 12, None)]],
        ),
        (
            "Shelling killed four people in the north, and an air strike killed nine in the south.",
            [("shelling", "Shelling"), ("airstrike", "air strike")],
            [[("killed", 4, 4)], [("killed", 9, 9)]],
        ),
        (
            "Police arrested 35 students after clashes that left two guards dead.",
            [("arrest", "arrested"), ("clash", "clashes")],
            [[("arrested", 35, 35)], [("killed", 2, 2)]],
        ),
        (
            "Thousands of people marched through the capital.",
            [("protest", "marched")],
            [[("other", 2000, None)]],
        ),
        ("The rebels seized three villages.", [("territory_gain", "seized")], [[("other", 3, 3)]]),
        ("The alliance deployed 5,000 troops.", [("deployment", "deployed")], [[("troops", 5000, 5000)]]),
        ("The raid killed nine men. Nine men were killed in the raid.", [("armed_attack", "raid")], [[("killed", 9, 9)]]),
        (
            "Gunmen shot dead the mayor, Karim Aziz. Aziz was killed at his door. He was killed with a pistol.",
            [("armed_attack", "shot dead")],
            [[("killed", 1, 1)]],
        ),
        (
            "A clash killed one soldier and one policeman.",
            [("clash", "clash")],
            [[("killed", 1, 1), ("killed", 1, 1)]],
        ),
        ("The two sides met for three days in 2014.", [("talks", "met")], [[("other", 2, 2)]]),
        ("No one was hurt in the attack.", [("armed_attack", "attack")], [[("injured", 0, 0)]]),
    ],
)
def test_owner(text: str, events: list[tuple[EventType, str]], expected: list[Told], language: Language) -> None:
    assert [told(figures) for figures in counted(text, events, language).per_draft] == expected


def test_rival_counts_stay_apart(language: Language) -> None:
    text = "An attack hit the base. The army said four soldiers were killed. The rebels said 20 soldiers were killed."
    (figures,) = counted(text, [("armed_attack", "attack")], language).per_draft
    assert told(figures) == [("killed", 4, 4), ("killed", 20, 20)]


def test_a_figure_knows_its_speaker(language: Language) -> None:
    text = "An attack hit the base. The army said four soldiers were killed."
    content = Chars(text.index("four"), len(text) - 1)
    quote = Quote(
        content=(content,),
        speaker=Chars(text.index("The army"), text.index(" said")),
        cue=Chars(text.index("said"), text.index("said") + 4),
        stance="asserts",
        speaker_name="The army",
        speaker_kind="organisation",
    )
    ((figure,),) = counted(text, [("armed_attack", "attack")], language, [quote]).per_draft
    assert [source.speaker for source in figure.sources] == ["The army"]


def test_a_part_is_marked_as_a_part(language: Language) -> None:
    text = "The bomb killed 12 people, including two children."
    ((whole, part),) = counted(text, [("bombing", "bomb")], language).per_draft
    assert (whole.part, part.part, part.whom) == ("total", "part", "children")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The war has killed tens of thousands of people.", [("killed", 20000, None)]),
        ("More than 4,000 people have been wounded since Aug. 1.", [("injured", 4000, None)]),
        ("Five million people have been displaced since 2011.", [("displaced", 5000000, 5000000)]),
        ("Hundreds of thousands of civilians are at risk.", [("at_risk", 200000, None)]),
        ("The park has 40 benches and two gates.", []),
    ],
)
def test_figures_of_no_event_become_tallies(text: str, expected: Told, language: Language) -> None:
    assert told(counted(text, [], language).tallies) == expected


def test_a_tally_knows_since_when(language: Language) -> None:
    (tally,) = counted("More than 4,000 people have been wounded since Aug. 1.", [], language).tallies
    assert (tally.since, tally.until, tally.part) == (date(2021, 8, 1), date(2021, 8, 10), "cumulative")


def test_a_toll_of_the_war_is_no_count_of_the_clash(language: Language) -> None:
    text = "A clash broke out near the river. The conflict has killed more than 90,000 people since 2011."
    found = counted(text, [("clash", "clash")], language)
    assert found.per_draft == ((),)
    assert told(found.tallies) == [("killed", 90000, None)]
