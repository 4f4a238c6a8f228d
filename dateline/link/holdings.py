"""Who holds what: each place's changes of hand in order, as a ledger of stretches; contradictions stay beside them.

A place is only ever what the accounts name: a town does not follow its province, a province not its capital.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dateline.link.trace import fold
from dateline.model.actor import Actor
from dateline.model.event import Control
from dateline.model.incident import Account, Holding, HoldingState, Incident, Testimony
from dateline.model.place import Place

SPEAKS_OF_FACT = frozenset({"happened", "ongoing"})
# Types that say who presses on a place; it has not changed hands.
PRESSURE: dict[str, HoldingState] = {"siege": "besieged", "clash": "contested", "advance": "contested"}


@dataclass(frozen=True, slots=True)
class Turn:
    """One incident's word on one place. The change lies between `earliest` and `latest`; None is not told."""

    place: Place
    state: HoldingState
    before: Actor | None
    after: Actor | None
    earliest: date | None
    latest: date | None
    incident: Incident
    accounts: tuple[Testimony, ...]
    denials: tuple[Testimony, ...]

    @property
    def order(self) -> tuple[date, date, date, str]:
        first = self.earliest or self.latest or date.max
        return first, self.latest or first, self.incident.first_told or date.max, self.incident.id


def place_key(place: Place) -> str:
    return place.gazetteer_id or "/".join((place.country or "", fold(place.admin1 or ""), fold(place.name)))


def keys_of(incident: Incident) -> list[str]:
    """The places whose holder the incident speaks of."""
    return sorted({key for key, _turn in turns_of(incident)})


def build_ledger(incidents: Sequence[Incident]) -> list[Holding]:
    """The ledger of all places, in order of place and day."""
    turns: dict[str, list[Turn]] = defaultdict(list)
    for incident in incidents:
        for key, turn in turns_of(incident):
            turns[key].append(turn)
    ledger: list[Holding] = []
    for key in sorted(turns):
        ledger.extend(_stretches(key, sorted(turns[key], key=lambda turn: turn.order)))
    return ledger


def turns_of(incident: Incident) -> list[tuple[str, Turn]]:
    """A turn for each place that the incident's accounts name as changing or keeping hands."""
    if incident.aggregate or incident.background:
        return []
    told: dict[str, list[tuple[Account, Control]]] = defaultdict(list)
    for account in incident.accounts:
        control = account.event.control
        if control is not None and account.event.status in SPEAKS_OF_FACT:
            told[place_key(control.place)].append((account, control))
    earliest, latest = _change_days(incident)
    denials = tuple(testimony(account) for account in incident.accounts if _denies(account))
    turns = []
    for key, pairs in told.items():
        after = _best_named([control.holder_after for _account, control in pairs])
        rivals = [a for a, control in pairs if after and control.holder_after and not _same(control.holder_after, after)]
        rest = [account for account, _control in pairs if account not in rivals]
        turn = Turn(
            place=pairs[0][1].place,
            state=PRESSURE.get(incident.type, "held"),
            before=_best_named([control.holder_before for _account, control in pairs]),
            after=after,
            earliest=earliest,
            latest=latest,
            incident=incident,
            accounts=tuple(map(testimony, rest)),
            denials=(*map(testimony, rivals), *denials),
        )
        turns.append((key, turn))
    return turns


def _best_named(actors: Sequence[Actor | None]) -> Actor | None:
    """The actor that most accounts name; the first told when they are even."""
    named = [actor for actor in actors if actor is not None]
    return max(named, key=lambda actor: sum(_same(actor, other) for other in named), default=None)


def _same(left: Actor, right: Actor) -> bool:
    return (left.id or fold(left.name)) == (right.id or fold(right.name))


def _change_days(incident: Incident) -> tuple[date | None, date | None]:
    """When it changed hands; without a told day it had done so by the day of the first telling."""
    if incident.when is None:
        return None, incident.first_told
    return incident.when.start, incident.when.end or incident.first_told


def _denies(account: Account) -> bool:
    return account.event.status == "denied" or any(s.stance in ("denies", "doubts") for s in account.event.sources)


def testimony(account: Account) -> Testimony:
    event = account.event
    return Testimony(
        report_id=account.report.id,
        event_id=event.id,
        outlet=account.report.outlet,
        published=account.report.published,
        words=event.evidence[0].text if event.evidence else event.trigger.text,
        said_by=tuple(dict.fromkeys(source.speaker for source in event.sources)),
    )


