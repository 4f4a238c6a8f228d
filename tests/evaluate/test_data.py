"""Lines that are no items are named by file and line and skipped; the others are judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import UsageError
from dateline.evaluate.data import find_file, read_lines, sample
from dateline.evaluate.registry import YARDSTICKS
from dateline.evaluate.yardstick import Yardstick


def test_a_wrong_line_is_named_and_skipped(tmp_path: Path) -> None:
    path = tmp_path / "dev.jsonl"
    path.write_bytes(b'{"id": "a"}\n\n[1]\n{"name": 1}\n{oh\n\xff\xfe\n{"id": "b"}\n')
    data = read_lines(path, lambda line: [line["id"]])
    assert data.items == ("a", "b")
    assert [(one.line, one.reason.split(" (")[0]) for one in data.skipped] == [
        (3, "ValueError: a JSON object is expected, not list"),
        (4, "no 'id'"),
        (5, "not JSON"),
        (6, "not UTF-8"),
    ]
    assert str(data.skipped[0]).startswith(f"{path}:3: ")


@pytest.mark.parametrize("stick", [one for one in YARDSTICKS if one.name != "seed"], ids=lambda one: str(one.name))
def test_every_yardstick_skips_a_line_of_another_form(stick: Yardstick[object], tmp_path: Path) -> None:
    path = tmp_path / stick.file
    path.write_text('{"id": "x"}\n{"id": 7, "text": null, "gold": []}\nnot json\n', encoding="utf-8")
    data = stick.read(path)
    assert data.items == ()
    assert [one.line for one in data.skipped] == [1, 2, 3]


def test_a_folder_is_searched(tmp_path: Path) -> None:
    (tmp_path / "part.jsonl").write_text("{}\n")
    assert find_file(tmp_path, "dev.jsonl").name == "part.jsonl"
    (tmp_path / "dev.jsonl").write_text("{}\n")
    assert find_file(tmp_path, "dev.jsonl").name == "dev.jsonl"
    (tmp_path / "dev.jsonl").rename(tmp_path / "other.jsonl")
    with pytest.raises(UsageError, match=r"2 \.jsonl files"):
        find_file(tmp_path, "dev.jsonl")
    with pytest.raises(UsageError, match="no such file"):
        find_file(tmp_path / "nowhere", "dev.jsonl")


@pytest.mark.parametrize(
    ("limit", "expected"),
    [(None, tuple(range(10))), (20, tuple(range(10))), (5, (0, 2, 4, 6, 8)), (3, (0, 3, 6)), (1, (0,))],
)
def test_a_sample_is_spread_evenly(limit: int | None, expected: tuple[int, ...]) -> None:
    assert sample(range(10), limit) == expected
