"""The record's values: frozen, closed, and true to their own rules."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from dateline.model.event import GROUP_OF, GROUPS, Control
from dateline.model.place import Place
from dateline.model.text import Report, Span, content_id
from dateline.model.when import When

SPAN = Span(start=0, end=6, text="Monday")


@given(start=st.dates(), days=st.integers(-3000, 3000))
def test_a_time_never_ends_before_it_starts(start: date, days: int) -> None:
    try:
        end = start + timedelta(days=days)
    except OverflowError:
        return
    if days < 0:
        with pytest.raises(ValidationError):
            When(start=start, end=end, precision="range", span=SPAN)
    else:
        assert When(start=start, end=end, precision="range", span=SPAN).end == end


def test_a_time_without_ends_is_no_time() -> None:
    with pytest.raises(ValidationError, match="use None instead"):
        When(start=None, end=None, precision="day", span=SPAN)


def test_values_are_frozen_and_closed() -> None:
    with pytest.raises(ValidationError):
        SPAN.start = 3
    with pytest.raises(ValidationError):
        Span(start=0, end=1, text="a", colour="red")  # type: ignore[call-arg]


@given(text=st.text(max_size=80), data=st.data())
def test_a_span_is_the_words_at_its_place(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = Report(id="r", text=text).span(start, end)
    assert text[span.start : span.end] == span.text


def test_every_type_is_in_one_group() -> None:
    assert sum(len(kinds) for kinds in GROUPS.values()) == len(GROUP_OF) == 33


def test_control_is_written_with_from_and_to() -> None:
    control = Control(place=Place(name="Herat", span=SPAN), holder_before=None, holder_after=None)
    assert set(control.model_dump(by_alias=True)) == {"place", "from", "to"}


@given(st.lists(st.text(max_size=20), max_size=4))
def test_ids_are_hashes_of_content(parts: list[str]) -> None:
    assert content_id(*parts) == content_id(*parts)
    assert content_id(*parts, "x") != content_id(*parts)
