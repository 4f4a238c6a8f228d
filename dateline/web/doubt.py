"""What a reviewer should look at first: a readable list of doubts about an incident, each with its weight and its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dateline.export.strings import catalogue
from dateline.model.event import GROUP_OF
from dateline.model.incident import Incident

SAYS = catalogue().doubts
# Talk weighs less than deeds: a wrong appeal misleads nobody about the dead.
WEIGHT_OF_GROUP = {"politics": 0.5, "humanitarian": 0.8}


@dataclass(frozen=True, slots=True)
class Doubt:
    weight: float
    words: str


def doubts(incident: Incident) -> tuple[Doubt, ...]:
    share = WEIGHT_OF_GROUP.get(GROUP_OF[incident.type], 1.0)
    found = (Doubt(round(doubt.weight * share, 2), doubt.words) for doubt in _signs(incident))
    return tuple(sorted(found, key=lambda doubt: (-doubt.weight, doubt.words)))


def score(found: tuple[Doubt, ...]) -> float:
    return round(sum(doubt.weight for doubt in found), 3)


def _signs(incident: Incident) -> Iterator[Doubt]:
    if incident.standing == "disputed":
        yield Doubt(3.0, SAYS.denied)
    if any(figure.disputed for figure in incident.figures):
        yield Doubt(2.0, SAYS.rival_counts)
    if incident.standing == "claimed":
        yield Doubt(1.5, SAYS.only_speakers)
    if incident.grade == "contested":
        yield Doubt(1.0, SAYS.contested)
    yield from _joins(incident)
    yield from _gaps(incident)
    yield from _machine(incident)


def _joins(incident: Incident) -> Iterator[Doubt]:
    """A join that could as well have gone the other way; a person's word leaves no doubt."""
    open_bonds = [bond.probability for bond in incident.bonds if bond.judged_by is None]
    weakest = min(open_bonds, default=1.0)
    if weakest < 0.85:
        yield Doubt(round(2.5 * (1 - weakest), 2), SAYS.joined_at.format(share=f"{weakest:.0%}"))


def _gaps(incident: Incident) -> Iterator[Doubt]:
    place = incident.place
    if place is None:
        yield Doubt(0.8, SAYS.no_place)
    elif place.precision == "unknown":
        yield Doubt(1.0, SAYS.not_in_gazetteer)
    elif place.runner_up:
        yield Doubt(0.6, SAYS.could_be.format(other=place.runner_up))
    if incident.when is None:
        yield Doubt(0.6, SAYS.no_day)
    elif incident.when.disputed:
        yield Doubt(0.8, SAYS.different_days)
    if not incident.by and not incident.on:
        yield Doubt(0.5, SAYS.nobody)


def _machine(incident: Incident) -> Iterator[Doubt]:
    """How unsure the coder itself was of its weakest account."""
    lowest = min((account.event.confidence for account in incident.accounts), default=1.0)
    if lowest < 0.8:
        yield Doubt(round(2 * (1 - lowest), 2), SAYS.coder_unsure.format(share=f"{lowest:.0%}"))
