"""Learn the story weights of `dateline/link/weights.toml` from reports known to tell one shooting, or two.

    python training/link_stories.py GVA.jsonl [--cache CODED.pickle] [--write]

GVA.jsonl holds one incident a line with its reports (docs/yardsticks.md). Every report is coded; pairs that share rare words
are compared; logistic regression with an L2 penalty, seedless and deterministic, says what each level is worth. The figures
printed are cross-validated by incident: no pair is scored by weights that have seen either of its incidents.
"""

from __future__ import annotations

import argparse
import json
import pickle
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from dateline.codebook.frequency import load_word_table
from dateline.link.gist import gist_of
from dateline.link.linkage import Scores, join_parts
from dateline.link.stories import COMPARISONS, Story, candidates, party_words, story_of
from dateline.link.weights import load_weights
from dateline.model.event import Record
from dateline.model.text import Report
from dateline.pipeline import code_report, load_resources
from dateline.settings import Settings

WEIGHTS = Path(__file__).parents[1] / "dateline" / "link" / "weights.toml"
PENALTY = 0.5
FOLDS = 5
# Half of all pairs that a threshold of 0 leaves out belong together: joining is by the mean over a group, which is stricter.
LENIENCE = 1.5
Level = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Pairs:
    """Candidate pairs of stories (positions), the levels that their comparisons find, and whether they tell one incident."""

    pairs: Sequence[tuple[int, int]]
    levels: Sequence[Level]
    found: csr_matrix
    same: NDArray[np.float64]


def read_reports(path: Path) -> list[tuple[str, Report]]:
    reports = []
    for line in path.read_text("utf-8").splitlines():
        item = json.loads(line)
        for told in item["reports"]:
            title, text = told["title"], told["content"]
            text = text if not title or text.startswith(title) else f"{title}\n\n{text}"
            name = f"{item['incident']}/{told['id']}"
            reports.append((item["incident"], Report(id=name, title=title, published=date.fromisoformat(told["dct"]), text=text)))
    return reports


def code(reports: Sequence[tuple[str, Report]], cache: Path | None) -> list[Record]:
    if cache and cache.exists():
        records: list[Record] = pickle.loads(cache.read_bytes())
        return records
    resources = load_resources(Settings())
    records = [code_report(report, resources) for _incident, report in reports]
    if cache:
        cache.write_bytes(pickle.dumps(records))
    return records


def compare_all(stories: Sequence[Story], incidents: Sequence[str]) -> Pairs:
    pairs = list(candidates(stories))
    told = [[(name, compare(stories[a], stories[b])[0]) for name, compare in COMPARISONS] for a, b in pairs]
    levels = sorted({level for row in told for level in row})
    column = {level: number for number, level in enumerate(levels)}
    rows = np.repeat(np.arange(len(pairs)), len(COMPARISONS))
    columns = np.array([column[level] for row in told for level in row])
    found = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(pairs), len(levels)))
    same = np.array([float(incidents[a] == incidents[b]) for a, b in pairs])
    return Pairs(pairs, levels, found, same)


def learn(found: csr_matrix, same: NDArray[np.float64]) -> NDArray[np.float64]:
    """One weight a level, the prior last."""
    size = found.shape[1]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        odds = found @ weights[:size] + weights[size]
        chance = 1 / (1 + np.exp(-odds))
        value = np.sum(np.logaddexp(0, odds) - same * odds) + PENALTY * np.sum(weights[:size] ** 2)
        slope = np.append(found.T @ (chance - same) + 2 * PENALTY * weights[:size], np.sum(chance - same))
        return float(value), slope

    result: NDArray[np.float64] = minimize(loss, np.zeros(size + 1), jac=True, method="L-BFGS-B").x
    return result


def cross_validated(data: Pairs, incidents: Sequence[str]) -> NDArray[np.float64]:
    """The log-odds of each pair by weights that have seen neither of its incidents."""
    folds = {name: number % FOLDS for number, name in enumerate(sorted(set(incidents)))}
    sides = np.array([(folds[incidents[a]], folds[incidents[b]]) for a, b in data.pairs])
    odds, times = np.zeros(len(data.pairs)), np.zeros(len(data.pairs))
    for fold in range(FOLDS):
        unseen = (sides == fold).any(axis=1)
        weights = learn(data.found[~unseen], data.same[~unseen])
        odds[unseen] += data.found[unseen] @ weights[:-1] + weights[-1]
        times[unseen] += 1
    averaged: NDArray[np.float64] = odds / times
    return averaged


def b_cubed(groups: Sequence[Sequence[int]], incidents: Sequence[str]) -> tuple[float, float, float]:
    gold: dict[str, set[int]] = defaultdict(set)
    for number, incident in enumerate(incidents):
        gold[incident].add(number)
    precision = recall = 0.0
    for members in groups:
        for member in members:
            common = len(set(members) & gold[incidents[member]])
            precision += common / len(members)
            recall += common / len(gold[incidents[member]])
    precision, recall = precision / len(incidents), recall / len(incidents)
    return precision, recall, 2 * precision * recall / (precision + recall)


def write(levels: Sequence[Level], weights: NDArray[np.float64]) -> None:
    """Replace the story sections of weights.toml; everything above them stays as the hand that wrote it left it."""
    text = WEIGHTS.read_text("utf-8")
    text = re.sub(r"\n*\[story_\w+\]\n(?:[^\[]*)", "\n", text).rstrip() + "\n"
    text = re.sub(r"story_prior = .*", f"story_prior = {weights[-1] + LENIENCE:.2f}", text)
    sections: dict[str, list[str]] = defaultdict(list)
    for (feature, level), weight in zip(levels, weights, strict=False):
        sections[feature].append(f"{level} = {weight:.2f}")
    for feature, _compare in COMPARISONS:
        if not any(line.startswith("unknown") for line in sections[feature]):
            sections[feature].append("unknown = 0.00")  # no pair of the training set lacks it
        text += f"\n[{feature}]\n" + "\n".join(sections[feature]) + "\n"
    WEIGHTS.write_text(text, "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    reports = read_reports(options.path)
    incidents = [incident for incident, _report in reports]
    table = load_word_table()
    stories = [
        story_of(record.report, record.events, gist_of(report.text, table, report.title, party_words(record.events)))
        for (_incident, report), record in zip(reports, code(reports, options.cache), strict=True)
    ]
    data = compare_all(stories, incidents)
    odds = cross_validated(data, incidents) + LENIENCE
    scores = Scores((left, right, float(value)) for (left, right), value in zip(data.pairs, odds, strict=True))
    parts = join_parts(len(stories), scores, load_weights().story_uncompared)
    groups = [members for part in parts for members in part]
    precision, recall, f1 = b_cubed(groups, incidents)
    print(f"{len(data.pairs)} pairs, {int(data.same.sum())} of one incident; cross-validated over {FOLDS} folds:")
    print(f"B3 precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f} in {len(groups)} groups of {len(stories)} reports")
    weights = learn(data.found, data.same)
    for (feature, level), weight in zip(data.levels, weights, strict=False):
        print(f"{feature}.{level} {weight:+.2f}")
    if options.write:
        write(data.levels, weights)


if __name__ == "__main__":
    main()
