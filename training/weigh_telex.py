"""Learn the weights for text of a single case (`telex_*.toml`) from MUC-4's messages: which violent happenings to keep, and
which phrases are by whom, on whom and with what.

    python -m training.weigh_telex YARDSTICKS [--write]

A happening is right when the message has a template of its kind with a string in its sentences; wrong when it has none of the
kind, unless it is done to armed forces, which the set leaves out though it happened. A phrase is right in a slot that has its
string. Nothing here has a seed. The figures printed are muc4's own, of messages coded by weights that have not seen them.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from dateline.codebook.actors import ActorBook
from dateline.codebook.weights import SLOTS, TelexSlot, TelexWeights
from dateline.evaluate.incident_templates import Templates, incident_of, uncounted
from dateline.evaluate.muc4 import Message, gold_template, read, told_template
from dateline.evaluate.templates_scorer import SLOTS as GOLD_SLOTS
from dateline.evaluate.templates_scorer import TYPE, Template, count, plain
from dateline.extract.events import scene_of
from dateline.extract.merging import Told
from dateline.extract.slot_weighing import candidates
from dateline.extract.weighing import ARMED, Setting, is_weighed, signs
from dateline.model.reading import Chars, Reading
from dateline.pipeline import Resources, Telling, code_reading, load_resources, tell
from dateline.settings import Settings
from training.regression import Example, learn, write
from training.weigh_events import WEIGHTS

FOLDS = 5
PENALTY, RARE = 6.0, 3
SLOT_PENALTY, SLOT_RARE = 4.0, 6
KEEP = 0.40  # thresholds, chosen by the cross-validated figure
THRESHOLDS: Mapping[TelexSlot, float] = MappingProxyType({"by": 0.40, "on": 0.30, "means": 0.35})
SKIPPED = 2  # one of so many phrases without a part is learned from, and counts for all
GOLD_OF: Mapping[TelexSlot, tuple[str, ...]] = MappingProxyType(
    {"by": ("PerpInd", "PerpOrg"), "on": ("Target", "Victim"), "means": ("Weapon",)}
)
HEADER = """# Log-odds of signs in text of a single case ({}; see docs/model-card.md).
# Made by training/weigh_telex.py; read it, do not edit it.
"""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one message teaches."""

    keep: tuple[Example, ...]
    slots: Mapping[TelexSlot, tuple[Example, ...]]


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("yardsticks", type=Path)
    ask.add_argument("--write", action="store_true")
    args = ask.parse_args()
    resources = load_resources(Settings())
    messages = read(args.yardsticks / "muc4").items
    readings = resources.language.read_many([message.report for message in messages])
    teacher = Teacher(resources, Templates(resources.codebook.actors))
    lessons = [teacher.lesson(message, reading) for message, reading in zip(messages, readings, strict=True)]
    cross_validate(messages, lessons, resources)
    if args.write:
        weights = learn_telex(lessons)
        write(weights.keep, WEIGHTS.with_name("telex_keep.toml"), HEADER.format("a violent happening to record"))
        for slot in SLOTS:
            write(weights.slots[slot], WEIGHTS.with_name(f"telex_{slot}.toml"), HEADER.format(f"a phrase that is “{slot}”"))


