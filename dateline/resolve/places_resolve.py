"""One decision for all names of a report: each candidate is scored by readable evidence, and they lend each other weight.

Names of one spelling mean one place in a report, unless the words beside them say otherwise ("Kunduz", "Kunduz province").
In the first round a name means what it usually means and what the words beside it say; in the next ones the candidates of
all names vote by country, by province and by nearness, each with its present share of belief.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dateline.model.reading import Reading
from dateline.resolve.gazetteer import EARTH_KM, Candidate, Gazetteer, contains, distance_km
from dateline.resolve.gazetteer_store import GazPlace
from dateline.resolve.places_contained import said_containments
from dateline.resolve.places_find import Found

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

# What speaks for a candidate; each has a weight in the codebook (places/weights.toml).
ALONE: tuple[str, ...] = (
    "people", "people_adm", "most_people", "country", "adm1", "adm2", "capital", "region", "by_name", "by_historic",
    "by_demonym", "by_sound", "imported", "kind_said", "kind_not", "bare_adm1", "bare_adm2", "parent_said", "lies_in_said",
)  # fmt: skip
TOGETHER: tuple[str, ...] = ("same_country", "same_admin1", "nearby", "said_country", "said_admin1", "said_twice")
FEATURES = ALONE + TOGETHER
ROUNDS = 3
PART_KM = 60.0  # a place said to be in a town is no farther from it
# What must back a place that only sounds like the name, or of which nothing is known but an imported point.
BACKING = frozenset({"same_country", "said_country", "said_admin1", "parent_said"})
BACKED = 0.4
NEAR_KM = 40.0
# A report of one country: this share of its names, of at least so many, and no foreign town below this many people.
HOME, FEWEST, UNKNOWN = 0.6, 3, 50_000
SETTLED = frozenset({"town", "capital", "adm2", "adm3", "point"})

KIND_SAID: Mapping[str, frozenset[str]] = {
    "province": frozenset({"adm1", "region"}),
    "district": frozenset({"adm2", "adm3"}),
    "region": frozenset({"adm1", "region", "adm2"}),
    "town": frozenset({"town", "capital"}),
    "country": frozenset({"country"}),
}
# "province" says what a place is; "area", "zone" and "city" are said of many a thing.
KIND_TRUST: Mapping[str, float] = {"province": 1.6, "district": 0.8, "country": 0.5, "town": 0.4, "region": 0.3}


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its share of belief and the evidence that counted for it, strongest first."""

    candidate: Candidate
    share: float
    evidence: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """All names of a report that must mean one place. `parents` and `insides`: groups said to hold it, or to lie in it."""

    members: tuple[int, ...]  # numbers of the names found
    candidates: tuple[Candidate, ...]
    kind_word: str
    parents: frozenset[int]
    insides: frozenset[int]


@dataclass(frozen=True, slots=True)
class Resolved:
    """The candidates of a name, best first; `inside` is the place that the words plainly say holds it."""

    order: tuple[Ranked, ...] = ()
    inside: GazPlace | None = None
    astray: bool = False  # the only one of its country, and small, in a report of another country

    @property
    def best(self) -> Ranked | None:
        """None when nothing of that name lies where the words say, or only a far hamlet sounds like it or is called so."""
        if not self.order or self.astray:
            return None
        first = self.order[0]
        if self.inside and not _lies(first.candidate.place, self.inside):
            return None
        backed = {name for name, value in first.evidence if value >= BACKED}
        doubtful = first.candidate.match == "folded" and not first.candidate.place.code or first.candidate.standing != "known"
        return None if doubtful and not backed & BACKING else first


def _lies(place: GazPlace, holder: GazPlace) -> bool:
    """In it by codes; or, of a town or a region, so near that it may be a part of it."""
    if place.gid == holder.gid or contains(holder, place):
        return True
    gap = distance_km(place, holder)
    return not holder.code and gap is not None and gap <= max(PART_KM, holder.radius_km or 0.0)


@dataclass(frozen=True, slots=True)
class Field:
    """All candidates of all groups side by side; `owner` is a candidate's group, `start` where a group's candidates begin."""

    owner: Ints
    start: Ints
    weight: Floats  # of each group: names said often count more
    country: Ints
    admin1: Ints
    is_country: NDArray[np.bool_]
    is_admin1: NDArray[np.bool_]
    settled: NDArray[np.bool_]
    near: Floats  # kernel of the distance between two candidates


def resolve(reading: Reading, names: Sequence[Found], gazetteer: Gazetteer) -> tuple[Resolved, ...]:
    """Each name with its candidates, best first."""
    pairs = said_containments(reading, names, gazetteer)
    groups = group_names(names, pairs)
    ranked: dict[int, tuple[Ranked, ...]] = {}
    if any(g.candidates for g in groups):
        table, shares = decide(groups, gazetteer.words.weights)
        for at, group in zip(bounds(groups), groups, strict=True):
            if group.candidates:
                order = rank(group, table[at], shares[at], gazetteer.words.weights)
                ranked.update(dict.fromkeys(group.members, order))
    holders = {inner: outer for inner, outer, plain in pairs if plain}
    lost = astray(groups, ranked)
    sure = {number: order for number, order in ranked.items() if number not in lost}
    return tuple(Resolved(ranked.get(i, ()), _holder(holders.get(i), sure), i in lost) for i in range(len(names)))


