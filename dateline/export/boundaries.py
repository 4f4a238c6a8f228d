"""Provinces' outlines from the TopoJSON file that set-up drew for the desk's map: rings of (longitude, latitude)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Window:
    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Read once a report; an outline that touches the window is whole."""

    topology: dict[str, Any]

    @classmethod
    def read(cls, path: Path) -> Boundaries | None:
        """None where set-up has not drawn them: a report then has no map."""
        try:
            return cls(json.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None

    def rings(self, window: Window) -> Iterator[Ring]:
        arcs = self._arcs()
        for geometry in self.topology["objects"]["provinces"]["geometries"]:
            polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry.get("arcs", [])
            for polygon in polygons:
                ring = _joined(polygon[0], arcs)
                if _touches(ring, window):
                    yield ring

    def _arcs(self) -> list[Ring]:
        """Arcs are steps on a grid."""
        (scale_x, scale_y), (shift_x, shift_y) = self.topology["transform"]["scale"], self.topology["transform"]["translate"]
        found = []
        for arc in self.topology["arcs"]:
            x = y = 0
            points = []
            for step_x, step_y in arc:
                x, y = x + step_x, y + step_y
                points.append((x * scale_x + shift_x, y * scale_y + shift_y))
            found.append(tuple(points))
        return found


def _joined(numbers: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    """An arc with a number below zero is walked backwards; where two arcs meet their point is one."""
    points: list[tuple[float, float]] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points.extend(arc[1:] if points else arc)
    return tuple(points)


def _touches(ring: Ring, window: Window) -> bool:
    lons, lats = [lon for lon, _ in ring], [lat for _, lat in ring]
    return min(lons) <= window.east and max(lons) >= window.west and min(lats) <= window.north and max(lats) >= window.south
