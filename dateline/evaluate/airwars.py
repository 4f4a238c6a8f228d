"""One incident out of many sources: how many civilians were killed and injured, and where.

Source: assessments of Airwars (airwars.org; their texts and fields, research use), Gaza 2023-24. PATH: dev.jsonl, lines of
{"assessment", "fields", "lat", "lon"}.
Mapped: the assessment is read as one report, published on the incident's first day. killed: the first count of civilians killed
and the counts that widen it, parts and fighters left out, of the tallies when no event has one; an open end is no end; injured
likewise. The place is that of the main violent event, or of the first other one, when narrower than a country.
Figures: killed_range and injured_range, the same low and high; killed_range_cut, the same of the text without its first
sentence, which often gives the range in so many words; killed_range_overlap, the ranges share a number; within20km, the place
within 20 km of Airwars' point. Assessments of unknown killed are right when we give none. None published.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from dateline.evaluate.coder import Coder
from dateline.evaluate.data import find_file, read_lines, text_of
from dateline.evaluate.gather import added_up, event_marks, is_one_of, main_first, of_types, took_place
from dateline.evaluate.metrics import accuracy
from dateline.evaluate.yardstick import Data, Json, Judged, Row, Yardstick, always, in_words
from dateline.model.event import GROUPS, Event, Measure, Record
from dateline.model.text import Report
from dateline.resolve.gazetteer import great_circle

NEAR_KM = 20.0
MEASURES: tuple[Measure, Measure] = ("killed", "injured")
DAYS = re.compile(r"(\w+ \d+)(?:\s*[–-].*)?, (\d{4})")
FIGURES = ("killed_range", "killed_range_cut", "killed_range_overlap", "injured_range", "within20km")
SENTENCE_END = re.compile(r"(?<=[a-z0-9)\]”\"’][.!?])(?<!\bSt\.)(?<!\bDr\.)(?<!\bMr\.)[”\"]?\s+(?=[A-Z@“\"(])")
NUMBERS = re.compile(r"\s*([\d,]+)(?:\s*[–-]\s*([\d,]+))?")

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Assessment:
    report: Report
    killed: Range | None
    injured: Range | None
    point: tuple[float, float] | None


def read(path: Path) -> Data[Assessment]:
    return read_lines(find_file(path, "dev.jsonl"), lambda line: [to_assessment(line)])


def to_assessment(line: Json) -> Assessment:
    fields = line["fields"]
    point = (float(line["lat"]), float(line["lon"])) if line.get("lat") is not None else None
    day = first_day(line["incident_date"]) if line.get("incident_date") else None
    report = Report(id=text_of(line, "code"), outlet="Airwars", published=day, text=text_of(line, "assessment"))
    killed, injured = (to_range(fields.get(f"Civilians reported {what}")) for what in ("killed", "injured"))
    return Assessment(report, killed, injured, point)


def first_day(words: str) -> date:
    """ "October 9–10, 2023" → the 9th."""
    found = DAYS.fullmatch(words)
    if not found:
        raise ValueError(f"no day: {words!r}")
    return datetime.strptime(f"{found[1]} {found[2]}", "%B %d %Y").date()


def to_range(words: str | None) -> Range | None:
    """ "4 – 5 ( 2 children 1 woman )" → (4, 5); "Unknown" → None."""
    found = NUMBERS.match(words or "")
    if not found:
        return None
    low = int(found[1].replace(",", ""))
    return low, int(found[2].replace(",", "")) if found[2] else low


def judge(items: Sequence[Assessment], coder: Coder) -> Iterator[Judged]:
    records = iter(coder.records([report for item in items for report in (item.report, cut(item.report))]))
    for item in items:
        yield judge_one(item, next(records), next(records))


def cut(report: Report) -> Report:
    """Without its first sentence; a text of one sentence is left empty."""
    end = SENTENCE_END.search(report.text)
    return report.model_copy(update={"id": f"{report.id} cut", "text": report.text[end.end() :] if end else ""})


def judge_one(item: Assessment, record: Record, of_cut: Record) -> Judged:
    events = of_types(took_place(record), GROUPS["violence"])
    killed, injured = (range_of(events, record, measure) for measure in MEASURES)
    killed_in_cut = range_of(of_types(took_place(of_cut), GROUPS["violence"]), of_cut, "killed")
    km = distance(item, main_first(events))
    counts = {
        "killed_range": (float(killed == item.killed), 1.0),
        "killed_range_cut": (float(killed_in_cut == item.killed), 1.0),
        "killed_range_overlap": (float(killed == item.killed or meet(killed, item.killed)), 1.0),
        "injured_range": (float(injured == item.injured), 1.0) if item.injured else (0.0, 0.0),
        "within20km": (float(km is not None and km <= NEAR_KM), 1.0) if item.point else (0.0, 0.0),
    }
    where = "no place" if km is None else f"{km:.0f} km away"
    return Judged(
        id=item.report.id,
        counts=counts,
        text=item.report.text,
        rows=(
            Row("killed", in_words(item.killed), in_words(killed), killed == item.killed),
            Row("killed, first sentence cut", in_words(item.killed), in_words(killed_in_cut), killed_in_cut == item.killed),
            Row("injured", in_words(item.injured), in_words(injured), injured == item.injured if item.injured else None),
            Row("place", in_words(item.point), where, km is not None and km <= NEAR_KM if item.point else None),
        ),
        marks=event_marks(record.events),
        prediction={"code": item.report.id, "killed": killed, "killed_cut": killed_in_cut, "injured": injured, "km": km},
    )


def range_of(events: Sequence[Event], record: Record, measure: Measure) -> Range | None:
    """Of civilians: the first count and what widens it; a summary tells the whole first."""
    found = added_up(events, record, (measure,), lambda f: not is_one_of(f, "fighters") or is_one_of(f, "civilians"))
    return (found.low, found.high) if found else None


def meet(a: Range | None, b: Range | None) -> bool:
    return bool(a and b and a[0] <= b[1] and b[0] <= a[1])


def distance(item: Assessment, events: Sequence[Event]) -> float | None:
    """To the place of the first event that has one narrower than a country, the main event first."""
    places = [event.place for event in events if event.place and event.place.precision != "country"]
    found = next(((p.lat, p.lon) for p in places if p.lat is not None and p.lon is not None), None)
    return round(great_circle(*item.point, *found), 1) if item.point and found else None


YARDSTICK: Yardstick[Assessment] = Yardstick(
    name="airwars",
    measures="killed and injured ranges, and the place, out of many sources",
    about=__doc__,
    file="dev.jsonl",
    read=read,
    judge=judge,
    figures=always(*(accuracy(name) for name in FIGURES)),
    settings={"vague_table": "airwars"},
)
