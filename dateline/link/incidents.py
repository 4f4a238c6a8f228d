"""Incidents out of tellings: grouped, agreed, graded. A pure function of what the archive holds and what people judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dateline.link.agree import (
    agree_actors,
    agree_figures,
    agree_place,
    agree_status,
    agree_type,
    agree_when,
    dispute_by,
    dispute_status,
    dispute_when,
)
from dateline.link.clusters import Grouped, group
from dateline.link.features import Compared
from dateline.link.grades import grade_of, standing_of
from dateline.link.telling import Telling
from dateline.link.weights import Weights
from dateline.model.event import GROUP_OF
from dateline.model.incident import Account, Bond, Dispute, Incident, Side
from dateline.model.text import content_id

Verdicts = Mapping[frozenset[str], tuple[str, str]]


def build_incidents(tellings: Sequence[Telling], weights: Weights, verdicts: Verdicts) -> list[Incident]:
    """`verdicts`: pairs of event ids to (verdict, who judged)."""
    ordered = sorted(tellings, key=lambda telling: telling.sort_key)
    grouped = group(ordered, weights, {ids: verdict for ids, (verdict, _by) in verdicts.items()})
    return [_incident([ordered[n] for n in members], _bonds(members, ordered, grouped, verdicts)) for members in grouped.groups]


def _bonds(members: Sequence[int], tellings: Sequence[Telling], grouped: Grouped, verdicts: Verdicts) -> tuple[Bond, ...]:
    """For each account but the first, the strongest tie to an earlier one; and every human verdict inside the group."""
    bonds = []
    for position, right in enumerate(members[1:], start=1):
        ties = [(left, grouped.compared[left, right]) for left in members[:position] if (left, right) in grouped.compared]
        judged = [
            (left, verdicts[pair])
            for left in members[:position]
            if (pair := frozenset((tellings[left].id, tellings[right].id))) in verdicts
        ]
        for left, (verdict, by) in judged:
            if verdict == "same":
                bonds.append(_bond(tellings[left], tellings[right], grouped.compared.get((left, right)), by))
        if ties and not any(verdict == "same" for _left, (verdict, _by) in judged):
            left, best = max(ties, key=lambda tie: (tie[1].score, -tie[0]))
            bonds.append(_bond(tellings[left], tellings[right], best, None))
    return tuple(bonds)


def _bond(left: Telling, right: Telling, compared: Compared | None, by: str | None) -> Bond:
    return Bond(
        left=left.id,
        right=right.id,
        probability=1.0 if by is not None else compared.probability if compared else 0.0,
        reasons=compared.reasons if compared else (),
        judged_by=by,
    )


def incident_id(tellings: Sequence[Telling]) -> str:
    """The id follows from the founding account: the first told, whatever came first into this archive."""
    return "i" + content_id(tellings[0].id, length=11)


def _incident(tellings: Sequence[Telling], bonds: tuple[Bond, ...]) -> Incident:
    kind, type_rule = agree_type(tellings)
    status, status_rule = agree_status(tellings)
    place, place_rule = agree_place(tellings)
    when, when_rule = agree_when(tellings)
    by, by_rule = agree_actors(tellings, "by")
    on, on_rule = agree_actors(tellings, "on")
    figures, figure_disputes = agree_figures(tellings)
    before, after, holder_dispute = _holders(tellings)
    found = (dispute_status(tellings), dispute_when(tellings, when), dispute_by(tellings), holder_dispute, *figure_disputes)
    disputes = tuple(dispute for dispute in found if dispute is not None)
    standing = standing_of(tellings)
    witnesses = len({telling.witness for telling in tellings})
    grade, grade_rule = grade_of(tellings, standing, witnesses, disputes)
    told = [telling.report.published for telling in tellings if telling.report.published]
    rules = (type_rule, status_rule, place_rule, when_rule, by_rule, on_rule)
    return Incident(
        id=incident_id(tellings),
        type=kind,
        group=GROUP_OF[kind],
        status=status,
        standing=standing,
        grade=grade,
        grade_rule=grade_rule,
        place=place,
        when=when,
        by=by,
        on=on,
        figures=figures,
        holder_before=before,
        holder_after=after,
        aggregate=all(telling.event.aggregate for telling in tellings),
        background=all(telling.event.background for telling in tellings),
        accounts=tuple(Account(report=t.report, event=t.event, copy_of=t.copy_of) for t in tellings),
        bonds=bonds,
        agreed=tuple(rule for rule in rules if rule is not None),
        disputes=disputes,
        witnesses=witnesses,
        first_told=min(told, default=None),
        last_told=max(told, default=None),
    )


def _holders(tellings: Sequence[Telling]) -> tuple[str | None, str | None, Dispute | None]:
    """Who held the place before and after, by the first account that names each; two new holders are a dispute."""
    controls = [(t, t.event.control) for t in tellings if t.event.control and t.event.status in ("happened", "ongoing")]
    before = next((c.holder_before.name for _t, c in controls if c.holder_before), None)
    after: dict[str, list[Telling]] = {}
    for telling, control in controls:
        if control.holder_after:
            after.setdefault(control.holder_after.name, []).append(telling)
    if len(after) < 2:
        return before, next(iter(after), None), None
    sides = tuple(
        Side(words=name, said_by=tuple(t.report.outlet or t.report.id for t in told), accounts=tuple(t.id for t in told))
        for name, told in after.items()
    )
    return before, next(iter(after)), Dispute(field="holder", sides=sides)
