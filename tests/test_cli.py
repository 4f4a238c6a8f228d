"""The command as a process: what it prints, how it fails, its exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.cli import COMMANDS

TEXT = "Rebels seized the town of Goma on Monday, killing at least 12 soldiers, the army said."


def dateline(*args: str, stdin: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "dateline", *args], input=stdin, capture_output=True, cwd=cwd, timeout=300, check=False
    )


def test_read_prints_the_record_as_json(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(TEXT)
    done = dateline("read", str(path), "--published", "2025-01-28", "--outlet", "Lake Wire", "--json")
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout)
    assert set(record) == {"report", "events", "tallies", "notes"}
    assert record["report"]["outlet"] == "Lake Wire"
    assert set(record["report"]) == {"id", "outlet", "title", "published", "url", "language"}
    gain = next(event for event in record["events"] if event["type"] == "territory_gain")
    for key in (
        "id",
        "status",
        "trigger",
        "by",
        "on",
        "place",
        "when",
        "figures",
        "control",
        "means",
        "sources",
        "evidence",
        "confidence",
    ):
        assert key in gain
    assert gain["place"]["name"] == "Goma"
    assert gain["when"]["start"] == "2025-01-27"
    assert gain["control"]["to"]["span"]["text"] == "Rebels"


@pytest.mark.parametrize("columns", ["70", "160"])
def test_read_prints_a_table_with_the_words(tmp_path: Path, columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    path = tmp_path / "report.txt"
    path.write_text(TEXT)
    done = dateline("read", str(path), "--published", "2025-01-28")
    assert done.returncode == 0, done.stderr
    printed = done.stdout.decode()
    for words in ("who says so", "seized", "Goma", "12"):
        assert words in printed


def test_json_lines_stream_through_in_order_and_bad_lines_are_set_aside() -> None:
    lines = [json.dumps({"id": str(n), "published": "2025-01-28", "text": TEXT}) for n in range(3)]
    lines.insert(1, "{no json")
    done = dateline("read", "-", "--json", stdin="\n".join(lines).encode())
    assert [json.loads(line)["report"]["id"] for line in done.stdout.splitlines()] == ["0", "1", "2"]
    assert done.returncode == 1
    assert b"standard input line 2 is no JSON" in done.stderr


def test_without_the_model_the_rules_alone_decide() -> None:
    text = b"Doctors warned that the raid on the old market could happen again. The fighting of 1994 is remembered here."
    events, unweighed = (
        json.loads(dateline("read", "-", "--json", *flags, stdin=text).stdout)["events"] for flags in ((), ("--no-model",))
    )
    assert len(unweighed) > len(events)
    assert all(event["made_by"].startswith("rule ") for event in unweighed)


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("read", "missing.txt"), 2, b"does not exist"),
        (("read", "-"), 3, b"is empty"),
        (("read",), 2, b"Missing argument"),
        (("read", "-", "--published", "yesterday"), 2, b"yesterday"),
        (("nonsense",), 2, b"No such command"),
    ],
)
def test_errors_are_one_line_with_a_documented_code(args: tuple[str, ...], code: int, words: bytes, tmp_path: Path) -> None:
    done = dateline(*args, cwd=tmp_path)
    assert done.returncode == code
    assert words in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_missing_gazetteer_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_GAZETTEER", str(tmp_path))
    done = dateline("read", "-", stdin=TEXT.encode())
    assert done.returncode == 4
    assert b"make setup" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_explains_itself(name: str) -> None:
    done = dateline(name, "--help")
    assert done.returncode == 0
    assert b"Usage:" in done.stdout
    assert len(done.stdout.splitlines()) > 5
