"""The counting words: every table loads, and a broken file says which entry is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.codebook.quantities import FILE, load_sum_words, load_vague_table, vague_table_names
from dateline.errors import BrokenCodebook, UsageError

OWN = Path(__file__).parents[2] / "dateline" / "codebook" / FILE


def test_every_table_loads_and_has_the_common_words() -> None:
    assert vague_table_names() == ("acled", "airwars", "guidelines", "isaf")
    for name in vague_table_names():
        assert {"several", "dozens", "hundreds", "a few"} <= load_vague_table(name).words.keys()


def test_an_unknown_table_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="guidelines"):
        load_vague_table("nonesuch")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('"a few" = 3', '"a few" = 0', "a few"),
        ("twelve = 12", 'twelve = "12"', "twelve"),
        ("[measures.killed]", "[measures.slain]", "slain"),
        ('adjectives = ["captured"]', 'adjectives = ["captured", "dead"]', "dead"),
        ('"so far this"', '"so far ("', "no pattern"),
        ("[people]", "[peoples]", "people"),
        ("[numbers]", "[numbers", "not TOML"),
    ],
)
def test_a_broken_codebook_names_the_entry(old: str, new: str, says: str, tmp_path: Path) -> None:
    text = OWN.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / FILE).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(BrokenCodebook, match=says):
        load_vague_table("guidelines", tmp_path)


def test_groups_for_sums() -> None:
    assert "soldier" in load_sum_words().groups["fighters"]
    assert "child" in load_sum_words().groups["children"]
