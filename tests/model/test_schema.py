"""The published schema is that of the code."""

from __future__ import annotations

from pathlib import Path

from dateline.model.schema import record_schema


def test_the_published_schema_is_current() -> None:
    published = Path(__file__).parents[2] / "docs" / "record.schema.json"
    assert published.read_text(encoding="utf-8") == record_schema(), (
        "run python -m dateline.model.schema > docs/record.schema.json"
    )
