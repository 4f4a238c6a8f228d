"""The situation report as PDF: drawn by ReportLab, with a typeface that has the accents and alphabets of names inside the file.

Same report, same bytes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from reportlab.graphics import shapes as drawn
from reportlab.lib.colors import Color
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import KeepTogether, Paragraph, SimpleDocTemplate, Spacer

from dateline.errors import MissingResource
from dateline.export import words
from dateline.export.drawing import COLOURS, Area, Box, Dot, Drawing, Paint, Shape, Words
from dateline.export.sitrep import Line, SitRep, Sum, source_words
from dateline.export.sitrep_charts import Charts

PLAIN, BOLD = "DejaVuSans", "DejaVuSans-Bold"
MARGIN = 56
BODY = ParagraphStyle("body", fontName=PLAIN, fontSize=9, leading=13, spaceAfter=3)
ITEM = ParagraphStyle("item", parent=BODY, leftIndent=10, bulletIndent=0)
TITLE = ParagraphStyle("title", parent=BODY, fontName=BOLD, fontSize=17, leading=22, spaceAfter=8)
HEADING = ParagraphStyle("heading", parent=BODY, fontName=BOLD, fontSize=12, leading=16, spaceBefore=10, spaceAfter=4)
DAY = ParagraphStyle("day", parent=BODY, fontName=BOLD, spaceBefore=6)
QUIET = ParagraphStyle("quiet", parent=BODY, fontSize=7.5, leading=10, textColor=Color(0.4, 0.43, 0.47))


def pdf(report: SitRep, charts: Charts, fonts: Path) -> bytes:
    """`fonts`: the folder that set-up put the typeface into."""
    use_fonts(fonts)
    target = io.BytesIO()
    document = SimpleDocTemplate(
        target, pagesize=A4, leftMargin=MARGIN, rightMargin=MARGIN, topMargin=MARGIN, bottomMargin=MARGIN, title=report.title,
        author="dateline", lang="en", invariant=1,
    )  # fmt: skip
    document.build(list(_story(report, charts)), onFirstPage=_foot, onLaterPages=_foot)
    return target.getvalue()


@lru_cache(maxsize=1)
def use_fonts(folder: Path) -> None:
    """ReportLab keeps typefaces by name for the whole process."""
    for name in (PLAIN, BOLD):
        path = folder / f"{name}.ttf"
        if not path.exists():
            raise MissingResource("the typeface of the PDF is not installed: run `make setup` once")
        pdfmetrics.registerFont(TTFont(name, str(path)))
    pdfmetrics.registerFontFamily(PLAIN, normal=PLAIN, bold=BOLD, italic=PLAIN, boldItalic=BOLD)


def _foot(canvas: Any, document: Any) -> None:
    canvas.setFont(PLAIN, 7)
    canvas.drawRightString(A4[0] - MARGIN, MARGIN / 2, str(document.page))
    canvas.drawString(MARGIN, MARGIN / 2, document.title)


def _story(report: SitRep, charts: Charts) -> Iterator[Any]:
    yield Paragraph(escape(report.title), TITLE)
    yield Paragraph(f"{words.plural(report.incidents, 'incident')} told as fact or claimed as such.", BODY)
    yield from (_item(one) for one in report.sums)
    yield from _charts([charts.days, charts.kinds])
    for number, (title, lines) in enumerate(report.sections):
        yield from _section(title, lines)
        if number == 0:
            yield from _charts([charts.where])
    yield Paragraph("Day by day", HEADING)
    for day in report.days:
        items = [_item(line) for line in day.lines]
        yield KeepTogether([Paragraph(escape(day.words), DAY), items[0]])
        yield from items[1:]
    yield Paragraph("Sources", HEADING)
    for cited in report.sources:
        yield Paragraph(f'<a name="s{cited.number}"/>{escape(source_words(cited))}', ITEM, bulletText=f"{cited.number}")


def _section(title: str, lines: Sequence[Line]) -> Iterator[Any]:
    items = [_item(line) for line in lines]
    yield KeepTogether([Paragraph(escape(title), HEADING), *items[:1]])
    yield from items[1:]


def _item(line: Line | Sum) -> Paragraph:
    cites = " ".join(f'<a href="#s{number}">{number}</a>' for number in line.cites)
    raised = f' <super size="6">{cites}</super>' if cites else ""
    return Paragraph(f"{escape(line.words)}{raised}", ITEM, bulletText="•")


def _charts(found: Sequence[Drawing | None]) -> Iterator[Any]:
    for drawing in found:
        if drawing is not None:
            yield Spacer(1, 8)
            yield KeepTogether([_drawing(drawing), Paragraph(escape(drawing.title), QUIET)])


def _drawing(drawing: Drawing) -> drawn.Drawing:
    made = drawn.Drawing(drawing.width, drawing.height)
    for shape in drawing.shapes:
        made.add(_shape(shape, drawing.height))
    return made


def _shape(shape: Shape, height: float) -> Any:
    """PDF counts from the bottom."""
    match shape:
        case Box(x, y, width, tall, paint):
            return drawn.Rect(x, height - y - tall, width, tall, fillColor=_colour(paint), strokeWidth=0, strokeColor=None)
        case Dot(x, y, radius, paint):
            return drawn.Circle(x, height - y, radius, fillColor=_colour(paint), strokeColor=Color(1, 1, 1), strokeWidth=0.5)
        case Area(points, paint, edge):
            flat = [value for x, y in points for value in (x, height - y)]
            return drawn.Polygon(flat, fillColor=_colour(paint), strokeColor=_colour(edge), strokeWidth=0.3)
        case Words(x, y, text, size, paint, anchor):
            return drawn.String(x, height - y, text, fontName=PLAIN, fontSize=size, fillColor=_colour(paint), textAnchor=anchor)


def _colour(paint: Paint) -> Color:
    return Color(*(part / 255 for part in COLOURS[paint]))
