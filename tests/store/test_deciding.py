"""People's decisions: they change the record and the incident, outlive a newer coding, and leave no trace when taken back."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.errors import UsageError
from dateline.link.run import link_incidents
from dateline.store.archive import Archive
from dateline.store.deciding import FIELDS
from tests.factories import make_actor, make_event, make_place, make_record, make_report, make_when

TEXT = "Rebels shelled Dunmore on Friday. Later the army shot at a crowd in Ashford."
REPORT = make_report("r1", TEXT)


def coded(kind="shelling", place="Dunmore", **more):
    event = make_event(REPORT, "shelled", kind, by=["Rebels"], place=make_place(REPORT, place), **more)
    return make_record(REPORT, event)


@pytest.fixture
def archive(tmp_path):
    with Archive.open(str(tmp_path / "a.sqlite")) as opened:
        opened.add(REPORT, coded())
        link_incidents(opened)
        yield opened


def event_of(archive):
    return archive.record("r1").events[0]


def move(archive, by="ada", to="Ashford"):
    event = event_of(archive).model_copy(update={"place": make_place(REPORT, to)})
    return archive.judge("correct", event.id, by=by, correction=f"place={to}", event=event, fields=("place",))


def places(archive, as_known_on=None):
    from dateline.store.query import Query

    return [incident.place.name for incident in archive.incidents(Query(as_known_on=as_known_on)) if incident.place]


def test_a_correction_changes_the_incident_and_what_was_known_before_stays(archive):
    before = archive.incidents()[0].known_from
    move(archive)
    link_incidents(archive)
    assert places(archive) == ["Ashford"]
    assert places(archive, before) == ["Dunmore"]
    assert archive.check() == []


def test_a_correction_outlives_a_newer_coding_that_reads_other_fields_anew(archive):
    move(archive)
    archive.add(REPORT, coded(when=make_when(REPORT, "Friday", "2021-08-06")))
    link_incidents(archive)
    [incident] = archive.incidents()
    assert (incident.place.name, incident.when.start) == ("Ashford", date(2021, 8, 6))


def test_a_correction_finds_its_event_under_another_id_by_its_words(archive):
    move(archive)
    archive.add(REPORT, coded("bombing"))
    event = event_of(archive)
    assert (event.type, event.place.name) == ("bombing", "Ashford")


def test_an_event_that_a_person_accepted_stays_as_it_was(archive):
    archive.judge("accept", event_of(archive).id, by="ada")
    archive.add(REPORT, coded("clash", "Ashford"))
    assert (event_of(archive).type, event_of(archive).place.name) == ("shelling", "Dunmore")
    archive.add(REPORT, make_record(REPORT))
    assert len(archive.record("r1").events) == 1


def test_the_same_coding_again_changes_nothing(archive):
    move(archive)
    assert archive.add(REPORT, coded()).how == "unchanged"
    assert event_of(archive).place.name == "Ashford"


def test_taking_it_back_gives_the_machines_word_again(archive):
    event_id = event_of(archive).id
    move(archive)
    archive.judge("undecided", event_id, by="ada")
    link_incidents(archive)
    assert archive.record("r1") == coded()
    assert places(archive) == ["Dunmore"]


def test_two_persons_corrections_both_stand_and_one_is_taken_back_alone(archive):
    event = event_of(archive)
    move(archive, "ada")
    denied = event_of(archive).model_copy(update={"status": "denied"})
    archive.judge("correct", event.id, by="ben", event=denied, fields=("status",))
    assert (event_of(archive).place.name, event_of(archive).status) == ("Ashford", "denied")
    archive.judge("undecided", event.id, by="ada")
    assert (event_of(archive).place.name, event_of(archive).status) == ("Dunmore", "denied")


def test_taking_back_a_rejection_leaves_another_persons(archive):
    event_id = event_of(archive).id
    archive.judge("reject", event_id, by="ben")
    archive.judge("accept", event_id, by="ada")
    link_incidents(archive)
    assert places(archive) == ["Dunmore"]
    archive.judge("undecided", event_id, by="ada")
    link_incidents(archive)
    assert places(archive) == []


def missed(archive, by="ada"):
    event = make_event(
        REPORT, "shot", "armed_attack", by=[make_actor(REPORT, "the army")], place=make_place(REPORT, "Ashford"), confidence=1.0
    )
    return archive.add_event("r1", event, by)


def test_a_missed_event_links_like_others_and_outlives_a_newer_coding(archive):
    missed(archive)
    link_incidents(archive)
    assert sorted(places(archive)) == ["Ashford", "Dunmore"]
    archive.add(REPORT, coded("clash"))
    link_incidents(archive)
    assert sorted(incident.type for incident in archive.incidents()) == ["armed_attack", "clash"]
    assert archive.check() == []


def test_a_missed_event_that_a_newer_coder_finds_is_not_told_twice(archive):
    missed(archive)
    both = make_record(REPORT, coded().events[0], make_event(REPORT, "shot at", "armed_attack"))
    archive.add(REPORT, both)
    assert [event.type for event in archive.record("r1").events] == ["shelling", "armed_attack"]
    assert archive.record("r1").events[1].place.name == "Ashford"


def test_a_missed_event_is_taken_back(archive):
    made = missed(archive)
    archive.judge("undecided", made.left, by="ada")
    link_incidents(archive)
    assert archive.record("r1") == coded()
    assert places(archive) == ["Dunmore"]


def test_words_that_the_report_does_not_say_are_refused(archive):
    other = make_report("r1", "Rebels shelled Dunmere on Friday.")
    event = make_event(other, "shelled", place=make_place(other, "Dunmere"))
    with pytest.raises(UsageError, match="does not say"):
        archive.judge("correct", event_of(archive).id, by="ada", event=event, fields=("place",))
    with pytest.raises(UsageError, match="does not say"):
        archive.add_event("r1", event, "ada")
    with pytest.raises(UsageError, match="no report"):
        archive.add_event("r2", event, "ada")
    with pytest.raises(UsageError, match="correct it instead"):
        archive.add_event("r1", event_of(archive), "ada")


def test_a_new_text_leaves_out_what_it_no_longer_says(archive):
    move(archive)
    shorter = make_report("r1", "Rebels shelled Dunmore on Friday.")
    archive.add(shorter, make_record(shorter, make_event(shorter, "shelled", place=make_place(shorter, "Dunmore"))))
    assert event_of(archive).place.name == "Dunmore"
    assert archive.check() == []


def test_what_people_vouch_for_are_fields_of_an_event(archive):
    assert set(FIELDS) <= set(type(event_of(archive)).model_fields)


def test_decisions_are_in_a_backup(archive, tmp_path):
    move(archive)
    archive.backup(tmp_path / "b.sqlite")
    with Archive.open(str(tmp_path / "b.sqlite"), create=False) as copy:
        assert event_of(copy).place.name == "Ashford"
        copy.judge("undecided", event_of(copy).id, by="ada")
        assert event_of(copy).place.name == "Dunmore"
