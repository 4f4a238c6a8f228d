from __future__ import annotations

import base64
import json
from datetime import date

import pytest

from dateline.model.event import Record
from dateline.model.incident import Incident
from dateline.store.query import Query
from dateline.web.ordered import key_of
from dateline.web.shelf import Shelf


def ids(answer):
    return [item["id"] for item in answer.json()["items"]]


def test_incidents_are_the_archives_own_values(client, archive):
    items = client.get("/api/v1/incidents").json()["items"]
    assert [Incident.model_validate(item) for item in items] == archive.incidents()


@pytest.mark.parametrize(
    ("query", "types"),
    [
        ("place=kunduz", ["territory_gain"]),
        ("type=airstrike&type=clash", ["airstrike", "clash"]),
        ("group=violence", ["airstrike", "clash"]),
        ("actor=taliban&since=2021-08-08&until=2021-08-08", ["territory_gain"]),
        ("status=hypothetical", ["territory_gain"]),
        ("bbox=30,10,35,25", ["territory_gain"]),
        ("as_known_on=2021-08-08", ["territory_gain"]),
        ("type=&place=&since=", None),
        ("place=Atlantis", []),
    ],
)
def test_filters_narrow_and_empty_ones_do_not(client, archive, query, types):
    found = client.get(f"/api/v1/incidents?{query}").json()["items"]
    assert [item["type"] for item in found] == ([i.type for i in archive.incidents()] if types is None else types)


LISTS = ("incidents", "events", "reports", "holdings", "changes?since=2021-01-01")


@pytest.mark.parametrize("path", LISTS)
def test_pages_of_every_list_follow_each_other_without_loss(client, path):
    ask = f"/api/v1/{path}{'&' if '?' in path else '?'}"
    whole = client.get(f"{ask}limit=500").json()
    assert whole["next"] is None and len(whole["items"]) >= 2
    seen, cursor = [], ""
    while cursor is not None:
        page = client.get(f"{ask}limit=1{cursor and '&cursor=' + cursor}").json()
        assert len(page["items"]) == 1
        seen += page["items"]
        cursor = page["next"]
    assert seen == whole["items"]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize("words", [[], ["x"], [1], ["", 0, -1], [True, 10**30, "i"], ["a\u0000", 1, 1], [False, 5, "i", 9]])
def test_a_cursor_that_was_made_up_is_refused(client, path, words):
    made = base64.urlsafe_b64encode(json.dumps(["2026-01-01T00:00:00+00:00", *words]).encode()).decode().rstrip("=")
    answer = client.get(f"/api/v1/{path}{'&' if '?' in path else '?'}cursor={made}")
    assert answer.status_code in ((200, 400) if words == [1] else (400,))


@pytest.mark.parametrize(
    "query",
    [Query(), Query(types=("airstrike", "clash")), Query(since=date(2021, 8, 8)), Query(until=date(2021, 8, 8)),
     Query(since=date(2021, 8, 8), until=date(2021, 8, 9)), Query(place="kunduz"), Query(types=("territory_gain",), actor="RSF")],
)  # fmt: skip
def test_the_list_in_order_finds_what_the_archive_finds(archive, query):
    listing = Shelf(archive).listing()
    wanted = [incident.id for incident in archive.incidents(query)]
    assert [item.id for item in listing.after(query)] == wanted
    for place, item in enumerate(listing.after(query), 1):
        assert [later.id for later in listing.after(query, key_of(item))] == wanted[place:]


def test_a_page_stays_in_its_moment_when_the_record_changes(client, archive):
    first = client.get("/api/v1/incidents?limit=3").json()
    archive.withdraw("s1")
    rest = client.get(f"/api/v1/incidents?limit=50&cursor={first['next']}").json()
    assert len(first["items"]) + len(rest["items"]) == 6


def test_lines_stream_every_incident(client, archive):
    lines = client.get("/api/v1/incidents.ndjson").text.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [incident.id for incident in archive.incidents()]


