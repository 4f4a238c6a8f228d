"""The verb, over small data of our own, through the real pipeline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dateline.commands.evaluate import evaluate
from dateline.evaluate.registry import YARDSTICKS

TEXT = (
    "Rebels shell Farby\n\nRebels shelled the market of Kunduz on Friday, killing nine people, police said.\n\n"
    "Police later arrested two men in Kabul."
)
GOLD = {
    "id": "r1",
    "published": "2021-08-07",
    "title": "Rebels shell Farby",
    "text": TEXT,
    "events": [
        {"id": "e1", "type": "shelling", "status": "happened", "sents": [1, 0], "trigger": "shelled", "by": ["Rebels"], "on": []},
        {
            "id": "e2",
            "type": "arrest",
            "status": "happened",
            "sents": [2],
            "trigger": "arrested",
            "by": ["Police"],
            "on": ["men"],
        },
    ],
}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(GOLD) + "\nnot an item\n", encoding="utf-8")
    return path


def run(*args: object) -> Result:
    return CliRunner().invoke(evaluate, [str(arg) for arg in args], catch_exceptions=False)


def test_json_has_all_figures_and_is_the_same_each_time(gold: Path) -> None:
    first, again = (json.loads(run("mine", gold, "--json").stdout) for _ in range(2))
    assert list(first) == ["yardstick", "n", "figures", "intervals", "seconds", "peak_mb", "version"]
    assert (first["yardstick"], first["n"]) == ("voa_gold", 1)
    assert set(first["figures"]) == set(first["intervals"]) >= {"record_material", "record_all", "by", "by_in_pairs"}
    assert first["figures"] == again["figures"] and first["intervals"] == again["intervals"]
    assert first["seconds"] > 0 and first["peak_mb"] > 10


def test_skipped_lines_are_named_and_counted_apart_from_the_answer(gold: Path) -> None:
    result = run("voa-gold", gold)
    assert f"skipped: {gold}:2: not JSON" in result.stderr
    assert "1 lines skipped" in result.stderr
    assert "record_material" in result.stdout and "skipped" not in result.stdout


def test_errors_and_predictions_are_written(gold: Path, tmp_path: Path) -> None:
    errors, predictions = tmp_path / "errors.html", tmp_path / "ours.jsonl"
    run("voa_gold", gold, "--errors", errors, "--predictions", predictions)
    assert "errors to read" in errors.read_text(encoding="utf-8")
    (record,) = [json.loads(line) for line in predictions.read_text(encoding="utf-8").splitlines()]
    assert record["report"]["id"] == "r1"


def test_all_runs_what_is_there_and_writes_the_page(gold: Path, tmp_path: Path) -> None:
    folder = tmp_path / "yardsticks"
    (folder / "voa_gold").mkdir(parents=True)
    gold.rename(folder / "voa_gold" / "gold.jsonl")
    page = tmp_path / "out" / "results.md"
    result = run("all", folder, "--workers", 1, "--write", page)
    assert "record_material" in result.stdout
    assert "| voa_gold | 1 | record_material |" in page.read_text(encoding="utf-8")


def test_each_yardstick_is_a_command_that_says_what_it_maps() -> None:
    listed = run("--help").stdout
    for stick in YARDSTICKS:
        assert stick.name in listed
        about = run(stick.name, "--help").stdout
        assert "Source:" in about and "Mapped" in about
        assert {"--limit", "--json", "--errors", "--predictions", "--workers"} <= set(about.split())
