from __future__ import annotations

import json

import pytest

from dateline.export.base import export
from dateline.export.formats import FORMATS
from dateline.web import verdicts
from dateline.web.doubt import doubts, score
from dateline.web.verdicts import kappa

KUNDUZ = "territory_gain"


def post(client, path, **data):
    return client.post(f"/review/{path}", data=data, follow_redirects=False)


def events_of(archive, place):
    return next([a.event.id for a in i.accounts] for i in archive.incidents() if i.place and i.place.name == place)


def test_the_most_doubtful_comes_first(client, archive):
    worst = max(archive.incidents(), key=lambda incident: score(doubts(incident)))
    assert worst.place.name == "Kunduz"
    assert "<h2>Kunduz" in client.get("/review?by=ada").text
    assert "somebody denies or doubts it" in client.get("/review?by=ada").text


def test_a_judged_incident_leaves_this_coders_queue_only(client, archive):
    post(client, "judge", by="ada", verdict="accept", event=events_of(archive, "Kunduz"))
    assert "<h2>Kunduz" not in client.get("/review?by=ada").text
    assert "<h2>Kunduz" in client.get("/review?by=ben").text


def test_a_rejected_event_makes_no_incident_until_it_is_taken_back(client, archive):
    [event] = events_of(archive, "Merowe")
    post(client, "judge", by="ada", verdict="reject", event=event)
    assert not any(i.place and i.place.name == "Merowe" for i in archive.incidents())
    assert archive.record("m1").events  # the report's record keeps it
    post(client, "undo", by="ada")
    assert any(i.place and i.place.name == "Merowe" for i in archive.incidents())


def test_joining_two_incidents_and_undoing_it(client, archive):
    left, right = events_of(archive, "Sheberghan")[0], events_of(archive, "Badakhshan")[0]
    before = len(archive.incidents())
    post(client, "pair", by="ada", verdict="same", left=left, right=right)
    assert len(archive.incidents()) == before - 1
    post(client, "undo", by="ada")
    assert len(archive.incidents()) == before


def test_only_changed_fields_become_the_correction():
    given = {"type": "clash", "place": "Kunduz", "by": ""}
    now = {"type": "clash", "place": "Aybak ", "by": "Taliban"}
    assert verdicts.changed(given, now) == {"place": "Aybak", "by": "Taliban"}
    assert verdicts.changed(given, given) == {}


def correct(client, event, **changes):
    was = {f"was-{name}": "" for name in changes}
    return post(client, "correct", coder="ada", event=event, **was, **changes)


def test_a_correction_changes_the_incident_on_desk_and_in_exports_until_it_is_taken_back(client, archive):
    [event] = events_of(archive, "Merowe")
    assert correct(client, event, status="ongoing", on="Sudanese army", figures="3 soldiers killed").status_code == 303
    [incident] = [i for i in archive.incidents() if i.place and i.place.name == "Merowe"]
    assert (incident.status, [a.name for a in incident.on], incident.figures[0].low) == ("ongoing", ["Sudanese army"], 3)
    assert "corrected by ada" in client.get(f"/incidents/{incident.id}").text
    row = b"".join(export([incident], FORMATS["acled"]())).decode()
    assert "Sudanese army" in row
    post(client, "undo", by="ada")
    [incident] = [i for i in archive.incidents() if i.place and i.place.name == "Merowe"]
    assert (incident.status, incident.on, incident.figures) == ("happened", (), ())


def test_a_missed_event_becomes_an_incident_and_is_taken_back(client, archive):
    form = {
        "report": "m1",
        "words": "shots were heard",
        "coder": "ada",
        "type": "clash",
        "place": "Merowe",
        "start": "2023-04-15",
    }
    answer = post(client, "add", **form)
    assert answer.status_code == 303 and answer.headers["location"].startswith("/reports/m1?by=ada#e")
    assert "added by ada" in client.get("/reports/m1").text
    [clash] = [i for i in archive.incidents() if i.type == "clash" and i.place and i.place.name == "Merowe"]
    assert clash.accounts[0].event.trigger.text == "shots were heard" and clash.place.lat is not None
    post(client, "undo", by="ada")
    assert not [i for i in archive.incidents() if i.type == "clash" and i.place and i.place.name == "Merowe"]


def test_words_over_a_line_end_are_found_by_their_offsets(client, archive):
    text = archive.report("k1").text
    start = text.index("said.\n")
    form = {"report": "k1", "words": "said. At least", "start_at": start, "end_at": start + len("said.\nAt least")}
    assert post(client, "add", coder="ada", type="clash", **form).status_code == 303
    assert "said.\nAt least" in [event.trigger.text for event in archive.record("k1").events]


