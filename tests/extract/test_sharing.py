"""What a happening leaves unsaid comes from beside it, and only when nobody else could be meant."""

from __future__ import annotations

import pytest

from dateline.model.text import Report
from dateline.pipeline import Resources, code_report

TABLE = (
    # a state's forces fight the one armed group that the sentence names
    ("Syrian jets carried out air strikes to help soldiers against Ahrar al-Sham on Monday.", "airstrike", ["Ahrar al-Sham"]),
    ("Police fired tear gas on Friday. Protesters had thrown stones outside the court.", "crackdown", []),
    ("Protesters had thrown stones outside the court. Police fired tear gas.", "crackdown", ["Protesters"]),
)


@pytest.mark.parametrize(("text", "kind", "on"), TABLE)
def test_to_whom(text: str, kind: str, on: list[str], resources: Resources) -> None:
    record = code_report(Report(id="table", text=text), resources)
    events = [event for event in record.events if event.type == kind]
    assert [[actor.span.text for actor in event.on] for event in events] == [on]
