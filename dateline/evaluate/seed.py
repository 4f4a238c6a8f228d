"""The report that everything starts from, against what a careful reader takes out of it.

Source: a newspaper's report of August 2021, kept by its owners; PATH: a folder with report.txt and expected.json (events and
tallies in the form of the guidelines; sentence n is line n of the report).
Mapped: nothing; events are paired and slots compared by the rules of voa_gold.
Figures: events_found, expected events (all, also minor ones) that one of ours stands for; events_right, those of them with the
right type, status, place, time, every actor, every count and every control; tallies, figures of no single event with
the right measure and range; speakers, the expected speakers of all events that are named with the event.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from dateline.errors import UsageError
from dateline.evaluate.alike import count_slot, hits, same_figure
from dateline.evaluate.coder import Coder
from dateline.evaluate.data import day_of
from dateline.evaluate.gather import event_marks
from dateline.evaluate.metrics import accuracy
from dateline.evaluate.voa_gold import Reading, gold_marks, lines_of, pair, rows_of
from dateline.evaluate.yardstick import Data, Json, Judged, Row, Yardstick, always, in_words
from dateline.model.text import Report

WHOLE = ("type", "status", "by", "on", "place", "when", "figures", "control")


def read(path: Path) -> Data[tuple[Reading, Json]]:
    expected = path / "expected.json" if path.is_dir() else path
    text = expected.with_name("report.txt")
    if not expected.is_file() or not text.is_file():
        raise UsageError(f"{path}: a folder with report.txt and expected.json is expected")
    gold = json.loads(expected.read_text(encoding="utf-8"))
    return Data(((to_reading(gold, text.read_text(encoding="utf-8")), gold),))


def to_reading(gold: Json, text: str) -> Reading:
    """Sentence 1 is the first line; number 0, the title, is nowhere in the text."""
    report = Report(
        id=gold["id"], outlet=gold.get("outlet"), title=gold.get("title"), published=day_of(gold.get("published")), text=text
    )
    return Reading(report, ((0, 0), *lines_of(text)), tuple(gold["events"]))


def judge(items: Sequence[tuple[Reading, Json]], coder: Coder) -> Iterator[Judged]:
    records = coder.records([reading.report for reading, _ in items])
    for (reading, gold), record in zip(items, records, strict=True):
        told: Json = json.loads(record.to_json())
        pairs = pair(reading.events, told["events"], reading.sentences)
        whole = [is_whole(reading.events[i], told["events"][j]) for i, j in sorted(pairs.items())]
        speakers = [
            count_slot("sources", event, told["events"][pairs[i]])[2] for i, event in enumerate(reading.events) if i in pairs
        ]
        tallies = hits(gold["tallies"], told["tallies"], same_figure)
        named = sum(len(event.get("said_by") or []) for event in reading.events)
        yield Judged(
            id=reading.report.id,
            counts={
                "events_found": (len(pairs), len(reading.events)),
                "events_right": (sum(whole), len(reading.events)),
                "tallies": (tallies, len(gold["tallies"])),
                "speakers": (sum(speakers), named),
            },
            text=reading.report.text,
            rows=(*rows_of(reading.events, told["events"], pairs), *_tally_rows(gold["tallies"], told["tallies"])),
            marks=(*gold_marks(reading), *event_marks(record.events)),
            prediction=told,
        )


def is_whole(gold: Json, told: Json) -> bool:
    """Every slot as expected: nothing missing, nothing wrong."""
    return all(len(set(count_slot(slot, gold, told))) == 1 for slot in WHOLE)


def _tally_rows(gold: Sequence[Json], told: Sequence[Json]) -> Iterator[Row]:
    for tally in gold:
        match = next((t for t in told if same_figure(tally, t)), None)
        yield Row("tally", _tally(tally), _tally(match), match is not None)
    for tally in told:
        if not any(same_figure(wanted, tally) for wanted in gold):
            yield Row("tally", "–", _tally(tally), False)


def _tally(tally: Json | None) -> str:
    return in_words(None if tally is None else f"{tally['measure']} {tally['low']}-{tally['high']} {tally.get('whom') or ''}")


YARDSTICK: Yardstick[tuple[Reading, Json]] = Yardstick(
    name="seed",
    measures="the report that everything starts from, whole",
    about=__doc__,
    file="expected.json",
    read=read,
    judge=judge,
    figures=always(*(accuracy(name) for name in ("events_found", "events_right", "tallies", "speakers"))),
)
