"""Reports as wholes: rare words and names bring them together, the everyday words of the trade do not."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.codebook.frequency import WordTable, load_word_table
from dateline.link.gist import gist_of, likeness
from dateline.link.stories import Story, group_reports, story_of
from dateline.link.weights import load_weights
from dateline.model.event import ReportHead

MARINA = (
    "Oskar Brandvold was shot dead outside the Quayside Tavern in Hollenbeck late on Tuesday, police said. "
    "A bartender, Imelda Roux, was grazed."
)
TRIAL = (
    "A jury heard on Monday how Oskar Brandvold died outside Hollenbeck's Quayside Tavern. "
    "Imelda Roux told of the gunshots she heard."
)
OTHER = "Two brothers were wounded when shots were fired at a barbecue in Pineridge on Tuesday night, the sheriff's office said."


@pytest.fixture(scope="module")
def table() -> WordTable:
    return load_word_table()


def story(report_id: str, text: str, day: str, table: WordTable) -> Story:
    head = ReportHead(id=report_id, outlet=None, title=None, published=date.fromisoformat(day), url=None, language=None)
    return story_of(head, (), gist_of(text, table))


def test_rare_words_weigh_and_everyday_words_of_the_trade_do_not(table: WordTable) -> None:
    assert table.weight("brandvold") > table.weight("tavern") > table.weight("house") >= 0
    assert table.weight("police") == table.weight("tuesday") == table.weight("the") == 0
    gist = gist_of(MARINA, table)
    assert "oskar brandvold" in gist.names
    assert "police" not in gist.words


def test_likeness_is_of_the_matter_not_of_the_trade(table: WordTable) -> None:
    first, second, third = (gist_of(text, table) for text in (MARINA, TRIAL, OTHER))
    assert likeness(first, second) == likeness(second, first) > 0.3
    assert likeness(first, third) < 0.1
    assert likeness(first, first) == pytest.approx(1.0, abs=1e-4)


def test_reports_of_one_story_form_one_group_in_any_order(table: WordTable) -> None:
    stories = [
        story("a", MARINA, "2014-03-05", table),
        story("b", TRIAL, "2014-03-10", table),
        story("c", OTHER, "2014-03-05", table),
    ]
    assert group_reports(stories, load_weights()) == [("a", "b"), ("c",)]
    assert group_reports(reversed(stories), load_weights()) == [("a", "b"), ("c",)]


def test_an_article_or_a_party_of_the_war_is_no_name(table: WordTable) -> None:
    text = "The Brandvold said on Monday that The Northern Host had left. Imelda Roux fled from Northern Host men."
    assert gist_of(text, table, known=frozenset({"northern", "host"})).names == {"imelda roux"}
    assert not gist_of(text, table, known=frozenset({"northern", "host"})).words.keys() & {"northern", "host"}


def test_a_title_that_the_text_lacks_is_read_too(table: WordTable) -> None:
    assert "oskar brandvold" in gist_of("He died at once.", table, title="Oskar Brandvold killed").names
