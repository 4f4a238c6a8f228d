"""An invented document: spans, values and days; and our answer as TimeML."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest

from dateline.evaluate.metrics import measure
from dateline.evaluate.tempeval import YARDSTICK, to_article
from dateline.model.reading import TimeMention
from tests.evaluate.invented import Invented, chars

TIMEML = """<?xml version="1.0" ?>
<TimeML><DOCID>t1</DOCID>
<DCT><TIMEX3 tid="t0" type="DATE" value="1999-05-04" functionInDocument="CREATION_TIME">May 4</TIMEX3></DCT>
<TEXT>Shells <EVENT eid="e1">fell</EVENT> <TIMEX3 tid="t1" type="DATE" value="1999-05-03">on Monday</TIMEX3> &amp; for
<TIMEX3 tid="t2" type="DURATION" value="P2W">two weeks</TIMEX3> since <TIMEX3 tid="t3" type="DATE" value="1999-04">April</TIMEX3>.
</TEXT></TimeML>"""
ITEM = to_article({"id": "t1", "timeml": TIMEML})
TEXT = ITEM.report.text


def time(words: str, value: str, kind: str = "DATE") -> TimeMention:
    return TimeMention(chars(TEXT, words), kind, value, None, None, None, "none")  # type: ignore[arg-type]


def test_text_and_spans_are_read_without_the_tags() -> None:
    assert TEXT.startswith("Shells fell on Monday & for\ntwo weeks since April.")
    assert [(TEXT[t.chars.start : t.chars.end], t.value) for t in ITEM.times] == [
        ("on Monday", "1999-05-03"),
        ("two weeks", "P2W"),
        ("April", "1999-04"),
    ]
    assert ITEM.report.published == date(1999, 5, 4)


@pytest.mark.parametrize(
    ("told", "strict", "relaxed", "value", "day"),
    [
        ((time("on Monday", "1999-05-03"), time("two weeks", "P2W", "DURATION"), time("April", "1999-04")), 100, 100, 100, 100),
        # a shorter span, a wrong value, one missed
        ((time("Monday", "1999-05-03"), time("April", "2000-04")), 40, 80, 40, 100),
        ((time("on Monday", "1999-05-10"), time("Shells", "1999-05-01")), 40, 40, 0, 0),
        ((), 0, 0, 0, 0),
    ],
)
def test_figures_by_hand(told: tuple[TimeMention, ...], strict: float, relaxed: float, value: float, day: float) -> None:
    (judged,) = YARDSTICK.judge([ITEM], Invented([told]))
    values = {one.name: one.value for one in measure(YARDSTICK.figures([ITEM]), [judged.counts])}
    assert values == {"strict_f1": strict, "relaxed_f1": relaxed, "value_f1": value, "day_value_f1": day}


def test_our_answer_as_timeml_reads_back_as_it_was() -> None:
    told = (time("Monday", "1999-05-03"), time("two weeks", "P2W", "DURATION"))
    (judged,) = YARDSTICK.judge([ITEM], Invented([told]))
    assert judged.prediction is not None
    ElementTree.fromstring(judged.prediction["timeml"])
    again = to_article({"id": "t1", "timeml": judged.prediction["timeml"]})
    assert again.report.text == TEXT
    assert [(t.chars, t.value) for t in again.times] == [(t.chars, t.value) for t in told]
