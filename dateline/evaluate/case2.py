"""One or two sentences to one of ACLED's sub-event types, as read by a system that never saw ACLED's notes.

Source: CASE 2021 shared task 2 (Haneczok et al. 2021; snippets of news and of ACLED's notes, research use). PATH: dev.jsonl,
lines of {"text", "gold"}; 25 types of ACLED and five further ones, which no record can name (disasters, crime, diplomacy).
Mapped: the main event's type with its means, actors and figures to the type's code, by rules; nothing told is no answer.
Figures: F1 of the 25 types weighted by gold, and their plain mean; snippets of the five further types count only as errors.
Not comparable: 83.9 was reached with hundreds of thousands of ACLED's notes to learn from; this system is untrained on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dateline.evaluate.acled_types import FURTHER, KNOWN, code_of
from dateline.evaluate.coder import Coder
from dateline.evaluate.data import find_file, read_lines, text_of
from dateline.evaluate.gather import event_marks
from dateline.evaluate.metrics import weighted_f1
from dateline.evaluate.yardstick import Data, Json, Judged, Yardstick, always, shown
from dateline.model.text import Report


@dataclass(frozen=True, slots=True)
class Snippet:
    report: Report
    gold: str


def read(path: Path) -> Data[Snippet]:
    return read_lines(find_file(path, "dev.jsonl"), lambda line: [to_snippet(line)])


def to_snippet(line: Json) -> Snippet:
    gold = text_of(line, "gold")
    if gold not in KNOWN and gold not in FURTHER:
        raise ValueError(f"unknown type {gold!r}")
    return Snippet(Report(id=text_of(line, "id"), text=text_of(line, "text")), gold)


def judge(items: Sequence[Snippet], coder: Coder) -> Iterator[Judged]:
    for item, record in zip(items, coder.records([item.report for item in items]), strict=True):
        told = code_of(record)
        counts = {code: (float(code == item.gold), float(code == told), float(code == item.gold == told)) for code in KNOWN}
        yield Judged(
            id=item.report.id,
            counts={code: row for code, row in counts.items() if any(row)},
            text=item.report.text,
            rows=(shown(item.gold, item.gold, told, told == item.gold or (told is None and item.gold in FURTHER)),),
            marks=event_marks(record.events),
            prediction={"id": item.report.id, "prediction": told},
        )


YARDSTICK: Yardstick[Snippet] = Yardstick(
    name="case2",
    measures="one or two sentences to ACLED's sub-event type",
    about=__doc__,
    file="dev.jsonl",
    read=read,
    judge=judge,
    figures=always(weighted_f1("weighted_f1", KNOWN, weighted=True), weighted_f1("macro_f1", KNOWN, weighted=False)),
    best_known={"weighted_f1": "83.9 (trained on ACLED's notes)"},
)
