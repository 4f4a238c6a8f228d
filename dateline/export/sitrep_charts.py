"""The situation report's charts: incidents a day by kind, incidents by type, and a map of what changed hands."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from dateline.export import words
from dateline.export.boundaries import Boundaries, Ring, Window
from dateline.export.drawing import Area, Box, Dot, Drawing, Shape, Words, fitted, spread
from dateline.export.sitrep import MapMark, SitRep
from dateline.model.event import GROUPS

WIDTH = 460.0
MOST_DAYS = 62
MOST_TYPES = 10
MAP_HEIGHT = 270.0
LEAST_DEGREES = 2.0
WIDEST_BAR = 32.0
LETTER = 4.3  # points that a letter of a name takes


@dataclass(frozen=True, slots=True)
class Charts:
    """In the order in which they are shown; None: there is nothing to draw."""

    days: Drawing | None
    kinds: Drawing | None
    where: Drawing | None


def charts_of(report: SitRep, boundaries: Boundaries | None) -> Charts:
    return Charts(days_chart(report), kinds_chart(report), map_of(report.marks, boundaries) if boundaries else None)


def days_chart(report: SitRep) -> Drawing | None:
    """Stacked bars; a stretch too long for days has no chart."""
    length = (report.last - report.first).days + 1
    if not report.per_day or not 1 < length <= MOST_DAYS:
        return None
    counts = {(day, group): number for day, group, number in report.per_day}
    totals = {day: sum(counts.get((day, group), 0) for group in GROUPS) for day, _group, _n in report.per_day}
    most, height, base = max(totals.values()), 110.0, 130.0
    step = (WIDTH - 30) / length
    shapes: list[Shape] = [Words(0, base - height + 4, str(most), 7, "quiet"), Box(20, base, WIDTH - 20, 0.6, "quiet")]
    for number in range(length):
        day, left, top = report.first + timedelta(days=number), 24 + number * step, base
        for group in GROUPS:
            if (day, group) in counts:
                tall = height * counts[day, group] / most
                top -= tall
                shapes.append(Box(left, top, min(max(step - 3, 1), WIDEST_BAR), tall, group))
        if number % max(1, length // 8) == 0:
            shapes.append(Words(left, base + 11, f"{day.day} {day:%b}", 7, "quiet"))
    shapes += _legend(report, base + 26)
    told = "; ".join(f"{words.day(day)}: {total}" for day, total in sorted(totals.items()))
    return Drawing(WIDTH, base + 32, f"Incidents a day. {told}.", tuple(shapes))


def _legend(report: SitRep, y: float) -> Iterator[Shape]:
    x = 24.0
    shown = {group for _day, group, _n in report.per_day}
    for group in GROUPS:
        if group in shown:
            yield Box(x, y - 6, 7, 7, group)
            yield Words(x + 10, y, words.GROUPS[group], 7)
            x += 24 + 4.6 * len(words.GROUPS[group])


def kinds_chart(report: SitRep) -> Drawing | None:
    shown = report.kinds[:MOST_TYPES]
    if not shown:
        return None
    most = max(number for *_rest, number in shown)
    shapes: list[Shape] = []
    for row, (name, group, number) in enumerate(shown):
        y = row * 15.0
        wide = (WIDTH - 150) * number / most
        shapes += [Words(0, y + 9, name), Box(116, y + 1, wide, 10, group), Words(122 + wide, y + 9, str(number))]
    told = ", ".join(f"{name} {number}" for name, _group, number in shown)
    return Drawing(WIDTH, 15.0 * len(shown) + 2, f"Incidents by type: {told}.", tuple(shapes))


def map_of(marks: Sequence[MapMark], boundaries: Boundaries) -> Drawing | None:
    """Squares with names are places that changed hands, discs are incidents; east and west are drawn as wide as they are."""
    if not marks:
        return None
    window = _window(marks)
    narrow = math.cos(math.radians((window.south + window.north) / 2))
    scale = min(WIDTH / ((window.east - window.west) * narrow), MAP_HEIGHT / (window.north - window.south))
    left = (WIDTH - (window.east - window.west) * narrow * scale) / 2

    def at(lon: float, lat: float) -> tuple[float, float]:
        return left + (lon - window.west) * narrow * scale, (window.north - lat) * scale

    height = (window.north - window.south) * scale
    shapes: list[Shape] = [Area(_drawn(ring, at, height), "land", "quiet") for ring in boundaries.rings(window)]
    named: list[tuple[float, float, float]] = []  # a name that would lie over another is left to the words under the map
    for mark in sorted(marks, key=lambda mark: (mark.is_control, -mark.size)):
        x, y = at(mark.lon, mark.lat)
        if mark.is_control:
            shapes.append(Box(x - 3.5, y - 3.5, 7, 7, "control"))
            name, is_left = fitted(mark.name, 40), x > WIDTH * 0.7
            start = x - 6 - LETTER * len(name) if is_left else x + 6
            if all(abs(y - v) > 8 or start > end or start + LETTER * len(name) < begun for v, begun, end in named):
                named.append((y, start, start + LETTER * len(name)))
                shapes.append(Words(x - 6 if is_left else x + 6, y + 3, name, 7.5, anchor="end" if is_left else "start"))
        else:
            shapes.append(Dot(x, y, 2.5 + min(5.0, math.sqrt(mark.size) / 3), mark.group))
    held = [mark.name for mark in marks if mark.is_control]
    told = f"Changed hands: {', '.join(held)}." if held else "No place changed hands."
    return Drawing(WIDTH, height, f"Map of {len(marks) - len(held)} incidents with a known spot. {told}", tuple(shapes))


def _drawn(ring: Ring, at: Callable[[float, float], tuple[float, float]], height: float) -> Ring:
    """What reaches over the map's edge is bent along it."""
    points = (at(lon, lat) for lon, lat in ring)
    return tuple((min(max(x, 0.0), WIDTH), min(max(y, 0.0), height)) for x, y in points)


def _window(marks: Sequence[MapMark]) -> Window:
    """Around the marks, with a margin, and never so near that a village fills the page."""
    west, east = spread([mark.lon for mark in marks])
    south, north = spread([mark.lat for mark in marks])
    across, up = max(LEAST_DEGREES, (east - west) * 1.3), max(LEAST_DEGREES, (north - south) * 1.3)
    lon, lat = (west + east) / 2, (south + north) / 2
    up = min(max(up, across * 0.45), 150.0)
    across = max(across, up * 1.2)
    return Window(lon - across / 2, max(-88.0, lat - up / 2), lon + across / 2, min(88.0, lat + up / 2))
