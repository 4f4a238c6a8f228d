"""What is read, what is set aside and why, what stops the run."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given as given_that
from hypothesis import strategies as st

from dateline.errors import UsageError
from dateline.model.text import Report
from dateline.read.article import Given
from dateline.read.sources import SetAside, open_sources

TEXT = "Rebels seized the town on Monday, residents said. The army withdrew to the south."
HTML = f"""<!doctype html><html><head><title>Rebels seize town</title>
<meta property="og:site_name" content="The Valley Post"><meta property="article:published_time" content="2021-08-10T08:00:00Z">
</head><body><nav>Home</nav><article><h1>Rebels seize town</h1><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"""


def read(paths: list[str], stdin: bytes = b"", given: Given | None = None, max_chars: int = 1_000_000) -> list[Report | SetAside]:
    return list(open_sources(paths, given or Given(), max_chars, BytesIO(stdin)))


def test_plain_text_is_kept_letter_for_letter(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(("  \n" + TEXT + "\r\n").encode())
    (report,) = read([str(path)])
    assert isinstance(report, Report)
    assert report.text == "  \n" + TEXT + "\r\n"
    assert report.published is None


def test_a_headline_over_an_empty_line_is_the_title(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text(f"Rebels seize town\n\n{TEXT}")
    (report,) = read([str(path)])
    assert isinstance(report, Report)
    assert report.title == "Rebels seize town"


def test_html_gives_title_date_and_outlet(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text(HTML)
    (report,) = read([str(path)])
    assert isinstance(report, Report)
    assert (report.title, report.published, report.outlet) == ("Rebels seize town", date(2021, 8, 10), "The Valley Post")
    assert TEXT in report.text
    assert "Home" not in report.text


def test_what_the_user_says_outranks_what_is_found() -> None:
    (report,) = read(["-"], HTML.encode(), Given(date(2022, 1, 1), "Other", "Another title"))
    assert isinstance(report, Report)
    assert (report.title, report.published, report.outlet) == ("Another title", date(2022, 1, 1), "Other")


def test_json_lines_from_standard_input_keep_order_and_set_bad_lines_aside() -> None:
    lines = [
        json.dumps({"id": "a", "text": TEXT, "published": "2021-08-10"}),
        "{broken",
        json.dumps({"id": "b"}),
        json.dumps({"id": "c", "text": TEXT, "published": "yesterday"}),
        json.dumps({"id": "d", "text": TEXT}),
    ]
    found = read(["-"], "\n".join(lines).encode())
    assert [item.id for item in found if isinstance(item, Report)] == ["a", "d"]
    reasons = [item.reason for item in found if isinstance(item, SetAside)]
    assert [reason.split(" is ")[0].split(" has ")[0].split(":")[0] for reason in reasons] == [
        "standard input line 2", "standard input line 3", "standard input line 4",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        (b"", "is empty"),
        (b"   \n ", "is empty"),
        (b"\x7fELF\x00\x01\x02", "is binary"),
        (bytes(range(1, 9)) * 50 + b"\xff", "is binary"),
        (b"a" * 2000, "has 2,000 characters"),
        (b"<html><body></body></html>", "HTML without an article"),
    ],
)
def test_a_bad_document_is_set_aside_with_its_reason(tmp_path: Path, raw: bytes, complaint: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(raw)
    (item,) = read([str(path)], max_chars=1000)
    assert isinstance(item, SetAside)
    assert complaint in item.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_common_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes("“We held the town,” the général said.".encode(encoding))
    (report,) = read([str(path)])
    assert isinstance(report, Report)
    assert report.text == "“We held the town,” the général said."


@pytest.mark.parametrize(("name", "complaint"), [("none.txt", "does not exist"), ("report.docx", "of no format known here")])
def test_a_wrong_path_stops_the_run(tmp_path: Path, name: str, complaint: str) -> None:
    if name.endswith("docx"):
        (tmp_path / name).write_bytes(b"PK")
    with pytest.raises(UsageError, match=complaint):
        read([str(tmp_path / name)])


@given_that(st.binary(max_size=300))
def test_any_bytes_give_a_report_or_a_reason(raw: bytes) -> None:
    for item in read(["-"], raw):
        assert isinstance(item, Report | SetAside)
