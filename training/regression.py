"""Logistic regression over signs with an L2 penalty: seedless, deterministic, small enough to read what it learned."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from dateline.codebook.weights import EventWeights

SMALL = 0.02  # weights below are not written


@dataclass(frozen=True, slots=True)
class Example:
    """`label` 1.0 for yes; `weight` how much it counts; `report` for cross-validation by report."""

    signs: tuple[str, ...]
    label: float
    weight: float
    report: str


def learn(examples: Sequence[Example], penalty: float, rare: int, threshold: float) -> EventWeights:
    """Weights of the signs seen at least `rare` times."""
    seen = Counter(sign for example in examples for sign in set(example.signs))
    index = {sign: n for n, sign in enumerate(sorted(sign for sign, count in seen.items() if count >= rare))}
    x, y = _matrix(examples, index), np.array([e.label for e in examples])
    w = np.array([e.weight for e in examples])

    def loss(theta: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        p = 1 / (1 + np.exp(-np.clip(x @ theta[1:] + theta[0], -30, 30)))
        cost = -(w * (y * np.log(p + 1e-12) + (1 - y) * np.log(1 - p + 1e-12))).sum()
        error = w * (p - y)
        slope = np.concatenate([[error.sum()], x.T @ error + penalty * theta[1:]])
        return float(cost + penalty * (theta[1:] ** 2).sum() / 2), slope

    best = minimize(loss, np.zeros(len(index) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return EventWeights(float(best.x[0]), threshold, {sign: float(best.x[1 + n]) for sign, n in index.items()})


def _matrix(examples: Sequence[Example], index: Mapping[str, int]) -> csr_matrix:
    rows, columns = [], []
    for n, example in enumerate(examples):
        known = sorted({index[sign] for sign in example.signs if sign in index})
        rows += [n] * len(known)
        columns += known
    return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(len(examples), len(index)))


def write(weights: EventWeights, path: Path, header: str) -> None:
    rows = sorted(weights.weights.items())
    body = "".join(f"{json.dumps(sign, ensure_ascii=False)} = {value:.3f}\n" for sign, value in rows if abs(value) >= SMALL)
    text = f"{header}bias = {weights.bias:.3f}\nthreshold = {weights.threshold:.2f}\n\n[weights]\n{body}"
    path.write_text(text, encoding="utf-8")
