"""Document-level templates of terrorist incidents in Latin America: type, perpetrators, targets, victims, weapons.

Source: MUC-4 (1992; messages of FBIS, US government), in the form that GRIT and GTT use: lower-case text, five slots of
coreferent strings. PATH: dev.jsonl, lines of {"docid", "doctext", "templates"}.
Mapped: abduction → kidnapping; bombing, and what explosives did → bombing; other attacks and killings → attack (clashes, and
attacks on nobody but armed forces, are no incidents of the set);
destruction by fire → arson; the means, or a weapon in the trigger → Weapon; those who did it → PerpOrg when they are a known
group (else the one that claims a deed or is blamed), and PerpInd; those it was done to → Victim when people with a name, without
their titles, Target when things. Events of one type on one place and day are one template.
Robbery and forced work stoppage have no type of ours. Scored by templates_scorer.py; `--predictions` writes GTT's own form.
Our weights for text of a single case were learned from the development part, so its figure there has seen it;
docs/model-card.md has cross-validated ones. Not comparable: 50.2 is GTT on its test split (tst3 and tst4), tuned on 1,300
documents of this very kind.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dateline.codebook.actors import ActorBook
from dateline.evaluate.coder import Coder
from dateline.evaluate.data import find_file, read_lines, text_of
from dateline.evaluate.gather import event_marks
from dateline.evaluate.incident_templates import Templates
from dateline.evaluate.metrics import f_of_two_sided_hits
from dateline.evaluate.templates_scorer import SLOTS, TYPE, Template, count, entity
from dateline.evaluate.yardstick import Data, Json, Judged, Row, Yardstick, always, in_words
from dateline.model.text import Report


@dataclass(frozen=True, slots=True)
class Message:
    report: Report
    templates: tuple[Json, ...]


def read(path: Path) -> Data[Message]:
    return read_lines(find_file(path, "dev.jsonl"), lambda line: [to_message(line)])


def to_message(line: Json) -> Message:
    for template in line["templates"]:
        gold_template(template)
    return Message(Report(id=text_of(line, "docid"), text=text_of(line, "doctext")), tuple(line["templates"]))


def gold_template(template: Json) -> Template:
    """Gold strings come with their offset: [["fmln", 163], …]."""
    slots = {slot: tuple(entity([mention[0] for mention in one]) for one in template[slot]) for slot in SLOTS}
    return Template(template[TYPE], slots)


def told_template(template: Json) -> Template:
    return Template(template[TYPE], {slot: tuple(entity(one) for one in template[slot]) for slot in SLOTS})


def judge(items: Sequence[Message], coder: Coder) -> Iterator[Judged]:
    templates = Templates(ActorBook.load())
    for item, record in zip(items, coder.records([item.report for item in items]), strict=True):
        told = templates.of(record)
        counts = count([gold_template(t) for t in item.templates], [told_template(t) for t in told])
        yield Judged(
            id=item.report.id,
            counts={slot: row for slot, row in counts.items() if any(row)},
            text=item.report.text,
            rows=tuple(rows_of(item.templates, told, counts)),
            marks=event_marks(record.events),
            prediction={"doctext": item.report.text, "pred_templates": told, "gold_templates": list(item.templates)},
        )


def rows_of(gold: Sequence[Json], told: Sequence[Json], counts: dict[str, tuple[int, int, int, int]]) -> Iterator[Row]:
    """A slot over all templates of the message: what gold has, what we have, and whether all of it is right."""
    for slot in (TYPE, *SLOTS):
        n_told, hit, n_gold, found = counts[slot]
        if n_told or n_gold:
            wanted = [in_words(t[slot] if slot == TYPE else [" = ".join(m[0] for m in one) for one in t[slot]]) for t in gold]
            given = [in_words(t[slot] if slot == TYPE else [" = ".join(one) for one in t[slot]]) for t in told]
            yield Row(slot, " | ".join(wanted), " | ".join(given), n_told == hit and n_gold == found)


def predictions(judged: Iterable[Judged]) -> Iterator[str]:
    """One JSON object over all messages, as GTT's own scorer reads it."""
    yield json.dumps({item.id: item.prediction for item in judged}, ensure_ascii=False)


YARDSTICK: Yardstick[Message] = Yardstick(
    name="muc4",
    measures="templates of incidents: type, perpetrators, targets, victims, weapons",
    about=__doc__,
    file="dev.jsonl",
    read=read,
    judge=judge,
    figures=always(
        f_of_two_sided_hits("micro_f1", (TYPE, *SLOTS)),
        f_of_two_sided_hits("type", (TYPE,)),
        f_of_two_sided_hits("perp_ind", ("PerpInd",)),
        f_of_two_sided_hits("perp_org", ("PerpOrg",)),
        f_of_two_sided_hits("target", ("Target",)),
        f_of_two_sided_hits("victim", ("Victim",)),
        f_of_two_sided_hits("weapon", ("Weapon",)),
    ),
    best_known={
        "micro_f1": "50.2 (GTT)",
        "type": "67.4 (GTT)",
        "perp_ind": "44.0 (GTT)",
        "perp_org": "41.8 (GTT)",
        "target": "32.4 (GTT)",
        "victim": "54.1 (GTT)",
        "weapon": "59.7 (GTT)",
    },
    predictions=predictions,
)
