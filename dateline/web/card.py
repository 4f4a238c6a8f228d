"""An event laid out for a reader: each value beside the words it came from, each account beside the others.

`at` is the stretch of the report that a value cites ("120:131"); the page lights it up there when the value is pointed at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from dateline.export import words
from dateline.export.strings import catalogue
from dateline.model.event import Event, Source
from dateline.model.incident import Account, Incident
from dateline.model.text import Report, Span
from dateline.web.marks import Mark, Piece, event_marks, pieces

# Words outside the evidence are shown with this many characters around them.
CONTEXT = 60
SAYS = catalogue().value


@dataclass(frozen=True, slots=True)
class Value:
    """One value of an event. `note` says what it rests on, in small print; `field` is its name in the form of corrections."""

    label: str
    words: str
    at: str
    note: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class AccountCard:
    account: Account
    values: tuple[Value, ...]
    excerpts: tuple[tuple[Piece, ...], ...]

    @property
    def event(self) -> Event:
        return self.account.event

    @property
    def by_hand(self) -> str:
        return by_hand(self.account.event)


@dataclass(frozen=True, slots=True)
class IncidentCard:
    incident: Incident
    accounts: tuple[AccountCard, ...]

    @property
    def columns(self) -> list[list[AccountCard]]:
        """One report's accounts under each other, reports beside each other."""
        found: dict[str, list[AccountCard]] = {}
        for card in self.accounts:
            found.setdefault(card.account.report.id, []).append(card)
        return list(found.values())

    @property
    def place_reasons(self) -> tuple[str, ...]:
        return self.incident.place.reasons if self.incident.place else ()


def by_hand(event: Event) -> str:
    """'corrected by ada', 'added by ben', or nothing: then the coder alone made it."""
    if event.made_by.startswith("added by "):
        return event.made_by.replace("; corrected by", ", corrected by")
    return "corrected by " + event.made_by.partition("; corrected by ")[2] if "; corrected by " in event.made_by else ""


def at(*spans: Span) -> str:
    return " ".join(f"{span.start}:{span.end}" for span in spans)


def incident_card(incident: Incident, report_of: Callable[[str], Report | None]) -> IncidentCard:
    made = (account_card(account, report_of(account.report.id)) for account in incident.accounts)
    return IncidentCard(incident, tuple(made))


def account_card(account: Account, report: Report | None) -> AccountCard:
    event = account.event
    cut = excerpts(report.text, event) if report else ()
    return AccountCard(account, tuple(values(event)), cut)


def values(event: Event) -> Iterator[Value]:
    """In the order in which a coder asks: what, who, to whom, where, when, how many, with what, who holds it, who says so."""
    yield Value(SAYS.what, words.TYPES[event.type], at(event.trigger), words.STATUSES[event.status], "type")
    if event.by:
        yield Value(SAYS.by, _list(actor.name for actor in event.by), at(*(actor.span for actor in event.by)), field="by")
    if event.on:
        yield Value(SAYS.on, _list(actor.name for actor in event.on), at(*(actor.span for actor in event.on)), field="on")
    if event.place:
        yield Value(SAYS.where, words.place(event.place), at(event.place.span), words.PRECISIONS[event.place.precision], "place")
    if event.when:
        yield Value(SAYS.when, words.time_of(event.when), at(event.when.span), field="start")
    for figure in event.figures:
        note = _said(figure.sources) or words.PARTS[figure.part]
        yield Value(SAYS.how_many, words.figure(figure), at(figure.span), note, "figures")
    if event.means:
        yield Value(SAYS.means, event.means.text, at(event.means))
    if event.control:
        yield from _control(event)
    for source in event.sources:
        spans = (source.span, source.cue) if source.cue else (source.span,)
        yield Value(SAYS.says_who, source.speaker, at(*spans), _stance(source))


def _control(event: Event) -> Iterator[Value]:
    change = event.control
    if change is None:
        return
    before, after = change.holder_before, change.holder_after
    spans = [change.place.span, *(holder.span for holder in (before, after) if holder)]
    told = f"{before.name if before else SAYS.holder_not_named} → {after.name if after else SAYS.holder_not_named}"
    yield Value(SAYS.control, f"{change.place.name}: {told}", at(*spans), field="after")


def _list(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(names))


def _said(sources: Sequence[Source]) -> str:
    return _list(f"{source.speaker} {words.STANCES[source.stance]}" for source in sources)


def _stance(source: Source) -> str:
    more = [words.STANCES[source.stance]]
    if source.role:
        more.append(source.role)
    if source.party:
        more.append(SAYS.a_party)
    if source.unverified:
        more.append(SAYS.unverified)
    if source.via:
        more.append(SAYS.through.format(names=_list(source.via)))
    return ", ".join(more)


def fields(event: Event) -> dict[str, str]:
    """An event's values as a coder writes them, for the form of corrections."""
    return {
        "type": event.type,
        "status": event.status,
        "by": _list(actor.name for actor in event.by),
        "on": _list(actor.name for actor in event.on),
        "place": event.place.name if event.place else "",
        "start": str(event.when.start or "") if event.when else "",
        "end": str(event.when.end or "") if event.when else "",
        "figures": "; ".join(words.figure(figure) for figure in event.figures),
        "before": event.control.holder_before.name if event.control and event.control.holder_before else "",
        "after": event.control.holder_after.name if event.control and event.control.holder_after else "",
    }


def excerpts(text: str, event: Event) -> tuple[tuple[Piece, ...], ...]:
    """The sentences that tell it, and the surroundings of words that it cites from elsewhere (a dateline, a name)."""
    marks = list(event_marks(event))
    stretches = [(span.start, span.end) for span in event.evidence]
    for mark in marks:
        if not any(start <= mark.start and mark.end <= end for start, end in stretches):
            stretches.append(_around(text, mark))
    return tuple(tuple(pieces(text, marks, start, end)) for start, end in _joined(stretches))


def _around(text: str, mark: Mark) -> tuple[int, int]:
    """Up to CONTEXT characters either way, not over a line's end, cut at a space."""
    start = max(text.rfind("\n", 0, mark.start) + 1, mark.start - CONTEXT)
    line_end = text.find("\n", mark.end)
    end = min(len(text) if line_end < 0 else line_end, mark.end + CONTEXT)
    if start and text[start - 1] not in "\n ":
        start = min(text.find(" ", start) + 1 or start, mark.start)
    if end < len(text) and text[end] not in "\n ":
        end = max(text.rfind(" ", mark.end, end), mark.end)
    return start, end


def _joined(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order, and touching or overlapping ones as one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if found and start <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found
