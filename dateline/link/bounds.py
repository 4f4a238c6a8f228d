"""How high a pair's score could be at most, for many pairs at once: what stays at or below 0 speaks for no one happening.

Never below the score that `features.py` and the stories would give, whatever the weights: so what is left out here could not
have joined anything. The exact comparison of what remains costs a hundred times as much.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dateline.link.features import NEARBY_KM, compare_type
from dateline.link.trace import EARTH_KM, NARROW, Spot, Trace
from dateline.link.weights import Weights

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
# Kilometres by which the distance worked out here may differ from the exact one.
CLOSE_KM = 0.01
NOWHERE = -1


class _Codes:
    """A number for each value, the same for equal ones."""

    def __init__(self) -> None:
        self._known: dict[object, int] = {}

    def of(self, value: object) -> int:
        return NOWHERE if value is None else self._known.setdefault(value, len(self._known))


@dataclass(frozen=True, slots=True)
class Columns:
    """What can be told of traces without looking at a pair, a column each; -1 and nan are what is not told."""

    kind: Ints
    is_control: Mask
    is_clash: Mask
    aggregate: Mask
    background: Mask
    has_spot: Mask
    narrow: Mask
    of_country: Mask
    identity: Ints
    gazetteer: Ints
    name: Ints
    country: Ints
    province: Ints
    lat: Floats
    lon: Floats
    radius: Floats
    first: Ints
    last: Ints
    published: Ints
    by: Ints
    by_one: Mask
    on: Ints
    on_one: Mask
    counts: Mask
    report: Ints
    source: Ints
    leads: Mask
    types: Floats


def columns_of(traces: Sequence[Trace], weights: Weights) -> Columns:
    codes = [_Codes() for _ in range(9)]
    spots = [trace.spot for trace in traces]
    kinds = {trace.type: trace for trace in traces}
    known = sorted(kinds)
    return Columns(
        kind=_ints(known.index(trace.type) for trace in traces),
        is_control=_mask(trace.group == "control" for trace in traces),
        is_clash=_mask(trace.type == "clash" for trace in traces),
        aggregate=_mask(trace.is_aggregate for trace in traces),
        background=_mask(trace.is_background for trace in traces),
        has_spot=_mask(spot is not None for spot in spots),
        narrow=_mask(spot is not None and spot.precision in NARROW for spot in spots),
        of_country=_mask(spot is not None and spot.precision == "country" for spot in spots),
        identity=_ints(codes[0].of(spot and (spot.name, spot.admin1, spot.country)) for spot in spots),
        gazetteer=_ints(codes[1].of(spot and (spot.gazetteer_id or None)) for spot in spots),
        name=_ints(codes[2].of(spot and spot.name) for spot in spots),
        country=_ints(codes[3].of(spot and (spot.country or None)) for spot in spots),
        province=_ints(codes[4].of(spot and (spot.admin1 or None)) for spot in spots),
        lat=_floats(spots, "lat"),
        lon=_floats(spots, "lon"),
        radius=_floats(spots, "radius_km"),
        first=_ints(trace.days[0].toordinal() if trace.days else NOWHERE for trace in traces),
        last=_ints(trace.days[1].toordinal() if trace.days else NOWHERE for trace in traces),
        published=_ints(trace.published.toordinal() if trace.published else NOWHERE for trace in traces),
        by=_ints(codes[5].of(trace.by or None) for trace in traces),
        by_one=_mask(len(trace.by) == 1 for trace in traces),
        on=_ints(codes[6].of(trace.on or None) for trace in traces),
        on_one=_mask(len(trace.on) == 1 for trace in traces),
        counts=_mask(bool(trace.counts) for trace in traces),
        report=_ints(codes[7].of(trace.report_id) for trace in traces),
        source=_ints(codes[8].of(trace.source_id) for trace in traces),
        leads=_mask(bool(trace.topics) for trace in traces),
        types=np.array([[weights.of("type", compare_type(kinds[a], kinds[b])[0]) for b in known] for a in known]),
    )


def _ints(values: Any) -> Ints:
    return np.fromiter(values, dtype=np.int64)


def _mask(values: Any) -> Mask:
    return np.fromiter(values, dtype=np.bool_)


def _floats(spots: Sequence[Spot | None], name: str) -> Floats:
    return np.array([np.nan if spot is None or getattr(spot, name) is None else getattr(spot, name) for spot in spots], float)


def highest_scores(c: Columns, i: Ints, j: Ints, weights: Weights) -> Floats:
    """For each pair of positions what its score cannot exceed."""
    parts = (_report(c, i, j, weights), c.types[c.kind[i], c.kind[j]], _kind(c, i, j, weights), _place(c, i, j, weights))
    return weights.prior + sum(parts) + _time(c, i, j, weights) + _who(c, i, j, weights) + _rest(c, i, j, weights)


def _best(weights: Weights, feature: str, *levels: str) -> float:
    return max(weights.of(feature, level) for level in levels)


def _report(c: Columns, i: Ints, j: Ints, w: Weights) -> Floats:
    one = c.source[i] == c.source[j]
    repeated = np.where(c.report[i] == c.report[j], w.of("report", "same"), _best(w, "report", "same", "copy"))
    return np.where(one, repeated, w.of("report", "other"))


def _kind(c: Columns, i: Ints, j: Ints, w: Weights) -> Floats:
    sums = c.aggregate[i].astype(int) + c.aggregate[j]
    single = np.where(c.background[i] != c.background[j], w.of("kind", "one_background"), w.of("kind", "both_single"))
    return np.select([sums == 1, sums == 2], [w.of("kind", "one_aggregate"), w.of("kind", "both_aggregate")], single)


def _place(c: Columns, i: Ints, j: Ints, w: Weights) -> Floats:
    def both(column: Ints) -> Mask:
        return (column[i] >= 0) & (column[j] >= 0)

    untold = ~(c.has_spot[i] & c.has_spot[j])
    same = ((c.gazetteer[i] == c.gazetteer[j]) & both(c.gazetteer)) | (c.identity[i] == c.identity[j])
    narrow, control = c.narrow[i] & c.narrow[j], c.is_control[i]
    abroad = (c.country[i] != c.country[j]) & both(c.country)
    gap, reach = _kilometres(c, i, j), np.fmax(c.radius[i], c.radius[j])
    near = (gap <= c.radius[i] + c.radius[j] + NEARBY_KM + CLOSE_KM) & ~control
    provinces = (c.country[i] == c.country[j]) & (c.province[i] != c.province[j]) & both(c.province)
    levels: list[tuple[Mask, Floats | float]] = [
        (untold, _best(w, "place", "unknown", "setting", "elsewhere", "aside")),
        (same, _best(w, "place", "same", "province", "country")),
        (narrow & (c.name[i] == c.name[j]) & ~control, w.of("place", "namesake")),
        (abroad, w.of("place", "apart")),
        (np.isnan(gap), w.of("place", "unknown")),
        (narrow & (gap <= reach + CLOSE_KM), _best(w, "place", "within", "near", "apart")),
        (narrow, np.where(near, _best(w, "place", "near", "apart"), w.of("place", "apart"))),
        (provinces & ~c.of_country[i] & ~c.of_country[j], w.of("place", "apart")),
    ]
    wide = _best(w, "place", "country", "inside", "apart")
    return np.select([which for which, _most in levels], [most for _which, most in levels], wide)


def _kilometres(c: Columns, i: Ints, j: Ints) -> Floats:
    first, second = np.radians(c.lat[i]), np.radians(c.lat[j])
    across = np.radians(c.lon[j] - c.lon[i]) / 2
    square = np.sin((second - first) / 2) ** 2 + np.cos(first) * np.cos(second) * np.sin(across) ** 2
    return np.asarray(2 * EARTH_KM * np.arcsin(np.minimum(1.0, np.sqrt(square))), float)


def _time(c: Columns, i: Ints, j: Ints, w: Weights) -> Floats:
    dated = (c.first[i] >= 0) & (c.first[j] >= 0)
    gap = np.maximum(c.first[i], c.first[j]) - np.minimum(c.last[i], c.last[j])
    levels = [
        (dated & (gap > 3), w.of("time", "apart")),
        (dated & (gap > 1), w.of("time", "near")),
        (dated & (gap == 1), w.of("time", "next_day")),
        (dated, _best(w, "time", "same_day", "overlap", "stretch")),
    ]
    untold = _best(w, "time", "unknown", "apart", "told_close", "told_apart", "told_far")
    return np.select([which for which, _most in levels], [most for _which, most in levels], untold)


def _who(c: Columns, i: Ints, j: Ints, w: Weights) -> Floats:
    """Two sets of names that are not equal may still share one, unless each has a single name."""
    clash = c.is_clash[i] & c.is_clash[j]
    by = np.where(clash, _best(w, "actors", "by_differ", "swapped"), w.of("actors", "by_differ"))
    on = np.where(c.is_clash[i], w.of("actors", "unknown"), w.of("actors", "on_differ"))
    total = np.zeros(len(i))
    for codes, one, same, other in ((c.by, c.by_one, "by_same", by), (c.on, c.on_one, "on_same", on)):
        may_share = (codes[i] == codes[j]) | ~(one[i] & one[j])
        told = np.where(may_share, np.maximum(other, w.of("actors", same)), other)
        total += np.where((codes[i] < 0) | (codes[j] < 0), w.of("actors", "unknown"), told)
    return total


def _rest(c: Columns, i: Ints, j: Ints, w: Weights) -> Floats:
    """Figures and stories, which are only known by looking."""
    counts = _best(w, "figures", "none", "equal", "compatible", "differ", "far")
    figures = np.where(c.counts[i] & c.counts[j], counts, w.of("figures", "none"))
    lead = c.leads[i] & c.leads[j] & (c.kind[i] == c.kind[j])
    story = np.where(lead, best_story(w, is_lead=True), best_story(w, is_lead=False))
    return figures + np.where(c.source[i] == c.source[j], w.of("story", "untold"), story)


def best_story(weights: Weights, is_lead: bool) -> float:
    """The most that two stories may add to a pair of events."""
    ending = "_lead" if is_lead else ""
    return _best(weights, "story", "untold", *(f"{level}{ending}" for level in ("sure", "one", "likely", "open", "two")))
