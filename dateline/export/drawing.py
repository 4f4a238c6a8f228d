"""A drawing is a few shapes in points from the top left; SVG, PDF and PNG draw the same one: no format shows another chart."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Literal

from PIL import Image, ImageDraw, ImageFont

Paint = Literal["ink", "quiet", "land", "violence", "control", "coercion", "unrest", "politics", "humanitarian"]
Anchor = Literal["start", "middle", "end"]

# The kinds' colours are those of the desk (static/css/base.css).
COLOURS: dict[Paint, tuple[int, int, int]] = {
    "ink": (32, 36, 42),
    "quiet": (104, 112, 122),
    "land": (226, 224, 218),
    "violence": (181, 56, 42),
    "control": (31, 111, 156),
    "coercion": (141, 98, 0),
    "unrest": (122, 74, 160),
    "politics": (86, 100, 108),
    "humanitarian": (43, 117, 71),
}
PIXELS_A_POINT = 3


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    paint: Paint


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    radius: float
    paint: Paint


@dataclass(frozen=True, slots=True)
class Area:
    """A closed line, filled, its edge drawn in `edge`."""

    points: tuple[tuple[float, float], ...]
    paint: Paint
    edge: Paint


@dataclass(frozen=True, slots=True)
class Words:
    x: float
    y: float
    text: str
    size: float = 8.0
    paint: Paint = "ink"
    anchor: Anchor = "start"


Shape = Box | Dot | Area | Words


@dataclass(frozen=True, slots=True)
class Drawing:
    """`title` says in words what is drawn, for those who do not see it."""

    width: float
    height: float
    title: str
    shapes: tuple[Shape, ...]


def svg(drawing: Drawing) -> str:
    """Ink takes the page's colour, so that it stands on light and dark."""
    parts = "".join(_svg(shape) for shape in drawing.shapes)
    label = escape(drawing.title, quote=True)
    size = f'viewBox="0 0 {drawing.width:g} {drawing.height:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" class="drawing" role="img" aria-label="{label}" {size}>{parts}</svg>'


def _svg(shape: Shape) -> str:
    match shape:
        case Box(x, y, width, height, paint):
            return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" {_fill(paint)}/>'
        case Dot(x, y, radius, paint):
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" {_fill(paint)}/>'
        case Area(points, paint, edge):
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            return f'<polygon points="{path}" {_fill(paint)} stroke="{_hex(edge)}" stroke-opacity="0.45" stroke-width="0.4"/>'
        case Words(x, y, text, size, paint, anchor):
            where = f'x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" text-anchor="{anchor}"'
            return f"<text {where} {_fill(paint)}>{escape(text)}</text>"


def _fill(paint: Paint) -> str:
    if paint == "land":
        return 'fill="currentColor" fill-opacity="0.07"'
    return 'fill="currentColor"' if paint in ("ink", "quiet") else f'fill="{_hex(paint)}"'


def _hex(paint: Paint) -> str:
    return "#" + "".join(f"{part:02x}" for part in COLOURS[paint])


def png(drawing: Drawing, font: Path) -> bytes:
    """For documents that hold pictures only."""
    scale = PIXELS_A_POINT
    picture = Image.new("RGB", (round(drawing.width * scale), round(drawing.height * scale)), "white")
    pen = ImageDraw.Draw(picture)
    for shape in drawing.shapes:
        _paint(pen, shape, scale, font)
    target = io.BytesIO()
    picture.save(target, "PNG", optimize=True)
    return target.getvalue()


def _paint(pen: ImageDraw.ImageDraw, shape: Shape, scale: float, font: Path) -> None:
    match shape:
        case Box(x, y, width, height, paint):
            pen.rectangle((x * scale, y * scale, (x + width) * scale, (y + height) * scale), fill=COLOURS[paint])
        case Dot(x, y, radius, paint):
            box = ((x - radius) * scale, (y - radius) * scale, (x + radius) * scale, (y + radius) * scale)
            pen.ellipse(box, fill=COLOURS[paint], outline="white")
        case Area(points, paint, edge):
            pen.polygon([(x * scale, y * scale) for x, y in points], fill=COLOURS[paint], outline=COLOURS[edge])
        case Words(x, y, text, size, paint, anchor):
            letter = {"start": "l", "middle": "m", "end": "r"}[anchor]
            letters = ImageFont.truetype(str(font), round(size * scale))
            pen.text((x * scale, y * scale), text, fill=COLOURS[paint], font=letters, anchor=f"{letter}s")


def fitted(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def spread(values: Sequence[float]) -> tuple[float, float]:
    return min(values), max(values)
