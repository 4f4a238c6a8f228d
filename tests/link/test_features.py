"""Each comparison names the level that a reader would: place, time, figures, type."""

from __future__ import annotations

import pytest

from dateline.link.comparing import explain
from dateline.link.features import (
    COMPARISONS,
    compare_figures,
    compare_place,
    compare_time,
    compare_type,
)
from dateline.link.trace import Trace, trace_of
from dateline.link.weights import load_weights
from dateline.model.event import EventType, head_of
from dateline.model.place import Place, PlacePrecision
from tests.factories import make_event, make_figure, make_place, make_report, make_when

REPORT = make_report("r", "Rebels shelled Dunmore on Friday, killing three people.")


def telling(
    place: Place | None = None,
    start: str | None = None,
    end: str | None = None,
    kind: EventType = "shelling",
    count: tuple[int | None, int | None] | None = None,
    published: str = "2021-08-07",
    setting: frozenset[str] = frozenset(),
) -> Trace:
    figures = [make_figure(REPORT, "three people", low=count[0], high=count[1])] if count else []
    when = make_when(REPORT, "Friday", start, end) if start else None
    head = head_of(make_report("r", REPORT.text, published=published))
    return trace_of(make_event(REPORT, "shelled", kind, place=place, when=when, figures=figures), head, setting=setting)


def at(
    lat: float | None,
    lon: float | None,
    precision: PlacePrecision = "town",
    *,
    name: str = "Dunmore",
    admin1: str | None = None,
    country: str = "AF",
) -> Place:
    return make_place(REPORT, "Dunmore", name=name, lat=lat, lon=lon, precision=precision, admin1=admin1, country=country)


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        (at(34.0, 62.0), at(34.0, 62.0), "same"),
        (at(34.0, 62.0), at(34.02, 62.0, name="Upper Dunmore"), "within"),
        (at(34.0, 62.0), at(34.15, 62.0, name="Brack"), "near"),
        (at(34.0, 62.0), at(36.0, 62.0, name="Arden"), "apart"),
        (at(34.0, 62.0, admin1="Wex"), at(34.5, 62.0, "province", name="Wex", admin1="Wex"), "inside"),
        (at(34.0, 62.0, admin1="Wex"), at(34.5, 62.0, "province", name="Sel", admin1="Sel"), "apart"),
        (at(34.0, 62.0), at(33.0, 65.0, "country", name="Land"), "country"),
        (at(34.0, 62.0), at(None, None, name="Nowhere"), "unknown"),
        (at(34.0, 62.0), at(51.5, 0.0, name="Dunmore", country="GB"), "namesake"),
        (at(34.0, 62.0), None, "unknown"),
    ],
)
def test_places(left: Place, right: Place | None, level: str) -> None:
    assert compare_place(telling(left), telling(right))[0] == level
    assert compare_place(telling(right), telling(left))[0] == level


def test_two_towns_change_hands_one_by_one() -> None:
    near = (at(34.0, 62.0), at(34.15, 62.0, name="Brack"))
    assert compare_place(*(telling(place, kind="territory_gain") for place in near))[0] == "apart"


def test_a_placeless_account_joins_only_where_its_report_tells_of_the_place() -> None:
    placed = telling(at(34.0, 62.0), setting=frozenset({"AF/dunmore"}))
    assert compare_place(placed, telling(setting=frozenset({"AF/dunmore", "AF/arden"})))[0] == "setting"
    assert compare_place(placed, telling(setting=frozenset({"AF/arden"})))[0] == "aside"
    taken = telling(at(34.0, 62.0), kind="territory_gain", setting=frozenset({"AF/dunmore"}))
    assert compare_place(taken, telling(kind="territory_gain", setting=frozenset({"AF/arden"})))[0] == "elsewhere"


def test_what_happened_cannot_lie_after_its_telling() -> None:
    assert telling(start="2021-08-14", published="2021-08-07").days is None
    assert telling(start="2021-08-08", published="2021-08-07").days is not None  # another time zone


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        (("2021-08-06", None), ("2021-08-06", None), "same_day"),
        (("2021-08-06", None), ("2021-08-04", "2021-08-07"), "overlap"),
        (("2021-08-06", None), ("2021-06-01", "2021-08-07"), "stretch"),
        (("2021-08-06", None), ("2021-08-07", None), "next_day"),
        (("2021-08-06", None), ("2021-08-03", None), "near"),
        (("2021-08-06", None), ("2021-07-20", None), "apart"),
        (("2021-08-06", None), (None, None), "told_close"),
        ((None, None), (None, None), "told_close"),
    ],
)
def test_times(left: tuple[str | None, str | None], right: tuple[str | None, str | None], level: str) -> None:
    assert compare_time(telling(None, *left), telling(None, *right))[0] == level
    assert compare_time(telling(None, *right), telling(None, *left))[0] == level


def test_an_account_published_before_the_day_tells_of_something_else() -> None:
    early = telling(published="2021-08-01")
    assert compare_time(telling(None, "2021-08-06"), early)[0] == "apart"


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ((3, 3), (3, 3), "equal"),
        ((3, None), (12, 12), "compatible"),
        ((3, 3), (5, 5), "differ"),
        ((3, 3), (85, 85), "far"),
        (None, (3, 3), "none"),
    ],
)
def test_figures_are_compared_as_ranges(
    left: tuple[int | None, int | None] | None, right: tuple[int | None, int | None], level: str
) -> None:
    assert compare_figures(telling(count=left), telling(count=right))[0] == level


@pytest.mark.parametrize(
    ("left", "right", "level"),
    [
        ("shelling", "shelling", "same"),
        ("shelling", "airstrike", "related"),
        ("airstrike", "abduction", "group"),
        ("airstrike", "talks", "other"),
    ],
)
def test_types(left: EventType, right: EventType, level: str) -> None:
    assert compare_type(telling(kind=left), telling(kind=right))[0] == level


def test_every_level_that_a_comparison_finds_has_a_weight_and_words() -> None:
    reasons = explain(telling(at(34.0, 62.0), "2021-08-06"), telling(None), COMPARISONS, load_weights())
    assert len(reasons) == len(COMPARISONS)
    assert all(reason.words and "{" not in reason.words for reason in reasons)
