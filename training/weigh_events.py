"""Learn the weights of `dateline/extract/weighing.py` from readings of whole reports, and write them as a file a person can read.

    python -m training.weigh_events --readings GOLD.jsonl DOCS.jsonl [--readings ...] [--calm REPORTS.jsonl]
        [--snippets case2/dev.jsonl] [--write]

GOLD and DOCS are in the voa-gold form (docs/yardsticks.md); --calm names reports that are known to tell no conflict: all that
is drafted from them is wrong, also where their first words stand as a note without a title. --snippets names notes whose main
type is known (training/snippets.py). Writes
`dateline/codebook/events/weights.toml`. The figures printed are cross-validated by report:
no report is weighed by weights that have seen it; one line for each pair of files.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from dateline.codebook.weights import EventWeights
from dateline.evaluate.voa_gold import pair
from dateline.extract.merging import Told
from dateline.extract.weighing import Setting, is_note, signs
from dateline.model.event import GROUP_OF
from dateline.model.reading import Reading
from dateline.model.text import Report
from dateline.pipeline import Resources, Telling, load_resources, tell
from dateline.settings import Settings
from training.regression import Example, learn, write
from training.snippets import is_told

PENALTY, RARE = 6.0, 3  # chosen by the cross-validated figure
THRESHOLD = 0.30
OPTIONAL = 0.3  # weight of events that the reading calls minor or background
CALM = 0.5  # weight of a draft from a report without conflict
CALM_NOTE = 2.0  # … from a note without conflict: few of those have a draft at all
SNIPPET = 0.3  # … of a snippet: only its type is known to be right
NOTE_LENGTH = 400  # characters of a calm report that make a note
FOLDS = 10
HEADER = """# Log-odds of the signs that tell an event from a mention (see dateline/extract/weighing.py and docs/model-card.md).
# Made by training/weigh_events.py; read it, do not edit it.
"""
WEIGHTS = Path(__file__).parent.parent / "dateline/codebook/events/weights.toml"


@dataclass(frozen=True, slots=True)
class Lesson:
    """One report and what it may tell; `gold` None when it is known to tell no event; `code` when only its type is known."""

    id: str
    reading: Reading
    telling: Telling
    gold: Sequence[Mapping[str, Any]] | None
    offsets: Sequence[tuple[int, int]]
    origin: str  # the file it comes from
    code: str | None = None


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--readings", nargs=2, type=Path, action="append", required=True, metavar=("GOLD", "DOCS"))
    ask.add_argument("--calm", type=Path, action="append", default=[])
    ask.add_argument("--calm-limit", type=int, default=400)
    ask.add_argument("--snippets", type=Path)
    ask.add_argument("--write", action="store_true")
    args = ask.parse_args()
    resources = load_resources(Settings())
    lessons = [lesson for gold, docs in args.readings for lesson in read_lessons(gold, docs, resources)]
    calm = [lesson for path in args.calm for lesson in calm_lessons(path, args.calm_limit, resources)]
    if args.snippets:
        calm += [lesson for path in args.calm for lesson in calm_notes(path, args.calm_limit, resources)]
        calm += snippet_lessons(args.snippets, resources)
    cross_validate(lessons, calm)
    if args.write:
        write(learn_events(lessons, calm), WEIGHTS, HEADER)


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def report_of(row: Mapping[str, Any]) -> Report:
    published = row.get("published")
    return Report(
        id=row["id"], outlet=row.get("outlet"), title=row.get("title"), text=row["text"],
        published=date.fromisoformat(published[:10]) if published else None,
    )  # fmt: skip


def read_lessons(gold: Path, docs: Path, resources: Resources) -> Iterator[Lesson]:
    events = {row["id"]: row["events"] for row in lines(gold)}
    for row in lines(docs):
        if row["id"] in events:
            yield _lesson(row, events[row["id"]], gold.parent.name, resources)


def calm_lessons(path: Path, limit: int, resources: Resources) -> Iterator[Lesson]:
    rows = lines(path)
    for row in rows[:: max(1, len(rows) // limit)]:
        yield _lesson(row, None, path.parent.name, resources)


def calm_notes(path: Path, limit: int, resources: Resources) -> Iterator[Lesson]:
    """Other reports of the same file, cut to the length of a note and without their title."""
    rows = lines(path)
    for row in rows[1 :: max(1, len(rows) // limit)]:
        body = row["text"].removeprefix(row.get("title") or "").strip() or row["text"]
        yield _lesson({"id": f"note-{row['id']}", "text": body[:NOTE_LENGTH]}, None, f"{path.parent.name} notes", resources)


def snippet_lessons(path: Path, resources: Resources) -> Iterator[Lesson]:
    for row in lines(path):
        yield replace(_lesson(row, None, f"{path.parent.name} kept", resources), code=row["gold"])


def _lesson(row: Mapping[str, Any], gold: Sequence[Mapping[str, Any]] | None, origin: str, resources: Resources) -> Lesson:
    reading = resources.language.read(report_of(row))
    offsets = [(a, b) for a, b in row.get("offsets", ())]
    return Lesson(row["id"], reading, tell(reading, resources), gold, offsets, origin)


def learn_events(lessons: Sequence[Lesson], calm: Sequence[Lesson]) -> EventWeights:
    examples = [example for lesson in (*lessons, *calm) for example in event_examples(lesson)]
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
    happenings = lesson.telling.told
    if lesson.gold is None:
        for one in happenings:
            told = is_told(lesson.code, one.draft.type) if lesson.code else False
            weight = SNIPPET if lesson.code else CALM_NOTE if is_note(lesson.reading) else CALM
            if told is not None:
                yield Example(_signs(one, lesson), float(told), weight, f"calm-{lesson.id}")
        return
    pairs = {p: g for g, p in pair(lesson.gold, [as_json(one, lesson) for one in happenings], lesson.offsets).items()}
    for number, one in enumerate(happenings):
        event = lesson.gold[pairs[number]] if number in pairs else None
        optional = bool(event and (event.get("minor") or event.get("background")))
        yield Example(_signs(one, lesson), float(event is not None), OPTIONAL if optional else 1.0, lesson.id)


def _signs(one: Told, lesson: Lesson) -> tuple[str, ...]:
    telling = lesson.telling
    return signs(one, Setting(lesson.reading, telling.cast.entities, telling.quotes, telling.told))


def cross_validate(lessons: Sequence[Lesson], calm: Sequence[Lesson]) -> None:
    ordered = sorted(lessons, key=lambda each: each.id)
    told: list[tuple[Lesson, list[float]]] = []
    for fold in range(FOLDS):
        held = [*ordered[fold::FOLDS], *calm[fold::FOLDS]]
        seen = {id(each) for each in held}
        weights = learn_events([e for e in lessons if id(e) not in seen], [e for e in calm if id(e) not in seen])
        told += [(each, [weights.likelihood(_signs(one, each)) for one in each.telling.told]) for each in held]
    for step in range(0, 65, 5):
        print(f"threshold {step / 100:.2f}")
        for origin in sorted({lesson.origin for lesson in (*lessons, *calm)}):
            print(f"  {origin:12} {found_line([each for each in told if each[0].origin == origin], step / 100)}")


def found_line(told: Sequence[tuple[Lesson, list[float]]], threshold: float) -> str:
    parts = []
    for scope in ("material", "all"):
        gold = given = hits = loud = 0
        for lesson, likely in told:
            happenings = zip(likely, lesson.telling.told, strict=True)
            kept = [as_json(one, lesson) for chance, one in happenings if chance >= threshold]
            if lesson.gold is None:
                loud += sum(_inside(each, scope) for each in kept)
                continue
            pairs = pair(lesson.gold, kept, lesson.offsets)
            wanted = [n for n, event in enumerate(lesson.gold) if _inside(event, scope) and not _optional(event)]
            hit = sum(n in pairs for n in wanted)
            extra = sum(_inside(each, scope) for n, each in enumerate(kept) if n not in pairs.values())
            gold, given, hits = gold + len(wanted), given + hit + extra, hits + hit
        f1 = 2 * hits / (gold + given) if hits else 0.0
        parts.append(
            f"{scope} found P {hits / max(1, given):.3f} R {hits / max(1, gold):.3f} F1 {f1:.3f}"
            if gold
            else f"{scope}: {loud} told in calm reports"
        )
    return " · ".join(parts)


def _inside(event: Mapping[str, Any], scope: str) -> bool:
    return scope == "all" or GROUP_OF[event["type"]] != "politics"


def _optional(event: Mapping[str, Any]) -> bool:
    return bool(event.get("minor") or event.get("background"))


if __name__ == "__main__":
    main()