def test_an_unchanged_answer_is_not_sent_again(client, archive):
    tag = client.get("/api/v1/incidents").headers["etag"]
    assert client.get("/api/v1/incidents", headers={"If-None-Match": tag}).status_code == 304
    archive.withdraw("s1")
    assert client.get("/api/v1/incidents", headers={"If-None-Match": tag}).status_code == 200


def test_one_incident_report_and_record(client, archive):
    incident = archive.incidents()[0]
    assert client.get(f"/api/v1/incidents/{incident.id}").json()["id"] == incident.id
    assert client.get("/api/v1/reports/k1").json()["text"].startswith("Kunduz falls")
    assert Record.model_validate(client.get("/api/v1/reports/k1/record").json()) == archive.record("k1")
    assert len(client.get("/api/v1/reports").json()["items"]) == 7
    assert client.get("/api/v1/events?type=displacement").json()["items"][0]["report"]["id"] == "p1"


def test_holdings_on_a_day(client):
    assert client.get("/api/v1/holdings?on=2021-08-07").json()["items"] == []
    held = client.get("/api/v1/holdings?on=2021-08-09").json()["items"]
    assert [(item["place"]["name"], item["holder"]) for item in held] == [("Kunduz", "Taliban")]
    assert held[0]["contradicted_by"][0]["outlet"] == "State Herald"
    ledger = [json.loads(line) for line in client.get("/api/v1/holdings.ndjson").text.splitlines()]
    assert [item["place"]["name"] for item in ledger] == ["Kunduz", "Merowe"]


def test_geojson_has_no_point_for_what_is_known_only_to_a_country(client):
    features = {f["properties"]["type"]: f["geometry"] for f in client.get("/api/v1/geojson").json()["features"]}
    assert features["displacement"] is None
    assert features["airstrike"]["coordinates"] == [65.752, 36.665]


def test_map_columns_agree_in_length(client):
    columns = client.get("/api/v1/points").json()
    assert columns["n"] == 6
    assert {len(value) for name, value in columns.items() if name not in ("n", "codes", "names")} == {6}


def test_map_columns_travel_packed_unless_the_caller_cannot_unpack(client):
    packed = client.get("/api/v1/points", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/api/v1/points", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip" and "content-encoding" not in plain.headers
    assert packed.json() == plain.json()


def test_changes_since_a_moment(client):
    found = client.get("/api/v1/changes?since=2023-01-01").json()["items"]
    assert any(change["subject"] == "report" and change["id"] == "m1" for change in found)


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/api/v1/incidents?type=war", 400, "one of clash"),
        ("/api/v1/incidents?since=yesterday", 400, "YYYY-MM-DD"),
        ("/api/v1/incidents?bbox=1,2,3", 400, "west,south,east,north"),
        ("/api/v1/incidents?bbox=1,80,3,70", 400, "off the globe"),
        ("/api/v1/incidents?cursor=nonsense", 400, "cursor"),
        ("/api/v1/incidents?limit=0", 400, "limit"),
        ("/api/v1/incidents?as_known_on=2021-99-99", 400, "2021-08-10"),
        ("/api/v1/incidents/i000000", 404, "no incident"),
        ("/api/v1/reports/none", 404, "no report"),
        ("/api/v1/changes?since=soon", 400, "moment"),
        ("/api/v1/nowhere", 404, ""),
    ],
)
def test_a_wrong_call_is_a_problem_that_says_what_to_do(client, path, status, says):
    answer = client.get(path)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert says in answer.json()["detail"]


def test_a_report_is_coded_and_not_kept(client, archive):
    answer = client.post("/api/v1/code", json={"text": "They seized the bridge.", "published": "2021-08-08"})
    assert answer.json()["events"][0]["trigger"] == {"start": 5, "end": 11, "text": "seized"}
    assert len(archive.reports()) == 7
    assert client.post("/api/v1/code", json={"text": "   "}).status_code == 400
