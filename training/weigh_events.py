"""Learn the weights of `dateline/extract/weighing.py` from readings of whole reports, and write them as a file a person can read.

    python -m training.weigh_events YARDSTICKS [--write]

Learns from the 30 readings of voa_gold to learn from, from `training/readings/` (our own reports, and our readings of texts of
the geo and tempeval sets), from case2's snippets, whose main type is known, and from reports of false_alarms, which are known to
tell no conflict, also where their first words stand as a note. Writes `dateline/codebook/events/weights.toml`. The figures
printed are cross-validated by report: no report is weighed by weights that have seen it; a line for each set.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.codebook.weights import EventWeights
from dateline.evaluate.voa_gold import pair
from dateline.extract.merging import Told
from dateline.extract.weighing import Setting, is_note, signs
from dateline.model.event import GROUP_OF
from dateline.model.reading import Reading
from dateline.pipeline import Resources, Telling, load_resources, tell
from dateline.settings import Settings
from training.readings import ReportReading, beside, calm, calm_notes, from_gold, snippets, written
from training.regression import Example, learn, write
from training.snippets import is_told

PENALTY, RARE = 6.0, 3  # chosen by the cross-validated figure
THRESHOLD = 0.30
OPTIONAL = 0.3  # weight of events that the reading calls minor or background
CALM = 0.5  # weight of a draft from a report without conflict
CALM_NOTE = 2.0  # … from a note without conflict: few of those have a draft at all
SNIPPET = 0.3  # … of a snippet: only its type is known to be right
CALM_REPORTS = 400
FOLDS = 10
HEADER = """# Log-odds of the signs that tell an event from a mention (see dateline/extract/weighing.py and docs/model-card.md).
# Made by training/weigh_events.py; read it, do not edit it.
"""
READINGS = Path(__file__).parent / "readings"
WEIGHTS = Path(__file__).parent.parent / "dateline/codebook/events/weights.toml"


@dataclass(frozen=True, slots=True)
class Lesson:
    """A reading, and all that the pipeline finds the report may tell."""

    source: ReportReading
    reading: Reading
    telling: Telling


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("yardsticks", type=Path)
    ask.add_argument("--write", action="store_true")
    args = ask.parse_args()
    resources = load_resources(Settings())
    lessons = [to_lesson(source, resources) for source in sources(args.yardsticks)]
    cross_validate(lessons)
    if args.write:
        write(learn_events(lessons), WEIGHTS, HEADER)


def sources(yardsticks: Path) -> Iterator[ReportReading]:
    voa = yardsticks / "voa_gold"
    yield from from_gold("voa_gold", voa / "train_gold.jsonl", voa / "train_docs.jsonl")
    yield from written(READINGS)
    yield from beside(READINGS / "standoff.jsonl", yardsticks)
    yield from snippets(yardsticks / "case2" / "dev.jsonl")
    yield from calm(yardsticks / "false_alarms" / "dev.jsonl", CALM_REPORTS)
    yield from calm_notes(yardsticks / "false_alarms" / "dev.jsonl", CALM_REPORTS)


def to_lesson(source: ReportReading, resources: Resources) -> Lesson:
    reading = resources.language.read(source.report)
    return Lesson(source, reading, tell(reading, resources))


def learn_events(lessons: Sequence[Lesson]) -> EventWeights:
    examples = [example for lesson in lessons for example in event_examples(lesson)]
    return learn(examples, PENALTY, RARE, THRESHOLD)


def as_json(one: Told, lesson: Lesson) -> dict[str, Any]:
    """The happening in the form of the record, as far as pairing reads it."""
    draft, entities = one.draft, lesson.telling.cast.entities
    sentences = lesson.reading.sentences
    return {
        "type": draft.type,
        "trigger": {"start": draft.trigger.start, "end": draft.trigger.end},
        "evidence": [{"start": sentences[n].start, "end": sentences[n].end} for n in (draft.sentence, *draft.other_sentences)],
        "by": [{"name": entities[m.entity].name} for m in draft.by],
        "on": [{"name": entities[m.entity].name} for m in draft.on],
        "place": one.place.model_dump() if one.place else None,
    }


def event_examples(lesson: Lesson) -> Iterator[Example]:
    """Each happening that the report may tell: is it an event of the reading?"""
    gold, happenings, report_id = lesson.source.events, lesson.telling.told, lesson.source.report.id
    if gold is None:
        yield from _without_events(lesson)
        return
    pairs = {p: g for g, p in pair(gold, [as_json(one, lesson) for one in happenings], lesson.source.sentences).items()}
    for number, one in enumerate(happenings):
        event = gold[pairs[number]] if number in pairs else None
        optional = event is not None and _optional(event)
        yield Example(_signs(one, lesson), float(event is not None), OPTIONAL if optional else 1.0, report_id)


def _without_events(lesson: Lesson) -> Iterator[Example]:
    """Of a calm report all is wrong; of a snippet what its code says."""
    source = lesson.source
    for one in lesson.telling.told:
        told = is_told(source.code, one.draft.type) if source.code else False
        weight = SNIPPET if source.code else CALM_NOTE if is_note(lesson.reading) else CALM
        if told is not None:
            yield Example(_signs(one, lesson), float(told), weight, source.report.id)


def _signs(one: Told, lesson: Lesson) -> tuple[str, ...]:
    telling = lesson.telling
    return signs(one, Setting(lesson.reading, telling.cast.entities, telling.quotes, telling.told))


def cross_validate(lessons: Sequence[Lesson]) -> None:
    ordered = sorted(lessons, key=lambda each: (each.source.origin, each.source.report.id))
    told: list[tuple[Lesson, list[float]]] = []
    for fold in range(FOLDS):
        weights = learn_events([each for n, each in enumerate(ordered) if n % FOLDS != fold])
        for each in ordered[fold::FOLDS]:
            told.append((each, [weights.likelihood(_signs(one, each)) for one in each.telling.told]))
    for step in range(0, 65, 5):
        print(f"threshold {step / 100:.2f}")
        for origin in sorted({each.source.origin for each in lessons}):
            print(f"  {origin:8} {found_line([each for each in told if each[0].source.origin == origin], step / 100)}")


def found_line(told: Sequence[tuple[Lesson, list[float]]], threshold: float) -> str:
    return " · ".join(_found(told, threshold, scope) for scope in ("material", "all"))


def _found(told: Sequence[tuple[Lesson, list[float]]], threshold: float, scope: str) -> str:
    wanted = given = hits = loud = 0
    for lesson, likely in told:
        happenings = zip(likely, lesson.telling.told, strict=True)
        kept = [as_json(one, lesson) for chance, one in happenings if chance >= threshold]
        gold = lesson.source.events
        if gold is None:
            loud += sum(_inside(each, scope) for each in kept)
            continue
        pairs = pair(gold, kept, lesson.source.sentences)
        asked = [n for n, event in enumerate(gold) if _inside(event, scope) and not _optional(event)]
        hit = sum(n in pairs for n in asked)
        extra = sum(_inside(each, scope) for n, each in enumerate(kept) if n not in pairs.values())
        wanted, given, hits = wanted + len(asked), given + hit + extra, hits + hit
    if not wanted:
        return f"{scope}: {loud} told of {len(told)} reports"
    f1 = 2 * hits / (wanted + given) if hits else 0.0
    return f"{scope} found P {hits / max(1, given):.3f} R {hits / wanted:.3f} F1 {f1:.3f}"


def _inside(event: Mapping[str, Any], scope: str) -> bool:
    return scope == "all" or GROUP_OF[event["type"]] != "politics"


def _optional(event: Mapping[str, Any]) -> bool:
    return bool(event.get("minor") or event.get("background"))


if __name__ == "__main__":
    main()
