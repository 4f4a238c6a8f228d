from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.web.card import excerpts
from dateline.web.marks import Mark, marks_of, pieces
from tests.web import small_archive

KINDS = ("trigger", "place", "figure", "evidence")
MARKS = st.lists(
    st.builds(
        lambda start, length, kind, owner: Mark(start, start + length, kind, owner),
        st.integers(0, 60),
        st.integers(0, 20),
        st.sampled_from(KINDS),
        st.sampled_from(["e1", "e2"]),
    ),
    max_size=8,
)


@given(st.text(max_size=70), MARKS)
def test_pieces_joined_are_the_text_letter_for_letter(text, marks):
    found = pieces(text, marks)
    assert "".join(piece.text for piece in found) == text
    assert all(text[piece.start : piece.start + len(piece.text)] == piece.text for piece in found)


@given(st.text(min_size=1, max_size=70), MARKS)
def test_a_piece_names_exactly_the_marks_over_it(text, marks):
    for piece in pieces(text, marks):
        end = piece.start + len(piece.text)
        over = {mark.owner for mark in marks if mark.start <= piece.start and end <= mark.end and mark.start < mark.end}
        assert set(piece.owners) == (over if piece.text else set())


def test_every_span_of_an_event_is_marked_in_its_excerpts():
    for report, record in small_archive.all_records():
        for event in record.events:
            shown = "".join(piece.text for excerpt in excerpts(report.text, event) for piece in excerpt if piece.kinds)
            for mark in marks_of(record):
                if mark.owner == event.id:
                    assert report.text[mark.start : mark.end] in shown


def test_an_overlap_is_drawn_as_the_more_telling_mark():
    found = pieces("seized the town", [Mark(0, 15, "source", "e1"), Mark(0, 6, "trigger", "e2")])
    assert [(piece.text, piece.kinds[0]) for piece in found] == [("seized", "trigger"), (" the town", "source")]
