from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from dateline.errors import UsageError
from dateline.settings import Settings
from dateline.web.app import create_app
from tests.web.conftest import marked


def incident_of(archive, kind, place):
    return next(i for i in archive.incidents() if i.type == kind and i.place and i.place.name == place)


def test_the_first_page_lists_what_happened(client):
    page = client.get("/").text
    for words in (
        "Air strike",
        "Sheberghan, Jowzjan, AF",
        "200 or more killed",
        "claimed only",
        "7 reports of 5 outlets",
        "disputed",
    ):
        assert words in page
    assert "1 known too roughly to draw" in page


def test_the_list_alone_takes_the_same_filters(client):
    part = client.get("/list?place=Merowe").text
    assert "<html" not in part
    assert "Merowe" in part and "Kunduz" not in part
    assert "Nothing in this archive fits" in client.get("/list?place=Atlantis").text


def test_the_card_shows_both_sides_and_every_account(client, archive):
    page = client.get(f"/incidents/{incident_of(archive, 'territory_gain', 'Kunduz').id}").text
    expected = ("The Courier", "State Herald", "Evening Sheet", "it did not happen, or is doubted", "25 or more")
    for words in expected:
        assert words in page


def test_the_card_as_known_earlier_lacks_what_came_later(client, archive):
    incident = incident_of(archive, "territory_gain", "Kunduz")
    earlier = client.get(f"/incidents/{incident.id}?as_known_on=2021-08-08").text
    assert "State Herald" in earlier and "Evening Sheet" not in earlier


def test_htmx_gets_the_card_without_the_page(client, archive):
    path = f"/incidents/{archive.incidents()[0].id}"
    assert "<html" in client.get(path).text
    assert "<html" not in client.get(path, headers={"HX-Request": "true"}).text


def test_the_report_marks_its_words(client):
    page = client.get("/reports/k1").text
    start = client.get("/api/v1/reports/k1").json()["text"].index("captured")
    assert f'<mark class="m-trigger" data-start="{start}"' in page


def test_reports_are_found_by_their_words(client):
    assert "State Herald" in client.get("/reports").text
    found = client.get("/reports?words=doctor").text
    assert "The Courier" in found and "State Herald" not in found
    assert "0 reports with “zeppelin”" in client.get("/reports?words=zeppelin").text


def test_a_reports_own_markup_stays_text(client):
    page = client.get("/reports/m1").text
    assert "<b>Witnesses</b>" not in page
    assert "&lt;b&gt;Witnesses&lt;/b&gt;" in page


def test_pasted_words_are_coded_and_escaped(client):
    page = client.post("/read", data={"text": "They seized <i>it</i>.", "outlet": "", "published": "2021-08-08"}).text
    assert "m-trigger" in page and "&lt;i&gt;" in page and "<i>it</i>" not in page
    assert client.post("/read", data={"text": ""}).status_code == 400


def test_holdings_by_day(client):
    assert "Taliban" in client.get("/holdings?on=2021-08-09").text
    assert "names no holder" in client.get("/holdings?on=2020-01-01").text
    assert "Merowe" in client.get("/holdings").text  # the last day that the record tells of


@pytest.mark.parametrize("path", ["/incidents/inone", "/reports/none", "/nowhere", "/tip/none"])
def test_what_is_not_there_is_said_calmly(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Not found" in answer.text and "Back to the map" in answer.text


def test_pages_forbid_foreign_scripts_and_frames(client):
    policy = client.get("/").headers["content-security-policy"]
    assert "script-src 'self'" in policy and "frame-ancestors 'none'" in policy
    assert "<script>" not in client.get("/").text and ' style="' not in client.get("/").text


@pytest.mark.parametrize(
    "headers",
    [{"Host": "evil.example"}, {"Origin": "http://evil.example"}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_another_sites_form_is_refused(client, headers):
    assert client.post("/read", data={"text": "They seized it."}, headers=headers).status_code == 403


def test_the_desk_refuses_to_stand_open(archive):
    with pytest.raises(UsageError, match=r"127\.0\.0\.1"):
        create_app(archive, Settings(host="0.0.0.0"))


def test_a_desk_without_a_coder_says_so(archive, needs_vendor):
    with TestClient(create_app(archive, Settings()), base_url="http://127.0.0.1") as plain:
        assert "without a language model" in plain.get("/read").text
        assert marked(plain).post("/read", data={"text": "x"}).status_code == 400


def test_a_new_report_is_seen_at_once(client, archive):
    before = client.get("/list").text
    archive.withdraw("m1")
    from dateline.link.run import link_incidents

    link_incidents(archive)
    assert "Merowe" in before and "Merowe" not in client.get("/list").text
