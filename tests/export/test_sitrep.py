from __future__ import annotations

import re
from datetime import date

import pytest

from dateline.export.sitrep import markdown, situation
from dateline.store.archive import Archive
from tests.web import small_archive


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    address = str(tmp_path_factory.mktemp("sitrep") / "small.sqlite")
    small_archive.fill(address)
    with Archive.open(address, create=False) as opened:
        yield opened


@pytest.fixture
def report(archive):
    return situation(archive.incidents(), archive.holdings(), date(2021, 8, 6), date(2021, 8, 12), None, date(2021, 8, 10))


def test_every_sentence_cites_a_listed_source(report):
    numbers = {cited.number for cited in report.sources}
    lines = [line for day in report.days for line in day.lines]
    lines += [*report.control, *report.disputes, *report.open, *report.new, *report.politics]
    assert lines
    assert all(line.cites and set(line.cites) <= numbers for line in lines)


def test_an_open_count_keeps_the_sum_open(report):
    killed = next(one for one in report.sums if one.measure == "killed")
    assert (killed.low, killed.high) == (14 + 200 + 3, None)
    assert killed.words.startswith("217 or more killed, in 3 incidents")


def test_a_dispute_names_both_sides_and_a_claim_its_speaker(report):
    [dispute] = [line.words for line in report.disputes if "Kunduz" in line.words]
    assert "it happened" in dispute and "The interior ministry" in dispute
    [strike] = [line.words for day in report.days for line in day.lines if "Air strike" in line.words]
    assert "Claimed only by the defence ministry" in strike


def test_what_is_feared_stands_apart_from_what_happened(report):
    happened = " ".join(line.words for day in report.days for line in day.lines)
    assert "Mazar-i-Sharif" not in happened
    assert any("Mazar-i-Sharif" in line.words and "Feared or possible" in line.words for line in report.open)


def test_changes_of_control_lie_in_the_days_and_say_who_denies(report):
    assert [line.words for line in report.control] == [
        "Kunduz, AF: contested, Taliban there since 8 Aug 2021. Denied in State Herald."
    ]


def test_markdown_lists_its_sources_by_number(report):
    made = markdown(report)
    cited = {int(number) for number in re.findall(r" \[(\d+)\]", made)}
    listed = {int(number) for number in re.findall(r"^(\d+)\. ", made, re.M)}
    assert cited <= listed
