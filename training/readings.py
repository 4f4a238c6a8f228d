"""Readings to learn from: voa-gold files, reports in our notation, readings beside a text; snippets and calm reports besides.

A reading is a report, its numbered sentences (0 is the title) and the events that a careful reader found.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from dateline.evaluate import geo, tempeval
from dateline.model.text import Report

Event = Mapping[str, Any]
FLAGS = frozenset({"minor", "background", "aggregate"})
FIELDS = 8
NOTE_LENGTH = 400  # characters of a calm report that make a note


@dataclass(frozen=True, slots=True)
class ReportReading:
    origin: str  # the set it belongs to
    report: Report
    sentences: tuple[tuple[int, int], ...]
    events: tuple[Event, ...] | None  # None: known to tell no conflict, or only a code is known
    code: str | None = None  # of a snippet whose main type is known (training/snippets.py)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def report_of(row: Mapping[str, Any]) -> Report:
    published = row.get("published")
    day = date.fromisoformat(published[:10]) if published else None
    return Report(id=row["id"], outlet=row.get("outlet"), title=row.get("title"), text=row["text"], published=day)


def from_gold(origin: str, gold: Path, docs: Path) -> Iterator[ReportReading]:
    """The voa-gold form (docs/yardsticks.md)."""
    events = {row["id"]: tuple(row["events"]) for row in lines(gold)}
    for row in lines(docs):
        if row["id"] in events:
            yield ReportReading(origin, report_of(row), tuple((a, b) for a, b in row["offsets"]), events[row["id"]])


def calm(path: Path, limit: int) -> Iterator[ReportReading]:
    """About `limit` reports without conflict, spread evenly over the file."""
    rows = lines(path)
    for row in rows[:: max(1, len(rows) // limit)]:
        yield ReportReading("calm", report_of(row), (), None)


def calm_notes(path: Path, limit: int) -> Iterator[ReportReading]:
    """Other reports of the same file, cut to the length of a note and without their title."""
    rows = lines(path)
    for row in rows[1 :: max(1, len(rows) // limit)]:
        body = row["text"].removeprefix(row.get("title") or "").strip() or row["text"]
        yield ReportReading("calm notes", Report(id=f"note-{row['id']}", text=body[:NOTE_LENGTH]), (), None)


def snippets(path: Path) -> Iterator[ReportReading]:
    """One or two sentences each, with the code of their main type."""
    for row in lines(path):
        yield ReportReading("snippets", report_of(row), (), None, row["gold"])


def written(folder: Path) -> Iterator[ReportReading]:
    """The notation of training/readings/README.md. Raises ValueError naming the file and line that is not of it."""
    for path in sorted(folder.glob("*.txt")):
        numbered = list(enumerate(path.read_text(encoding="utf-8").splitlines(), start=1))
        starts = [n for n, (_, line) in enumerate(numbered) if line.startswith("===")]
        for start, end in zip(starts, [*starts[1:], len(numbered)], strict=True):
            yield _written(path.name, numbered[start:end])


def _written(name: str, numbered: Sequence[tuple[int, str]]) -> ReportReading:
    (number, head), *rest = numbered
    parts = [part.strip() for part in head.removeprefix("===").split("|", 2)]
    cut = next((n for n, (_, line) in enumerate(rest) if line.strip() == "---"), None)
    if len(parts) != 3 or cut is None:
        raise ValueError(f"{name} line {number}: wants === id | published day | title, sentences, ---, events")
    text, sentences = _text(parts[2], [line.strip() for _, line in rest[:cut] if line.strip()])
    events = tuple(_event(line, f"{name} line {n}") for n, line in rest[cut + 1 :] if line.strip())
    day = date.fromisoformat(parts[1].removeprefix("published").strip())
    return ReportReading("written", Report(id=parts[0], title=parts[2], text=text, published=day), sentences, events)


def _text(title: str, body: Sequence[str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    text, spans, gap = title, [(0, len(title))], "\n\n"
    for sentence in body:
        if sentence == ".":
            gap = "\n\n"
            continue
        start = len(text) + len(gap)
        spans.append((start, start + len(sentence)))
        text, gap = f"{text}{gap}{sentence}", " "
    return text, tuple(spans)


def _event(line: str, where: str) -> Event:
    fields = [field.strip() for field in line.split("|")]
    if len(fields) != FIELDS:
        raise ValueError(f"{where}: wants {FIELDS} fields between |, has {len(fields)}")
    kind, status, sentences, trigger, by, on, place, flags = fields
    return {
        "type": kind,
        "status": status,
        "sents": [int(number) for number in sentences.split(",")],
        "trigger": trigger,
        "by": _names(by),
        "on": _names(on),
        "place": _place(place),
        **{flag: True for flag in flags.replace(",", " ").split() if flag in FLAGS},
    }


def _names(field: str) -> list[str]:
    return [name.strip() for name in field.split(";") if name.strip() not in {"", "-"}]


def _place(name: str | None) -> dict[str, str] | None:
    return {"name": name} if name and name != "-" else None


def beside(path: Path, yardsticks: Path) -> Iterator[ReportReading]:
    """Readings whose texts are looked up in the geo and tempeval sets; one whose text has changed is left out."""
    texts = {
        **{article.report.id: article.report for article in geo.read(yardsticks / "geo").items},
        **{article.report.id: article.report for article in tempeval.read(yardsticks / "tempeval").items},
    }
    for row in lines(path):
        report = texts.get(row["id"])
        if report and hashlib.sha256(report.text.encode()).hexdigest().startswith(row["sha256"]):
            events = tuple({**event, "place": _place(event["place"])} for event in row["events"])
            yield ReportReading("beside", report, tuple((a, b) for a, b in row["sentences"]), events)
