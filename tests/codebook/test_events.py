"""The event codebook: whole, and broken entries named by file and line."""

from __future__ import annotations

import shutil
from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest

from dateline.codebook.events import load_events
from dateline.errors import BrokenCodebook
from dateline.model.event import EventType


def test_every_type_has_a_definition_entries_and_crosswalks() -> None:
    book = load_events()
    assert set(book.types) == set(get_args(EventType))
    for kind in book.types.values():
        assert kind.definition.endswith(".")
        assert kind.cameo.isdigit()
    assert {entry.type for entry in book.entries()} == set(get_args(EventType))


def test_at_least_1500_entries() -> None:
    assert sum(1 for _ in load_events().entries()) >= 1500


def test_the_more_special_entry_comes_first() -> None:
    for entries in load_events().by_first.values():
        lengths = [entry.specificity for entry in entries]
        assert lengths == sorted(lengths, reverse=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(Path(str(files("dateline.codebook"))) / "events", tmp_path / "events"))


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("attack,verb,subject>by,,,", "role>slot"),
        ("attack,verb,subj>who,,,", "role>slot"),
        ("attack,adverb,,,,", "needs words and one of"),
        ("attack,verb,,place,,", "no condition"),
        (",verb,,,,", "needs words"),
    ],
)
def test_a_broken_entry_is_named_by_file_and_line(folder: Path, line: str, complaint: str) -> None:
    file = folder / "armed_attack.csv"
    file.write_text("words,pos,frame,needs,excludes,example\nambush,noun,,,,\n" + line + "\n")
    with pytest.raises(BrokenCodebook, match=r"armed_attack\.csv line 3.*" + complaint):
        load_events(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "siege.csv").unlink()
    with pytest.raises(BrokenCodebook, match=r"siege\.csv is missing"):
        load_events(folder)
