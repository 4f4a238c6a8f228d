"""Fact, plan, attempt, denial, fear: a table of sentences of our own, the PETRARCH2 probe among them."""

from __future__ import annotations

import pytest

from dateline.model.text import Report
from dateline.pipeline import Resources, tell
from tests.extract.status_sentences import SENTENCES


@pytest.mark.parametrize(("sentence", "kind", "status"), SENTENCES)
def test_status(sentence: str, kind: str, status: str | None, resources: Resources) -> None:
    reading = resources.language.read(Report(id="probe", text=sentence))
    told = {(one.draft.type, one.draft.status) for one in tell(reading, resources).told}
    if status is None:
        assert not told & {(kind, "happened"), (kind, "ongoing")}
    else:
        assert (kind, status) in told
