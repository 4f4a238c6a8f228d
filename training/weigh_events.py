"""Learn the weights of `dateline/extract/weighing.py` from readings of whole reports, and write them as a file a person can read.

    python training/weigh_events.py READINGS DOCS [--calm REPORTS.jsonl]... [--folds 10] [--write]

READINGS and DOCS are in the voa-gold form (docs/yardsticks.md); --calm names reports that are known to tell no conflict: all
that is drafted from them is wrong. Logistic regression with an L2 penalty, seedless and deterministic; the figures printed
are cross-validated by report, so that no report is weighed by weights that have seen it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from dateline.evaluate.voa_gold import pair
from dateline.extract.weighing import signs
from dateline.model.event import GROUP_OF
from dateline.model.text import Report
from dateline.pipeline import Resources, load_resources, tell
from dateline.settings import Settings

PENALTY = 6.0  # strength of the pull to zero, chosen by the cross-validated figure
RARE = 3  # signs seen less often are left out
OPTIONAL = 0.3  # weight of events that the reading calls minor or background
CALM = 0.5  # weight of a draft from a report without conflict
HEADER = """# Log-odds of the signs that tell an event from a mention (see dateline/extract/weighing.py and docs/model-card.md).
# Made by training/weigh_events.py; read it, do not edit it.
"""


@dataclass(frozen=True, slots=True)
class Example:
    signs: tuple[str, ...]
    label: float
    weight: float
    report: str
    material: bool


def main() -> None:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("readings", type=Path)
    ask.add_argument("docs", type=Path)
    ask.add_argument("--calm", type=Path, action="append", default=[])
    ask.add_argument("--calm-limit", type=int, default=600)
    ask.add_argument("--folds", type=int, default=10)
    ask.add_argument("--write", action="store_true")
    args = ask.parse_args()
    resources = load_resources(Settings())
    examples = learn_from(args.readings, args.docs, resources)
    missed = sum(1 for line in lines(args.readings) for e in line["events"] if not e.get("minor") and not e.get("background"))
    for path in args.calm:
        examples += calm(path, resources, args.calm_limit)
    threshold = cross_validate(examples, args.folds, missed)
    if args.write:
        write(examples, threshold)


def lines(path: Path) -> list[dict]:  # type: ignore[type-arg]  # JSON of the yardstick's form
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def report_of(row: dict) -> Report:  # type: ignore[type-arg]
    published = row.get("published")
    return Report(
        id=row["id"], outlet=row.get("outlet"), title=row.get("title"), text=row["text"],
        published=date.fromisoformat(published[:10]) if published else None,
    )  # fmt: skip


def learn_from(readings: Path, docs: Path, resources: Resources) -> list[Example]:
    gold = {row["id"]: row["events"] for row in lines(readings)}
    found: list[Example] = []
    for row in lines(docs):
        reading = resources.language.read(report_of(row))
        telling = tell(reading, resources)
        drafts = [
            {
                "type": one.draft.type,
                "trigger": {"start": one.draft.trigger.start, "end": one.draft.trigger.end},
                "evidence": [
                    {"start": reading.sentences[n].start, "end": reading.sentences[n].end}
                    for n in (one.draft.sentence, *one.draft.other_sentences)
                ],
                "by": [{"name": telling.cast.entities[m.entity].name} for m in one.draft.by],
                "on": [{"name": telling.cast.entities[m.entity].name} for m in one.draft.on],
                "place": one.place.model_dump() if one.place else None,
            }
            for one in telling.told
        ]
        pairs = {p: g for g, p in pair(gold[row["id"]], drafts, [tuple(o) for o in row["offsets"]]).items()}
        for number, one in enumerate(telling.told):
            event = gold[row["id"]][pairs[number]] if number in pairs else None
            weight = OPTIONAL if event and (event.get("minor") or event.get("background")) else 1.0
            found.append(
                Example(
                    signs(reading, one, telling.cast.entities, telling.quotes),
                    1.0 if event else 0.0,
                    weight,
                    row["id"],
                    GROUP_OF[one.draft.type] != "politics",
                )
            )
    return found


def calm(path: Path, resources: Resources, limit: int) -> list[Example]:
    found: list[Example] = []
    rows = lines(path)
    for row in rows[:: max(1, len(rows) // limit)]:
        reading = resources.language.read(report_of(row))
        telling = tell(reading, resources)
        for one in telling.told:
            said = signs(reading, one, telling.cast.entities, telling.quotes)
            found.append(Example(said, 0.0, CALM, "calm-" + row["id"], GROUP_OF[one.draft.type] != "politics"))
    return found


def vocabulary(examples: Sequence[Example]) -> dict[str, int]:
    seen: dict[str, int] = {}
    for example in examples:
        for sign in example.signs:
            seen[sign] = seen.get(sign, 0) + 1
    return {sign: n for n, sign in enumerate(sorted(s for s, count in seen.items() if count >= RARE))}


def matrix(examples: Sequence[Example], index: dict[str, int]) -> csr_matrix:
    rows, columns = [], []
    for n, example in enumerate(examples):
        known = sorted({index[sign] for sign in example.signs if sign in index})
        rows += [n] * len(known)
        columns += known
    return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(examples), len(index)))


def fit(examples: Sequence[Example], index: dict[str, int]) -> tuple[float, NDArray[np.float64]]:
    x, y = matrix(examples, index), np.array([e.label for e in examples])
    w = np.array([e.weight for e in examples])

    def loss(theta: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        z = x @ theta[1:] + theta[0]
        p = 1 / (1 + np.exp(-np.clip(z, -30, 30)))
        cost = float(
            -(w * (y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12))).sum() + PENALTY * (theta[1:] ** 2).sum() / 2
        )
        error = w * (p - y)
        return cost, np.concatenate([[error.sum()], x.T @ error + PENALTY * theta[1:]])

    best = minimize(loss, np.zeros(len(index) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return float(best.x[0]), best.x[1:]


def predict(examples: Sequence[Example], index: dict[str, int], bias: float, theta: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-(matrix(examples, index) @ theta + bias))))


def cross_validate(examples: list[Example], folds: int, gold: int) -> float:
    reports = sorted({e.report for e in examples})
    fold_of = {report: n % folds for n, report in enumerate(reports)}
    scored: list[tuple[float, Example]] = []
    for fold in range(folds):
        train = [e for e in examples if fold_of[e.report] != fold]
        test = [e for e in examples if fold_of[e.report] == fold]
        index = vocabulary(train)
        scored += zip(predict(test, index, *fit(train, index)), test, strict=True)
    best = (0.0, 0.5)
    for threshold in np.arange(0.1, 0.9, 0.05):
        kept = [(p, e) for p, e in scored if p >= threshold]
        right = sum(e.label for _, e in kept if e.weight == 1.0)
        wrong = sum(1 for _, e in kept if not e.label and not e.report.startswith("calm-"))
        loud = sum(1 for _, e in kept if e.report.startswith("calm-") and e.material)
        f1 = 2 * right / (right + wrong + gold) if right else 0.0
        print(
            f"threshold {threshold:.2f}: right {right:.0f} wrong {wrong} found F1 {f1:.3f}, material told in calm reports {loud}"
        )
        best = max(best, (f1, float(threshold)))
    return best[1]


def write(examples: list[Example], threshold: float) -> None:
    index = vocabulary(examples)
    bias, theta = fit(examples, index)
    rows = sorted((sign, float(theta[n])) for sign, n in index.items())
    body = "".join(f"{json.dumps(sign, ensure_ascii=False)} = {value:.3f}\n" for sign, value in rows if abs(value) >= 0.02)
    path = Path(__file__).parent.parent / "dateline/codebook/events/weights.toml"
    path.write_text(f"{HEADER}bias = {bias:.3f}\nthreshold = {threshold:.2f}\n\n[weights]\n{body}", encoding="utf-8")
    print(f"{path.name}: {len(rows)} signs")


if __name__ == "__main__":
    main()
