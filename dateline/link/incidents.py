"""Incidents out of tellings: grouped, agreed, graded. A pure function of what the archive holds and what people judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

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
from dateline.link.clusters import PairJudge, StoryBook, group
from dateline.link.comparing import probability
from dateline.link.grades import grade_of, standing_of
from dateline.link.telling import Telling
from dateline.link.weights import Weights
from dateline.model.event import GROUP_OF
from dateline.model.incident import Account, Bond, Dispute, Incident, Reason, Side
from dateline.model.text import content_id

Verdicts = Mapping[frozenset[str], tuple[str, str]]


def build_incidents(
    tellings: Sequence[Telling], weights: Weights, verdicts: Verdicts, book: StoryBook = StoryBook()
) -> list[Incident]:
    """`verdicts`: pairs of event ids to (verdict, who judged). `book`: the reports as wholes, where they are at hand."""
    ordered = sorted(tellings, key=lambda telling: telling.sort_key)
    judge = PairJudge(book, weights)
    pairs = {ids: verdict for ids, (verdict, _by) in verdicts.items()}
    groups = sorted(members for part in group([t.trace for t in ordered], judge, pairs) for members in part)
    return [incident_of([ordered[number] for number in members], judge, verdicts) for members in groups]


def _bonds(members: Sequence[Telling], judge: PairJudge, verdicts: Verdicts) -> Iterator[Bond]:
    """For each account but the first its strongest tie to an earlier one, or the verdicts of people that put it there."""
    for position, right in enumerate(members[1:], start=1):
        earlier = members[:position]
        judged = [(left, verdicts[pair]) for left in earlier if (pair := frozenset((left.id, right.id))) in verdicts]
        same = [(left, by) for left, (verdict, by) in judged if verdict == "same"]
        for left, by in same:
            yield _bond(left, right, 1.0, judge.reasons(left.trace, right.trace), by)
        if not same:
            scored = [(judge.score(left.trace, right.trace), -number) for number, left in enumerate(earlier)]
            best, number = max(scored)
            left = earlier[-number]
            yield _bond(left, right, probability(best), judge.reasons(left.trace, right.trace), None)


def _bond(left: Telling, right: Telling, probable: float, reasons: tuple[Reason, ...], by: str | None) -> Bond:
    return Bond(left=left.id, right=right.id, probability=probable, reasons=reasons, judged_by=by)


def incident_id(founder: str) -> str:
    """The id follows from the founding account: the first told, whatever came first into this archive."""
    return "i" + content_id(founder, length=11)


def incident_of(tellings: Sequence[Telling], judge: PairJudge, verdicts: Verdicts) -> Incident:
    """One group, in the order of sort keys, as an incident that explains itself."""
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
        id=incident_id(tellings[0].id),
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
        bonds=tuple(_bonds(tellings, judge, verdicts)),
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
