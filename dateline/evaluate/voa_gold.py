"""Whole news reports, every event and slot, against careful readings of them.

Source: reports of Voice of America, 2012-2017 (US government work, public domain), put together from the sentences of the
M2E2 data set; readings made for this project by the guidelines that come with them. PATH: gold.jsonl, with docs.jsonl
beside it, or a folder of both.
Mapped: nothing; the record is compared slot by slot, by the same rules as the set's own score.py, with which this agrees.
An event stands for a gold event when they share a sentence and a group of types, best pairs first; what no gold event
matches counts as wrong in every slot it fills. Gold events marked background or minor are optional.
Figures: record F1 over all slots of all events (material: without the political types); the slots' own F1 are of material
events, `_in_pairs` of those found only. Ceiling: two careful readers agreed at record F1 .90 (all) and .92 (material).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dateline.evaluate.alike import SLOTS, count_slot, names, place_names, values_of
from dateline.evaluate.coder import Coder
from dateline.evaluate.data import find_file, read_lines, text_of, to_report
from dateline.evaluate.gather import event_marks
from dateline.evaluate.metrics import Counts, Figure, f_score
from dateline.evaluate.yardstick import Data, Json, Judged, Mark, Row, Yardstick, always, in_words
from dateline.model.event import GROUP_OF, Record
from dateline.model.text import Report

GROUPS: Mapping[str, str] = dict(GROUP_OF.items())
SCOPES = ("all", "material")


@dataclass(frozen=True, slots=True)
class Reading:
    """A report, where its sentences stand in it, and the events that a reader found."""

    report: Report
    sentences: tuple[tuple[int, int], ...]
    events: tuple[Json, ...]


def read(path: Path) -> Data[Reading]:
    """Readings with their texts: in the same line, or in a file of the same name with "docs" in the place of "gold"."""
    gold = find_file(path, "gold.jsonl")
    docs = gold.with_name(gold.name.replace("gold", "docs"))
    texts = read_lines(docs, lambda line: [(text_of(line, "id"), line)]) if docs != gold and docs.is_file() else Data(())
    by_id = dict(texts.items)
    readings = read_lines(gold, lambda line: [to_reading(line, line if "text" in line else by_id[line["id"]])])
    return Data(readings.items, texts.skipped + readings.skipped)


def to_reading(gold: Json, doc: Json) -> Reading:
    for event in gold["events"]:
        if event["type"] not in GROUPS or event["status"] is None or not event["sents"]:
            raise ValueError(f"event {event.get('id')}: an event needs a known type, a status and its sentences")
    report = to_report(doc)
    offsets = doc["offsets"] if "offsets" in doc else lines_of(report.text)
    return Reading(report, tuple((start, end) for start, end in offsets), tuple(gold["events"]))


def lines_of(text: str) -> list[tuple[int, int]]:
    """Where each line stands that is not empty: the sentences of a text written a sentence a line."""
    out: list[tuple[int, int]] = []
    at = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            out.append((at, at + len(line.rstrip())))
        at += len(line)
    return out


def judge(items: Sequence[Reading], coder: Coder) -> Iterator[Judged]:
    for item, record in zip(items, coder.records([item.report for item in items]), strict=True):
        yield judge_one(item, record)


def judge_one(item: Reading, record: Record) -> Judged:
    prediction: Json = json.loads(record.to_json())
    told = prediction["events"]
    pairs = pair(item.events, told, item.sentences)
    return Judged(
        id=item.report.id,
        counts=count(item.events, told, pairs),
        text=item.report.text,
        rows=tuple(rows_of(item.events, told, pairs)),
        marks=(*gold_marks(item), *event_marks(record.events)),
        prediction=prediction,
    )


def pair(gold: Sequence[Json], told: Sequence[Json], sentences: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Number of a gold event → number of ours that stands for it."""
    numbers = [_sentences(event, sentences) for event in told]
    scored = sorted(
        (-score, i, j)
        for i, wanted in enumerate(gold)
        for j, event in enumerate(told)
        if (score := likeness(wanted, event, numbers[j])) > 0
    )
    out: dict[int, int] = {}
    for _, i, j in scored:
        if i not in out and j not in out.values():
            out[i] = j
    return out


def likeness(gold: Json, told: Json, told_in: set[int]) -> float:
    """0 when they cannot be the same event; else higher the more they share."""
    gold_in = set(gold["sents"])
    shared = gold_in & told_in
    if not shared or GROUPS[gold["type"]] != GROUPS.get(told["type"]):
        return 0.0
    score = float(gold["type"] == told["type"]) + 0.5 * (gold["sents"][0] in told_in) + len(shared) / len(gold_in | told_in)
    score += 0.5 * bool(count_slot("place", gold, told)[2])
    return score + 0.25 * sum(count_slot(slot, gold, told)[2] for slot in ("by", "on", "figures"))


def _sentences(event: Json, sentences: Sequence[tuple[int, int]]) -> set[int]:
    """Numbers of the gold's sentences that our evidence and trigger touch."""
    spans = list(event.get("evidence") or [])
    if isinstance(event.get("trigger"), dict):
        spans.append(event["trigger"])
    return {n for span in spans for n, (a, b) in enumerate(sentences) if span["start"] < b and span["end"] > a}


