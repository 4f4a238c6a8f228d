"""One operation a press release: when, in which province, against whom, how many killed and captured, whether from the air.

Source: press releases of the ISAF in Afghanistan 2009-2013, coded by Alex Strick van Linschoten (data set "isafpressreleases",
research use; figures to compare with: his blog of 2024). PATH: dev.jsonl, lines of {"text", "gold"}.
Mapped: min_killed, what the counts of killed who are insurgents add up to over events that took place (and tallies of no
event); min_captured, the same of captured, arrested, detained and surrendered; killq, captureq: whether above 0; airstrike: an
event of that type or means; start_date and province, of the main event, else of the first that has one (province by the
first-level units of the places told in one breath with it, in the project's spelling); where no event has a time, start_date is
the day of the release's own header, as its coders took it, though the record leaves such a time unknown; target_group: Taliban,
Haqqani, IMU, HIG or al-Qaeda among the actors and the people counted; event_type: airstrike when people were killed from the air,
captureandkill, insurgentskilled or detention by the counts; killcaptureraid: people captured or killed on the ground.
Vague words count by the project's own table (setting vague_table = isaf).
Not comparable: killcaptureraid and noshotsfired follow a private definition (we have no slot for the second: always no). Sets
score the share of gold that is found. Published figures are on another split of 724 releases, by models tuned on the rest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from dateline.evaluate.coder import Coder
from dateline.evaluate.data import find_file, read_lines, text_of
from dateline.evaluate.gather import (
    CIVILIANS,
    TAKEN,
    added_up,
    event_marks,
    is_among,
    main_event,
    of_types,
    took_place,
    unaccented,
)
from dateline.evaluate.metrics import accuracy, mean_accuracy
from dateline.evaluate.yardstick import Data, Json, Judged, Row, Yardstick, always, in_words
from dateline.model.event import Event, Measure, Record
from dateline.model.text import Report

SCORED = ("start_date", "province", "target_group", "event_type", "min_killed", "min_captured", "killq", "captureq", "airstrike")
PRIVATE = ("killcaptureraid", "noshotsfired")
OWN_SIDE = frozenset(
    (
        *("coalition", "soldier", "police", "policeman", "child", "woman", "service", "servicemember", "afghan", "ansf"),
        *("american", "national", "officer", "elder", "governor"),
    )
)
ANYBODY = frozenset(("person", "people"))  # of those taken in an operation it says nothing about their side
SETS = ("province", "target_group", "event_type")
KINETIC = ("armed_attack", "airstrike", "clash", "shelling", "bombing", "arrest", "advance", "abduction", "surrender")

GROUPS = MappingProxyType(
    {"haqqani": "haqqani", "taliban": "taliban", "uzbekistan": "imu", "imu": "imu", "hizb": "hig", "hezb": "hig", "qaeda": "aq"}
)
SPELLING = MappingProxyType(
    {
        "paktia": "paktya",
        "paktiya": "paktya",
        "khowst": "khost",
        "ghowr": "ghor",
        "sar-e pol": "sar-e pul",
        "sari pul": "sar-e pul",
        "oruzgan": "uruzgan",
        "urozgan": "uruzgan",
        "maidan wardak": "wardak",
        "nurestan": "nuristan",
        "hilmand": "helmand",
        "konar": "kunar",
        "nimruz": "nimroz",
    }
)


@dataclass(frozen=True, slots=True)
class Release:
    report: Report
    gold: Json


def read(path: Path) -> Data[Release]:
    return read_lines(find_file(path, "dev.jsonl"), lambda line: [to_release(line)])


def to_release(line: Json) -> Release:
    gold = {field: line["gold"][field] for field in (*SCORED, *PRIVATE)}
    for field in SETS:
        gold[field] = sorted({part for value in gold[field] for part in value.split(";") if part})
    return Release(Report(id=text_of(line, "id"), outlet="ISAF", text=text_of(line, "text")), gold)


def judge(items: Sequence[Release], coder: Coder) -> Iterator[Judged]:
    for item, record in zip(items, coder.records([item.report for item in items]), strict=True):
        told = answer(record)
        rows = [
            Row(field, in_words(item.gold[field]), in_words(told[field]), share(item.gold[field], told[field]) == 1)
            for field in (*SCORED, *PRIVATE)
        ]
        yield Judged(
            id=item.report.id,
            counts={field: (share(item.gold[field], told[field]), 1) for field in (*SCORED, *PRIVATE)},
            text=item.report.text,
            rows=tuple(rows),
            marks=event_marks(record.events),
            prediction={"id": item.report.id, **told},
        )


def share(gold: object, told: object) -> float:
    """1 or 0; of a set the share of gold that was found, and nothing is right only where there is nothing."""
    if isinstance(gold, list) and isinstance(told, list):
        return len(set(gold) & set(told)) / len(gold) if gold else float(not told)
    return float(gold == told)


def answer(record: Record) -> Json:
    told = took_place(record)
    events = of_types(told, KINETIC)
    main = main_event(events)
    in_order = ([main] if main else []) + [*events, *told]
    killed, captured = (total(told, record, measures) for measures in (("killed",), TAKEN))
    from_the_air = any(is_air(event) for event in events)
    start = next((e.when.start for e in in_order if e.when and e.when.start), record.report.published)
    return {
        "start_date": start.isoformat() if start else None,
        "province": provinces(in_order),
        "target_group": groups(record),
        "event_type": event_type(killed, captured, from_the_air),
        "min_killed": killed,
        "min_captured": captured,
        "killq": killed > 0,
        "captureq": captured > 0,
        "airstrike": from_the_air,
        "killcaptureraid": captured > 0 or (killed > 0 and not from_the_air),
        "noshotsfired": False,
    }


def total(events: Sequence[Event], record: Record, measures: Collection[Measure]) -> int:
    """Of insurgents: what all operations of the release amount to, civilians and the own side left out."""
    left_out = OWN_SIDE | CIVILIANS - (ANYBODY if measures == TAKEN else frozenset())
    found = added_up(events, record, measures, lambda figure: not is_among(figure, left_out))
    return found.total if found else 0


def is_air(event: Event) -> bool:
    return event.type == "airstrike" or bool(event.means and "air" in event.means.text.casefold())


def event_type(killed: int, captured: int, from_the_air: bool) -> list[str]:
    if killed and from_the_air:
        return ["airstrike"]
    if killed and captured:
        return ["captureandkill"]
    if killed:
        return ["insurgentskilled"]
    return ["detention"] if captured else ["airstrike"] if from_the_air else []


def provinces(events: Collection[Event]) -> list[str]:
    """Of the first event that has one; "raids in Zabul and Khost" has two."""
    first = next((event for event in events if event.place and event.place.admin1), None)
    names = [place.admin1 for place in (first.place, *first.other_places) if place and place.admin1] if first else []
    plain = [unaccented(name).casefold().removesuffix(" province").strip() for name in names]
    return list(dict.fromkeys(SPELLING.get(name, name) for name in plain))


def groups(record: Record) -> list[str]:
    """Of all actors of all events, of the people counted and of the weapons found."""
    actors = [actor for event in record.events for actor in (*event.on, *event.by)]
    figures = [*(figure for event in record.events for figure in event.figures), *record.tallies]
    words = [f"{actor.id or ''} {actor.name} {actor.span.text}".casefold() for actor in actors]
    words += [(figure.whom or "").casefold() for figure in figures]
    words += [event.means.text.casefold() for event in record.events if event.means]  # "a Taliban weapons cache"
    return sorted({group for stem, group in GROUPS.items() if any(stem in said for said in words)})


GPT_4O = "72.8 89.6 75.7 84.4 95.3 89.4 97.4 98.1 94.6"
TUNED = "89.6 98.2 97.4 96.5 97.7 94.1 98.5 99.3 99.3"

YARDSTICK: Yardstick[Release] = Yardstick(
    name="isaf",
    measures="press releases: date, province, target, killed, captured, air strike",
    about=__doc__,
    file="dev.jsonl",
    read=read,
    judge=judge,
    figures=always(*(accuracy(field) for field in (*SCORED, *PRIVATE)), mean_accuracy("mean9", SCORED)),
    best_known={
        field: f"{tuned} (tuned 7B), {gpt} (GPT-4o)"
        for field, gpt, tuned in zip(SCORED, GPT_4O.split(), TUNED.split(), strict=True)
    },
    settings={"vague_table": "isaf"},
)
