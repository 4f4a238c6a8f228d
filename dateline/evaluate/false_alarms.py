"""How often we tell of a material event where there is none: feed items of sport, business, arts, technology and science.

Source: public feeds of news outlets, by the section of their address; a handful may hold an attack. PATH: any JSON lines of
reports ({"id", "outlet", "published", "title", "text"}) whose text is known to hold no conflict.
Mapped: every event of a type outside the political group, of whatever status, is a false alarm.
Figure: false alarms per 100 reports (lower is better). Compare: GDELT, one audit of 153 rows, 76.5% were not the event at the
place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from dateline.evaluate.coder import Coder
from dateline.evaluate.data import find_file, read_lines, to_report
from dateline.evaluate.gather import event_marks
from dateline.evaluate.metrics import accuracy
from dateline.evaluate.yardstick import Data, Judged, Row, Yardstick, always
from dateline.model.event import GROUPS
from dateline.model.text import Report


def read(path: Path) -> Data[Report]:
    return read_lines(find_file(path, "dev.jsonl"), lambda line: [to_report(line)])


def judge(items: Sequence[Report], coder: Coder) -> Iterator[Judged]:
    for report, record in zip(items, coder.records(items), strict=True):
        told = [event for event in record.events if event.type not in GROUPS["politics"]]
        yield Judged(
            id=report.id,
            counts={"alarms": (len(told), 1)},
            text=report.text,
            rows=tuple(Row(e.type, "–", f"“{e.trigger.text}” ({e.status}, {e.made_by})", False) for e in told),
            marks=event_marks(told),
            prediction={"id": report.id, "told": [{"type": e.type, "trigger": e.trigger.text} for e in told]},
        )


YARDSTICK: Yardstick[Report] = Yardstick(
    name="false_alarms",
    measures="material events told where there are none (lower is better)",
    about=__doc__,
    file="dev.jsonl",
    read=read,
    judge=judge,
    figures=always(accuracy("per_100", "alarms")),
    best_known={"per_100": "GDELT, one audit: 76.5% of rows wrong"},
)