def test_selected_offsets_outrank_the_first_place_of_the_words(client, archive):
    text = archive.report("k1").text
    second = text.index("Taliban", text.index("Taliban") + 1)
    form = {"report": "k1", "words": "Taliban", "start_at": second, "end_at": second + 7, "coder": "ada", "type": "clash"}
    post(client, "add", **form)
    assert [e.trigger.start for e in archive.record("k1").events if e.type == "clash"] == [second]


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ([], None),
        ([("accept", "accept")] * 5, None),
        ([("accept", "accept")] * 5 + [("reject", "reject")] * 5, 1.0),
        ([("accept", "reject"), ("reject", "accept")], -1.0),
        # 20 of both: observed .7, chance .5
        ([("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15, 0.4),
    ],
)
def test_kappa_is_cohens(pairs, expected):
    assert kappa(pairs) == (None if expected is None else pytest.approx(expected))


def test_the_log_names_coders_and_their_agreement(client, archive):
    kunduz, [merowe] = events_of(archive, "Kunduz"), events_of(archive, "Merowe")
    post(client, "judge", by="ada", verdict="accept", event=[*kunduz, merowe])
    post(client, "judge", by="ben", verdict="accept", event=kunduz)
    page = client.get("/review/log").text
    assert "ada, ben" in page and "<td>3</td><td>3</td>" in page


@pytest.mark.parametrize(
    ("path", "data", "says"),
    [
        ("judge", {"by": " ", "verdict": "accept", "event": "x"}, "your name"),
        ("judge", {"by": "ada", "verdict": "accept", "event": "nothing"}, "no event"),
        ("judge", {"by": "ada", "verdict": "perhaps", "event": "x"}, "verdict"),
        ("correct", {"coder": "ada", "event": "x", "was-place": "A", "place": "A"}, "nothing was changed"),
        ("correct", {"coder": "ada", "event": "x", "was-place": "A", "place": "B"}, "no event"),
        ("undo", {"by": "ada"}, "no verdict to take back"),
        ("add", {"coder": "ada", "report": "m1", "type": "clash", "words": "not there"}, "does not say"),
        ("add", {"coder": "ada", "report": "zz", "type": "clash", "words": "x"}, "no report"),
        ("add", {"coder": "ada", "report": "m1", "type": "war", "words": "seized"}, "no type"),
    ],
)
def test_a_wrong_verdict_says_what_to_do(client, path, data, says):
    answer = post(client, path, **data)
    assert answer.status_code == 400
    assert says in answer.text


def test_verdicts_are_exported_with_the_words_they_are_about(archive):
    from dateline.commands.review import training_lines

    [merowe] = events_of(archive, "Merowe")
    archive.judge("correct", merowe, by="ada", correction="place=Merowe airport; status=ongoing")
    [line] = training_lines(archive)
    assert line["correction"] == {"place": "Merowe airport", "status": "ongoing"}
    assert line["text"] == [archive.report("m1").text]
    assert line["event"]["trigger"]["text"] == "seized"


def test_a_report_judged_whole_becomes_a_reading_that_training_reads(client, archive, tmp_path):
    from dateline.commands.review import write_readings
    from dateline.evaluate.voa_gold import to_reading

    [merowe], fighting = events_of(archive, "Merowe"), events_of(archive, "Badakhshan")
    correct(client, merowe, status="ongoing")
    post(client, "judge", by="ada", verdict="accept", event=fighting)  # the other event of p1 is left unjudged
    post(client, "judge", by="ada", verdict="reject", event=events_of(archive, "Sheberghan"))
    assert write_readings(archive, tmp_path) == 2
    docs = {row["id"]: row for row in map(json.loads, (tmp_path / "docs.jsonl").read_text().splitlines())}
    gold = {row["id"]: row for row in map(json.loads, (tmp_path / "gold.jsonl").read_text().splitlines())}
    assert set(docs) == set(gold) == {"m1", "s1"}
    [event] = gold["m1"]["events"]
    assert (event["status"], event["trigger"], event["sents"], event["by"]) == ("ongoing", "seized", [0], ["RSF"])
    assert event["control"] == {"place": "Merowe", "from": None, "to": "RSF"}
    assert gold["s1"]["events"] == []
    assert all(docs["m1"]["text"][start:end].strip() for start, end in docs["m1"]["offsets"])
    assert to_reading(gold["m1"], docs["m1"])
