"""An invented corpus of both forms: points, identity, and what counts on raw text."""

from __future__ import annotations

import pytest

from dateline.evaluate.coder import PlacesRead
from dateline.evaluate.geo import YARDSTICK, id_of, to_articles
from dateline.evaluate.metrics import measure
from dateline.model.place import Place
from dateline.model.reading import PlaceMention
from dateline.model.text import Span
from tests.evaluate.invented import Invented, chars

TEXT = "Dunmore fell. Farby and Kesh held out, said Jordan."
LGL = f"""<articles><article docid="7"><title>Dunmore fell</title><domain>example.org</domain>
<dltime>2009-03-20 12:24:52</dltime>
<text>{TEXT}</text><toponyms>
<toponym><start>0</start><end>7</end><phrase>Dunmore</phrase>
<gaztag geonameid="11"><lat>10.0</lat><lon>20.0</lon></gaztag></toponym>
<toponym><start>14</start><end>19</end><phrase>Farby</phrase>
<gaztag geonameid="12"><lat>11.0</lat><lon>20.0</lon></gaztag></toponym>
<toponym><start>24</start><end>28</end><phrase>Kesh</phrase></toponym>
</toponyms></article></articles>"""
GWN = f"""<articles><article file="3"><title>Another</title><link>http://example.org</link><text>{TEXT}</text><toponyms>
<toponym><extractedName>Dunmore</extractedName><type>Literal</type><start>0</start><end>7</end><geonamesID>11</geonamesID>
<latitude>10.0</latitude><longitude>20.0</longitude></toponym>
<toponym><extractedName>Kesh</extractedName><type>Literal</type><start>-131</start><end>-127</end><geonamesID>13</geonamesID>
<latitude>10.0</latitude><longitude>20.0</longitude></toponym>
<toponym><extractedName>towns</extractedName><type>Literal_Expression</type><start>30</start><end>34</end></toponym>
</toponyms></article></articles>"""


def at(words: str, lat: float | None, gid: str | None) -> Place:
    where = chars(TEXT, words)
    span = Span(start=where.start, end=where.end, text=words)
    return Place(name=words, lat=lat, lon=None if lat is None else 20.0, gazetteer_id=gid, span=span)


def mention(words: str, lat: float | None, gid: str | None = None) -> PlaceMention:
    return PlaceMention(chars(TEXT, words), at(words, lat, gid), "place")


def test_both_forms_are_read() -> None:
    (lgl,) = to_articles({"id": "lgl", "xml": LGL})
    (gwn,) = to_articles({"id": "gwn", "xml": GWN})
    assert (lgl.report.id, lgl.report.outlet, str(lgl.report.published)) == ("lgl-7", "example.org", "2009-03-20")
    assert [(t.geonames_id, t.located) for t in lgl.toponyms] == [("11", True), ("12", True), (None, False)]
    assert [t.geonames_id for t in gwn.toponyms] == ["11"]  # common nouns are no names, and one lies outside of the text


def test_figures_by_hand() -> None:
    items = to_articles({"id": "lgl", "xml": LGL})
    told = PlacesRead(
        # right; 5 degrees away; on a gold name without a point; on no gold name
        found=(mention("Dunmore", 10.5), mention("Farby", 16.0), mention("Kesh", 40.0), mention("Jordan", 31.0)),
        # on the spans that have a point: near and the same, near and another
        given=(at("Dunmore", 10.1, "geonames:11"), at("Farby", 11.2, "99")),
    )
    (judged,) = YARDSTICK.judge(items, Invented([told]))
    values = {one.name: one.value for one in measure(YARDSTICK.figures(items), [judged.counts])}
    assert values == {
        "lgl.gold.acc161": 100.0,
        "lgl.gold.exact": 50.0,
        "lgl.raw.found_f1": pytest.approx(100 * 2 * 3 / (3 + 4), abs=0.01),
        "lgl.raw.recall161": 50.0,
        "lgl.raw.precision": 50.0,
    }


def test_not_resolved_is_missed_and_no_point_is_no_answer() -> None:
    items = to_articles({"id": "gwn", "xml": GWN})
    (judged,) = YARDSTICK.judge(items, Invented([PlacesRead((mention("Dunmore", None),), (None,))]))
    values = {one.name: one.value for one in measure(YARDSTICK.figures(items), [judged.counts])}
    assert values == {
        "gwn.gold.acc161": 0.0,
        "gwn.gold.exact": 0.0,
        "gwn.raw.found_f1": 100.0,
        "gwn.raw.recall161": 0.0,
        "gwn.raw.precision": 0.0,
    }


@pytest.mark.parametrize(("gid", "expected"), [("geonames:11", "11"), ("11", "11"), (None, None)])
def test_the_number_in_a_gazetteer_id(gid: str | None, expected: str | None) -> None:
    assert id_of(at("Kesh", 1.0, gid)) == expected
