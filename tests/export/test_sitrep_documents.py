"""The situation report's charts, and the report as a page of its own, PDF and Word."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest
from docx import Document

from dateline.commands.sitrep import form_of, written
from dateline.export.boundaries import Boundaries, Window
from dateline.export.drawing import Box, Dot, Drawing, Words, png, svg
from dateline.export.sitrep import situation
from dateline.export.sitrep_charts import charts_of, map_of
from dateline.store.archive import Archive
from dateline.web.app import VENDOR
from tests.web import small_archive

SQUARE = {
    "transform": {"scale": [1, 1], "translate": [60, 30]},
    "arcs": [[[0, 0], [10, 0]], [[10, 0], [0, 10], [-10, 0]], [[0, 0], [0, 10]]],
    "objects": {"provinces": {"geometries": [{"type": "Polygon", "arcs": [[0, 1, -3]]}]}},
}


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    address = str(tmp_path_factory.mktemp("sitrep") / "small.sqlite")
    small_archive.fill(address)
    with Archive.open(address, create=False) as archive:
        return situation(archive.incidents(), archive.holdings(), date(2021, 8, 6), date(2021, 8, 12), None, date(2021, 8, 10))


@pytest.fixture(scope="module")
def needs_fonts():
    if not (VENDOR / "DejaVuSans.ttf").exists():
        pytest.skip("the documents' typeface is not installed: make setup")


def test_outlines_are_put_together_from_their_arcs():
    [ring] = Boundaries(SQUARE).rings(Window(65, 35, 66, 36))
    assert ring == ((60, 30), (70, 30), (70, 40), (60, 40), (60, 30))
    assert list(Boundaries(SQUARE).rings(Window(75, 35, 76, 36))) == []


def test_charts_count_what_the_report_counts(report):
    charts = charts_of(report, Boundaries(SQUARE))
    assert sum(number for _day, _group, number in report.per_day) == 3
    assert "7 Aug 2021: 1; 8 Aug 2021: 1; 9 Aug 2021: 1" in charts.days.title
    bars = {shape.paint for shape in charts.days.shapes if isinstance(shape, Box)}
    assert {"violence", "control"} <= bars
    assert charts.kinds.title.startswith("Incidents by type: ")


def test_the_map_names_what_changed_hands_and_marks_spots_only(report):
    drawing = charts_of(report, Boundaries(SQUARE)).where
    assert [shape.text for shape in drawing.shapes if isinstance(shape, Words)] == ["Kunduz: Taliban"]
    assert len([shape for shape in drawing.shapes if isinstance(shape, Dot)]) == 3  # Kunduz, Sheberghan, Merowe; no province
    assert "Changed hands: Kunduz: Taliban." in drawing.title
    for shape in drawing.shapes:
        if isinstance(shape, Dot | Box):
            assert 0 <= shape.x <= drawing.width and 0 <= shape.y <= drawing.height


def test_nothing_to_draw_is_no_drawing():
    empty = situation([], [], date(2021, 8, 6), date(2021, 8, 12))
    assert charts_of(empty, None) == charts_of(empty, Boundaries(SQUARE))
    assert map_of((), Boundaries(SQUARE)) is None


def test_svg_is_xml_that_says_in_words_what_it_shows():
    drawing = Drawing(10, 10, 'a "b" <c>', (Words(1, 2, "<script>"), Box(0, 0, 1, 1, "violence"), Dot(1, 1, 1, "ink")))
    root = ElementTree.fromstring(svg(drawing))
    assert root.get("aria-label") == 'a "b" <c>' and root[0].text == "<script>"


def test_a_picture_is_drawn_in_colour(needs_fonts):
    data = png(Drawing(20, 10, "x", (Box(0, 0, 20, 10, "control"), Words(2, 8, "Ağrı"))), VENDOR / "DejaVuSans.ttf")
    assert data.startswith(b"\x89PNG") and len(data) > 150


def test_the_page_stands_alone_and_every_line_cites(report):
    page = written(report, "html").decode()
    assert not re.search(r'(?:src|href)="(?!#)', page)
    cited = set(re.findall(r'href="#source-(\d+)"', page))
    assert cited == set(re.findall(r'id="source-(\d+)"', page))
    lines = re.findall(r"<li>(.*?)</li>", page, re.S)
    assert lines and all("#source-" in line for line in lines)


def test_pdf_is_the_same_twice_and_links_to_its_sources(report, needs_fonts):
    data = written(report, "pdf")
    assert data.startswith(b"%PDF-") and data == written(report, "pdf")
    assert data.count(b"/Subtype /Link") >= len(report.sources)


def test_word_has_headings_lists_and_pictures_with_words(report, needs_fonts):
    data = written(report, "docx")
    made = Document(io.BytesIO(data))
    headings = [paragraph.text for paragraph in made.paragraphs if paragraph.style.name.startswith("Heading")]
    assert {"Changes of control", "Claims and denials", "Day by day", "Sources"} <= set(headings)
    bullets = [paragraph.text for paragraph in made.paragraphs if paragraph.style.name == "List Bullet"]
    assert bullets and all(re.search(r"\[\d+\]$", bullet) for bullet in bullets)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert 'descr="Incidents a day.' in archive.read("word/document.xml").decode()


@pytest.mark.parametrize(("name", "form"), [("a.pdf", "pdf"), ("a.DOCX", "docx"), ("a.html", "html"), ("a.txt", "md")])
def test_the_format_is_what_the_file_ends_with(tmp_path, name, form):
    assert form_of(tmp_path / name) == form
    assert form_of(None) == "md"
