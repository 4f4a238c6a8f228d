"""Every figure is a formula over sums of counts, and every item adds its counts once; so a figure of a resample is the same
formula over the resample's sums, and its interval needs no second pass over the texts.

Counts of an item: name → a few numbers, such as ("place": gold, told, hits) or ("province": right, n). Formulas return
shares of 1; what is printed is per cent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.evaluate.assignment import best_pairs

Counts = Mapping[str, tuple[float, ...]]
Sums = Mapping[str, Sequence[float]]
Matrix = NDArray[np.float64]

RESAMPLES = 1000
SEED = 20210810


@dataclass(frozen=True, slots=True)
class Figure:
    """One published figure: its name, its formula, and in words how much it rests on ("150/206")."""

    name: str
    of: Callable[[Sums], float]
    rests_on: Callable[[Sums], str]


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure's value and its bootstrap 95% interval, per cent."""

    name: str
    value: float
    low: float
    high: float
    rests_on: str


def ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def f1(gold: float, told: float, hits: float) -> float:
    """The harmonic mean of precision (hits/told) and recall (hits/gold)."""
    return 2 * hits / (gold + told) if hits else 0.0


def f1_of_rates(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _none(sums: Sums, name: str, width: int) -> Sequence[float]:
    return sums.get(name) or (0.0,) * width


def accuracy(name: str, counted_as: str | None = None) -> Figure:
    """Counts are (right, n)."""
    key = counted_as or name

    def rests_on(sums: Sums) -> str:
        right, n = _none(sums, key, 2)
        return f"{right:g}/{n:g}"

    return Figure(name, lambda sums: ratio(*_none(sums, key, 2)), rests_on)


def mean_accuracy(name: str, of: Sequence[str]) -> Figure:
    return Figure(name, lambda sums: sum(ratio(*_none(sums, key, 2)) for key in of) / len(of), lambda _: f"mean of {len(of)}")


def f_score(name: str, counted_as: str | None = None) -> Figure:
    """Counts are (gold, told, hits)."""
    key = counted_as or name
    return Figure(name, lambda sums: f1(*_none(sums, key, 3)), lambda sums: _in_words(_none(sums, key, 3)))


def precision(name: str, counted_as: str) -> Figure:
    return _share(name, counted_as, of=1)


def recall(name: str, counted_as: str) -> Figure:
    return _share(name, counted_as, of=0)


def _share(name: str, key: str, of: int) -> Figure:
    """Hits of what is told (1) or of what is gold (0); counts are (gold, told, hits)."""

    def rests_on(sums: Sums) -> str:
        counts = _none(sums, key, 3)
        return f"{counts[2]:g}/{counts[of]:g}"

    return Figure(name, lambda sums: ratio(_none(sums, key, 3)[2], _none(sums, key, 3)[of]), rests_on)


def f_of_two_sided_hits(name: str, keys: Sequence[str]) -> Figure:
    """Counts are (told, told that hit, gold, gold that were hit), summed over `keys`: the micro average of a scorer in which
    several told values may hit one gold value."""

    def sides(sums: Sums) -> tuple[float, float]:
        told, told_hit, gold, gold_hit = (sum(_none(sums, key, 4)[i] for key in keys) for i in range(4))
        return ratio(told_hit, told), ratio(gold_hit, gold)

    def rests_on(sums: Sums) -> str:
        p, r = sides(sums)
        return f"P {100 * p:.1f} R {100 * r:.1f}"

    return Figure(name, lambda sums: f1_of_rates(*sides(sums)), rests_on)


def weighted_f1(name: str, classes: Sequence[str], *, weighted: bool) -> Figure:
    """The mean of the classes' F1, weighted by gold; unweighted over the classes that gold has (counts: gold, told, hits)."""

    def value(sums: Sums) -> float:
        rows = [_none(sums, c, 3) for c in classes]
        rows = [row for row in rows if row[0]]
        weights = [row[0] if weighted else 1.0 for row in rows]
        return ratio(sum(w * f1(*row) for w, row in zip(weights, rows, strict=True)), sum(weights))

    def rests_on(sums: Sums) -> str:
        rows = [_none(sums, c, 3) for c in classes]
        return f"{sum(r[2] for r in rows):g}/{sum(r[0] for r in rows):g} right"

    return Figure(name, value, rests_on)


def _in_words(counts: Sequence[float]) -> str:
    gold, told, hits = counts
    return f"P {100 * ratio(hits, told):.1f} R {100 * ratio(hits, gold):.1f} (gold {gold:g})"


def total(items: Sequence[Counts]) -> Sums:
    names, matrix = table(items)
    return named(names, matrix.sum(axis=0)) if items else {}


def table(items: Sequence[Counts]) -> tuple[list[tuple[str, int]], Matrix]:
    """All items' counts as a matrix, an item a row; the columns' names and places in order of name."""
    widths: dict[str, int] = {}
    for counts in items:
        for name, values in counts.items():
            widths[name] = max(widths.get(name, 0), len(values))
    columns = [(name, i) for name in sorted(widths) for i in range(widths[name])]
    place = {column: i for i, column in enumerate(columns)}
    matrix = np.zeros((len(items), len(columns)))
    for row, counts in enumerate(items):
        for name, values in counts.items():
            for i, value in enumerate(values):
                matrix[row, place[name, i]] = value
    return columns, matrix


def named(columns: Sequence[tuple[str, int]], sums: Matrix) -> Sums:
    out: dict[str, list[float]] = {}
    for (name, _), value in zip(columns, sums.tolist(), strict=True):
        out.setdefault(name, []).append(value)
    return out


def measure(figures: Sequence[Figure], items: Sequence[Counts]) -> tuple[Measured, ...]:
    """Each figure with its 95% interval from RESAMPLES draws of items with a fixed seed: same counts, same bytes."""
    if not items:
        return tuple(Measured(figure.name, 0.0, 0.0, 0.0, "no items") for figure in figures)
    columns, matrix = table(items)
    sums = named(columns, matrix.sum(axis=0))
    draws = np.random.default_rng(SEED).multinomial(len(items), np.full(len(items), 1 / len(items)), size=RESAMPLES)
    resampled = [named(columns, row) for row in draws.astype(np.float64) @ matrix]
    return tuple(_measured(figure, sums, resampled) for figure in figures)


def _measured(figure: Figure, sums: Sums, resampled: Sequence[Sums]) -> Measured:
    values = sorted(figure.of(draw) for draw in resampled)
    low, high = (values[int(len(values) * q)] for q in (0.025, 0.975))
    return Measured(figure.name, per_cent(figure.of(sums)), per_cent(low), per_cent(high), figure.rests_on(sums))


def per_cent(share: float) -> float:
    return round(100 * share, 2)


# Clusters: a clustering is key → cluster name, over the same keys in gold and told.

Clustering = Mapping[str, str]


def members(clustering: Clustering) -> dict[str, frozenset[str]]:
    out: dict[str, set[str]] = {}
    for key, cluster in clustering.items():
        out.setdefault(cluster, set()).add(key)
    return {cluster: frozenset(keys) for cluster, keys in out.items()}


def cluster_counts(gold: Clustering, told: Clustering) -> dict[str, Counts]:
    """Counts of B³, MUC and CEAF-e, shared out over gold clusters so that they can be resampled: a told cluster's counts go
    to the gold cluster that holds most of it (the first by name of several)."""
    gold_sets, told_sets = members(gold), members(told)
    home = {name: _home(keys, gold) for name, keys in told_sets.items()}
    similar = _overlaps(gold, told, gold_sets, told_sets)
    matched = {g: similar[g, t] for g, t in best_pairs(similar)}
    out: dict[str, Counts] = {}
    for name, keys in gold_sets.items():
        at_home = [told_sets[t] for t in told_sets if home[t] == name]
        ours = [keys & told_sets[told[k]] for k in keys]
        out[name] = {
            "b3": (
                sum(len(s) / len(told_sets[told[k]]) for k, s in zip(keys, ours, strict=True)),
                sum(len(s) / len(keys) for s in ours),
                len(keys),
            ),
            "muc_recall": (len(keys) - len({told[k] for k in keys}), len(keys) - 1),
            "muc_precision": (
                sum(len(t) - len({gold[k] for k in t}) for t in at_home),
                sum(len(t) - 1 for t in at_home),
            ),
            "ceaf": (matched.get(name, 0.0), 1, len(at_home)),
        }
    return out


def _home(keys: frozenset[str], gold: Clustering) -> str:
    names = [gold[k] for k in keys]
    return min(set(names), key=lambda name: (-names.count(name), name))


def _overlaps(
    gold: Clustering,
    told: Clustering,
    gold_sets: Mapping[str, frozenset[str]],
    told_sets: Mapping[str, frozenset[str]],
) -> dict[tuple[str, str], float]:
    """CEAF-e's similarity (Luo's φ4) of each gold and told cluster that share a key."""
    pairs = sorted({(gold[k], told[k]) for k in gold})
    return {(g, t): 2 * len(gold_sets[g] & told_sets[t]) / (len(gold_sets[g]) + len(told_sets[t])) for g, t in pairs}


def named_apart(counts: Counts, prefix: str) -> Counts:
    """The counts of a second clustering beside those of the first: `clustering(prefix)` reads them."""
    return {f"{prefix}{name}": values for name, values in counts.items()}


def clustering(prefix: str, of: Callable[[Sums], float]) -> Callable[[Sums], float]:
    return lambda sums: of({name.removeprefix(prefix): sums[name] for name in sums if name.startswith(prefix)})


def b3_f1(sums: Sums) -> float:
    p, r, n = _none(sums, "b3", 3)
    return f1_of_rates(ratio(p, n), ratio(r, n))


def muc_f1(sums: Sums) -> float:
    return f1_of_rates(ratio(*_none(sums, "muc_precision", 2)), ratio(*_none(sums, "muc_recall", 2)))


def ceaf_f1(sums: Sums) -> float:
    similarity, gold, told = _none(sums, "ceaf", 3)
    return f1_of_rates(ratio(similarity, told), ratio(similarity, gold))


def conll_f1(sums: Sums) -> float:
    return (b3_f1(sums) + muc_f1(sums) + ceaf_f1(sums)) / 3


def cluster_figure(name: str, of: Callable[[Sums], float], prefix: str = "") -> Figure:
    """Of the clustering whose counts are named with `prefix`."""
    return Figure(name, clustering(prefix, of), lambda sums: f"{_none(sums, f'{prefix}b3', 3)[2]:g} reports")