def astray(groups: Sequence[Group], ranked: Mapping[int, tuple[Ranked, ...]]) -> frozenset[int]:
    """Names whose only known bearer is a small town of a country that nothing else in the report is in."""
    tops = {group: ranked[group.members[0]][0] for group in groups if group.members[0] in ranked}
    told: dict[str, int] = {}
    for group, top in tops.items():
        if country := top.candidate.place.country:
            told[country] = told.get(country, 0) + len(group.members)
    home = max(told, key=lambda country: (told[country], country), default=None)
    if home is None or len(tops) < FEWEST or told[home] < HOME * sum(told.values()):
        return frozenset()
    return frozenset(
        member
        for group, top in tops.items()
        if _is_small(top) and _is_alone(top, told, len(group.members), home)
        for member in group.members
    )


def _is_alone(top: Ranked, told: Mapping[str, int], said: int, home: str) -> bool:
    """Is nothing else of the report in its country? A name that only sounds like it must be of the report's own."""
    country = top.candidate.place.country or home
    return country != home and (told[country] == said or top.candidate.match == "folded")


def _is_small(top: Ranked) -> bool:
    place = top.candidate.place
    known = place.kind not in ("town", "adm1", "adm2", "adm3") or place.population >= UNKNOWN
    return not known and not any(name == "parent_said" and value > 0 for name, value in top.evidence)


def _holder(outer: int | None, ranked: Mapping[int, tuple[Ranked, ...]]) -> GazPlace | None:
    if outer is None or outer not in ranked:
        return None
    place = ranked[outer][0].candidate.place
    return None if place.kind == "continent" or (place.lat is None and place.admin1 is None) else place


def decide(groups: Sequence[Group], weights: Mapping[str, float]) -> tuple[Floats, Floats]:
    """The evidence (a row a candidate, a column a feature) and each candidate's share of belief in its group."""
    field = field_of(groups)
    alone = np.array([row for n in range(len(groups)) for row in alone_features(n, groups)], dtype=np.float64)
    w_alone = np.array([weights[name] for name in ALONE])
    w_together = np.array([weights[name] for name in TOGETHER])
    base = alone @ w_alone
    shares = softmax(base, field)
    together = np.zeros((len(base), len(TOGETHER)))
    for _ in range(ROUNDS):
        together = together_features(field, shares)
        shares = softmax(base + together @ w_together, field)
    return np.hstack([alone, together]), shares


def bounds(groups: Sequence[Group]) -> list[slice]:
    out, at = [], 0
    for group in groups:
        out.append(slice(at, at + len(group.candidates)))
        at += len(group.candidates)
    return out


def rank(group: Group, rows: Floats, shares: Floats, weights: Mapping[str, float]) -> tuple[Ranked, ...]:
    out = []
    for candidate, row, share in zip(group.candidates, rows, shares, strict=True):
        counted = ((name, float(value) * weights[name]) for name, value in zip(FEATURES, row, strict=True))
        evidence = sorted((pair for pair in counted if pair[1] > 0), key=lambda pair: (-pair[1], pair[0]))
        out.append(Ranked(candidate, float(share), tuple(evidence)))
    out.sort(key=lambda r: (-r.share, -r.candidate.place.population, r.candidate.place.gid))
    return tuple(out)


# Groups


def group_names(names: Sequence[Found], pairs: Sequence[tuple[int, int, bool]]) -> list[Group]:
    order: dict[tuple[str, str], list[int]] = {}
    for number, found in enumerate(names):
        order.setdefault((found.key, found.kind_word), []).append(number)
    number_of = {member: n for n, members in enumerate(order.values()) for member in members}
    parents: list[set[int]] = [set() for _ in order]
    insides: list[set[int]] = [set() for _ in order]
    for inner, outer, _ in pairs:
        if number_of[inner] != number_of[outer]:
            parents[number_of[inner]].add(number_of[outer])
            insides[number_of[outer]].add(number_of[inner])
    return [
        Group(tuple(members), names[members[0]].candidates, kind_word, frozenset(parents[n]), frozenset(insides[n]))
        for n, ((_, kind_word), members) in enumerate(order.items())
    ]


# Evidence


def alone_features(number: int, groups: Sequence[Group]) -> list[tuple[float, ...]]:
    """What a candidate has by itself and by the words beside its name, in the order of ALONE."""
    group = groups[number]
    fits = KIND_SAID.get(group.kind_word)
    outer = [c.place for g in group.parents for c in groups[g].candidates[:8]]
    inner = [c.place for g in group.insides for c in groups[g].candidates[:30]]
    trust = KIND_TRUST.get(group.kind_word, 0.0)
    return [_alone(candidate, n == 0, fits, trust, outer, inner) for n, candidate in enumerate(group.candidates)]


