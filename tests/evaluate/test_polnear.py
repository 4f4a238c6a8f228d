"""An invented article: sources and contents of attributions, all and of speech alone."""

from __future__ import annotations

import pytest

from dateline.evaluate.metrics import measure
from dateline.evaluate.polnear import YARDSTICK, to_article
from dateline.model.reading import Quote
from tests.evaluate.invented import Invented, chars

TEXT = 'The mayor said that roads were shut. "We want peace," she added. Farmers fear a long winter.'


def brat(*rows: tuple[str, str]) -> str:
    lines, links = [], []
    for number, (roles, words) in enumerate(rows, start=1):
        where = chars(TEXT, words)
        lines.append(f"T{number}\t{roles.split(':')[1]} {where.start} {where.end}\t{words}")
        links.append((roles.split(":")[0], f"{roles.split(':')[1]}:T{number}"))
    events = {key: " ".join(link for name, link in links if name == key) for key, _ in links}
    return "\n".join([*lines, *(f"{key}\t{row}" for key, row in events.items())])


ITEM = to_article(
    {
        "id": "p1",
        "text": TEXT,
        "ann": brat(
            ("E1:Source", "The mayor"),
            ("E1:Cue", "said"),
            ("E1:Content", "that roads were shut"),
            ("E2:Source", "she"),
            ("E2:Cue", "added"),
            ("E2:Content", '"We want peace,"'),
            ("E3:Source", "Farmers"),
            ("E3:Cue", "fear"),
            ("E3:Content", "a long winter"),
        ),
    }
)


def quote(speaker: str | None, cue: str, content: str, is_speech: bool = True) -> Quote:
    return Quote(
        content=(chars(TEXT, content),),
        speaker=chars(TEXT, speaker) if speaker else None,
        cue=chars(TEXT, cue),
        stance="asserts",
        speaker_name=speaker or "",
        speaker_kind="person",
        is_speech=is_speech,
    )


def figures(*told: Quote) -> dict[str, float]:
    (judged,) = YARDSTICK.judge([ITEM], Invented([told]))
    return {one.name: one.value for one in measure(YARDSTICK.figures([ITEM]), [judged.counts])}


def test_cues_of_speech_are_told_apart() -> None:
    assert [a.is_speech for a in ITEM.attributions] == [True, True, False]


def test_all_found() -> None:
    values = figures(
        quote("The mayor", "said", "that roads were shut"),
        quote("she", "added", "We want peace"),  # quotes and commas make no difference
        quote("Farmers", "fear", "a long winter", is_speech=False),
    )
    assert set(values.values()) == {100.0}


def test_speech_alone() -> None:
    values = figures(quote("The mayor", "said", "that roads were shut"), quote("she", "added", "We want peace"))
    assert values["speech_source"] == values["speech_content"] == values["speech_source_exact"] == 100.0
    assert values["source"] == values["content"] == pytest.approx(100 * 2 * 2 / (3 + 2))


def test_a_source_without_speaker_and_a_content_that_only_overlaps() -> None:
    values = figures(quote(None, "said", "roads were shut"), quote("mayor", "added", '"We want peace,"'))
    assert values["speech_source"] == 0.0  # one not given, one of somebody else
    assert values["speech_content"] == 100.0
    assert values["speech_content_exact"] == 50.0


def test_our_answer_in_brats_form_reads_back() -> None:
    (judged,) = YARDSTICK.judge([ITEM], Invented([(quote("she", "added", "We want peace"),)]))
    assert judged.prediction is not None
    (again,) = to_article({"id": "p1", "text": TEXT, "ann": judged.prediction["ann"]}).attributions
    assert [TEXT[c.start : c.end] for c in (*again.source, *again.cue, *again.content)] == ["she", "added", "We want peace"]
