"""What people type becomes values that cite the report."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import UsageError
from dateline.export import words
from dateline.model.event import Figure
from dateline.model.text import Span
from dateline.settings import Settings
from dateline.web.by_hand import Known, Scribe, count_of, sentences_over
from tests.factories import make_actor, make_event, make_figure, make_place, make_record, make_report, make_when

REPORT = make_report(
    "r1",
    "Rebels shelled Dunmore on Friday, killing 14 people and injuring 20.\n"
    "Troops of the Taliban left Ashford. “They ran,” a man said.",
)
ASHFORD = make_place(REPORT, "Ashford", lat=1.0, lon=2.0)
EVENT = make_event(
    REPORT,
    "shelled",
    by=["Rebels"],
    place=make_place(REPORT, "Dunmore"),
    when=make_when(REPORT, "Friday", "2021-08-06"),
    figures=[make_figure(REPORT, "14 people", low=14, high=14, whom="people")],
)
OTHER = make_event(
    REPORT, "left", "withdrawal", by=[make_actor(REPORT, "Troops", known_id="x", kind="state_forces")], place=ASHFORD
)


@pytest.fixture(scope="module")
def scribe(tmp_path_factory):
    return Scribe(REPORT, make_record(REPORT, EVENT, OTHER), Known(Settings(gazetteer=tmp_path_factory.mktemp("none"))))


def corrected(scribe, **changes):
    return scribe.corrected(EVENT, changes, "ada")[0]


def test_only_what_was_changed_changes_and_the_person_is_named(scribe):
    event, fields = scribe.corrected(EVENT, {"status": "denied", "start": "2021-08-05"}, "ada")
    assert fields == ("status", "when")
    assert (event.status, event.when.start, event.when.end, event.when.precision) == (
        "denied", date(2021, 8, 5), date(2021, 8, 6), "range",
    )  # fmt: skip
    assert (event.by, event.place, event.figures) == (EVENT.by, EVENT.place, EVENT.figures)
    again, _ = scribe.corrected(event, {"status": "ongoing"}, "ben")
    assert again.made_by == f"{EVENT.made_by}; corrected by ben"


def test_a_name_that_the_report_knows_is_that_actor_or_place(scribe):
    event = corrected(scribe, by="Rebels, troops", place="ashford")
    assert [(actor.name, actor.id) for actor in event.by] == [("Rebels", None), ("Troops", "x")]
    assert (event.place.lat, event.place.span.text) == (1.0, "Ashford")


def test_a_name_that_the_codebook_knows_is_that_actor(scribe):
    [actor] = corrected(scribe, by="the Taliban").by
    assert actor.id and actor.kind != "unknown" and actor.span.text == "the Taliban"


def test_a_name_that_nobody_knows_stays_a_name_and_cites_the_event(scribe):
    event = corrected(scribe, on="Ghost Brigade", place="Nowhere")
    assert (event.on[0].id, event.on[0].span.text) == (None, "shelled")
    assert (event.place.lat, event.place.precision, event.place.span.text) == (None, "unknown", "Dunmore")


def test_emptied_fields_become_unknown(scribe):
    event = corrected(scribe, by="", place="", start="", end="", figures="")
    assert (event.by, event.place, event.when, event.figures) == ((), None, None, ())


def test_counts_keep_those_that_stay_and_cite_those_that_are_new(scribe):
    first, second = corrected(scribe, figures="14 people killed; 20 injured").figures
    assert first is EVENT.figures[0]
    assert (second.measure, second.low, second.high, second.span.text) == ("injured", 20, 20, "20")


def test_who_holds_the_place(scribe):
    control = corrected(scribe, before="Troops", after="Rebels").control
    assert (control.place.name, control.holder_before.id, control.holder_after.name) == ("Dunmore", "x", "Rebels")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"type": "war"}, "no type"),
        ({"colour": "red"}, "no field"),
        ({"start": "Friday"}, "write it as"),
        ({"start": "2021-08-07"}, "before it begins"),
        ({"figures": "many dead"}, "is no count"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_to_write(scribe, changes, says):
    with pytest.raises(UsageError, match=says):
        scribe.corrected(EVENT, changes, "ada")


COUNTS = st.tuples(st.integers(0, 10**6) | st.none(), st.integers(0, 10**6) | st.none())
WHOM = st.none() | st.sampled_from(["people", "fighters", "women and children"])
SPAN = Span(start=0, end=1, text="x")


@given(COUNTS, WHOM, st.sampled_from([measure for measure in words.MEASURES if measure != "other"]))
def test_a_count_in_words_is_read_back_as_itself(ends, whom, measure):
    low, high = ends
    if low is not None and high is not None and low > high:
        low, high = high, low
    figure = Figure(measure=measure, whom=whom, low=low, high=high, span=SPAN)
    assert count_of(words.figure(figure)) == (measure, whom, low, high)


def test_a_missed_event_cites_the_words_selected_and_their_sentence(scribe):
    start = REPORT.text.index("left Ashford")
    form = {"type": "withdrawal", "by": "Taliban", "place": "Ashford", "start": "2021-08-06", "status": "ongoing"}
    event = scribe.missed(start, start + len("left "), form, "ada")
    assert (event.trigger.text, event.status, event.made_by) == ("left", "ongoing", "added by ada")
    assert [span.text for span in event.evidence] == ["Troops of the Taliban left Ashford."]
    assert (event.by[0].span.text, event.place.lat, event.when.start) == ("Taliban", 1.0, date(2021, 8, 6))
    with pytest.raises(UsageError, match="no words are selected"):
        scribe.missed(5, 5, form, "ada")


@given(st.text(alphabet="Ab. \n”", max_size=40), st.integers(0, 40), st.integers(1, 10))
def test_sentences_hold_every_letter_of_the_stretch(text, start, length):
    end = min(len(text), start + length)
    if not text[start:end].strip():
        return
    found = list(sentences_over(text, start, end))
    covered = {place for first, last in found for place in range(first, last)}
    assert {place for place in range(start, end) if not text[place].isspace()} <= covered
