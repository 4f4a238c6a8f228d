"""One decision for all names of a report: each candidate is scored by readable evidence, and the candidates lend each other weight.

Names of one spelling mean one place in a report, unless the words beside them say otherwise ("Kunduz", "Kunduz province").
Two rounds: the first by what a name usually means and what the words say, the second also by where the others lie.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dateline.model.reading import Reading
from dateline.resolve.gazetteer import Candidate, Gazetteer, contains, distance_km
from dateline.resolve.gazetteer_store import GazPlace
from dateline.resolve.places_find import Found

# What speaks for a candidate; each has a weight in the codebook (places/weights.toml) and words for the reader.
FEATURES: tuple[str, ...] = (
    "people", "country", "adm1", "adm2", "capital", "region", "by_name", "by_also", "by_historic", "by_sound",
    "kind_said", "kind_not", "parent_said", "lies_in_said", "same_country", "same_admin1", "nearby", "most_people", "said_country", "said_admin1", "bare_adm",
)  # fmt: skip

KIND_SAID: Mapping[str, frozenset[str]] = {
    "province": frozenset({"adm1", "region"}),
    "district": frozenset({"adm2"}),
    "region": frozenset({"adm1", "region", "adm2"}),
    "town": frozenset({"town", "capital"}),
    "country": frozenset({"country"}),
}


@dataclass(frozen=True, slots=True)
class Ranked:
    """A candidate with its share of belief and the evidence that counted, strongest first."""

    candidate: Candidate
    share: float
    evidence: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """All names of a report that must mean one place. `parents` and `insides` are groups said to hold it or to lie in it."""

    key: tuple[str, str]
    members: tuple[int, ...]  # numbers of the names found
    candidates: tuple[Candidate, ...]
    kind_word: str
    parents: frozenset[int]
    insides: frozenset[int]


def resolve(reading: Reading, names: Sequence[Found], gazetteer: Gazetteer) -> tuple[tuple[Ranked, ...], ...]:
    """For each name its candidates, best first; empty for a name without candidates."""
    groups = group_names(reading, names, gazetteer)
    weights = gazetteer.words.weights
    shares = [[1.0 / max(1, len(g.candidates))] * len(g.candidates) for g in groups]
    table: list[list[tuple[float, ...]]] = []
    for around in (False, True, True):
        world = World.of(groups, shares) if around else World.empty(len(groups))
        table = [[features(c, n, groups, world) for c in g.candidates] for n, g in enumerate(groups)]
        shares = [softmax([score(row, weights) for row in rows]) for rows in table]
    ranked = [rank(g, rows, share, weights) for g, rows, share in zip(groups, table, shares, strict=True)]
    of_name = {member: n for n, g in enumerate(groups) for member in g.members}
    return tuple(ranked[of_name[i]] for i in range(len(names)))


def rank(group: Group, rows: list[tuple[float, ...]], shares: list[float], weights: Mapping[str, float]) -> tuple[Ranked, ...]:
    out = []
    for candidate, row, share in zip(group.candidates, rows, shares, strict=True):
        counted = [(name, value * weights[name]) for name, value in zip(FEATURES, row, strict=True) if value]
        counted.sort(key=lambda pair: (-pair[1], pair[0]))
        out.append(Ranked(candidate, share, tuple(pair for pair in counted if pair[1] > 0)))
    out.sort(key=lambda r: (-r.share, -r.candidate.place.population, r.candidate.place.gid))
    return tuple(out)


def group_names(reading: Reading, names: Sequence[Found], gazetteer: Gazetteer) -> list[Group]:
    order: dict[tuple[str, str], list[int]] = {}
    for number, found in enumerate(names):
        order.setdefault((found.key, found.kind_word), []).append(number)
    number_of = {member: n for n, members in enumerate(order.values()) for member in members}
    parents: list[set[int]] = [set() for _ in order]
    insides: list[set[int]] = [set() for _ in order]
    for inner, outer in said_containments(reading, names, gazetteer):
        if number_of[inner] != number_of[outer]:
            parents[number_of[inner]].add(number_of[outer])
            insides[number_of[outer]].add(number_of[inner])
    return [
        Group(key, tuple(members), names[members[0]].candidates, key[1], frozenset(parents[n]), frozenset(insides[n]))
        for n, (key, members) in enumerate(order.items())
    ]


def said_containments(reading: Reading, names: Sequence[Found], gazetteer: Gazetteer) -> list[tuple[int, int]]:
    """Pairs (inner, outer) by the words between two neighbours: "Andar district, Ghazni province", "Homs in Syria", "Goma (DRC)"."""
    doc, out = reading.doc, []
    for n in range(len(names) - 1):
        a, b = names[n], names[n + 1]
        gap = [t for t in doc[a.last + 1 : b.first] if not t.is_space]
        if len(gap) > 6:
            continue
        between = " ".join(
            t.lower_ for t in gap if t.lower_ not in gazetteer.words.kinds and t.lower_ not in gazetteer.words.before
        )
        if between in (",", "(", "in", ", in", "of", "'s", "’s", "", ", of", "in the"):
            if any(contains(y.place, x.place) for y in b.candidates[:8] for x in a.candidates):
                out.append((n, n + 1))
            elif between in ("'s", "’s", "", ","):
                if any(contains(x.place, y.place) for x in a.candidates[:8] for y in b.candidates):
                    out.append((n + 1, n))
    return out


@dataclass(frozen=True, slots=True)
class World:
    """What the other names say about where the report is: belief by country and by province, and sure points."""

    countries: tuple[Mapping[str, float], ...]  # one mapping a group: its own contribution
    admin1s: tuple[Mapping[str, float], ...]
    country_sum: Mapping[str, float]
    admin1_sum: Mapping[str, float]
    said: Mapping[str, int]  # code of a country or province named → the group that names it
    sure: tuple[tuple[int, GazPlace], ...]
    mass: tuple[float, ...]

    @classmethod
    def empty(cls, n: int) -> World:
        return cls(tuple({} for _ in range(n)), tuple({} for _ in range(n)), {}, {}, {}, (), tuple(0.0 for _ in range(n)))

    @classmethod
    def of(cls, groups: Sequence[Group], shares: Sequence[Sequence[float]]) -> World:
        countries, admin1s, sure, mass = [], [], [], []
        said: dict[str, int] = {}
        for n, (group, share) in enumerate(zip(groups, shares, strict=True)):
            weight = 1.0 + math.log(len(group.members))
            by_country: dict[str, float] = {}
            by_admin1: dict[str, float] = {}
            for candidate, belief in zip(group.candidates, share, strict=True):
                place = candidate.place
                if place.country:
                    by_country[place.country] = by_country.get(place.country, 0.0) + belief * weight
                if place.admin1:
                    by_admin1[place.admin1] = by_admin1.get(place.admin1, 0.0) + belief * weight
                if belief > 0.5:
                    if place.code and place.kind in ("country", "adm1"):
                        said.setdefault(place.code, n)
                    if place.kind in ("town", "capital", "adm2", "region") and place.lat is not None:
                        sure.append((n, place))
            countries.append(by_country)
            admin1s.append(by_admin1)
            mass.append(weight if group.candidates else 0.0)
        return cls(tuple(countries), tuple(admin1s), _sum(countries), _sum(admin1s), said, tuple(sure[:40]), tuple(mass))


def _sum(parts: Sequence[Mapping[str, float]]) -> dict[str, float]:
    total: dict[str, float] = {}
    for part in parts:
        for code, belief in part.items():
            total[code] = total.get(code, 0.0) + belief
    return total


def features(candidate: Candidate, number: int, groups: Sequence[Group], world: World) -> tuple[float, ...]:
    """The evidence for one candidate of one group, in the order of FEATURES."""
    place, group = candidate.place, groups[number]
    kind, match = place.kind, candidate.match
    regional = kind not in ("country", "adm1", "adm2", "capital", "town")
    fits = KIND_SAID.get(group.kind_word)
    others = sum(world.mass) - world.mass[number]
    own_country = world.countries[number].get(place.country or "", 0.0)
    own_admin1 = world.admin1s[number].get(place.admin1 or "", 0.0)
    country_mass = world.country_sum.get(place.country or "", 0.0) - own_country
    admin1_mass = world.admin1_sum.get(place.admin1 or "", 0.0) - own_admin1
    parent = any(contains(c.place, place) for g in group.parents for c in groups[g].candidates[:8])
    inside = any(contains(place, c.place) for g in group.insides for c in groups[g].candidates[:30])
    return (
        math.log10(max(place.population, 0) + 100) - 2,
        float(kind == "country"),
        float(kind == "adm1"),
        float(kind == "adm2"),
        float(kind == "capital"),
        float(regional),
        float(match == "name"),
        float(match == "also"),
        float(match == "historic"),
        float(match == "folded"),
        float(fits is not None and kind in fits),
        float(fits is not None and kind not in fits),
        float(parent),
        float(inside),
        country_mass / others if others > 0 else 0.0,
        admin1_mass / others if others > 0 else 0.0,
        _nearby(place, number, world) if kind != "country" else 0.0,
        float(candidate is group.candidates[0]),
        float(kind != "country" and world.said.get(place.country or "", number) != number),
        float(kind != "adm1" and world.said.get(place.admin1 or "", number) != number),
        float(kind in ("adm1", "adm2") and not group.kind_word),
    )


def _nearby(place: GazPlace, number: int, world: World) -> float:
    """How many of the sure places lie near, saturating: one 30 km away counts about half."""
    total = 0.0
    for other, sure in world.sure:
        if other != number and sure.gid != place.gid and (gap := distance_km(place, sure)) is not None and gap < 400:
            total += math.exp(-gap / 60)
    return 1 - math.exp(-total)


def score(row: Sequence[float], weights: Mapping[str, float]) -> float:
    return sum(value * weights[name] for name, value in zip(FEATURES, row, strict=True))


def softmax(scores: Sequence[float]) -> list[float]:
    if not scores:
        return []
    top = max(scores)
    powers = [math.exp(s - top) for s in scores]
    total = sum(powers)
    return [p / total for p in powers]
