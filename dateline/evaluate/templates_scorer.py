"""The template scorer of GTT (Du, Rush and Cardie 2021), written anew from its definition.

A document's predicted templates are mapped to gold ones, each used once; only templates of the same incident type can be mapped
(a gold type "bombing / attack" takes either). Of all mappings the one with the best micro F1 of the document counts. In a
mapped pair the type is right, and an entity is right when all of its strings are among the strings of one gold entity; a gold
entity is found when some predicted entity is right for it. Templates without a partner, on either side, count as wrong in
every slot they fill, type included. Strings are compared lower-cased, without punctuation and articles. Sums over all
documents give the slots' figures and, over all slots, the micro average.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from types import MappingProxyType

from dateline.evaluate.assignment import assign
from dateline.evaluate.metrics import f1_of_rates, ratio

SLOTS = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
TYPE = "incident_type"
MOST_MAPPINGS = 20_000  # beyond these the mapping is found by assignment, not by trying all

ARTICLES = re.compile(r"\b(a|an|the)\b")
NO_PUNCTUATION = MappingProxyType(dict.fromkeys(map(ord, string.punctuation)))

Entity = frozenset[str]
Counts4 = tuple[int, int, int, int]  # told, told that hit, gold, gold that were hit


@dataclass(frozen=True, slots=True)
class Template:
    """One incident: its type and for each slot its entities, each a set of strings that name the same thing."""

    type: str
    slots: Mapping[str, tuple[Entity, ...]]


def plain(text: str) -> str:
    return " ".join(ARTICLES.sub(" ", text.lower().translate(dict(NO_PUNCTUATION))).split())


def entity(strings: Sequence[str]) -> Entity:
    return frozenset(filter(None, map(plain, strings)))


def count(gold: Sequence[Template], told: Sequence[Template]) -> dict[str, Counts4]:
    """Counts of each slot and of the type, under the best mapping."""
    tried = [_counts_under(mapping, gold, told) for mapping in _mappings(gold, told)]
    return max(tried, key=_micro_f1)


def _mappings(gold: Sequence[Template], told: Sequence[Template]) -> Iterator[tuple[int, ...]]:
    """For each told template the number of its gold template, or -1."""
    choices = [[j for j, wanted in enumerate(gold) if given.type in wanted.type] + [-1] for given in told]
    size = 1
    for choice in choices:
        size *= len(choice)
    if size > MOST_MAPPINGS:
        yield _by_assignment(gold, told)
        return
    for mapping in product(*choices):
        used = [j for j in mapping if j >= 0]
        if len(used) == len(set(used)):
            yield mapping


def _by_assignment(gold: Sequence[Template], told: Sequence[Template]) -> tuple[int, ...]:
    def gain(given: Template, wanted: Template) -> float:
        if given.type not in wanted.type:
            return 0.0
        pair = _pair(wanted, given)
        return float(sum(counts[1] + counts[3] for counts in pair.values()))

    weights = [[gain(given, wanted) for wanted in gold] for given in told]
    partner = {i: j for i, j in assign(weights) if weights[i][j] > 0}
    return tuple(partner.get(i, -1) for i in range(len(told)))


def _counts_under(mapping: Sequence[int], gold: Sequence[Template], told: Sequence[Template]) -> dict[str, Counts4]:
    rows = [_pair(gold[j], told[i]) if j >= 0 else _alone(told[i], told=True) for i, j in enumerate(mapping)]
    rows += [_alone(wanted, told=False) for j, wanted in enumerate(gold) if j not in mapping]
    return {slot: _sum([row[slot] for row in rows]) for slot in (TYPE, *SLOTS)}


def _pair(gold: Template, told: Template) -> dict[str, Counts4]:
    out: dict[str, Counts4] = {TYPE: (1, 1, 1, 1)}
    for slot in SLOTS:
        wanted, given = gold.slots.get(slot, ()), told.slots.get(slot, ())
        hit = sum(any(entity <= other for other in wanted) for entity in given)
        found = sum(any(entity <= other for entity in given) for other in wanted)
        out[slot] = (len(given), hit, len(wanted), found)
    return out


def _alone(template: Template, *, told: bool) -> dict[str, Counts4]:
    sizes = {TYPE: 1} | {slot: len(template.slots.get(slot, ())) for slot in SLOTS}
    return {slot: (n, 0, 0, 0) if told else (0, 0, n, 0) for slot, n in sizes.items()}


def _sum(rows: Sequence[Counts4]) -> Counts4:
    told, told_hit, gold, gold_hit = (sum(row[i] for row in rows) for i in range(4))
    return told, told_hit, gold, gold_hit


def _micro_f1(counts: Mapping[str, Counts4]) -> float:
    told, told_hit, gold, gold_hit = _sum(list(counts.values()))
    return f1_of_rates(ratio(told_hit, told), ratio(gold_hit, gold))