def _alone(
    candidate: Candidate,
    first: bool,
    fits: frozenset[str] | None,
    trust: float,
    outer: Sequence[GazPlace],
    inner: Sequence[GazPlace],
) -> tuple[float, ...]:
    place, kind, match = candidate.place, candidate.place.kind, candidate.match
    people = 0.0 if candidate.standing == "imported" else math.log10(max(place.population, 0) + 100) - 2
    return (
        0.0 if kind in ("adm1", "adm2") else people,
        people if kind in ("adm1", "adm2") else 0.0,
        float(first),
        float(kind == "country"),
        float(kind == "adm1"),
        float(kind == "adm2"),
        float(kind == "capital"),
        float(kind not in ("country", "adm1", "adm2", "capital", "town")),
        float(match == "name"),
        float(match == "historic"),
        float(match == "demonym"),
        float(match == "folded"),
        float(candidate.standing == "imported"),
        trust if fits is not None and kind in fits else 0.0,
        trust if fits is not None and kind not in fits else 0.0,
        float(kind == "adm1" and fits is None),
        float(kind == "adm2" and fits is None),
        float(any(contains(o, place) for o in outer)),
        float(any(contains(place, i) for i in inner)),
    )


def field_of(groups: Sequence[Group]) -> Field:
    places = [c.place for g in groups for c in g.candidates]
    sizes = [len(g.candidates) for g in groups]
    owner = np.repeat(np.arange(len(groups)), sizes)
    points = np.array([_unit(p) for p in places])
    settled = np.array([p.kind in SETTLED for p in places]) & ~np.isnan(points[:, 0])
    flat = np.where(np.isnan(points), 0.0, points)
    gap_squared = np.maximum(2.0 - 2.0 * (flat @ flat.T), 0.0) * EARTH_KM**2
    near = 1.0 / (1.0 + gap_squared / NEAR_KM**2)
    near[:, ~settled] = 0.0
    near[~settled, :] = 0.0
    return Field(
        owner=owner,
        start=np.cumsum([0, *sizes[:-1]]),
        weight=np.array([1.0 + math.log(len(g.members)) for g in groups]),
        country=_numbered(p.country for p in places),
        admin1=_numbered(p.admin1 for p in places),
        is_country=np.array([p.kind == "country" for p in places]),
        is_admin1=np.array([p.kind == "adm1" for p in places]),
        settled=settled,
        near=near,
    )


def _unit(p: GazPlace) -> tuple[float, float, float]:
    if p.lat is None or p.lon is None:
        return (math.nan, math.nan, math.nan)
    lat, lon = math.radians(p.lat), math.radians(p.lon)
    return (math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat))


def _numbered(codes: Iterable[str | None]) -> Ints:
    """Each distinct code its number from 1; 0 is no code."""
    seen: dict[str | None, int] = {None: 0}
    return np.array([seen.setdefault(code, len(seen)) for code in codes])


def together_features(field: Field, shares: Floats) -> Floats:
    """What the candidates of the other groups say, in the order of TOGETHER."""
    belief = shares * field.weight[field.owner]
    live = np.zeros_like(field.weight)
    np.maximum.at(live, field.owner, field.weight[field.owner])
    others = np.maximum(live.sum() - live[field.owner], 1e-9)
    same_country = _mass(field, field.country, belief) / others
    same_admin1 = _mass(field, field.admin1, belief) / others
    sure = (shares > 0.5).astype(np.float64)
    said_country = _mass(field, field.country, sure * field.is_country)
    said_admin1 = _mass(field, field.admin1, sure * field.is_admin1)
    nearby = _nearby(field, shares)
    return np.stack(
        [
            same_country,
            same_admin1,
            nearby,
            np.minimum(said_country, 1.0) * ~field.is_country,
            np.minimum(said_admin1, 1.0) * ~field.is_admin1,
            (said_country > 1) * ~field.is_country,
        ],
        axis=1,
    )


def _mass(field: Field, code: Ints, belief: Floats) -> Floats:
    """For each candidate the belief of the other groups in its code; none for a candidate without one."""
    table = np.zeros((len(field.weight), int(code.max()) + 1))
    np.add.at(table, (field.owner, code), belief)
    total = table.sum(axis=0)[code] - table[field.owner, code]
    return np.where(code > 0, np.maximum(total, 0.0), 0.0)


def _nearby(field: Field, shares: Floats) -> Floats:
    """How much of the other groups lies near, saturating: each group counts by its best candidate."""
    lent = field.near * shares[None, :]
    filled = np.flatnonzero(np.bincount(field.owner))
    best = np.maximum.reduceat(lent, field.start[filled], axis=1)
    own = np.searchsorted(filled, field.owner)
    best[np.arange(len(shares)), own] = 0.0
    total: Floats = 1.0 - np.exp(-best.sum(axis=1))
    return total


def softmax(scores: Floats, field: Field) -> Floats:
    """Within each group."""
    top = np.full(len(field.weight), -np.inf)
    np.maximum.at(top, field.owner, scores)
    powers = np.exp(scores - top[field.owner])
    total = np.bincount(field.owner, powers, minlength=len(field.weight))
    shares: Floats = powers / total[field.owner]
    return shares
