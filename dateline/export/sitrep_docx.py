"""The situation report as a Word document: real headings and lists, charts as pictures that say in words what they show."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path

from docx import Document
from docx.document import Document as Word
from docx.shared import Pt

from dateline.errors import MissingResource
from dateline.export import words
from dateline.export.drawing import Drawing, png
from dateline.export.sitrep import Line, SitRep, Sum, source_words
from dateline.export.sitrep_charts import Charts


def docx(report: SitRep, charts: Charts, fonts: Path) -> bytes:
    """`fonts`: the folder with the typeface in which the charts are lettered."""
    font = fonts / "DejaVuSans.ttf"
    if not font.exists():
        raise MissingResource("the typeface of the charts is not installed: run `make setup` once")
    made = Document()
    made.core_properties.title = report.title
    made.core_properties.author = "dateline"
    made.core_properties.created = made.core_properties.modified = datetime.combine(report.last, time())
    made.add_heading(report.title, 0)
    made.add_paragraph(f"{words.plural(report.incidents, 'incident')} told as fact or claimed as such.")
    _lines(made, report.sums)
    _pictures(made, [charts.days, charts.kinds], font)
    for number, (title, lines) in enumerate(report.sections):
        made.add_heading(title, 1)
        _lines(made, lines)
        if number == 0:
            _pictures(made, [charts.where], font)
    made.add_heading("Day by day", 1)
    for day in report.days:
        made.add_heading(day.words, 2)
        _lines(made, day.lines)
    made.add_heading("Sources", 1)
    for cited in report.sources:
        made.add_paragraph(f"[{cited.number}] {source_words(cited)}")
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def _lines(made: Word, lines: Sequence[Line | Sum]) -> None:
    for line in lines:
        paragraph = made.add_paragraph(line.words, style="List Bullet")
        if line.cites:
            cites = paragraph.add_run(" " + " ".join(f"[{number}]" for number in line.cites))
            cites.font.superscript = True


def _pictures(made: Word, found: Sequence[Drawing | None], font: Path) -> None:
    for drawing in found:
        if drawing is not None:
            picture = made.add_picture(io.BytesIO(png(drawing, font)), width=Pt(drawing.width * 0.94))
            picture._inline.docPr.set("descr", drawing.title)
