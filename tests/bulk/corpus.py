"""A small made-up corpus and what tests ask of a bulk run's folder."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from pathlib import Path

from dateline.bulk.parts import Parts
from dateline.bulk.run import run
from dateline.bulk.sources import Source
from dateline.engines import Engine
from dateline.settings import Settings

PAGE = """<html><head><title>Shelling kills four in Taiz</title><meta property="og:site_name" content="Wire"></head>
<body><article><h1>Shelling kills four in Taiz</h1><p>Shells killed four people in the city of Taiz on Monday, doctors said.
The shells hit a market in the east of the city, and a fifth person died later of wounds, a nurse told reporters.</p>
</article></body></html>"""

TOWNS = ("Goma", "Kunduz", "Taiz", "Maiduguri", "Kherson")


def lines(count: int) -> list[str]:
    """JSON lines over several days; one is no JSON and one has no date."""
    made = []
    for number in range(count):
        day = date(2021, 8, 1) + timedelta(days=number % 3)
        text = f"Rebels attacked a convoy near {TOWNS[number % 5]} on Monday, killing {number + 2} soldiers, police said."
        row = {"id": f"r{number}", "outlet": "Wire", "published": None if number == 4 else day.isoformat(), "text": text}
        made.append("{broken" if number == 7 else json.dumps(row))
    return made


def corpus(folder: Path, count: int) -> Path:
    """The lines in two files of one folder."""
    folder.mkdir()
    made = lines(count)
    half = count // 2
    (folder / "a.jsonl").write_text("\n".join(made[:half]) + "\n", encoding="utf-8")
    (folder / "b.jsonl").write_text("\n".join(made[half:]) + "\n", encoding="utf-8")
    return folder


def bulk(source: Path, target: Path, engine: Engine, settings: Settings, size: int) -> list[bool]:
    """Run it; for each part whether it was coded now."""
    steps = run(Source.open(str(source), settings.max_chars), Parts.open(str(target)), engine, settings, size)
    return [step.is_new for step in steps]


def tree(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def ids(folder: Path) -> list[str]:
    """Of all reports in the folder, as often as they are there."""
    parts = Parts.open(str(folder))
    return sorted(report.id for part in parts for report, _record in parts.rows(part))


def web_archive(path: Path) -> None:
    """A page with a report, one that is gone, a picture, and a page without words."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for url, status, kind, body in (
            ("https://wire.example/taiz", "200 OK", "text/html", PAGE),
            ("https://wire.example/gone", "404 Not Found", "text/html", "<html>gone</html>"),
            ("https://wire.example/logo", "200 OK", "image/png", "png"),
            ("https://wire.example/empty", "200 OK", "text/html", "<html><body></body></html>"),
        ):
            headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.0")
            writer.write_record(writer.create_warc_record(url, "response", io.BytesIO(body.encode()), http_headers=headers))
