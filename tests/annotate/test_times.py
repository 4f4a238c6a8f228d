"""Time expressions: (text, what is found as words → TIMEX3 value), intervals, anchors, and what is no time at all."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.annotate import time_values as cal
from dateline.annotate.language import Language
from dateline.annotate.time_numbers import number_of
from dateline.annotate.time_own_day import own_day
from dateline.annotate.time_words import scan
from dateline.annotate.times import find_times
from dateline.model.reading import TimeMention
from dateline.model.text import Report

WEDNESDAY = date(2019, 6, 12)


def times_of(language: Language, text: str, published: date | None = WEDNESDAY) -> tuple[TimeMention, ...]:
    return find_times(language.read(Report(id="r", text=text, published=published)))


def as_values(text: str, found: tuple[TimeMention, ...]) -> dict[str, str]:
    return {text[mention.chars.start : mention.chars.end]: mention.value for mention in found}


VALUES = [
    # dates in all usual forms
    ("Gunmen killed nine villagers on 3 March 2018.", {"3 March 2018": "2018-03-03"}),
    ("The dam fell on Oct. 13, 2017, he said.", {"Oct. 13, 2017": "2017-10-13"}),
    ("It was shelled on the 21st of April.", {"the 21st of April": "2019-04-21"}),
    ("The record says 2018-11-30.", {"2018-11-30": "2018-11-30"}),
    ("The truce of 11/30/2018 held.", {"11/30/2018": "2018-11-30"}),
    ("It was shelled on 24.07.2016, he said.", {"24.07.2016": "2016-07-24"}),
    ("A blast hit the port on Sunday, May 26.", {"Sunday, May 26": "2019-05-26"}),
    ("Clashes went on from July 4-6, 2018.", {"July 4-6, 2018": "2018-07-04"}),
    # weekdays look back unless the future is plain; the report's own weekday is its own day
    ("Rebels seized the bridge on Monday.", {"Monday": "2019-06-10"}),
    ("Rebels seized the bridge on Wednesday.", {"Wednesday": "2019-06-12"}),
    ("Rebels seized the bridge on Thursday.", {"Thursday": "2019-06-06"}),
    ("Envoys will meet in the capital on Thursday.", {"Thursday": "2019-06-13"}),
    ("The general is expected to arrive on Saturday.", {"Saturday": "2019-06-15"}),
    ("He was arrested last Wednesday.", {"last Wednesday": "2019-06-05"}),
    ("The court sits next Monday.", {"next Monday": "2019-06-17"}),
    ("Shelling stops every Friday.", {"every Friday": "XXXX-WXX-5"}),
    # months, seasons, years and their parts
    ("The army retook the town in March.", {"March": "2019-03"}),
    ("The army retook the town in August.", {"August": "2018-08"}),
    ("Troops will leave in August.", {"August": "2019-08"}),
    ("The offensive began in early May.", {"early May": "2019-05"}),
    ("They fled in late 2001.", {"late 2001": "2001"}),
    ("The war began in February 2014.", {"February 2014": "2014-02"}),
    ("He fled last December.", {"last December": "2018-12"}),
    ("The militia was founded in the 1990s.", {"the 1990s": "199"}),
    ("The fort dates from the 19th century.", {"the 19th century": "18"}),
    ("Fighting resumed last summer.", {"last summer": "2018-SU"}),
    ("Fighting resumed in the spring of 2016.", {"the spring of 2016": "2016-SP"}),
    ("Prices doubled in the third quarter of 2018.", {"the third quarter of 2018": "2018-Q3"}),
    # what leans on the report's day
    ("Yesterday two mortars hit the school.", {"Yesterday": "2019-06-11"}),
    ("He left the day before yesterday.", {"the day before yesterday": "2019-06-10"}),
    ("Three civilians died last week.", {"last week": "2019-W23"}),
    ("Talks resume next month.", {"next month": "2019-07"}),
    ("Ten people were shot over the weekend.", {"the weekend": "2019-W23-WE"}),
    ("He was freed three days ago.", {"three days ago": "2019-06-09"}),
    ("He was freed about two years ago.", {"about two years ago": "2017"}),
    ("The town fell earlier this month.", {"earlier this month": "2019-06"}),
    # hours and parts of a day join their day
    ("The raid began at 4:30 a.m. on Tuesday.", {"4:30 a.m. on Tuesday": "2019-06-11T04:30"}),
    ("A convoy was hit on Sunday night.", {"Sunday night": "2019-06-09TNI"}),
    ("A convoy was hit last night.", {"last night": "2019-06-11TNI"}),
    ("Jets struck the depot overnight.", {"overnight": "2019-06-11TNI"}),
    # lengths and sets are no dates
    ("The two sides held three-day talks.", {"three-day": "P3D"}),
    ("They had been besieged for two and a half years.", {"two and a half years": "P2Y6M"}),
    ("Some 400 died over the past two weeks.", {"over the past two weeks": "P2W"}),
    ("Shells fell every night.", {"every night": "XXXX-XX-XXTNI"}),
    # vague words
    ("The road is now closed.", {"now": "PRESENT_REF"}),
    ("He was recently freed.", {"recently": "PAST_REF"}),
]


@pytest.mark.parametrize(("text", "expected"), VALUES)
def test_values(text: str, expected: dict[str, str], language: Language) -> None:
    assert as_values(text, times_of(language, text)) == expected


NO_TIMES = [
    "The bloc may march 300 fighters through the valley.",
    "1st Lt. Sun led the patrol near Mar village.",
    "About three-quarters of the houses burned.",
    "Release 2014-06-B-301 lists no losses.",
    "The second brigade took the hill.",
    "Prices fall and hopes spring up.",
    "He watched USA Today and This Week.",
    "The week-long siege ended, updated 2087.",
    "The unit counted 1,500 rifles and 2100 shells.",
]


@pytest.mark.parametrize("text", NO_TIMES)
def test_what_is_no_time(text: str, language: Language) -> None:
    assert as_values(text, times_of(language, text)) == {}


INTERVALS = [
    ("The dam broke in early May.", "2019-05-01", "2019-05-10"),
    ("The dam broke in mid-August 2018.", "2018-08-11", "2018-08-20"),
    ("They fled in late 2001.", "2001-10-01", "2001-12-31"),
    ("Three civilians died last week.", "2019-06-03", "2019-06-09"),
    ("They died last weekend.", "2019-06-08", "2019-06-09"),
    ("The town fell earlier this month.", "2019-06-01", "2019-06-11"),
    ("Some 400 died over the past two weeks.", "2019-05-29", "2019-06-12"),
    ("Some 40 died in the past 24 hours.", "2019-06-11", "2019-06-12"),
    ("Jets struck the depot overnight.", "2019-06-11", "2019-06-12"),
    ("He died a year ago.", "2018-06-01", "2018-06-30"),
    ("He died in the winter of 2011.", "2011-12-01", "2012-02-29"),
    ("In the last year the front moved.", "2018-06-12", "2019-06-12"),
]


@pytest.mark.parametrize(("text", "start", "end"), INTERVALS)
def test_intervals(text: str, start: str, end: str, language: Language) -> None:
    found = [m for m in times_of(language, text) if m.start_day]
    assert [(str(m.start_day), str(m.end_day)) for m in found] == [(start, end)]


HOLIDAYS = [
    ("A bomb went off on Christmas Day.", "2018-12-25", "2018-12-25"),
    ("The truce held during Eid al-Adha 2018.", "2018-08-21", "2018-08-24"),
    ("Shots were fired on the first day of Eid al-Fitr 2019.", "2019-06-04", "2019-06-06"),
    ("The governor was killed on Good Friday.", "2019-04-19", "2019-04-19"),
    ("Crowds gathered for Nowruz.", "2019-03-21", "2019-03-21"),
    ("Ramadan 2019 passed calmly.", "2019-05-06", "2019-06-03"),
]


@pytest.mark.parametrize(("text", "start", "end"), HOLIDAYS)
def test_holidays_by_their_year(text: str, start: str, end: str, language: Language) -> None:
    assert (start, end) in {(str(m.start_day), str(m.end_day)) for m in times_of(language, text)}


NARRATIVE = [
    ("The depot burned on 2 May. Two days later the mayor resigned.", "Two days later", "2019-05-04"),
    ("The depot burned on 2 May. The next day the mayor resigned.", "The next day", "2019-05-03"),
    ("The depot burned on 2 May. A soldier died the same day.", "the same day", "2019-05-02"),
    ("The depot burned on 2 May. That night the mayor fled.", "That night", "2019-05-02TNI"),
    ("He was freed in October 2011. He was killed in March of that year.", "March of that year", "2011-03"),
]


@pytest.mark.parametrize(("text", "words", "value"), NARRATIVE)
def test_times_that_lean_on_one_just_told(text: str, words: str, value: str, language: Language) -> None:
    assert as_values(text, times_of(language, text))[words] == value


def test_a_weekday_without_a_week_still_joins_its_part_of_day(language: Language) -> None:
    text = "Rebels took the town on Friday night."
    assert as_values(text, times_of(language, text, published=None)) == {"Friday night": "XXXX-WXX-5TNI"}


def test_without_a_day_of_its_own_only_full_dates_resolve(language: Language) -> None:
    text = "Rebels took the town on Friday, after a raid yesterday and another on 3 March 2018."
    found = times_of(language, text, published=None)
    assert [m.start_day for m in found] == [None, None, date(2018, 3, 3)]
    assert all(m.anchor == "none" for m in found[:2])


HEADERS = [
    ("GOMA, Congo (Feb. 9, 2013)\nSoldiers freed two hostages yesterday.", None, date(2013, 2, 9)),
    ("GOMA, May 3 (Agency) - Soldiers freed two hostages yesterday.", date(2013, 5, 4), date(2013, 5, 3)),
    ("Command Update March 17, 2011\nGOMA (March 17) - Soldiers freed two hostages.", None, date(2011, 3, 17)),
    ("2014-06-B-301\nFor release\n\nGOMA, Congo (June 15)\nSoldiers freed two hostages today.", None, date(2014, 6, 15)),
    ("GOMA, Congo (May 15)\nSoldiers freed two hostages today.", None, None),
    ("Soldiers freed two hostages (May 15, 2012).", date(2019, 6, 12), date(2019, 6, 12)),
]


@pytest.mark.parametrize(("text", "published", "expected"), HEADERS)
def test_the_day_a_report_speaks_from(text: str, published: date | None, expected: date | None, language: Language) -> None:
    assert own_day(language.read(Report(id="r", text=text, published=published)))[0] == expected


def test_a_header_is_the_anchor_and_is_marked(language: Language) -> None:
    header, yesterday = times_of(language, "GOMA, Congo (Feb. 9, 2013)\nSoldiers freed two hostages yesterday.", None)
    assert (header.anchor, yesterday.anchor, yesterday.start_day) == ("header", "published", date(2013, 2, 8))


@pytest.mark.parametrize(
    ("words", "number"),
    [("24", 24), ("twenty-four", 24), ("two hundred", 200), ("2 1/2", 2.5), ("two thousand", 2000), ("three dozen", 36)],
)
def test_numbers(words: str, number: float) -> None:
    assert number_of(scan(words).words) == number


def test_words_keep_their_place() -> None:
    text = "On Oct. 13, at least 1,200 fled."
    words = scan(text)
    assert [text[a:b].lower() for a, b in zip(words.starts, words.ends, strict=True)] == list(words.words)
    assert len(words.letters) == len(words.words)


days = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@given(days, st.integers(-400, 400), st.sampled_from(["day", "week", "month", "quarter", "year", "decade"]))
def test_shifting_there_and_back(when: date, count: int, grain: cal.Grain) -> None:
    period = cal.holding(when, grain)
    there = cal.shift(period, count, grain) if not (grain == "decade" and abs(count) > 90) else period
    back = cal.shift(there, -count, grain) if there is not period else period
    assert back == period
    assert there.start <= there.end


@given(days, st.sampled_from(["day", "weekend", "week", "month", "quarter", "half", "year", "decade", "century"]))
def test_a_period_holds_its_parts(when: date, grain: cal.Grain) -> None:
    period = cal.holding(when, grain)
    assert period.start <= when <= period.end or grain == "weekend"
    for part in ("early", "mid", "late"):
        narrowed = cal.part_of(period, part)
        assert period.start <= narrowed.start <= narrowed.end <= period.end
        assert narrowed.value == period.value


PIECES = st.sampled_from(
    ["on", "the", "last", "3", "May", "2011", "Friday", "two", "weeks", "ago", "later", ",", "-", "year", "earlier", "century",
     "Eid", "since", "5000", "next", "decades", "noon", "of", "31", "Feb.", "a", "half", "and", "quarter", "1990s", "’s", "night"]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=12), st.one_of(st.none(), days))
def test_any_row_of_words_gives_ordered_mentions(language: Language, pieces: list[str], published: date | None) -> None:
    text = " ".join(pieces)
    found = times_of(language, text, published)
    ends = [0, *(m.chars.end for m in found)]
    assert all(before <= m.chars.start < m.chars.end <= len(text) for before, m in zip(ends, found, strict=False))
    assert all(m.start_day <= m.end_day for m in found if m.start_day and m.end_day)
