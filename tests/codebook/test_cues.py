"""The table of cues: loaded whole, and a broken entry stops with its name."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from dateline.codebook.cues import load_cues
from dateline.errors import BrokenCodebook


def test_a_word_of_several_entries_keeps_each_sense() -> None:
    ask = load_cues().verbs["ask"][0]
    assert ask.takes["clause"].speech and not ask.takes["clause"].act
    assert ask.takes["to"].act and not ask.default.act


def test_a_cue_with_its_particle_comes_before_the_bare_one() -> None:
    cues = load_cues()
    assert [cue.particle for cue in cues.verbs["call"]][-1] is None
    assert {"for", "on"} <= {cue.particle for cue in cues.verbs["call"]}


def test_every_stance_has_a_verb_of_speech() -> None:
    stances = {cue.default.stance for cues in load_cues().verbs.values() for cue in cues if cue.default.speech}
    assert stances == {"asserts", "claims", "confirms", "denies", "doubts"}


BROKEN = [
    ('stance = "asserts"', 'stance = "mumbles"', "mumbles"),
    ("speech = true", 'speech = "yes"', "speech"),
    ('takes = ["clause"]', 'takes = ["verse"]', "verse"),
    ("[[phrase]]", "[[phrases]]", "phrase"),
    ('"say", "tell"', '"Say", "tell"', "Say"),
    ("[nouns]", "[names]", "nouns"),
    ("unverified = [", 'unverified = ["(",', "unverified"),
]


@pytest.mark.parametrize(("old", "new", "named"), BROKEN)
def test_a_broken_table_is_named(old: str, new: str, named: str, tmp_path: Path) -> None:
    text = (files("dateline.codebook") / "cues.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "cues.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(BrokenCodebook, match=named):
        load_cues(tmp_path)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(BrokenCodebook, match=r"cues\.toml"):
        load_cues(tmp_path)
