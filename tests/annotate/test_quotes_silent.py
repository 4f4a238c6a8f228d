"""Who was asked and said nothing: (text, who, words) of every silence."""

from __future__ import annotations

import pytest

from dateline.annotate.language import Language
from dateline.annotate.quotes_silent import find_silences
from dateline.codebook.cues import load_cues
from dateline.model.text import Report


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The mayor refused to comment.", [("The mayor", "refused to comment")]),
        ("The ministry declined to comment on the raid.", [("The ministry", "declined to comment")]),
        (
            "A spokesman for the army declined to comment on reports that 12 civilians were killed.",
            [("A spokesman for the army", "declined to comment")],
        ),
        ("The governor could not be reached for comment.", [("The governor", "could not be reached")]),
        ("The agency could not immediately reach the governor for comment.", [("the governor", "could not immediately reach")]),
        (
            "Army officials were not immediately available for comment.",
            [("Army officials", "were not immediately available for comment")],
        ),
        ("The envoy was unavailable for comment.", [("The envoy", "was unavailable for comment")]),
        ("The rebels did not respond to a request for comment.", [("The rebels", "did not respond to a request for comment")]),
        ("The defence ministry did not immediately reply.", [("The defence ministry", "did not immediately reply")]),
        ("There was no immediate comment from the army on the raid.", [("the army", "There was no immediate comment")]),
        ("There was no immediate word from the rebels.", [("the rebels", "There was no immediate word")]),
        ("There was no immediate comment.", [(None, "There was no immediate comment")]),
        ("The militia has not commented on the report.", [("The militia", "has not commented on")]),
        ("The army had no comment.", [("The army", "had no comment")]),
        ("The mayor commented on the raid.", []),
        ("The army said it would answer any attack.", []),
    ],
)
def test_silences(text: str, expected: list[tuple[str | None, str]], language: Language) -> None:
    found = find_silences(language.read(Report(id="t", text=text)), load_cues())
    assert [(one.who, text[one.chars.start : one.chars.end]) for one in found] == expected