def _stretches(key: str, turns: Sequence[Turn]) -> list[Holding]:
    """Walk the turns: each closes the stretch before it and opens its own."""
    ledger: list[Holding] = []
    for turn in turns:
        if turn.incident.grade == "discounted":
            _contradict_last(ledger, turn)
        elif ledger and _adds_nothing(ledger[-1], turn):
            ledger[-1] = ledger[-1].model_copy(update={"accounts": (*ledger[-1].accounts, *turn.accounts)})
        elif ledger and ledger[-1].holder is None and _one_change(ledger[-1], turn):
            _fill_last(ledger, key, turn)
        else:
            _open(ledger, key, turn)
    return ledger


def _contradict_last(ledger: list[Holding], turn: Turn) -> None:
    """A rumour that proved false changes no hands; it stays readable beside the stretch that it spoke against."""
    if ledger:
        last = ledger[-1]
        ledger[-1] = last.model_copy(update={"contradicted_by": (*last.contradicted_by, *turn.accounts)})


def _adds_nothing(last: Holding, turn: Turn) -> bool:
    """The turn confirms who holds the place already, or only says that somebody else has left it."""
    if turn.state != last.state:
        return False
    if turn.after is not None:
        return _is_holder(last, turn.after)
    return last.holder is not None and (turn.before is None or not _is_holder(last, turn.before))


def _is_holder(last: Holding, actor: Actor) -> bool:
    return (actor.id or fold(actor.name)) == (last.holder_id or fold(last.holder or ""))


def _one_change(last: Holding, turn: Turn) -> bool:
    """The windows of two changes overlap: the side that left and the side that came tell of one."""
    if turn.after is None or turn.state != "held":
        return False
    starts = last.since_earliest or last.since_latest, turn.earliest or turn.latest
    ends = last.since_latest or last.since_earliest, turn.latest or turn.earliest
    return None in starts or None in ends or max(filter(None, starts)) <= min(filter(None, ends))


def _fill_last(ledger: list[Holding], key: str, turn: Turn) -> None:
    """The last stretch began when somebody left; now it is told who came."""
    last = ledger.pop()
    since = max(filter(None, (last.since_earliest, turn.earliest)), default=None), turn.latest or last.since_latest
    filled = _stretch(key, turn, turn.after, turn.state, since=since, until=(None, None))
    ledger.append(filled.model_copy(update={"accounts": (*last.accounts, *turn.accounts)}))


def _open(ledger: list[Holding], key: str, turn: Turn) -> None:
    if ledger:
        _close_last(ledger, turn)
    elif turn.before is not None and turn.state == "held":
        ledger.append(_stretch(key, turn, turn.before, "held", since=(None, None), until=(turn.earliest, turn.latest)))
    since = (turn.earliest, turn.latest)
    if turn.state == "held":
        state: HoldingState = "contested" if turn.incident.grade == "contested" else "held"
        ledger.append(_stretch(key, turn, turn.after, state, since=since, until=(None, None)))
        return
    pressed = _stretch(key, turn, turn.after or turn.before, turn.state, since=since, until=(None, None))
    if pressed.holder is None and ledger:  # pressed, but still held by whom it was
        pressed = pressed.model_copy(update={"holder": ledger[-1].holder, "holder_id": ledger[-1].holder_id})
    ledger.append(pressed)


def _close_last(ledger: list[Holding], turn: Turn) -> None:
    """Two turns on one day name two holders: which came last is not told, so each contradicts the other."""
    last = ledger[-1]
    clash = last.since_latest is not None and last.since_latest == turn.latest and last.since_earliest == turn.earliest
    update: dict[str, object] = {"until_earliest": turn.earliest, "until_latest": turn.latest}
    if clash and turn.state == "held":
        update["contradicted_by"] = (*last.contradicted_by, *turn.accounts)
    ledger[-1] = last.model_copy(update=update)


def _stretch(
    key: str,
    turn: Turn,
    holder: Actor | None,
    state: HoldingState,
    since: tuple[date | None, date | None],
    until: tuple[date | None, date | None],
) -> Holding:
    pressing = turn.incident.by[0].name if turn.state != "held" and turn.incident.by else None
    rival = turn.before.name if state == "contested" and turn.before else None
    return Holding(
        key=key,
        place=turn.place,
        holder=holder.name if holder else None,
        holder_id=holder.id if holder else None,
        state=state,
        standing=turn.incident.standing,
        against=pressing or rival,
        since_earliest=since[0],
        since_latest=since[1],
        until_earliest=until[0],
        until_latest=until[1],
        incident_id=turn.incident.id,
        accounts=turn.accounts,
        contradicted_by=turn.denials,
    )
