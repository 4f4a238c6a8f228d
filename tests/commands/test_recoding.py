"""What another coding changes is shown before it is accepted."""

from __future__ import annotations

from dateline.commands.recoding import difference, lines_of
from tests.factories import make_event, make_record, make_report

REPORT = make_report("r1", "Rebels shelled Dunmore on Friday, and two hostages were seized.")


def test_the_same_record_is_no_difference() -> None:
    record = make_record(REPORT, make_event(REPORT, "shelled"))
    assert not difference(record, record)


def test_what_goes_comes_and_is_told_otherwise() -> None:
    old = make_record(REPORT, make_event(REPORT, "shelled"), make_event(REPORT, "hostages", "abduction"))
    new = make_record(REPORT, make_event(REPORT, "shelled", by=["Rebels"]), make_event(REPORT, "seized", "abduction"))
    found = difference(old, new)
    assert [event.trigger.text for event in found.gone] == ["hostages"]
    assert [event.trigger.text for event in found.new] == ["seized"]
    assert [slots for _event, slots in found.changed] == [("by",)]
    assert list(lines_of(found)) == [
        "r1: - abduction “hostages”",
        "r1: + abduction “seized”",
        "r1: ~ shelling “shelled”: by",
    ]
