from __future__ import annotations

from xml.etree import ElementTree

ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_situation_report_of_some_days(client):
    page = client.get("/sitrep?since=2021-08-06&until=2021-08-12").text
    assert "Changes of control" in page and "Claims and denials" in page
    assert 'href="#source-1"' in page and 'id="source-1"' in page
    assert "Merowe" not in page


def test_without_days_it_is_the_records_last_week(client):
    assert "9–15 Apr 2023" in client.get("/sitrep").text


def test_as_markdown(client):
    answer = client.get("/sitrep?since=2021-08-06&until=2021-08-12&form=md")
    assert answer.headers["content-type"].startswith("text/markdown")
    assert answer.text.startswith("# Situation report: 6–12 Aug 2021")


def test_as_pdf_and_word(client):
    for form, begins in (("pdf", b"%PDF-"), ("docx", b"PK")):
        answer = client.get(f"/sitrep?since=2021-08-06&until=2021-08-12&form={form}")
        assert answer.status_code == 200 and answer.content.startswith(begins)
        assert f'filename="sitrep-2021-08-06-2021-08-12.{form}"' in answer.headers["content-disposition"]


def test_charts_are_drawn_in_the_page(client):
    page = client.get("/sitrep?since=2021-08-06&until=2021-08-12").text
    assert page.count('<svg xmlns="http://www.w3.org/2000/svg" class="drawing" role="img"') == 3
    assert "Kunduz: Taliban" in page


def test_days_the_wrong_way_round_are_refused(client):
    answer = client.get("/sitrep?since=2021-08-12&until=2021-08-06")
    assert answer.status_code == 400 and "before it begins" in answer.text


def test_a_view_is_an_atom_feed(client, archive):
    answer = client.get("/feed.atom?place=kunduz")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(answer.content)
    [entry] = root.findall(f"{ATOM}entry")
    [incident] = [i for i in archive.incidents() if i.place and i.place.name == "Kunduz"]
    assert entry.findtext(f"{ATOM}id") == f"urn:dateline:incident:{incident.id}"
    assert entry.findtext(f"{ATOM}updated") == incident.known_from.isoformat()
    assert "Kunduz" in entry.findtext(f"{ATOM}title")


def test_every_feed_entry_has_what_atom_demands(client):
    root = ElementTree.fromstring(client.get("/feed.atom").content)
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert element.findtext(f"{ATOM}{name}")
    assert len(root.findall(f"{ATOM}entry")) == 6