def count(gold: Sequence[Json], told: Sequence[Json], pairs: Mapping[int, int]) -> Counts:
    """(gold, told, hits) of record, found and each slot, in both scopes."""
    sums: dict[str, list[int]] = {}

    def add(name: str, counts: tuple[int, int, int]) -> None:
        row = sums.setdefault(name, [0, 0, 0])
        row[:] = [a + b for a, b in zip(row, counts, strict=True)]

    for scope in SCOPES:
        for i, event in enumerate(gold):
            if not _optional(event) and _inside(event, scope):
                ours = told[pairs[i]] if i in pairs else None
                add(f"{scope} found", (1, int(ours is not None), int(ours is not None)))
                for slot in SLOTS:
                    counts = count_slot(slot, event, ours or NOTHING) if ours else (count_slot(slot, event, NOTHING)[0], 0, 0)
                    add(f"{scope} {slot}", counts)
                    add(f"{scope} record", counts)
                    if ours:
                        add(f"{scope} {slot} in pairs", counts)
        for j, event in enumerate(told):
            if j not in pairs.values() and _inside(event, scope):
                add(f"{scope} found", (0, 1, 0))
                for slot in SLOTS:
                    counts = (0, count_slot(slot, NOTHING, event)[1], 0)
                    add(f"{scope} {slot}", counts)
                    add(f"{scope} record", counts)
    return {name: tuple(row) for name, row in sums.items()}


NOTHING: Json = {"type": None, "status": None}


def _inside(event: Json, scope: str) -> bool:
    return scope == "all" or GROUPS.get(event["type"]) != "politics"


def _optional(event: Json) -> bool:
    return bool(event.get("background") or event.get("minor"))


def rows_of(gold: Sequence[Json], told: Sequence[Json], pairs: Mapping[int, int]) -> Iterator[Row]:
    for i, event in enumerate(gold):
        if i in pairs:
            for slot in SLOTS:
                wanted, given, found = count_slot(slot, event, told[pairs[i]])
                if wanted or given:
                    right = wanted == given == found or (None if _optional(event) else False)
                    ours = slot_in_words(slot, told[pairs[i]])
                    yield Row(slot, f"{event['id']}: {slot_in_words(slot, event)}", ours, right)
        else:
            yield Row("missed", f"{event['id']}: {event_in_words(event)}", "–", None if _optional(event) else False)
    for j, event in enumerate(told):
        if j not in pairs.values():
            yield Row("made up", "–", event_in_words(event), False)


def slot_in_words(slot: str, event: Json) -> str:
    """A slot's values as a reader would write them."""
    values = values_of(slot, event)
    if slot in ("by", "on", "sources"):
        return in_words([value[0] for value in values if value])
    if slot == "place":
        return in_words([" / ".join(dict.fromkeys([*place_names(v), v.get("country") or "?"])) for v in values])
    if slot == "when":
        return in_words([f"{v.get('start')} to {v.get('end')}" for v in values])
    if slot == "figures":
        return in_words([f"{v.get('measure')} {v.get('low')}-{v.get('high')} {v.get('whom') or ''}".strip() for v in values])
    if slot == "control":
        return in_words([f"{_plain(v.get('place'))}: {_plain(v.get('from'))} → {_plain(v.get('to'))}" for v in values])
    return in_words(values)


def _plain(value: object) -> str:
    return value if isinstance(value, str) else in_words(names(value)[:1]) if isinstance(value, dict) else "–"


def event_in_words(event: Json) -> str:
    trigger = event.get("trigger")
    what = trigger["text"] if isinstance(trigger, dict) else trigger
    who = f"{slot_in_words('by', event)} → {slot_in_words('on', event)}"
    return f"{event['type']} “{what}” {who} @ {slot_in_words('place', event)}"


def gold_marks(item: Reading) -> Iterator[Mark]:
    """Triggers, looked for in the main sentence: readings give the words, not where they stand."""
    for event in item.events:
        if event["sents"][0] < len(item.sentences):
            start, end = item.sentences[event["sents"][0]]
            at = item.report.text.find(str(event.get("trigger")), start, end)
            if at >= 0:
                yield Mark(at, at + len(str(event["trigger"])), f"{event['id']} {event['type']}", gold=True)


def figures() -> Iterator[Figure]:
    yield f_score("record_material", "material record")
    yield f_score("record_all", "all record")
    yield f_score("found_material", "material found")
    yield f_score("found_all", "all found")
    for slot in ("by", "on", "place", "when", "figures", "sources", "control", "type", "status"):
        yield f_score(slot, f"material {slot}")
        yield f_score(f"{slot}_in_pairs", f"material {slot} in pairs")


YARDSTICK: Yardstick[Reading] = Yardstick(
    name="voa_gold",
    measures="whole reports, every event and slot",
    about=__doc__,
    file="gold.jsonl",
    read=read,
    judge=judge,
    figures=always(*figures()),
    best_known={"record_material": "92 (two readers)", "record_all": "90 (two readers)"},
)
