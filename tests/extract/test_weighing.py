"""What is kept of what a report may tell: sentences of our own."""

from __future__ import annotations

import pytest

from dateline.extract.weighing import is_note
from dateline.model.text import Report
from dateline.pipeline import Resources, code_report

PADDING = " The road was closed. The shops were open. The mayor spoke on the radio. The weather was dry."


@pytest.mark.parametrize(
    "sentence",
    [
        "Troops conducted an operation in search of a Taliban leader in Logar.",
        "Soldiers raided two farms in pursuit of a Haqqani commander.",
    ],
)
def test_whom_of_an_armed_group_an_operation_is_after_is_kept(sentence: str, resources: Resources) -> None:
    record = code_report(Report(id="r1", text=sentence + PADDING), resources)
    (hunt,) = [event for event in record.events if event.type == "arrest"]
    assert hunt.status == "attempted"
    assert [actor.kind for actor in hunt.on] == ["rebel_group"]


def test_a_search_for_the_missing_is_no_arrest(resources: Resources) -> None:
    record = code_report(Report(id="r1", text="Soldiers searched for the missing sailors near Sur." + PADDING), resources)
    assert not [event for event in record.events if event.type == "arrest"]


def test_a_note_has_no_title_and_three_sentences_at_most(resources: Resources) -> None:
    note = "Rebels shelled Dunmore. Two men died."
    assert is_note(resources.language.read(Report(id="r1", text=note)))
    assert not is_note(resources.language.read(Report(id="r2", text=note + PADDING)))
    assert not is_note(resources.language.read(Report(id="r3", title="Shelling in Dunmore", text="Shelling in Dunmore\n" + note)))


def test_a_note_is_believed(resources: Resources) -> None:
    record = code_report(Report(id="r1", text="Police seized nine rifles in Nakuru."), resources)
    assert [(event.type, event.means.text if event.means else None) for event in record.events] == [
        ("restriction", "nine rifles")
    ]