@dataclass(frozen=True, slots=True)
class Teacher:
    resources: Resources
    templates: Templates

    def lesson(self, message: Message, reading: Reading) -> Lesson:
        telling = tell(reading, self.resources)
        gold = [gold_template(template) for template in message.templates]
        keep = tuple(self._keep(message, reading, telling, gold))
        return Lesson(keep, self._slots(message, reading, telling, gold))

    def _keep(self, message: Message, reading: Reading, telling: Telling, gold: Sequence[Template]) -> Iterator[Example]:
        setting = Setting(reading, telling.cast.entities, telling.quotes, telling.told)
        for one in telling.told:
            label = is_told(one, reading, telling, gold) if is_weighed(one.draft) else None
            if label is not None:
                yield Example(signs(one, setting), float(label), 1.0, message.report.id)

    def _slots(
        self, message: Message, reading: Reading, telling: Telling, gold: Sequence[Template]
    ) -> Mapping[TelexSlot, tuple[Example, ...]]:
        found: dict[TelexSlot, list[Example]] = {slot: [] for slot in SLOTS}
        wanted = {slot: {s for t in gold for name in names for e in t.slots[name] for s in e} for slot, names in GOLD_OF.items()}
        cast = telling.cast
        scene = scene_of(reading, cast.mentions, cast.entities, telling.places, self.resources.codebook.events)
        for candidate in candidates(reading, telling.told, cast.mentions, scene):
            strings = self.strings(text_at(reading, candidate.mention.chars))
            labels = {slot: bool(strings & wanted[slot]) for slot in SLOTS}
            skipped = not any(labels.values()) and candidate.mention.head % SKIPPED
            for slot in SLOTS if not skipped else ():
                weight = 1.0 if any(labels.values()) else float(SKIPPED)
                found[slot].append(Example(candidate.signs, float(labels[slot]), weight, message.report.id))
        return {slot: tuple(examples) for slot, examples in found.items()}

    def strings(self, text: str) -> set[str]:
        """The phrase as the set may write it: with and without its count, and the bare name."""
        forms = (text, uncounted(text), self.templates.name(text))
        return {plain(form) for form in forms if form} - {""}


def text_at(reading: Reading, chars: Chars) -> str:
    return reading.report.text[chars.start : chars.end]


def is_told(one: Told, reading: Reading, telling: Telling, gold: Sequence[Template]) -> bool | None:
    """None when the set does not say."""
    draft = one.draft
    words = f"{text_at(reading, draft.trigger)} {text_at(reading, draft.means) if draft.means else ''}"
    kind = incident_of(draft.type, words)
    if kind is None:
        return None
    same = [template for template in gold if kind in template.type]
    if not same:
        armed = any(telling.cast.entities[mention.entity].kind in ARMED for mention in draft.on)
        return None if armed else False
    text = plain(" ".join(text_at(reading, reading.sentences[n]) for n in (draft.sentence, *draft.other_sentences)))
    strings = [{s for name in GOLD_SLOTS if name != "Weapon" for e in template.slots[name] for s in e} for template in same]
    if any(f" {string} " in f" {text} " for found in strings for string in found):
        return True
    return True if len(same) == 1 and not strings[0] else None


def learn_telex(lessons: Sequence[Lesson]) -> TelexWeights:
    keep = learn([example for lesson in lessons for example in lesson.keep], PENALTY, RARE, KEEP)
    slots = {
        slot: learn([example for lesson in lessons for example in lesson.slots[slot]], SLOT_PENALTY, SLOT_RARE, THRESHOLDS[slot])
        for slot in SLOTS
    }
    return TelexWeights(keep, slots)


def fold_of(message: Message) -> int:
    return int(hashlib.sha256(message.report.id.encode()).hexdigest(), 16) % FOLDS


def cross_validate(messages: Sequence[Message], lessons: Sequence[Lesson], resources: Resources) -> None:
    rows: list[dict[str, tuple[int, int, int, int]]] = []
    for fold in range(FOLDS):
        weights = learn_telex([lesson for message, lesson in zip(messages, lessons, strict=True) if fold_of(message) != fold])
        own = replace(resources, codebook=replace(resources.codebook, telex=partial(TelexWeights, weights.keep, weights.slots)))
        held = [message for message in messages if fold_of(message) == fold]
        rows += list(counts_of(held, own))
    for name in (TYPE, *GOLD_SLOTS):
        print(f"{name:14} {f1([row[name] for row in rows])}")
    print(f"{'micro':14} {f1([counts for row in rows for counts in row.values()])} (n = {len(rows)}, {FOLDS} folds)")


def counts_of(messages: Sequence[Message], resources: Resources) -> Iterator[dict[str, tuple[int, int, int, int]]]:
    templates = Templates(ActorBook.load())
    readings = resources.language.read_many([message.report for message in messages])
    for message, reading in zip(messages, readings, strict=True):
        told = templates.of(code_reading(reading, resources))
        yield count([gold_template(t) for t in message.templates], [told_template(t) for t in told])


def f1(counts: Sequence[tuple[int, int, int, int]]) -> str:
    told, right, gold, found = (sum(row[i] for row in counts) for i in range(4))
    precision, recall = right / max(1, told), found / max(1, gold)
    return f"P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / max(1e-9, precision + recall):.3f}"


if __name__ == "__main__":
    main()
