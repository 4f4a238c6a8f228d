"""The errors page and the page of results, out of invented outcomes."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from dateline.errors import UsageError
from dateline.evaluate.errors_page import errors_page, marked, worst_first
from dateline.evaluate.metrics import Measured, accuracy, measure
from dateline.evaluate.registry import YARDSTICKS, yardstick
from dateline.evaluate.results import Line, hash_of, results_page
from dateline.evaluate.run import Outcome, RivalOutcome
from dateline.evaluate.yardstick import Judged, Mark, Row, Skipped, shown
from dateline.settings import Settings

ITEMS = (
    Judged("right", {"place": (1, 1)}, "All well.", (shown("place", "Kesh", "Kesh"),)),
    Judged("one", {"place": (0, 1)}, "Kesh <fell>.", (shown("place", "Kesh", None),), (Mark(0, 4, "place", gold=True),)),
    Judged(
        "two", {"place": (0, 1)}, "Both.", (shown("place", "a", "b"), Row("when", "1", "2", False), Row("note", "x", "y", None))
    ),
)


def outcome(**more: object) -> Outcome:
    figures = measure([accuracy("place")], [item.counts for item in ITEMS])
    known = {"yardstick": "isaf", "n": 3, "reports": 3, "figures": figures, "seconds": 1.5, "peak_mb": 200.0, "version": "0.1.0",
             "skipped": (), "judged": ITEMS}  # fmt: skip
    return Outcome(**{**known, **more})  # type: ignore[arg-type]


def test_worst_first_and_nothing_that_is_right() -> None:
    assert [item.id for item in worst_first(ITEMS)] == ["two", "one"]


def test_the_page_is_whole_and_safe() -> None:
    page = errors_page(yardstick("isaf"), outcome())

    class Counting(HTMLParser):
        seen: list[str]

        def __init__(self) -> None:
            super().__init__()
            self.seen = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.seen.append(tag)
            if tag == "article":
                json.loads(dict(attrs)["data-slots"] or "")

    parser = Counting()
    parser.feed(page)
    assert parser.seen.count("article") == 2
    assert "&lt;fell&gt;" in page and "<fell>" not in page
    assert '<mark title="place">Kesh<sub>place</sub></mark>' in page
    assert not re.search(r"""(?:src|href)=|https?://|@import""", page.split("<details", 1)[0])
    assert page == errors_page(yardstick("isaf"), outcome())


def test_a_page_without_errors_says_so() -> None:
    assert "Nothing is wrong." in errors_page(yardstick("isaf"), outcome(judged=ITEMS[:1]))


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([(0, 3), (4, 7)], "<one> <two>"),
        ([(0, 7), (4, 7)], "<one two>"),  # crossing: the first stays whole
        ([(4, 7), (0, 3)], "<one> <two>"),
        ([(4, 99)], "one two"),  # outside of the text
        ([], "one two"),
    ],
)
def test_marks(marks: list[tuple[int, int]], expected: str) -> None:
    html = str(marked("one two", [Mark(a, b, "x", gold=True) for a, b in marks]))
    assert re.sub(r'<mark title="x">(.*?)<sub>x</sub></mark>', r"<\1>", html) == expected


def test_json_has_the_fixed_form() -> None:
    assert json.loads(outcome().to_json()) == {
        "yardstick": "isaf",
        "n": 3,
        "figures": {"place": 33.33},
        "intervals": {"place": [outcome().figures[0].low, outcome().figures[0].high]},
        "seconds": 1.5,
        "peak_mb": 200.0,
        "version": "0.1.0",
    }


def test_results_hold_figures_rivals_and_what_was_skipped(tmp_path: Path) -> None:
    settings = Settings(gazetteer=tmp_path)
    rival = RivalOutcome("a coin", (Measured("place", 50.0, 40.0, 60.0, "1/2"),))
    line = Line(outcome(skipped=(Skipped("somewhere/far/isaf/dev.jsonl", 7, "not JSON"),)), (rival,), ("dateparser",))
    page = results_page([line], settings, 20, 75.0)
    assert "| isaf | 3 | place | 33.3 |" in page
    assert "| place (a coin) | 50.0 | 40.0–60.0 | 1/2 | rival |" in page
    assert "`isaf/dev.jsonl:7: not JSON`" in page
    assert "dateparser" in page
    assert "at most 20 a yardstick" in page
    assert re.search(r"language model \S+ \d+\.\d+\.\d+, sha256 [0-9a-f]{16}", page)
    widths = {row.count("|") for row in page.splitlines() if row.startswith("|")}
    assert len(widths) == 1


def test_a_hash_follows_names_and_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("1")
    first = hash_of(tmp_path)
    assert first == hash_of(tmp_path)
    (tmp_path / "a").rename(tmp_path / "b")
    assert hash_of(tmp_path) != first
    assert hash_of(tmp_path / "nowhere") == "not there"


@pytest.mark.parametrize("name", ["voa_gold", "voa-gold", "false-alarms", "event_place"])
def test_names_with_either_line(name: str) -> None:
    assert yardstick(name).name == name.replace("-", "_")


def test_an_unknown_name_lists_those_there_are() -> None:
    with pytest.raises(UsageError, match="voa_gold, seed, isaf"):
        yardstick("acled")


def test_each_yardstick_says_source_mapping_and_limits() -> None:
    for stick in YARDSTICKS:
        assert "Source:" in stick.about and "PATH" in stick.about, stick.name
        assert "Mapped" in stick.about, stick.name
        assert set(stick.best_known) <= {figure.name for figure in stick.figures([])} or stick.name == "geo", stick.name
