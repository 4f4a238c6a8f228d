"""Copies: an edited text is still its source's copy, another reporter's account of the same happening is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.model.text import Report
from dateline.read.copies import Copy, find_copies, repeats, runs_in, sketch_of

WIRE = [
    "PORT ARDEN - Shells hit the covered market of Port Arden on Monday morning, killing at least eleven people, doctors said.",
    "The market had just opened when the first round came through the roof, said Lina Haddow, who sells cloth there.",
    "Ambulances could not reach the eastern gate for more than an hour because the bridge road was under fire.",
    "The army blamed rebels holding the hills above the town, while a rebel spokesman denied any shelling that day.",
    "Aid workers counted forty wounded in two clinics and said that both were running out of blood and fuel.",
    "It was the deadliest day in Port Arden since the truce of last spring collapsed in September.",
]
RIVAL = [
    "Eleven traders died when artillery struck Port Arden's market hall, the town's hospital director told this newspaper.",
    "Witnesses spoke of four explosions within ten minutes, beginning shortly before nine o'clock on Monday.",
    "A rebel officer rejected the army's charge that his men had opened fire from the hills.",
    "Two clinics treated some forty injured people by torchlight, as fuel for the generators had run out.",
    "The shelling ends months in which the port had been spared, residents said, although the spring truce is long dead.",
]
ELSEWHERE = [
    "Negotiators met again in the capital on Tuesday to talk about opening the northern railway to relief trains.",
    "A spokeswoman for the ministry of transport said that engineers had begun to clear the line of mines.",
    "Farmers along the river expect the harvest to be a third smaller than in the year before the war.",
]


def report(report_id: str, sentences: list[str], day: int = 1, title: str | None = None, **more: str) -> Report:
    body = "\n\n".join(sentences)
    text = f"{title}\n\n{body}" if title else body
    return Report(id=report_id, title=title, published=date(2021, 8, day), text=text, **more)


def copies(*reports: Report) -> list[Copy]:
    return find_copies(sketch_of(item) for item in reports)


EDITS: dict[str, Callable[[list[str]], list[str]]] = {
    "the same": lambda s: s,
    "cut": lambda s: s[:3],
    "reordered": lambda s: s[::-1],
    "another lead": lambda s: ["A market in the south came under fire at the start of the week, with many casualties.", *s[1:]],
    "another byline": lambda s: [
        "By Our Own Correspondent",
        *s,
        "Copyright The Lakeside Herald. All rights reserved.",
    ],
    "merged with another": lambda s: [*s, *ELSEWHERE],
    "a few words changed": lambda s: [line.replace("said", "told reporters").replace("killing", "leaving") for line in s],
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_an_edited_text_is_a_copy_of_the_earlier_one(edit: Callable[[list[str]], list[str]]) -> None:
    found = copies(report("copy", edit(WIRE), day=2, title="Market hit"), report("source", WIRE, title="Shells on Port Arden"))
    assert [(copy.report_id, copy.of) for copy in found] == [("copy", "source")]


def test_another_reporter_on_the_same_happening_is_a_witness_of_his_own() -> None:
    assert copies(report("a", WIRE), report("b", RIVAL), report("c", ELSEWHERE)) == []


def test_a_merged_report_repeats_both_its_sources() -> None:
    found = copies(report("m", [*WIRE, *ELSEWHERE], day=2), report("a", WIRE), report("b", ELSEWHERE))
    assert {copy.of for copy in found} == {"a", "b"}


def test_the_kind_says_how_much_is_repeated() -> None:
    same, part = (
        copies(report("s", WIRE, day=2), report("o", WIRE))[0],
        copies(report("p", WIRE[:2], day=2), report("o", WIRE))[0],
    )
    assert (same.kind, same.share, part.kind) == ("exact", 1.0, "part")


def test_the_outlets_own_update_is_a_version() -> None:
    first = report("a", WIRE, url="https://www.herald.example/market?ref=home")
    update = report("b", [*WIRE, "Officials later put the toll at fourteen."], day=2, url="https://herald.example/market/")
    other = report("c", WIRE, day=2, url="https://gazette.example/market")
    assert [copy.is_version for copy in copies(first, update)] == [True]
    assert [copy.is_version for copy in copies(first, other)] == [False]


@given(st.permutations([report("a", WIRE), report("b", WIRE[:4], day=2), report("c", RIVAL, day=2), report("d", WIRE, day=3)]))
def test_the_order_given_plays_no_part(reports: list[Report]) -> None:
    found = copies(*reports)
    assert [(copy.report_id, copy.of) for copy in found] == [("b", "a"), ("d", "a"), ("d", "b")]


def test_a_sentence_repeats_when_it_stands_in_the_other_text_but_for_a_few_words() -> None:
    runs = runs_in("\n".join(WIRE))
    assert repeats(WIRE[2], runs)
    assert repeats(WIRE[2].replace("more than an hour", "an hour"), runs)
    assert not repeats(RIVAL[1], runs)
    assert not repeats("Too short.", runs)


def test_texts_too_short_to_tell_are_no_copies() -> None:
    assert copies(report("a", ["Shells hit a market."]), report("b", ["Shells hit a market."], day=2)) == []
